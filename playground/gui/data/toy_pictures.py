"""Small pictures of made data: what a rule puts where."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPolygonF

from playground.data.sources import DataSource
from playground.data.sources.curves import CurveSource
from playground.data.sources.drawn_source import DrawnSource
from playground.data.sources.points import PointSource
from playground.data.sources.surfaces import SurfaceSource
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.look.markers import draw_markers, onto
from playground.gui.plane.plane_colours import class_pixels

_SHOWN, _ASKED, _PIXELS = 40, 600, 40
_EDGE = 1.1
_REACH = 0.12  # of a point's influence on the picture behind the points
_DOTS = 20


class ToyPicture:
    """Paints one kind of made data; what takes long is kept."""

    def __init__(self, cls: type[DataSource]) -> None:
        self._cls = cls
        self._image: QImage | None = None

    def forget(self) -> None:
        """Make the picture anew, in the colours of another theme."""
        self._image = None

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Fill a box, with round corners."""
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(box, 6, 6)
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if issubclass(self._cls, DrawnSource):
            painter.fillRect(box, theme.colour("paper"))
            size = box.width() / 2
            place = QRectF(0, 0, size, size)
            place.moveCenter(box.center())
            icon("pencil-plus-outline", "accent").paint(painter, place.toRect())
        elif issubclass(self._cls, CurveSource):
            _paint_curve(painter, box, self._cls())
        else:
            if self._image is None:
                self._image = theme.to_image(_pixels(self._cls))
            painter.drawImage(box, self._image)
            if issubclass(self._cls, PointSource):
                _, points, labels = toy_points(self._cls.__name__)
                edge = np.array([_EDGE, _EDGE])
                draw_markers(painter, onto(box, points, -edge, edge), labels, 1.5)
        painter.restore()


def _pixels(cls: type[DataSource]) -> theme.Pixels:
    if issubclass(cls, PointSource):
        return class_pixels(toy_points(cls.__name__)[0], discrete=False)
    assert issubclass(cls, SurfaceSource)
    heights = cls().heights(_grid().reshape(-1, 2)).reshape(_PIXELS, _PIXELS)
    return theme.decision(heights)


def _paint_curve(painter: QPainter, box: QRectF, source: CurveSource) -> None:
    """Draw a curve with some points about it."""
    painter.fillRect(box, theme.colour("paper"))
    x = np.linspace(-1, 1, 121)[:, None]
    low, high = np.array([-_EDGE, -1.5]), np.array([_EDGE, 1.5])
    line = onto(box, np.concatenate([x, source.curve(x)], axis=1), low, high)
    painter.setPen(theme.pen("neg", 1.5))
    painter.drawPolyline(QPolygonF([QPointF(*place) for place in line.tolist()]))
    some = source.make(np.random.default_rng(0))
    places = onto(box, np.concatenate([some.x, some.y], axis=1)[:_DOTS], low, high)
    draw_markers(painter, places, np.ones(len(places), int), 1.5)


@cache
def toy_points(name: str) -> tuple[NDArray[np.float64], NDArray[Any], NDArray[Any]]:
    """Return how much of each class is about each pixel, some points, and their classes.

    ``name`` is that of a class of sources.

    The shares ``(pixels, pixels, classes)`` add up to 1; the topmost pixels come first.
    """
    source = DataSource.registry[name](samples=_ASKED)
    labels = source.labels()
    points = source.points(labels, np.random.default_rng(0))
    distance = ((_grid()[:, :, None, :] - points) ** 2).sum(axis=-1)
    weight = np.exp(-(distance - distance.min(axis=-1, keepdims=True)) / (2 * _REACH**2))
    shares = np.stack([weight[..., labels == k].sum(axis=-1) for k in range(labels.max() + 1)], -1)
    return shares / shares.sum(axis=-1, keepdims=True), points[:_SHOWN], labels[:_SHOWN]


@cache
def _grid() -> NDArray[np.float64]:
    """Return the point of each pixel, ``(pixels, pixels, 2)``."""
    across = np.linspace(-_EDGE, _EDGE, _PIXELS)
    return np.stack(np.meshgrid(across, across[::-1]), axis=-1)
