"""Images of the user's get into the window: by menu, by dialog, dropped."""

import numpy as np
import pytest

from playground.data.sources.image_files import ImageFiles
from playground.data.sources.image_folder import ImageFolder
from playground.data.sources.my_drawings import MyDrawings
from playground.gui import dialogs
from playground.gui.main_window import MainWindow
from playground.gui.settings import Settings
from playground.gui.views.draw import DrawView
from tests.data.files import idx_bytes, images_and_labels, write_set
from tests.data.pictures import write_classes
from tests.gui.dragging import drop, files


@pytest.fixture
def window(qtbot):
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.show()
    yield window
    window.session.mark_saved()
    window.close()


@pytest.fixture
def messages(monkeypatch):
    shown = []
    monkeypatch.setattr(dialogs, "show_error", lambda parent, text: shown.append(text))
    return shown


def choose(monkeypatch, *paths):
    """Answer the questions for files, one after the other."""
    answers = [(str(path), "") for path in paths]
    monkeypatch.setattr(dialogs.QFileDialog, "getOpenFileName", lambda *_arguments: answers.pop(0))


def wait_for(qtbot, window, source):
    qtbot.waitUntil(lambda: window.session.project is not None, timeout=10_000)
    assert window.session.project.source == source


def test_a_dropped_folder_of_pictures_is_opened(window, qtbot, tmp_path):
    drop(window, files(write_classes(tmp_path)))
    wait_for(qtbot, window, ImageFolder(path=tmp_path))
    assert window.session.dataset.classes == ("cat", "dog")


def test_a_dropped_file_of_a_set_is_opened(window, qtbot, tmp_path):
    file = write_set(tmp_path) / "t10k-labels-idx1-ubyte.gz"
    drop(window, files(file))
    wait_for(qtbot, window, ImageFiles(path=file))


def test_a_folder_is_chosen_from_the_menu(window, qtbot, tmp_path, monkeypatch):
    write_classes(tmp_path)
    monkeypatch.setattr(
        dialogs.QFileDialog, "getExistingDirectory", lambda *_arguments: str(tmp_path)
    )
    window.deeds.open_image_folder()
    wait_for(qtbot, window, ImageFolder(path=tmp_path))


def write_pair(folder):
    images, labels = images_and_labels(60)
    (folder / "a").write_bytes(idx_bytes(images))
    for name in ("b", "c"):
        (folder / name).write_bytes(idx_bytes(labels))


def test_labels_are_asked_for_where_names_say_nothing(window, qtbot, tmp_path, monkeypatch):
    write_pair(tmp_path)
    choose(monkeypatch, tmp_path / "a", tmp_path / "c")
    window.deeds.open_images()
    wait_for(qtbot, window, ImageFiles(path=tmp_path / "a", labels=tmp_path / "c"))


def test_without_labels_nothing_is_opened(window, tmp_path, monkeypatch, messages):
    write_pair(tmp_path)
    choose(monkeypatch, tmp_path / "a", "")
    window.deeds.open_images()
    assert not window.session.loader.title
    assert messages == []


def test_a_file_that_is_none_is_told(window, tmp_path, monkeypatch, messages):
    (tmp_path / "words").write_text("words")
    choose(monkeypatch, tmp_path / "words")
    window.deeds.open_images()
    assert "is not an IDX file of images" in messages[0]


def test_an_archive_is_told(window, tmp_path, messages):
    (tmp_path / "set.zip").write_bytes(b"PK")
    window.deeds.open_path(tmp_path / "set.zip")
    assert "Unpack it" in messages[0]


def test_a_folder_without_pictures_leaves_the_open_project_unharmed(
    window, qtbot, tmp_path, messages
):
    write_classes(tmp_path / "pets")
    window.deeds.open_path(tmp_path / "pets")
    wait_for(qtbot, window, ImageFolder(path=tmp_path / "pets"))
    window.session.mark_saved()
    before, weights = window.session.project, window.session.snapshot.weights
    (tmp_path / "empty").mkdir()
    window.deeds.open_path(tmp_path / "empty")
    qtbot.waitUntil(lambda: bool(messages))
    assert "no folder of pictures" in messages[0]
    assert window.session.project == before
    assert np.array_equal(window.session.snapshot.weights[0]["kernel"], weights[0]["kernel"])


def test_a_set_that_is_still_to_be_drawn_opens_with_the_canvas(window, qtbot):
    window.deeds.choose_source(MyDrawings)
    wait_for(qtbot, window, MyDrawings())
    view = next(view for view in window.workspace.views if isinstance(view, DrawView))
    qtbot.waitUntil(view.isVisible)
    assert window.session.dataset.lack
