"""The command palette, as a user meets it."""

import codecs
import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSlider

from playground import language
from playground.data.sources.points import Spiral
from playground.gui.commands.palette import Palette, open_palette
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.views import View
from playground.nn.layers.dense import Dense
from playground.nn.optimizers import SGD
from playground.training.presets import load_preset

# the platform without a screen says of every popup what it cannot do
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
POINTS = replace(load_preset("spiral"), source=Spiral(samples=100))


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    assert window.workspace
    return window


@pytest.fixture
def opened(window, qtbot):
    """A window in which points are learnt."""
    window.session.open(POINTS)
    qtbot.waitUntil(lambda: window.session.project == POINTS, timeout=20_000)
    qtbot.waitUntil(lambda: window.workspace.frames.idle, timeout=20_000)
    return window


def typed(window, text):
    """Return what is offered for a text, the best first."""
    palette = open_palette(window)
    palette.type(text)
    offers = list(palette.shown)
    palette.close()
    return offers


def press(qtbot, palette, *keys):
    line = palette.findChild(QLineEdit)
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(line, key)
        else:
            qtbot.keyClick(line, key)


def test_every_command_is_offered(opened):
    ids = {offer.id for offer in typed(opened, "")}
    assert {known.command.id for known in opened.commands} <= ids


def test_every_command_is_found_by_its_own_name(opened):
    palette = open_palette(opened)
    for known in opened.commands:
        palette.type(known.command.text)
        assert known.command.id in {offer.id for offer in palette.shown[:12]}, known.command.text
    palette.close()


def test_every_view_is_found_by_its_other_names(opened):
    assert typed(opened, "confusion")[0].id == "panel.EvaluationView"
    assert typed(opened, "kernels")[0].id == "panel.FiltersView"
    assert all(cls.synonyms for cls in View.registry.values())


def test_the_key_opens_it_and_escape_closes_it(opened, qtbot):
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    qtbot.keyClick(opened, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = opened.findChild(Palette)
    assert palette.isVisible()
    press(qtbot, palette, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened.findChild(Palette) is None)


def test_enter_does_it(opened, qtbot):
    palette = open_palette(opened)
    press(qtbot, palette, "optimizer: sgd", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.session.project.optimizer == SGD())
    qtbot.waitUntil(lambda: opened.findChild(Palette) is None)


def test_the_arrow_keys_choose_and_go_round(opened, qtbot):
    palette = open_palette(opened)
    press(qtbot, palette, "optimizer:", Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down)
    second = palette.shown[1]
    press(qtbot, palette, Qt.Key.Key_Return)
    name = second.id.removeprefix("optimizer.")
    qtbot.waitUntil(lambda: type(opened.session.project.optimizer).__name__ == name)


def test_what_cannot_be_done_says_why_and_is_not_done(opened, qtbot):
    palette = open_palette(opened)
    press(qtbot, palette, "undo")
    assert palette.shown[0].lack == "Nothing has been changed yet."
    press(qtbot, palette, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.close()


def test_a_setting_takes_the_focus(opened, qtbot):
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    palette = open_palette(opened)
    press(qtbot, palette, "learning rate", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(opened.focusWidget(), QSlider))
    assert opened.focusWidget().accessibleName() == "Learning rate"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [("epochs 20", "epochs", 20), ("batch size: 8", "batch_size", 8), ("seed=7", "seed", 7)],
)
def test_a_number_is_set(opened, qtbot, text, field, value):
    press(qtbot, open_palette(opened), text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: getattr(opened.session.project, field) == value)


def test_a_learning_rate_is_set(opened, qtbot):
    press(qtbot, open_palette(opened), "learning rate 0.25", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.session.project.optimizer.rate == 0.25)
    assert type(opened.session.project.optimizer) is type(POINTS.optimizer)


def test_a_number_that_does_not_fit_says_what_does(opened):
    offer = typed(opened, "epochs 0")[0]
    assert "between 1 and" in offer.lack
    assert opened.session.project.epochs == POINTS.epochs


def test_a_layer_is_chosen(opened, qtbot):
    layers = [offer for offer in typed(opened, "layer 2") if not offer.id]
    assert layers[0].text == f"Layer 2: Dense {opened.session.project.model.layers[1].units}"
    layers[0].run()
    assert opened.session.selection.layer == (1,)


def test_a_layer_is_added(opened, qtbot):
    press(qtbot, open_palette(opened), "add dense", Qt.Key.Key_Return)
    more = len(POINTS.model.layers) + 1
    qtbot.waitUntil(lambda: len(opened.session.project.model.layers) == more)
    assert sum(type(layer) is Dense for layer in opened.session.project.model.layers) == more


def test_what_was_done_last_comes_first(opened):
    opened.commands.run("theme.dark")
    opened.commands.run("train.batch")
    assert [offer.id for offer in typed(opened, "")[:2]] == ["train.batch", "theme.dark"]
    opened.commands.run("theme.light")


def test_a_panel_behind_a_tab_comes_into_sight(opened, qtbot):
    dock = opened.workspace.docks["CurvesView"]
    opened.workspace.docks["RateView"].show()
    opened.workspace.docks["RateView"].raise_()
    press(qtbot, open_palette(opened), "loss accuracy", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dock.visibleRegion().isEmpty())


def test_nothing_that_fits_is_said(opened):
    palette = open_palette(opened)
    palette.type("xyzzy")
    assert not palette.shown
    assert "xyzzy" in palette.findChild(QLineEdit).accessibleDescription()
    palette.close()


def test_a_screen_reader_is_told_what_enter_would_do(opened):
    palette = open_palette(opened)
    palette.type("save project")
    assert palette.findChild(QLineEdit).accessibleDescription() == "Save project, File, Ctrl+S"
    palette.close()


def in_cipher(text):
    """Return a text in a language that nobody speaks; its fields stay."""
    pieces = re.split(r"(\{.*?\})", text)
    return "".join(p if p.startswith("{") else codecs.encode(p, "rot13") for p in pieces)


def test_a_command_is_found_by_its_english_name(window, monkeypatch):
    monkeypatch.setattr(language._Spoken, "english", {})
    monkeypatch.setattr(language._Spoken.catalogue, "gettext", in_cipher)
    window._clear()
    window._furnish()
    assert typed(window, in_cipher("Save project"))[0].id == "file.save"
    assert typed(window, "Save project")[0].id == "file.save"
    assert typed(window, "add dense")[0].id == "layer.add.Dense"
