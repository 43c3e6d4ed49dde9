"""The toy problems in the plane, as pictures to choose from."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSizePolicy, QWidget

from playground.data.sources import DataSource
from playground.data.sources.points import PointSource
from playground.gui import theme
from playground.gui.form import summary
from playground.gui.markers import draw_markers, onto
from playground.gui.widgets import GAP

COLUMNS = 3
_SHOWN, _ASKED, _PIXELS = 56, 600, 40
_EDGE = 1.1
_REACH = 0.12  # of a point's influence on the picture behind the points


class ToySets(QWidget):
    """One picture for each kind of points; a click or the arrow keys choose."""

    chosen = Signal(str)
    """The name of a class of sources, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Toy problems"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        group = QButtonGroup(self)
        self._buttons: dict[type[PointSource], _ToySet] = {}
        for i, cls in enumerate(toy_sets()):
            picture = _ToySet(cls)
            group.addButton(picture)
            grid.addWidget(picture, i // COLUMNS, i % COLUMNS)
            self._buttons[cls] = picture
        group.buttonClicked.connect(self._clicked)

    def button(self, cls: type[PointSource]) -> QAbstractButton:
        """Return the picture of a kind of points."""
        return self._buttons[cls]

    def show_choice(self, cls: type[DataSource]) -> None:
        """Frame a picture without emitting ``chosen``."""
        for known, picture in self._buttons.items():
            picture.setChecked(known is cls)

    def _clicked(self, picture: QAbstractButton) -> None:
        for cls, known in self._buttons.items():
            if known is picture:
                self.chosen.emit(cls.__name__)


class _ToySet(QAbstractButton):
    """The points of a set over the parts of the plane that belong to each class."""

    def __init__(self, cls: type[PointSource]) -> None:
        super().__init__()
        self._cls = cls
        self._map: QImage | None = None
        self.setText(cls.title)
        self.setAccessibleName(cls.title)
        self.setToolTip(summary(cls))
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self._forget_map)

    def sizeHint(self) -> QSize:
        return QSize(66, 66 + round(20 * theme.notifier().scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        caption = round(20 * theme.notifier().scale)
        side = min(self.width(), self.height() - caption)
        box = QRectF((self.width() - side) / 2, 0, side, side).adjusted(1, 1, -1, -1)
        self._paint_picture(painter, box)
        self._paint_frame(painter, box)
        painter.setFont(theme.font(theme.CAPTION, 600 if self.isChecked() else 400))
        painter.setPen(theme.colour("text" if self.isChecked() else "muted"))
        words = QRectF(0, self.height() - caption + 2, self.width(), caption - 2)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()

    def _paint_picture(self, painter: QPainter, box: QRectF) -> None:
        values, points, labels = toy_picture(self._cls.__name__)
        if self._map is None:
            self._map = theme.to_image(theme.decision(values))
        painter.save()
        clip = QPainterPath()
        clip.addRoundedRect(box, 6, 6)
        painter.setClipPath(clip)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(box, self._map)
        edge = np.array([_EDGE, _EDGE])
        draw_markers(painter, onto(box, points, -edge, edge), labels, 1.6)
        painter.restore()

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 2))
            painter.drawRoundedRect(box, 6, 6)
        elif self.underMouse():
            painter.setPen(theme.colour("border"))
            painter.drawRoundedRect(box, 6, 6)

    def _forget_map(self) -> None:
        self._map = None
        self.update()


def toy_sets() -> list[type[PointSource]]:
    """Return every kind of points there is."""
    return [cls for cls in DataSource.registry.values() if issubclass(cls, PointSource)]


@cache
def toy_picture(
    name: str, pixels: int = _PIXELS, across: float = 1.0
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return a map, some points and their labels for the kind of points with this name.

    The map ``(pixels, width)`` goes from -1, surely class 0, to 1; ``across`` is its width as a
    multiple of its height.
    """
    label = np.arange(_ASKED) % 2
    points = DataSource.registry[name]().points(label, np.random.default_rng(0))
    x = np.linspace(-_EDGE * across, _EDGE * across, round(pixels * across))
    y = np.linspace(_EDGE, -_EDGE, pixels)
    grid = np.stack(np.meshgrid(x, y), axis=-1)
    distance = ((grid[:, :, None, :] - points) ** 2).sum(axis=-1)
    weight = np.exp(-(distance - distance.min(axis=-1, keepdims=True)) / (2 * _REACH**2))
    values = (weight * (2 * label - 1)).sum(axis=-1) / weight.sum(axis=-1)
    return values, points[:_SHOWN], label[:_SHOWN]
