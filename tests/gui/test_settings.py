"""What the window remembers."""

from PySide6.QtCore import QByteArray

from playground.gui.settings import RECENT, Settings


def test_choices_are_remembered():
    settings = Settings()
    settings.theme = "dark"
    settings.set_layout("window", QByteArray(b"abc"))
    settings.flush()
    assert Settings().theme == "dark"
    assert Settings().layout("window") == QByteArray(b"abc")


def test_recent_projects_are_the_newest_first_and_exist(tmp_path):
    settings = Settings()
    paths = [tmp_path / f"{number}.nnproj" for number in range(RECENT + 2)]
    for path in paths:
        path.touch()
        settings.add_recent(path)
    settings.add_recent(paths[3])
    paths[4].unlink()
    settings.flush()
    assert Settings().recent == [paths[k] for k in (3, 7, 6, 5, 2)]


def test_a_broken_file_is_an_empty_one(tmp_path):
    settings = Settings()
    settings.theme = "dark"
    settings.flush()
    (file,) = tmp_path.rglob("window.ini")
    file.write_bytes(b"\xff\x00[[[theme=\nrecent=@Variant(\\0")
    assert Settings().theme == "system"
    assert Settings().recent == []
