"""Examples as marks: each class has its shape as well as its colour."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from playground.gui.look import theme

CLASS_TOKENS = ("neg", "pos", "accent", "fourth", "muted")
"""The colours of the first classes: diamond, circle, square, triangle, cross."""

_THIN, _LONG = 0.42, 1.2
_CORNERS = {
    0: ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    3: ((0, -1.25), (1.2, 0.95), (-1.2, 0.95)),
    4: (
        *((-_THIN, -_LONG), (_THIN, -_LONG), (_THIN, -_THIN), (_LONG, -_THIN)),
        *((_LONG, _THIN), (_THIN, _THIN), (_THIN, _LONG), (-_THIN, _LONG)),
        *((-_THIN, _THIN), (-_LONG, _THIN), (-_LONG, -_THIN), (-_THIN, -_THIN)),
    ),
}
"""Of the marks that are polygons, in radii."""


def class_token(number: int) -> str:
    """Return the colour of a class; from the fifth on they share a quiet one."""
    return CLASS_TOKENS[number] if number < len(CLASS_TOKENS) else "muted"


def draw_markers(
    painter: QPainter, places: NDArray[np.floating], classes: NDArray[Any], radius: float
) -> None:
    """Draw a mark at each place ``(n, 2)``, in pixels, with a thin edge to part it from others."""
    painter.setPen(QPen(theme.colour("surface"), 1 if radius > 2 else 0.5))
    for number in np.unique(classes).tolist():
        painter.setBrush(theme.colour(class_token(number)))
        for x, y in places[classes == number].tolist():
            draw_marker(painter, QPointF(x, y), number, radius)


def draw_marker(painter: QPainter, at: QPointF, number: int, radius: float) -> None:
    """Draw the mark of one class with the pen and brush of the painter."""
    if number == 1:
        painter.drawEllipse(at, radius, radius)
    elif number in _CORNERS:
        corners = [at + QPointF(x, y) * radius for x, y in _CORNERS[number]]
        painter.drawPolygon(QPolygonF(corners))
    else:
        d = radius * 0.9
        painter.drawRect(QRectF(at.x() - d, at.y() - d, 2 * d, 2 * d))


def onto(box: QRectF, x: NDArray[Any], low: NDArray[Any], high: NDArray[Any]) -> NDArray[Any]:
    """Return where points ``(n, 2)`` lie in a box that shows ``low`` to ``high``, y upwards."""
    share = (x - low) / np.where(high > low, high - low, 1)
    return np.stack(
        [box.left() + share[:, 0] * box.width(), box.bottom() - share[:, 1] * box.height()], axis=1
    )


def no_pen(painter: QPainter, token: str, alpha: int = 255) -> None:
    """Fill with a colour, without an edge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(token, alpha))
