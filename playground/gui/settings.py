"""What the window remembers between two starts, in one INI file of the user's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

RECENT = 6


class Settings:
    """Remembered choices. A broken or read-only file is the same as an empty one."""

    def __init__(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
        self._store = QSettings(str(Path(folder) / "window.ini"), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """``light``, ``dark``, or ``system`` to follow the desktop."""
        value = self._store.value("theme")
        return value if value in ("light", "dark") else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("theme", value)

    @property
    def recent(self) -> list[Path]:
        """The project files opened or saved last, the newest first, as far as they exist."""
        value = self._store.value("recent")
        names = value if isinstance(value, list) else [value] if isinstance(value, str) else []
        return [Path(name) for name in names if isinstance(name, str) and Path(name).is_file()]

    def add_recent(self, path: Path) -> None:
        """Put a project file first."""
        path = path.resolve()
        paths = [path, *(other for other in self.recent if other != path)]
        self._store.setValue("recent", [str(each) for each in paths[:RECENT]])

    def layout(self, name: str) -> QByteArray:
        """Return the remembered place of the window or of the docks of a workspace."""
        value = self._store.value(f"layout/{name}")
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        """Remember a place."""
        self._store.setValue(f"layout/{name}", state)

    def flush(self) -> None:
        """Write to the disk now."""
        self._store.sync()
