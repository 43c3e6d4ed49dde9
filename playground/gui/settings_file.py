"""The file of remembered choices: a line each, read as if anybody could have written it.

Not ``QSettings``: it makes Qt objects of any bytes it finds, and a damaged ``@Variant`` ends the
program before there is a window. Here a value is JSON, and one line tells nothing about the next.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playground.errors import FileError
from playground.files import write_atomically
from playground.language import tr

LARGEST = 2**20
"""Bytes. A window remembers some ten thousand."""
VERSION = 1
"""Of what the keys mean. A newer program's file is read as far as it is understood."""
_LINE = re.compile(r"([\w./-]{1,200}) *= *(.*)")
_HEAD = "# What the Neural Playground remembers. It may be removed.\n"


class SettingsFile:
    """Named values in a file; those that nobody here knows are kept for who does.

    Nothing about the file ever stops the program: what cannot be read is set aside, what cannot be
    written lasts until the window is closed. ``notes`` says so, in sentences for the user.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: list[str] = []
        self._changed: dict[str, Any] = {}
        self._writable = True
        self._values = self._read()
        self.flush()  # what could be saved of a file that was set aside

    def get(self, key: str) -> Any:
        """Return what is remembered, of whatever type; None for nothing."""
        return self._values.get(key)

    def put(self, key: str, value: Any) -> None:
        """Remember a value from now on, and in the file with the next ``flush``."""
        if self._values.get(key) != value:
            self._values[key] = self._changed[key] = value

    def flush(self) -> None:
        """Write what was changed here; what another window has written meanwhile stays."""
        if not self._changed or not self._writable:
            return
        values = {**self._read(), **self._changed}
        newest = values.get("version")
        values["version"] = max(VERSION, newest) if type(newest) is int else VERSION
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists():
                self.path.open("r+b").close()  # a protected file could be replaced, but shall not
            write_atomically(self.path, _text(values).encode())
        except (OSError, FileError):
            self._stop_writing()
        self._changed.clear()

    def _read(self) -> dict[str, Any]:
        """Return what can be read; a file with anything else in it is set aside whole."""
        try:
            content = _content(self.path)
        except OSError:  # no folder, no permission, a disk that is gone
            return {}
        if content is None:
            self._set_aside()
            return {}
        lines = list(_parsed(content))
        values = dict(pair for pair in lines if pair)
        if not all(lines):
            self._changed = {**values, **self._changed}  # for the file that takes its place
            self._set_aside()
        return values

    def _set_aside(self) -> None:
        backup = self.path.with_name(f"{self.path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
        try:
            self.path.replace(backup)
        except OSError:
            self._stop_writing()
            return
        note = tr("Some settings could not be read. The file was set aside as {0}.")
        self.notes.append(note.format(backup))

    def _stop_writing(self) -> None:
        self._writable = False
        note = tr("Settings hold until the window is closed: {0} cannot be written.")
        self.notes.append(note.format(self.path))


def _content(path: Path) -> bytes | None:
    """Return the bytes of a small plain file, none if there is no file, None for anything else."""
    if not path.exists():
        return b""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    return content if len(content) <= LARGEST else None


def _parsed(content: bytes) -> Iterator[tuple[str, Any] | None]:
    """Yield the key and the value of each line, None for a line that says nothing."""
    for line in content.decode(errors="replace").split("\n"):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        try:
            yield (match[1], json.loads(match[2])) if match else None
        except (ValueError, RecursionError):  # no JSON, numbers too long, lists too deep
            yield None


def _text(values: dict[str, Any]) -> str:
    lines = (f"{key} = {json.dumps(value)}\n" for key, value in sorted(values.items()))
    return _HEAD + "".join(lines)
