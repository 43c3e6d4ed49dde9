"""What the window remembers, and what a file of it may hold."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray

from playground.gui.main_window import MainWindow
from playground.gui.settings import NAME, RECENT, Remembered, Settings
from playground.gui.settings_file import LARGEST, VERSION, SettingsFile
from tests.data.test_files import as_nobody

LINES = {
    "theme": "dark",
    "recent": ["a.nnproj", "b.nnproj"],
    "layout/window": "YWJj",
    "of_tomorrow": {"depth": [1, 2.5, None, True]},
}
DAMAGED = b"\xff\x00[[[theme=\nrecent=@Variant(\\0"
in_one_folder = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "config" / "neural-playground" / NAME


def written(path, content):
    """Put a file there, with the folders that it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def declared():
    """Return the declaration of every choice."""
    return [each for each in vars(Settings).values() if isinstance(each, Remembered)]


def backups(path):
    return sorted(path.parent.glob(f"{NAME}.broken-*"))


def test_choices_are_remembered():
    remembered = Settings()
    remembered.theme = "dark"
    remembered.set_layout("window", QByteArray(b"abc"))
    remembered.flush()
    assert Settings().theme == "dark"
    assert Settings().layout("window") == QByteArray(b"abc")


def test_recent_projects_are_the_newest_first_and_exist(tmp_path):
    remembered = Settings()
    paths = [tmp_path / f"{number}.nnproj" for number in range(RECENT + 2)]
    for path in paths:
        path.touch()
        remembered.add_recent(path)
    remembered.add_recent(paths[3])
    paths[4].unlink()
    assert Settings().recent == [paths[k] for k in (3, 7, 6, 5, 2)]


@pytest.mark.parametrize("choice", declared(), ids=lambda choice: choice.name)
def test_every_default_is_one_of_its_choices(choice):
    assert choice.fits(choice.default)
    assert getattr(Settings(), choice.name) == choice.default


@pytest.mark.parametrize("choice", declared(), ids=lambda choice: choice.name)
@pytest.mark.parametrize("value", ['"\\ud800"', "[1]", "1e999", "null", "-99999999", '{"a": 1}'])
def test_a_value_of_another_type_or_range_is_the_default(choice, value, file):
    written(file, f"{choice.name} = {value}\n".encode())
    assert getattr(Settings(), choice.name) == choice.default


def test_a_number_is_held_to_its_range():
    size = Remembered(100, low=50, high=200)
    assert [value for value in (49, 50, 200, 201, 100.0, True, "100") if size.fits(value)] == [
        50,
        200,
    ]


def test_what_is_not_declared_cannot_be_set():
    with pytest.raises(ValueError, match="theme cannot be 'pink'"):
        Settings().theme = "pink"


def test_a_broken_line_costs_itself_only_and_the_file_is_kept(file):
    written(file, b'theme = "dark"\n' + DAMAGED + b'\nunknown = "kept"\n')
    remembered = Settings()
    assert remembered.theme == "dark"
    (backup,) = backups(file)
    assert DAMAGED in backup.read_bytes()
    assert [str(backup) in note for note in remembered.take_notes()] == [True]
    assert Settings().take_notes() == []
    assert Settings().file.get("unknown") == "kept"


def test_a_folder_in_the_place_of_the_file_is_set_aside(file):
    (file / "something").mkdir(parents=True)
    Settings().theme = "dark"
    assert Settings().theme == "dark"
    (backup,) = backups(file)
    assert (backup / "something").is_dir()


def test_a_huge_file_is_set_aside_unread(file):
    written(file, b'theme = "dark"\n' + b"#" * LARGEST)
    assert Settings().theme == "system"
    assert [backup.stat().st_size > LARGEST for backup in backups(file)] == [True]


def test_a_file_in_the_place_of_the_folder_leaves_the_settings_in_memory(file):
    written(file.parent.parent / "neural-playground", b"")
    remembered = Settings()
    remembered.theme = "dark"
    assert remembered.theme == "dark"
    assert [str(file) in note for note in remembered.take_notes()] == [True]


def test_no_home_at_all_leaves_the_settings_in_memory(monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", "/dev/null/config")
    remembered = Settings()
    remembered.theme = "dark"
    assert remembered.theme == "dark"
    assert len(remembered.take_notes()) == 1


@pytest.mark.parametrize("protected", ["file", "folder"])
def test_what_may_not_be_written_is_left_alone(protected):
    with TemporaryDirectory() as folder:  # others than root may enter this one
        path = written(Path(folder) / NAME, b'theme = "dark"\n')
        path.parent.chmod(0o777)
        (path if protected == "file" else path.parent).chmod(0o555)
        with as_nobody():
            file = SettingsFile(path)
            file.put("theme", "light")
            file.flush()
        assert file.get("theme") == "light"
        assert len(file.notes) == 1
        assert SettingsFile(path).get("theme") == "dark"


def test_what_a_newer_program_remembers_is_kept(file):
    written(file, f'version = {VERSION + 7}\ntheme = "sepia"\nof_tomorrow = [1]\n'.encode())
    remembered = Settings()
    assert remembered.theme == "system"
    remembered.set_layout("window", QByteArray(b"abc"))
    remembered.flush()
    again = SettingsFile(file)
    kept = [again.get(key) for key in ("version", "theme", "of_tomorrow")]
    assert kept == [VERSION + 7, "sepia", [1]]
    assert again.notes == []


def test_two_windows_keep_what_the_other_has_changed():
    one, other = Settings(), Settings()
    one.theme = "dark"
    other.set_layout("window", QByteArray(b"abc"))
    other.flush()
    assert Settings().theme == "dark"
    assert Settings().layout("window") == QByteArray(b"abc")


def check_it_serves(path):
    """Open the settings, look at everything, and use them."""
    remembered = Settings()
    assert all(choice.fits(getattr(remembered, choice.name)) for choice in declared())
    assert isinstance(remembered.recent, list)
    assert isinstance(remembered.layout("window"), QByteArray)
    remembered.theme = "light"
    assert Settings().theme == "light"
    assert Settings().take_notes() == []
    for left in path.parent.iterdir():
        left.unlink()


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
@in_one_folder
@example(DAMAGED)
@example(b"theme = " + b"[" * 100_000)
@example(b"theme = " + b"9" * 10_000)
@example(b'recent = ["\\u0000", "' + b"x" * 5000 + b'"]')
def test_any_bytes_at_all_serve_as_settings(file, content):
    check_it_serves(written(file, content))


@given(st.data())
@in_one_folder
def test_a_damaged_file_serves_as_settings(file, data):
    whole = SettingsFile(written(file, b""))
    for key, value in LINES.items():
        whole.put(key, value)
    whole.flush()
    content = bytearray(file.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=6))
        content += b" "
    check_it_serves(written(file, bytes(content)))


@pytest.mark.parametrize("content", [DAMAGED, b'layout/window = "AAAA////"\ntheme = 3', b"\0" * 99])
def test_the_window_starts_whatever_the_file_holds(qtbot, file, content):
    written(file, content)
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    window.show()
    assert window.isVisible()
