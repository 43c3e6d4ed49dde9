"""Nothing in the window is without a tooltip, and F1 knows something of everything."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication, QTabBar

import playground.gui
from playground.component import Component
from playground.data.sources.curves import Sine
from playground.data.sources.text import PastedText
from playground.gui.csv_import.dialog import CsvDialog
from playground.gui.data.text_dialog import TextDialog
from playground.gui.help.card import HelpCard
from playground.gui.help.subjects import Subject, component_subject, field_subject, subject_of
from playground.gui.help.topics import read_topic, topic_names
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.network.columns import Form
from playground.gui.settings import Settings
from playground.gui.start.samples_dialog import SamplesDialog
from playground.nn.layers.conv2d import Conv2D
from tests.gui.accessible.walking import PRESETS, opened, quiet, scenes, shown
from tests.gui.conftest import FLOWERS
from tests.gui.help.everywhere import things, without_tip, without_topic

POPUPS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.mark.parametrize("name", PRESETS)
def test_every_control_and_chart_of_every_view_is_explained(qtbot, name):
    window = opened(qtbot, name)
    for scene in scenes(qtbot, window):
        assert without_tip(window) == set(), scene
        assert without_topic(window) == set(), scene


def test_so_are_those_of_a_curve(qtbot):
    window = opened(qtbot, "spiral")
    window.session.mark_saved()
    window.deeds.choose_source(Sine)
    qtbot.waitUntil(lambda: isinstance(window.session.project.source, Sine))
    quiet(qtbot, window)
    assert without_tip(window) == set()
    assert without_topic(window) == set()


def test_so_is_the_start_page(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.show()
    assert things(window)
    assert without_tip(window) == set()
    assert without_topic(window) == set()


def dialogs(tmp_path):
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS)
    return {
        "samples": SamplesDialog,
        "text": lambda: TextDialog(PastedText(text="A cat.")),
        "csv": lambda: CsvDialog(path),
    }


@pytest.mark.parametrize("name", ["samples", "text", "csv"])
def test_so_is_every_dialog(qtbot, tmp_path, name):
    apply_theme("light")
    dialog = dialogs(tmp_path)[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(things(dialog)))
    if name == "csv":
        qtbot.waitUntil(lambda: dialog.source().columns != (), timeout=10_000)
    assert without_tip(dialog) == set()
    assert without_topic(dialog) == set()


@POPUPS
def test_so_is_every_panel_of_settings(qtbot):
    window = opened(qtbot, "spiral")
    for button in ("_more", "_more_loss", "_stop"):
        getattr(window.workspace.controls, button).click()
        popup = QApplication.activePopupWidget()
        assert things(popup)
        assert without_tip(popup) == set()
        assert without_topic(popup) == set()
        popup.close()


def test_the_picture_of_the_network_tells_what_is_at_a_place(qtbot):
    window = opened(qtbot, "digits-cnn")
    canvas = next(v for v in window.workspace.views if type(v).__name__ == "NetworkView").canvas
    placed = {one.column.form: one for one in canvas.scene.layout.placed}
    found = {
        form: subject_of(canvas, canvas.to_widget(one.cell(0).center()).toPoint())
        for form, one in placed.items()
    }
    assert found[Form.IMAGE] == Subject("input-column")
    assert found[Form.MAPS] == Subject("neuron")
    assert found[Form.OUTPUT] == Subject("output")
    maps = next(one for one in canvas.scene.layout.placed if one.column.form is Form.MAPS)
    head = QPointF(maps.frame.center().x(), maps.frame.top() + 4)
    assert isinstance(subject_of(canvas, canvas.to_widget(head).toPoint()).component, Conv2D)


def test_a_line_of_the_network_is_a_weight(qtbot):
    window = opened(qtbot, "spiral")
    canvas = next(v for v in window.workspace.views if type(v).__name__ == "NetworkView").canvas
    lines = canvas.scene.lines[0]
    x = (lines.left + lines.right) / 2
    at = canvas.to_widget(QPointF(x, lines.heights(x)[0])).toPoint()
    assert subject_of(canvas, at) == Subject("weight-line")


def test_a_selected_layer_is_what_the_keys_ask_about(qtbot):
    window = opened(qtbot, "spiral")
    canvas = next(v for v in window.workspace.views if type(v).__name__ == "NetworkView").canvas
    window.session.select(canvas.shown.selection.__class__(layer=(0,)))
    assert subject_of(canvas) == component_subject(window.session.project.model.layers[0])


def test_a_control_of_the_bar_is_explained_with_its_value(qtbot):
    window = opened(qtbot, "spiral")
    controls, project = window.workspace.controls, window.session.project
    assert subject_of(controls._slider) == field_subject(project.optimizer, "learning_rate")
    assert subject_of(controls._loss) == component_subject(project.loss)
    assert subject_of(controls._epochs) == field_subject(project, "epochs")


def test_a_tab_is_explained_by_what_it_brings_to_the_front(qtbot):
    window = opened(qtbot, "digits-cnn")
    area = window.workspace.area
    bar = next(bar for bar in area.findChildren(QTabBar) if bar.count() > 2)
    places = [bar.mapTo(area, bar.tabRect(index).center()) for index in range(bar.count())]
    titles = {name: f"View/{name}" for name in window.workspace.docks}
    names = {dock.windowTitle(): titles[name] for name, dock in window.workspace.docks.items()}
    asked = [area.subject_at(place).topic for place in places]
    assert asked == [names.get(bar.tabText(index), "layer-list") for index in range(bar.count())]


@POPUPS
def test_f1_in_the_window_opens_a_card(qtbot):
    window = opened(qtbot, "spiral")
    window.workspace.controls._epochs.setFocus()
    shown(qtbot, window)
    qtbot.keyClick(window.workspace.controls._epochs, Qt.Key.Key_F1)
    assert [card.subject.topic for card in window.findChildren(HelpCard)]


@POPUPS
def test_f1_works_in_a_panel_of_settings_too(qtbot):
    window = opened(qtbot, "spiral")
    window.workspace.controls._more.click()
    popup = QApplication.activePopupWidget()
    qtbot.keyClick(popup.editor("schedule"), Qt.Key.Key_F1)
    cards = [card for card in window.findChildren(HelpCard) if card.isVisible()]
    assert len(cards) == 1
    cards[0].close()
    popup.close()


def test_every_topic_is_asked_for_somewhere():
    """A topic that no widget, component or other topic leads to would never be read."""
    folder = Path(playground.gui.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    named = set(re.findall(r'"([\w./-]+)"', code))
    linked = {link for name in topic_names() for link in read_topic(name, "en").links}
    families = {cls.__name__ for cls in Component.__subclasses__()}
    unread = {n for n in topic_names() if "/" not in n} - named - linked - families
    assert unread == set()
