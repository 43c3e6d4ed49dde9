import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from playground.data.files import find, opened
from playground.errors import DataError
from playground.resources import resource_path


@contextmanager
def as_nobody():
    """Give up root's right to read everything."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def read(path):
    with opened(find(path)) as file:
        return file.read()


def test_a_path_that_exists_is_found(tmp_path):
    assert find(tmp_path) == tmp_path


def test_a_resource_is_found_by_its_relative_path():
    path = Path("datasets", "iris", "iris.csv")
    assert find(path) == resource_path("datasets", "iris", "iris.csv")


def test_nothing_outside_the_resources_is_found():
    with pytest.raises(DataError, match="no such file"):
        find(Path("datasets", "..", "..", "no such file"))


def test_a_name_that_is_too_long_is_told(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        find(tmp_path / ("x" * 5000))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_rather_than_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="not an ordinary file"):
        read(tmp_path / "pipe")


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("locked", ["file", "folder"])
def test_what_may_not_be_read_is_told(locked):
    with TemporaryDirectory() as name:  # pytest's own lies in a folder closed to nobody
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "file").write_text("secret")
        (folder / "file" if locked == "file" else folder).chmod(0)
        with as_nobody(), pytest.raises(DataError, match="may not be read; change its perm"):
            read(folder / "file")
        folder.chmod(0o755)
