"""Opening a file of the user's, with errors that say which file and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from playground.errors import DataError
from playground.language import tr
from playground.resources import resource_path


def find(path: Path) -> Path:
    """Return where ``path`` is: as it stands or, if relative, among the app's own resources.

    So a project may name ``datasets/iris/iris.csv`` and open on every machine. Raises
    ``DataError`` if it is nowhere.
    """
    if path == Path():
        raise DataError(tr("No file is chosen yet; choose one."))
    try:
        if path.exists():
            return path
    except OSError as error:  # a name that is too long, a folder that may not be entered
        raise _unreadable(path, error) from error
    if not path.is_absolute() and ".." not in path.parts:
        try:
            return resource_path(*path.parts)
        except FileNotFoundError:
            pass  # told below, as for any other path
    raise DataError(
        tr("{path}: there is no such file or folder; check the name, or choose another.").format(
            path=path
        )
    )


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading bytes; whatever the system refuses becomes a ``DataError``."""
    try:
        if path.is_dir():
            raise DataError(tr("{path} is a folder; choose a file in it.").format(path=path))
        if not path.is_file():  # to open a pipe would wait for ever
            raise DataError(tr("{path} is not an ordinary file; choose another.").format(path=path))
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise _unreadable(path, error) from error


def listed(folder: Path) -> list[Path]:
    """Return what is in a folder, in order of name."""
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(path: Path, error: OSError) -> DataError:
    if isinstance(error, PermissionError):
        return DataError(
            tr("{path} may not be read; change its permissions, or choose a copy of it.").format(
                path=path
            )
        )
    return DataError(tr("{path} cannot be read: {0}.").format(error.strerror or error, path=path))


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Raise ``DataError`` if a file is changed or removed while it is read here.

    That is also told in place of any other error, which would only be its consequence.
    """
    before = _stamp(path)
    try:
        yield
    except (DataError, UnicodeError, ValueError) as error:
        _check_stamp(path, before, error)
        raise
    _check_stamp(path, before)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _check_stamp(
    path: Path, before: tuple[int, int] | None, error: Exception | None = None
) -> None:
    after = _stamp(path)
    if after != before:
        what = (
            tr(
                "{name} was removed while it was being read; wait until it is complete, and open "
                "it again."
            )
            if after is None
            else tr(
                "{name} was changed by another program while it was being read; wait until it is "
                "complete, and open it again."
            )
        )
        raise DataError(what.format(name=path.name)) from error
