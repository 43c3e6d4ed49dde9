"""What a live view is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.data.dataset import DataKind
from playground.gui.selection import Selection
from playground.probes import Probe
from playground.training.project import Project
from playground.training.snapshot import Snapshot


class Area(Enum):
    """Where in the window a view is put at first."""

    CENTRE = "centre"
    RIGHT = "right"
    BOTTOM = "bottom"


class View(QWidget):
    """A widget that draws snapshots. Subclasses get a dock and a menu entry by existing.

    The window calls ``show_snapshot`` at most once a frame, and only while the view is visible;
    ``show_project`` and ``show_selection`` when the user's choices change. A view changes
    nothing itself: it emits ``selected`` or ``edited``.
    """

    registry: ClassVar[dict[str, type[View]]] = {}
    title: ClassVar[str]
    """English; translated where it is shown."""
    synonyms: ClassVar[str] = ""
    """Other words that people look for it by; in English, within ``mark``."""
    area: ClassVar[Area] = Area.BOTTOM
    kinds: ClassVar[frozenset[DataKind]] = frozenset(DataKind)
    """The kinds of data for which its dock is open at first."""
    shortcut: ClassVar[str] = ""
    """The key that brings a view of the centre to the front."""
    roomy: ClassVar[bool] = False
    """Whether a view of the centre takes the room of the docks, too, while it is in front."""
    lively: ClassVar[bool] = False
    """Whether it should follow the training many times a second: then it must be cheap."""

    selected = Signal(Selection)
    """A new ``Selection``."""
    asked = Signal(str)
    """The id of a command of the window that gives it something to show."""
    edited = Signal(object)
    """A dict of ``Project`` fields to replace, e.g. ``{"model": model}``."""
    stroked = Signal(object, int)
    """As ``edited``, with the number of a stroke of the mouse: one step of undo, however long."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "title" in cls.__dict__:
            cls.registry[cls.__name__] = cls

    @property
    def portrait(self) -> QWidget:
        """The part that is still telling when it is small."""
        return self

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw a snapshot."""

    def pieces(self, snapshot: Snapshot) -> Sequence[Callable[[], None]]:
        """Return what together does as ``show_snapshot``, in pieces of a few milliseconds each.

        While training the window does them one by one and lives on between them.
        """
        return (partial(self.show_snapshot, snapshot),)

    def show_project(self, project: Project) -> None:
        """Follow an edit."""

    def show_selection(self, selection: Selection) -> None:
        """Follow what the user looks at."""

    def setting(self) -> Any:
        """Return how the user has set the view up, for one of its class that takes its place."""
        return None

    def set_up(self, setting: Any) -> None:
        """Be as the view was that has returned this ``setting``."""

    def header_tools(self) -> list[QWidget]:
        """Return small widgets for the view's title row; made once."""
        return []


class ProbeView(View):
    """A view whose picture is costly: it names a probe and draws the probe's results."""

    def probe(self, snapshot: Snapshot) -> Probe | None:
        """Return the question to ask of this snapshot; None if there is nothing to ask."""
        raise NotImplementedError

    def show_result(self, snapshot: Snapshot, result: Any) -> None:
        """Draw a result of the probe for this snapshot."""
        raise NotImplementedError
