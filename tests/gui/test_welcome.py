"""The start page: its cards lead where they say."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from playground.gui import theme
from playground.gui.cards import Card
from playground.gui.welcome import WelcomePage
from playground.gui.welcome_pictures import digits, feature_maps, flowers
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.training.presets import load_preset, preset_names
from playground.training.samples import samples


@pytest.fixture
def page(qtbot, qapp):
    theme.apply(qapp, dark=False)
    page = WelcomePage()
    qtbot.addWidget(page)
    page.resize(1366, 664)
    with qtbot.waitExposed(page):
        page.show()
    return page


def recent(page):
    buttons = page.findChildren(QPushButton)
    return [b for b in buttons if b.isVisible() and b.toolTip().endswith(".nnproj")]


def carded(page):
    return [card.start.preset for card in page.findChildren(Card) if card.start.preset]


def test_a_click_on_a_card_chooses_its_preset(qtbot, page):
    for name in carded(page):
        with qtbot.waitSignal(page.preset_chosen) as chosen:
            qtbot.mouseClick(page.card(name), Qt.MouseButton.LeftButton)
        assert chosen.args == [name]


def test_enter_starts_with_the_first_card(qtbot, page):
    qtbot.waitUntil(lambda: page.focusWidget() is page.card("digits-cnn"))
    with qtbot.waitSignal(page.preset_chosen) as chosen:
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert chosen.args == ["digits-cnn"]


def test_arrow_keys_lead_to_the_card_beside_and_below(qtbot, page):
    qtbot.keyClick(page.card("digits-cnn"), Qt.Key.Key_Right)
    assert page.focusWidget() is page.card("digits-mlp")
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Down)
    assert page.focusWidget() is page.card("circle-logistic")


def test_the_last_card_asks_for_a_file(qtbot, page):
    with qtbot.waitSignal(page.open_csv_requested):
        qtbot.mouseClick(page.card(""), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Draw points...", "draw_requested"),
        ("Open images...", "open_images_requested"),
        ("Open project...", "open_project_requested"),
    ],
)
def test_files_can_be_opened(qtbot, page, text, signal):
    opener = next(b for b in page.findChildren(QPushButton) if b.text() == text)
    with qtbot.waitSignal(getattr(page, signal)):
        qtbot.mouseClick(opener, Qt.MouseButton.LeftButton)


def test_recent_projects_can_be_opened(qtbot, page):
    paths = [Path("a/first.nnproj"), Path("b/second.nnproj")]
    page.show_recent(paths)
    qtbot.waitUntil(lambda: [button.text() for button in recent(page)] == ["first", "second"])
    with qtbot.waitSignal(page.recent_chosen) as chosen:
        qtbot.mouseClick(recent(page)[1], Qt.MouseButton.LeftButton)
    assert chosen.args == [paths[1]]


def test_newer_recent_projects_replace_the_old(qtbot, page):
    page.show_recent([Path("old.nnproj")])
    page.show_recent([Path("new.nnproj")])
    qtbot.waitUntil(lambda: [button.text() for button in recent(page)] == ["new"])
    page.show_recent([])
    assert recent(page) == []


def test_loading_can_be_cancelled(qtbot, page):
    page.show_loading("MNIST digits", 0.5)
    cancel = next(b for b in page.findChildren(QPushButton) if b.text() == "Cancel")
    with qtbot.waitSignal(page.cancel_requested):
        qtbot.mouseClick(cancel, Qt.MouseButton.LeftButton)
    page.end_loading()
    assert not cancel.isVisible()


def test_every_preset_can_be_chosen(qtbot, page):
    chosen = []
    page.preset_chosen.connect(chosen.append)
    for card in page.findChildren(Card):
        card.click()
    for button in page.findChildren(QPushButton):
        if button.toolTip().startswith("Digits: "):
            button.click()
    among_samples = {sample.preset for sample in samples()}
    assert among_samples | {name for name in chosen if name} == set(preset_names())


def test_there_is_a_way_to_the_samples(qtbot, page):
    with qtbot.waitSignal(page.samples_requested):
        next(b for b in page.findChildren(QPushButton) if b.text() == "Samples...").click()


def test_the_cards_tell_the_truth_about_the_networks(page):
    for name in carded(page):
        foot, layers = page.card(name).start.foot, load_preset(name).model.layers
        convolutions = sum(isinstance(layer, Conv2D) for layer in layers)
        units = [str(layer.units) for layer in layers if isinstance(layer, Dense)]
        shown = f"{convolutions} convolutions" if convolutions else "–" + "–".join(units)
        assert shown in foot


def test_the_cards_tell_the_truth_about_the_data(page):
    for name in carded(page):
        source = load_preset(name).source
        count = getattr(source, "samples", None) or getattr(source, "examples", None)
        assert page.card(name).start.foot.startswith(f"{count or len(flowers()[0]):,} ")


def test_the_digits_are_one_of_each_class():
    assert digits().shape == (10, 28, 28)
    assert np.all(digits().max(axis=(1, 2)) > 0.9)


def test_the_feature_maps_are_rectified_and_differ():
    maps = feature_maps(digits()[5])
    assert maps.shape == (8, 24, 24)
    assert maps.min() == 0
    assert maps.max() == 1
    assert not np.allclose(maps[0], maps[4])


@pytest.mark.parametrize("dark", [False, True])
def test_pictures_follow_the_theme(qapp, page, dark):
    theme.apply(qapp, dark=not dark)
    other = page.grab().toImage()
    theme.apply(qapp, dark=dark)
    assert page.grab().toImage() != other
