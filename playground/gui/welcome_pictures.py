"""The pictures on the start page: each is painted from the data, or shows the network, itself."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from playground.data.sources.points import Circle, PointSource, Spiral
from playground.gui import theme
from playground.gui.markers import draw_markers, no_pen, onto
from playground.language import tr
from playground.resources import resource_path

Picture = Callable[[QPainter, QRectF], None]
"""Paints a rectangle of any size full, in the colours in force."""

_POINTS = 160
_LARGEST = 1.75  # scale of a drawing
_MAP_ROWS = 160  # pixels of a map behind points, which is smooth
_CONVOLVED, _PREDICTED = 5, 3  # the digits on the first two pictures
_TABLE = (
    ("age", "income", "region", "buys"),
    ("34", "41,200", "north", "yes"),
    ("51", "28,900", "south", "no"),
    ("27", "33,050", "north", "yes"),
    ("62", "57,400", "west", "no"),
)


def convolution(painter: QPainter, box: QRectF) -> None:
    """Paint a digit, and how eight filters see it."""
    drawing = _Design(painter, box, (384, 128))
    digit = digits()[_CONVOLVED]
    painter.drawImage(QRectF(0, 0, 128, 128), theme.to_image(theme.ink(digit)))
    maps = feature_maps(digit)
    for i, feature_map in enumerate(maps):
        place = QRectF(152 + i % 4 * 60, i // 4 * 68 + 2, 52, 52)
        painter.drawImage(place, theme.to_image(theme.sequential(feature_map)))
    drawing.end()


def dense_network(painter: QPainter, box: QRectF) -> None:
    """Paint a digit, neurons that all look at it, and the ten answers."""
    drawing = _Design(painter, box, (384, 144))
    digit = digits()[_PREDICTED]
    painter.drawImage(QRectF(0, 8, 128, 128), theme.to_image(theme.ink(digit)))
    rng = np.random.default_rng(4)
    hidden = [QPointF(208, 10 + i * 17.7) for i in range(8)]
    answers = [QPointF(304, 7.2 + i * 14.4) for i in range(10)]
    pixels = [QPointF(128, 16 + i * 16) for i in range(8)]
    _paint_edges(painter, pixels, hidden, rng.normal(0, 0.6, (8, 8)))
    _paint_edges(painter, hidden, answers, rng.normal(0, 0.6, (8, 10)))
    painter.setPen(theme.pen("border", 1))
    for place, share in zip(hidden, rng.uniform(0, 1, 8).tolist(), strict=True):
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(place, 6, 6)
        painter.setBrush(theme.colour("pos", int(220 * share)))
        painter.drawEllipse(place, 6, 6)
    _paint_answers(painter, answers)
    drawing.end()


def spiral(painter: QPainter, box: QRectF) -> None:
    """Paint the two arms, and the parts of the plane that belong to each."""

    def arms(x: NDArray[Any], y: NDArray[Any]) -> NDArray[Any]:
        radius = np.hypot(x, y)
        turn = np.cos(np.arctan2(x, y) - 1.75 * 2 * np.pi * radius)
        sharp: NDArray[Any] = np.tanh(-3 * turn * np.clip(radius * 2, 0.2, 1))
        faded: NDArray[Any] = sharp * np.clip(2.1 - radius, 0.25, 1)
        return faded

    _plane(painter, box, arms, Spiral())


def one_neuron(painter: QPainter, box: QRectF) -> None:
    """Paint the circle, and the one straight line that a neuron can draw through it."""
    _plane(painter, box, lambda x, y: np.tanh(2.2 * (0.5 * x + y + 0.25)), Circle())


def iris(painter: QPainter, box: QRectF) -> None:
    """Paint the flowers by two of their measures, with straight borders between species."""
    painter.fillRect(box, theme.colour("paper"))
    x, classes = flowers()
    low, high = np.array([0.4, -0.3]), np.array([7.4, 2.9])
    painter.setPen(theme.pen("border", 1.5, style=Qt.PenStyle.DashLine))
    for border in (5.2, 9.9):  # length + 3 width, halfway between the means of two species
        ends = np.array([[border - 3 * width, width] for width in (low[1], high[1])])
        (x1, y1), (x2, y2) = onto(box, ends, low, high).tolist()
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))
    draw_markers(painter, onto(box, x, low, high), classes, max(3.0, box.height() / 48))
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(theme.colour("muted"))
    inside = box.adjusted(12, 8, -12, -8)
    flags = Qt.AlignmentFlag
    painter.drawText(inside, flags.AlignRight | flags.AlignBottom, tr("petal length") + " \u2192")
    painter.drawText(inside, flags.AlignLeft | flags.AlignTop, "\u2191 " + tr("petal width"))


def table(painter: QPainter, box: QRectF) -> None:
    """Paint a sheet with one column to be predicted."""
    drawing = _Design(painter, box, (304, 152), "sunken")
    sheet = QRectF(16, 0, 272, 152)
    painter.setPen(theme.pen("line", 1))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(sheet, 6, 6)
    painter.drawLine(QPointF(16, 34), QPointF(288, 34))
    for j, cells in enumerate(_TABLE):
        for i, cell in enumerate(cells):
            left, width = ((8, 40), (64, 56), (144, 56), (208, 56))[i]
            place = QRectF(16 + left, 6 + j * 28, width, 28)
            painter.setFont(_fixed_font(theme.SMALL, 600 if j == 0 or i == 3 else 400))
            painter.setPen(theme.colour("accent" if i == 3 else "text" if j else "muted"))
            side = Qt.AlignmentFlag.AlignRight if i < 2 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side, cell)
    drawing.end()


@cache
def digits() -> NDArray[np.float32]:
    """Return one digit of each class, 0 to 9, from the test images of MNIST: (10, 28, 28)."""
    picture = QImage(str(resource_path("welcome", "digits.png")))
    picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    height, stride = picture.height(), picture.bytesPerLine()
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(height, stride)
    sheet = rows[:, : picture.width()].astype(np.float32) / 255
    return np.stack(np.split(sheet, 10, axis=1))


def feature_maps(image: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what eight edge filters of 5 x 5 find in an image, from 0 to 1: (8, 24, 24)."""
    y, x = np.mgrid[-1:1:5j, -1:1:5j]
    turns = np.arange(8) * np.pi / 4
    kernels = np.stack(
        [(x * np.cos(a) + y * np.sin(a)) * np.exp(-(x**2 + y**2) / 0.9) for a in turns]
    )
    windows = np.lib.stride_tricks.sliding_window_view(image, (5, 5))
    maps = np.maximum(np.einsum("ijkl,nkl->nij", windows, kernels), 0)
    scaled: NDArray[np.float32] = (maps / maps.max()).astype(np.float32)
    return scaled


@cache
def flowers() -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return petal length and width ``(150, 2)`` and the number of the species."""
    path = resource_path("datasets", "iris", "iris.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    lengths = [[float(row["petal_length_cm"]), float(row["petal_width_cm"])] for row in rows]
    _, numbers = np.unique([row["species"] for row in rows], return_inverse=True)
    return np.array(lengths), numbers


class _Design:
    """Paints in the coordinates of a drawing of fixed size, centred in a box and scaled to it."""

    def __init__(
        self, painter: QPainter, box: QRectF, size: tuple[int, int], ground: str = "surface"
    ) -> None:
        self._painter = painter
        width, height = size
        painter.fillRect(box, theme.colour(ground))
        scale = min((box.width() - 16) / width, (box.height() - 24) / height, _LARGEST)
        painter.save()
        centre = box.center()
        move = QTransform.fromTranslate(
            centre.x() - width * scale / 2, centre.y() - height * scale / 2
        )
        painter.setTransform(QTransform.fromScale(scale, scale) * move, True)

    def end(self) -> None:
        """Return to the coordinates of the widget."""
        self._painter.restore()


def _plane(
    painter: QPainter,
    box: QRectF,
    boundary: Callable[[NDArray[Any], NDArray[Any]], NDArray[Any]],
    source: PointSource,
) -> None:
    """Paint a map as wide as the box and, on its middle square, some points of a source."""
    across = 1.12 * box.width() / box.height()
    columns = round(_MAP_ROWS * box.width() / box.height())
    x, y = np.meshgrid(np.linspace(-across, across, columns), np.linspace(1.12, -1.12, _MAP_ROWS))
    painter.drawImage(box, theme.to_image(theme.decision(boundary(x, y))))
    label = np.arange(_POINTS) % 2
    points = source.points(label, np.random.default_rng(3))
    low = np.array([-across, -1.12])
    draw_markers(painter, onto(box, points, low, -low), label, max(2.5, box.height() / 56))


def _paint_edges(
    painter: QPainter, left: list[QPointF], right: list[QPointF], weights: NDArray[np.float64]
) -> None:
    """Draw the lines between two columns, weak ones first."""
    for at in np.argsort(np.abs(weights), axis=None).tolist():
        i, j = divmod(at, len(right))
        strength = math.tanh(abs(weights[i, j]))
        token = "pos" if weights[i, j] > 0 else "neg"
        painter.setPen(theme.pen(token, 0.4 + 1.4 * strength, int(40 + 150 * strength)))
        painter.drawLine(QLineF(left[i], right[j]))


def _paint_answers(painter: QPainter, places: list[QPointF]) -> None:
    """Draw the digits with a bar each; the right one is sure."""
    for i, place in enumerate(places):
        sure = i == _PREDICTED
        painter.setFont(_fixed_font(10, 600 if sure else 400))
        painter.setPen(theme.colour("text" if sure else "muted"))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(place.x() + 2, place.y() - 8, 16, 16), middle, str(i))
        bar = QRectF(place.x() + 22, place.y() - 3, 58, 6)
        no_pen(painter, "line")
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(54 if sure else 2)
        no_pen(painter, "pos")
        painter.drawRoundedRect(bar, 2, 2)


def _fixed_font(px: int, weight: int) -> Any:
    """Return a font that the scale of the drawing alone enlarges."""
    font = theme.font(px, weight)
    font.setPixelSize(px)
    return font
