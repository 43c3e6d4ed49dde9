"""What the window remembers between two starts. To remember more, declare it: one line."""

from __future__ import annotations

import binascii
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Generic, TypeVar, cast, overload

from PySide6.QtCore import QByteArray

from playground.gui.look.tokens import PALETTES, TEXT_SIZES
from playground.gui.places import settings_folder
from playground.gui.settings_file import SettingsFile
from playground.gui.tongue import CHOICES

T = TypeVar("T")
RECENT = 6
NAME = "window.ini"


class Remembered(Generic[T]):
    """Declares a choice: its default, and what else it may be.

    It reads as its default while the file holds nothing or anything else than declared, and is
    written when it is set. ``choices`` may be a function, for what is known only later.
    """

    def __init__(
        self,
        default: T,
        *,
        choices: Collection[T] | Callable[[], Collection[T]] = (),
        low: Any = None,
        high: Any = None,
    ) -> None:
        self.default = default
        self._choices, self._low, self._high = choices, low, high

    def __set_name__(self, owner: type[Settings], name: str) -> None:
        self.name = name

    @overload
    def __get__(self, settings: None, owner: type[Settings]) -> Remembered[T]: ...
    @overload
    def __get__(self, settings: Settings, owner: type[Settings]) -> T: ...
    def __get__(self, settings: Settings | None, owner: type[Settings]) -> T | Remembered[T]:
        if settings is None:
            return self
        value = settings.file.get(self.name)
        return cast(T, value) if self.fits(value) else self.default

    def __set__(self, settings: Settings, value: T) -> None:
        if not self.fits(value):
            raise ValueError(f"{self.name} cannot be {value!r}.")
        settings.file.put(self.name, value)
        settings.flush()

    def fits(self, value: Any) -> bool:
        """Return whether a value is one of those declared."""
        if type(value) is not type(self.default):
            return False
        choices = self._choices() if callable(self._choices) else self._choices
        if choices and value not in choices:
            return False
        low = self._low is None or value >= self._low
        return low and (self._high is None or value <= self._high)


class Settings:
    """Remembered choices. A file that is broken, read-only or newer never stops the start."""

    theme = Remembered("system", choices=("system", "light", "dark"))
    """``system`` follows the desktop."""
    palette = Remembered(PALETTES[0], choices=PALETTES)
    text_size = Remembered(TEXT_SIZES[0], choices=TEXT_SIZES)
    """In percent of the usual one."""
    language = Remembered("system", choices=CHOICES)
    first_steps = Remembered(True)
    """Whether the hints for the first minute are still shown."""

    def __init__(self) -> None:
        self.file = SettingsFile(settings_folder() / NAME)

    def take_notes(self) -> list[str]:
        """Return what the user should know about the file, in sentences, and say it once only."""
        notes, self.file.notes = self.file.notes, []
        return notes

    @property
    def recent(self) -> list[Path]:
        """The project files opened or saved last, the newest first, as far as they exist."""
        value = self.file.get("recent")
        names = value if isinstance(value, list) else []
        # not Path.is_file: it raises for folders that may not be entered
        return [Path(name) for name in names if isinstance(name, str) and os.path.isfile(name)]  # noqa: PTH113

    def add_recent(self, path: Path) -> None:
        """Put a project file first."""
        path = path.resolve()
        paths = [path, *(other for other in self.recent if other != path)]
        self.file.put("recent", [str(each) for each in paths[:RECENT]])
        self.flush()

    def layout(self, name: str) -> QByteArray:
        """Return the remembered place of the window or of the docks of a workspace."""
        value = self.file.get(f"layout/{name}")
        try:
            return QByteArray(b64decode(value, validate=True) if isinstance(value, str) else b"")
        except (binascii.Error, ValueError):
            return QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember a place, until ``flush`` for now: there are many, and they change often."""
        self.file.put(f"layout/{name}", b64encode(state.data()).decode())

    def flush(self) -> None:
        """Write to the disk now."""
        self.file.flush()
