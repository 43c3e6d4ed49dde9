"""How a large view gets the room that the docks beside it have."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QByteArray

from playground.gui.docking.docks import Dock, DockArea


class Room:
    """Takes the docks away and puts them back just as they were."""

    def __init__(self, area: DockArea, docks: Collection[Dock]) -> None:
        self._area = area
        self._docks = tuple(docks)
        self._before: QByteArray | None = None

    @property
    def taken(self) -> bool:
        """Whether the docks are away."""
        return self._before is not None

    def state(self) -> QByteArray:
        """Return where every dock is, or would be if none were away."""
        return self._area.state() if self._before is None else self._before

    def take(self) -> None:
        """Hide what is docked; what floats stays where it is."""
        if self._before is None:
            self._before = self.state()
            for dock in self._docks:
                if not dock.isFloating():
                    dock.hide()

    def give_back(self) -> None:
        """Show the docks as before."""
        if self._before is not None:
            before, self._before = self._before, None
            self._area.restore(before)

    def forget(self) -> None:
        """Leave the docks as they are: they are about to be arranged anew."""
        self._before = None
