"""A data set as a small picture: its images, or its points by the columns that tell most."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from playground.data.dataset import DataKind, Dataset, Examples, Floats
from playground.gui.data.text_part import draw_example, some_examples
from playground.gui.look import theme
from playground.gui.look.markers import draw_markers, onto
from playground.gui.start.welcome_pictures import Picture, still

_ROWS = 3  # of images
_DOTS = 240
_FEW = 8
_LOOKED_AT = 200  # images, among which one of each class is looked for
_LINES = 4
_MARGIN = 12
Values = NDArray[np.float64]


def waiting(painter: QPainter, box: QRectF, _moment: float) -> None:
    """Paint the ground of a picture that is on its way."""
    painter.fillRect(box, theme.colour("sunken"))


def picture_of(dataset: Dataset) -> Picture:
    """Return what paints some of the training examples."""
    if dataset.kind is DataKind.IMAGES:
        return _mosaic(dataset.train)
    if dataset.language is not None:
        return _sentences(some_examples(dataset, dataset.language, _LINES))
    return _classes(dataset) if dataset.is_classification else _numbers(dataset)


def _sentences(examples: list[tuple[str, str]]) -> Picture:
    """Return what paints contexts, each with the word behind it."""

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, theme.colour("paper"))
        inside = box.adjusted(_MARGIN, 8, -_MARGIN, -8)
        height = inside.height() / max(len(examples), 1)
        for i, example in enumerate(examples):
            place = QRectF(inside.left(), inside.top() + i * height, inside.width(), height)
            draw_example(painter, place, example)

    return still(paint)


def _mosaic(examples: Examples) -> Picture:
    """Return what paints rows of images full to the edge, one of each class first."""
    _, firsts = np.unique(examples.y[:_LOOKED_AT], return_index=True)
    others = np.setdiff1d(np.arange(min(len(examples), _LOOKED_AT)), firsts)
    order = np.concatenate([firsts, others])

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, theme.colour("sunken"))
        side = box.height() / _ROWS
        across = math.ceil(box.width() / side)
        smooth = side < 2 * examples.input_shape[0]  # few pixels shall look like pixels
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        for at, row in enumerate(order[: across * _ROWS].tolist()):
            i, j = divmod(at, across)
            place = QRectF(box.left() + j * side, box.top() + i * side, side, side)
            painter.drawImage(place, theme.to_image(_coloured(examples.x[row])))

    return still(paint)


def _coloured(image: Floats) -> theme.Pixels:
    """Return an image from 0 to 1 in colours: its own, or those of ink on paper."""
    if image.shape[-1] == 3:
        return np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
    return theme.ink(image[..., 0])


def _classes(dataset: Dataset) -> Picture:
    """Return what paints the examples by the two columns that tell the classes apart best."""
    x, y = dataset.train.x[:_DOTS].astype(float), dataset.train.y[:_DOTS]
    means = np.stack([x[y == k].mean(axis=0) for k in np.unique(y)])
    parted = means.var(axis=0) / np.maximum(x.var(axis=0), 1e-12)
    few = [len(np.unique(values)) < _FEW for values in x.T]  # categories: they would lie in heaps
    across, up = np.argsort(np.where(few, -1, parted))[[-1, -2]]
    return _scatter(x[:, [across, up]], y, (dataset.features[across], dataset.features[up]))


def _numbers(dataset: Dataset) -> Picture:
    """Return what paints the number to predict over the column that goes with it best."""
    x, target = dataset.train.x[:_DOTS].astype(float), dataset.train.y[:_DOTS, 0].astype(float)
    centred = x - x.mean(axis=0)
    along = centred.T @ (target - target.mean())
    across = int(np.argmax(np.abs(along) / np.maximum(np.linalg.norm(centred, axis=0), 1e-12)))
    points = np.stack([x[:, across], target], axis=1)
    return _scatter(points, np.ones(len(x), int), (dataset.features[across], dataset.targets[0]))


def _scatter(points: Values, classes: NDArray[Any], names: tuple[str, str]) -> Picture:
    """Return what paints marks at points ``(n, 2)``, with the names of both axes."""
    low, high = points.min(axis=0), points.max(axis=0)

    def paint(painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, theme.colour("paper"))
        line = QFontMetrics(theme.font(theme.CAPTION)).height()
        inside = box.adjusted(_MARGIN, line + 8, -_MARGIN, -line - 8)
        draw_markers(painter, onto(inside, points, low, high), classes, 2.6)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(theme.colour("muted"))
        frame = box.adjusted(8, 3, -8, -3)
        corner = Qt.AlignmentFlag
        painter.drawText(frame, corner.AlignRight | corner.AlignBottom, names[0] + " \u2192")
        painter.drawText(frame, corner.AlignLeft | corner.AlignTop, "\u2191 " + names[1])

    return still(paint)
