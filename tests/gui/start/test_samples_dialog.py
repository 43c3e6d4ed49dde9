"""File > Samples shows the data in the box, and opens what is chosen."""

import pytest
from PySide6.QtCore import Qt

from playground.gui import dialogs
from playground.gui.look import theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.start.samples_dialog import COLUMNS, SamplesDialog
from playground.training.samples import samples
from playground.training.snapshot import Status


@pytest.fixture
def dialog(qtbot, qapp):
    theme.apply(qapp, dark=False)
    dialog = SamplesDialog()
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    yield dialog
    dialog.reject()


def test_each_sample_is_told_with_its_size_and_origin(qtbot, dialog):
    qtbot.waitUntil(lambda: dialog.complete, timeout=30_000)
    assert dialog.card("iris").start.foot.startswith("150 rows, 4 inputs, 3 classes\n")
    for sample in samples():
        card = dialog.card(sample.preset)
        assert sample.origin in card.start.foot
        assert sample.licence in card.toolTip()
        assert "\u2026" not in card.start.foot


def test_each_picture_shows_the_data(qtbot, dialog):
    before = {sample.preset: shown(dialog, sample.preset) for sample in samples()}
    qtbot.waitUntil(lambda: dialog.complete, timeout=30_000)
    for preset, picture in before.items():
        assert shown(dialog, preset) != picture, preset


def shown(dialog, preset):
    """The picture of a card, without the words below it."""
    picture = dialog.card(preset).grab().toImage()
    return picture.copy(8, 8, picture.width() - 16, picture.height() // 3)


def test_a_click_takes_a_sample(qtbot, dialog):
    qtbot.mouseClick(dialog.card("wine"), Qt.MouseButton.LeftButton)
    assert dialog.preset == "wine"
    assert dialog.result()


def test_the_arrow_keys_and_enter_take_a_sample(qtbot, dialog):
    presets = [sample.preset for sample in samples()]
    qtbot.keyClick(dialog.card(presets[0]), Qt.Key.Key_Down)
    below = dialog.card(presets[COLUMNS])
    qtbot.waitUntil(below.hasFocus)
    qtbot.keyClick(below, Qt.Key.Key_Return)
    assert dialog.preset == presets[COLUMNS]


def test_a_sample_is_opened_but_not_yet_trained(qtbot, qapp, monkeypatch):
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    monkeypatch.setattr(dialogs, "ask_sample", lambda parent: "wine")
    window.deeds.open_sample()
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=30_000)
    assert window.session.project.title == "Wine"
    assert window.session.status is Status.PAUSED
    assert window.session.step == 0
    window.session.mark_saved()
    window.close()
