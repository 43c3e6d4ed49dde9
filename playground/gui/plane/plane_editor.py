"""Turns strokes over a picture into points that were added, moved or erased."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.data.sources.curves import CurveSource
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_curve import DrawnCurve
from playground.data.sources.drawn_source import DrawnSource
from playground.data.sources.planes import PlaneSource
from playground.errors import PlaygroundError
from playground.gui.plane.plane_tools import Tool

FOLLOW_MS = 33
"""Between two changes while a point is dragged."""


class PlaneEditor(QObject):
    """Holds the points being drawn. Emits the source that each change makes of them.

    Places are in the units of the picture; ``reach`` says how far about them is meant, to the side
    and upwards.
    """

    changed = Signal(object, int)
    """The new source, and the number of the stroke that it belongs to."""
    refused = Signal(str)
    """Why a stroke changes nothing."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.tool, self.label = Tool.LOOK, 0
        self._source: DataSource | None = None
        self._dataset: Dataset | None = None
        self._stroke = 0
        self._held: int | None = None
        self._path: list[QPointF] = []
        """Where the pen has been since the points last followed it."""
        self._reach = QPointF(1, 1)
        self._pause = QTimer(self, singleShot=True, interval=FOLLOW_MS)
        self._pause.timeout.connect(self._catch_up)

    @property
    def can_draw(self) -> bool:
        """Whether the data are points of classes in the plane, or of a curve, made or drawn."""
        source, dataset = self._source, self._dataset
        if source is None or dataset is None:
            return False
        if isinstance(source, PlaneSource):
            return dataset.is_classification
        return isinstance(source, CurveSource | DrawnCurve)

    def show(self, source: DataSource, dataset: Dataset) -> None:
        """Draw on these points from now on."""
        self._source, self._dataset = source, dataset

    def begin(self, at: QPointF, reach: QPointF) -> None:
        """Put the pen down."""
        self._stroke += 1
        drawn = self._drawn()
        if drawn is None:
            return
        if self.tool is Tool.ADD:
            self._change(lambda: drawn.added(at.x(), at.y(), self.label))
        elif self.tool is Tool.MOVE:
            self._held = _nearest(drawn, at, reach)
        elif self.tool is Tool.ERASE:
            self._path, self._reach = [at], reach
            self._erase(drawn)

    def move(self, at: QPointF, reach: QPointF) -> None:
        """Move the pen; changes follow at the pace of the screen."""
        self._path.append(at)
        self._reach = reach
        if not self._pause.isActive():
            self._catch_up()
            self._pause.start()

    def end(self) -> None:
        """Lift the pen."""
        self._catch_up()
        self._held, self._path = None, []

    def erase_at(self, at: QPointF, reach: QPointF) -> None:
        """Take the nearest point away, whatever the tool."""
        self._stroke += 1
        drawn = self._drawn()
        number = _nearest(drawn, at, reach) if drawn else None
        if drawn is not None and number is not None:
            self._change(lambda: drawn.without([number]))

    def clear(self) -> None:
        """Take all points away."""
        self._stroke += 1
        drawn = self._drawn()
        if drawn is not None and not drawn.is_empty:
            self._change(lambda: drawn.without(drawn.table[:, -1].tolist()))

    def _catch_up(self) -> None:
        """Follow the pen to where it is now."""
        held = self._held
        if not self._path or (held is None and self.tool is not Tool.ERASE):
            return
        drawn, at = self._drawn(), self._path[-1]
        if drawn is None:
            return
        if held is not None:
            self._change(lambda: drawn.moved(held, at.x(), at.y()))
        else:
            self._erase(drawn)
        self._path = [at]

    def _erase(self, drawn: DrawnSource) -> None:
        """Take away what the pen has passed over."""
        table = drawn.table
        near = _distance(table[:, :2], self._path, self._reach) <= 1
        if near.any():
            self._change(lambda: drawn.without(table[near, -1].tolist()))

    def _drawn(self) -> DrawnSource | None:
        """Return the points as drawn ones: those of a rule become so with the first stroke."""
        source, dataset = self._source, self._dataset
        if not self.can_draw or dataset is None or isinstance(source, DrawnSource):
            return source if isinstance(source, DrawnSource) and self.can_draw else None
        try:
            if isinstance(source, PlaneSource):
                return DrawnPoints.begun_from(source, dataset)
            assert isinstance(source, CurveSource)
            return DrawnCurve.begun_from(source, dataset)
        except PlaygroundError as error:
            self.refused.emit(str(error))
            return None

    def _change(self, make: Callable[[], DrawnSource]) -> None:
        try:
            drawn = make()
        except PlaygroundError as error:
            self.refused.emit(str(error))
            return
        if drawn != self._source:
            self._source = drawn
            self.changed.emit(drawn, self._stroke)


def _nearest(drawn: DrawnSource, at: QPointF, reach: QPointF) -> int | None:
    """Return the number of the nearest point within reach."""
    table = drawn.table
    distance = _distance(table[:, :2], [at], reach)
    if distance.min(initial=np.inf) > 1:
        return None
    return int(table[distance.argmin(), -1])


def _distance(
    points: NDArray[np.float64], path: list[QPointF], reach: QPointF
) -> NDArray[np.float64]:
    """Return how many reaches each point ``(n, 2)`` lies from a path of straight lines."""
    unit = np.array([reach.x(), reach.y()])
    stops = np.array([(stop.x(), stop.y()) for stop in path]) / unit
    start, along = stops[:-1], np.diff(stops, axis=0)
    if not len(along):
        start, along = stops, np.zeros_like(stops)
    offset = (points / unit)[:, None] - start
    share = (offset * along).sum(axis=-1) / np.maximum((along**2).sum(axis=-1), 1e-12)
    nearest = offset - np.clip(share, 0, 1)[..., None] * along
    distance: NDArray[np.float64] = np.linalg.norm(nearest, axis=-1).min(axis=1)
    return distance
