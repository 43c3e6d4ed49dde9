"""Writing a file so that a crash, a full disk or a pulled stick never leaves half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import time
import uuid
from pathlib import Path

from playground.errors import FileError
from playground.language import tr

_STALE = 3600
"""Seconds after which a temporary file must be a crash's, not a running program's."""


def write_atomically(path: Path, content: bytes, *, keep_previous: bool = False) -> None:
    """Replace the file at ``path`` by this content, or leave it exactly as it was.

    The new file is read back before it takes the old one's place. ``keep_previous`` keeps one
    generation, the same name with a ``~``. Raises ``FileError`` saying what prevents it.
    """
    try:
        path = path.resolve()  # a link stays a link; the file behind it is replaced
        _remove_stale(path)
        temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
        try:
            _write_through(temporary, content)
            if path.exists():
                shutil.copymode(path, temporary)
                if keep_previous:
                    # a copy: renaming would leave a moment without the file
                    write_atomically(path.with_name(f"{path.name}~"), path.read_bytes())
            temporary.replace(path)
            _flush_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(
            tr(
                "{name} cannot be written: {0}. Save it in a folder that exists, that you may "
                "write to, and that has room. Received: {path}."
            ).format(error.strerror or error, name=path.name, path=path)
        ) from error


def _write_through(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.read_bytes() != content:
        raise OSError(errno.EIO, tr("it reads back differently"))


def _flush_folder(folder: Path) -> None:
    """Make the renaming itself survive a power cut. Windows cannot open a folder, nor needs to."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            # some network file systems cannot flush a folder; the file itself is safe
            with contextlib.suppress(OSError):
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove_stale(path: Path) -> None:
    """Remove what a crash left behind while it wrote this same file."""
    for leftover in path.parent.iterdir() if path.parent.is_dir() else ():
        ours = leftover.name.startswith(f".{path.name}.") and leftover.name.endswith(".tmp")
        if ours and time.time() - leftover.stat().st_mtime > _STALE:
            leftover.unlink(missing_ok=True)
