"""Things are dropped anywhere on the window, and it says before what will happen."""

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMessageBox

from playground.gui import dialogs
from playground.gui.drop_target import DropSheet
from playground.gui.look.appearance import apply_theme
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from tests.gui.dragging import drag, drop, files, leave
from tests.gui.test_offers import IMAGES, STORY

FLOWERS = "petal,leaf,species\n" + "".join(f"{n},{n % 3},{'ab'[n % 2]}\n" for n in range(60))


@pytest.fixture
def window(qtbot):
    apply_theme("light")
    window = MainWindow(Settings())
    qtbot.addWidget(window, before_close_func=lambda window: window.session.mark_saved())
    window.resize(1366, 768)
    window.show()
    return window


@pytest.fixture
def flowers(tmp_path):
    path = tmp_path / "flowers.csv"
    path.write_text(FLOWERS)
    return path


@pytest.fixture
def messages(monkeypatch):
    found = []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, message: found.append(message))
    return found


def sheet(window):
    return window.findChild(DropSheet)


def training(qtbot, window):
    window.session.open(load_preset("spiral"), play=True)
    qtbot.waitUntil(lambda: window.session.status is Status.RUNNING, timeout=20_000)
    qtbot.waitUntil(lambda: window.session.step > 0, timeout=20_000)


def test_the_sheet_says_what_will_happen_until_the_file_is_gone(window, flowers):
    assert drag(window, files(flowers))
    assert sheet(window).isVisible()
    assert sheet(window).accessibleName() == "Open as a table: flowers.csv"
    leave(window)
    assert not sheet(window).isVisible()


def test_what_cannot_be_opened_cannot_be_dropped_and_the_sheet_says_why(window, tmp_path):
    path = tmp_path / "thesis.docx"
    path.write_bytes(b"PK")
    assert not drag(window, files(path))
    assert "plain text" in sheet(window).accessibleName()


@pytest.mark.parametrize("at", [(40, 400), (700, 300), (1300, 700), (683, 20)])
def test_a_table_can_be_dropped_on_any_part_of_the_workspace(
    qtbot, window, monkeypatch, flowers, at
):
    training(qtbot, window)
    asked = []
    monkeypatch.setattr(dialogs, "ask_csv_source", lambda _parent, path: asked.append(path))
    drop(window, files(flowers), at)
    qtbot.waitUntil(lambda: asked == [flowers])
    assert window.session.status is Status.RUNNING


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_dock_that_floats_takes_files_too(qtbot, window, monkeypatch, flowers):
    training(qtbot, window)
    dock = window.workspace.docks["DecisionMapView"]
    dock.setFloating(True)
    qtbot.wait(50)  # until its window is followed
    asked = []
    monkeypatch.setattr(dialogs, "ask_csv_source", lambda _parent, path: asked.append(path))
    drop(dock, files(flowers))
    qtbot.waitUntil(lambda: asked == [flowers])


def test_images_and_labels_are_dropped_together(qtbot, window, monkeypatch, tmp_path):
    images, labels = tmp_path / "a.idx", tmp_path / "b.idx"
    images.write_bytes(IMAGES)
    labels.write_bytes(b"\0\0\x08\x01\0\0\0\2" + bytes(2))
    opened = []
    monkeypatch.setattr(window.deeds, "_open_source", opened.append)
    drop(window, files(labels, images))
    qtbot.waitUntil(lambda: bool(opened))
    assert (opened[0].path, opened[0].labels) == (images, labels)


def test_a_text_from_another_program_is_shown_to_be_learnt(qtbot, window, monkeypatch):
    asked = []
    monkeypatch.setattr(dialogs, "ask_text_source", lambda _parent, source: asked.append(source))
    data = QMimeData()
    data.setText(STORY)
    drop(window, data)
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0].text == STORY


def test_an_address_and_a_picture_from_a_browser_are_answered_in_words(window):
    address = QMimeData()
    address.setUrls([QUrl("https://example.org/data.csv")])
    assert not drag(window, address)
    assert "download the file" in sheet(window).accessibleName()
    picture, image = QMimeData(), QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    picture.setImageData(image)
    assert not drag(window, picture)
    assert "its class" in sheet(window).accessibleName()


def test_a_word_is_left_to_the_field_it_is_dropped_on(window):
    data = QMimeData()
    data.setText("0.03")
    drag(window, data)
    assert not sheet(window).isVisible()


def test_behind_a_dialog_nothing_is_dropped(qtbot, window, flowers):
    box = QMessageBox(window)
    box.setModal(True)
    box.show()
    assert not drag(window, files(flowers))
    assert not sheet(window).isVisible()
    box.close()


def test_unsaved_work_is_asked_about_once_the_file_was_read(qtbot, window, monkeypatch, tmp_path):
    training(qtbot, window)
    project = window.session.project
    good, damaged = tmp_path / "good.nnproj", tmp_path / "damaged.nnproj"
    assert window.session.save(good)
    damaged.write_bytes(good.read_bytes()[:-200])
    window.session.edit(epochs=700)
    questions, messages = [], []
    monkeypatch.setattr(dialogs, "show_error", lambda _parent, message: messages.append(message))

    def ask(_parent):
        questions.append(window.session.project)
        return dialogs.Answer.CANCEL if len(questions) == 1 else dialogs.Answer.DISCARD

    monkeypatch.setattr(dialogs, "ask_unsaved", ask)
    drop(window, files(damaged))
    qtbot.waitUntil(lambda: bool(messages))
    assert "damaged.nnproj" in messages[0]
    assert questions == []
    drop(window, files(good))
    qtbot.waitUntil(lambda: len(questions) == 1)
    qtbot.wait(100)
    assert window.session.project.epochs == 700
    drop(window, files(good))
    qtbot.waitUntil(lambda: window.session.project == project)
    assert len(questions) == 2
    assert window.session.path == good


def test_a_file_that_cannot_be_read_says_so_once_it_is_given_otherwise(window, messages, tmp_path):
    window.deeds.open_path(tmp_path / "gone.csv")
    assert "gone.csv" in messages[0]


def test_the_sheet_is_painted_in_every_theme(window, flowers, tmp_path):
    for theme in ("light", "dark"):
        apply_theme(theme)
        drag(window, files(flowers))
        good = window.grab().toImage()
        drag(window, files(tmp_path / "gone.csv"))
        assert window.grab().toImage() != good
