"""The pictures on the start page: a real training of the network that the card begins with.

Each follows it from the first weights to the last: ``moment`` is the share of the way, 1 for the
trained network. What is shown was computed by ``packaging/films.py``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QTransform

from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.look.markers import draw_markers, no_pen, onto
from playground.gui.plane.plane_colours import class_pixels
from playground.gui.start.films import RATIO, REACH, Film, film, frame_at, numbers_at, shares_at
from playground.language import spoken, tr
from playground.resources import resource_path

Picture = Callable[[QPainter, QRectF, float], None]
"""Paints a rectangle of any size full, at a moment from 0 to 1, in the colours in force."""

CONVOLVED, PREDICTED = 5, 3
"""The digits on two of the pictures."""
_LARGEST = 1.9  # scale of a drawing
_FEW = 160  # points, more would hide the map
_MAPS = 4
_WIDE = 1.9
"""Width over height from which answers stand beside the maps rather than below."""
_CENTRE, _LEFT = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignLeft
_RIGHT, _MIDDLE = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignVCenter


def still(paint: Callable[[QPainter, QRectF], None]) -> Picture:
    """Return a picture that is the same at every moment."""
    return lambda painter, box, _moment: paint(painter, box)


def convolution(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint a digit, how four filters see it, and what the network says."""
    training = film("digits-cnn")
    shares = shares_at(training["shares"], moment)
    wide = box.width() > _WIDE * box.height()
    drawing = _Design(painter, box, (348, 128) if wide else (256, 188))
    painter.drawImage(QRectF(0, 0, 124, 124), theme.to_image(theme.ink(digits()[CONVOLVED])))
    for i, feature_map in enumerate(shares_at(training["maps"], moment)[:_MAPS]):
        place = QRectF(132 + i % 2 * 64, i // 2 * 64, 60, 60)
        painter.drawImage(place, theme.to_image(theme.sequential(feature_map)))
    if wide:
        _paint_answers(painter, [QPointF(272, 8 + i * 12) for i in range(10)], shares)
    else:
        _paint_standing(painter, QRectF(0, 136, 256, 52), shares)
    drawing.end()


def dense_network(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint a digit, some of the neurons that look at it, and the ten answers."""
    training = film("digits-mlp")
    height = 320 * min(max(box.height() / box.width(), 0.42), 0.6)
    drawing = _Design(painter, box, (320, height))
    side = min(112.0, height - 24)
    top = (height - side) / 2
    painter.drawImage(QRectF(0, top, side, side), theme.to_image(theme.ink(digits()[PREDICTED])))
    inward = numbers_at(training["inward"], moment)
    strength = shares_at(training["hidden"], moment)
    bands = _standing(side, len(inward), top + 8, top + side - 8)
    hidden = _standing(side + 60, len(strength), 10, height - 10)
    answers = _standing(side + 128, 10, 8, height - 8)
    _paint_edges(painter, bands, hidden, inward)
    _paint_edges(painter, hidden, answers, 3 * numbers_at(training["outward"], moment))
    painter.setPen(theme.pen("border"))
    for place, share in zip(hidden, strength.tolist(), strict=True):
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(place, 6, 6)
        painter.setBrush(theme.colour("pos", int(220 * share)))
        painter.drawEllipse(place, 6, 6)
    _paint_answers(painter, answers, shares_at(training["shares"], moment))
    drawing.end()


def spiral(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint the two arms, and the parts of the plane that the network gives to each."""
    _plane(painter, box, film("spiral"), moment)


def one_neuron(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint the circle, and the one straight line that a neuron can draw through it."""
    _plane(painter, box, film("circle-logistic"), moment)


def drawn(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint a plane into which points are put one by one."""
    drawing = film("drawn")
    counts = drawing["count"]
    count = int(np.interp(moment, np.linspace(0, 1, len(counts)), counts))
    places = _plane(painter, box, drawing, moment, count)
    if count:
        size = max(18.0, box.height() / 6)
        tip = QRectF(0, 0, size, size)
        tip.moveBottomLeft(QPointF(*places[-1]) + QPointF(1, -3))
        icon("pencil", "text").paint(painter, tip.toRect())


def iris(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint the flowers by two of their measures, and the parts that belong to each species."""
    training = film("iris")
    pixels = class_pixels(shares_at(training["map"], moment), discrete=False)
    painter.drawImage(box, theme.to_image(pixels))
    places = onto(box, training["x"], training["low"], training["high"])
    draw_markers(painter, places, training["y"], max(3.0, box.height() / 48))
    painter.setFont(theme.font(theme.CAPTION))
    painter.setPen(theme.colour("text"))
    inside = box.adjusted(12, 8, -12, -8)
    bottom, top = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
    painter.drawText(inside, _RIGHT | bottom, tr("petal length") + " \u2192")
    painter.drawText(inside, _LEFT | top, "\u2191 " + tr("petal width"))


def table(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint rows of penguins, and the species that the network takes each for."""
    rows = film("table")
    answers, names = frame_at(rows["answers"], moment), rows["classes"]
    drawing = _Design(painter, box, (304, 152), "sunken")
    painter.setPen(theme.pen("line"))
    painter.setBrush(theme.colour("surface"))
    painter.drawRoundedRect(QRectF(0, 0, 304, 152), 6, 6)
    painter.drawLine(QPointF(0, 34), QPointF(304, 34))
    heads = [str(name) for name in rows["names"]]
    _paint_cells(painter, 6, (*heads, "species"), ("muted", "muted"))
    for i, cells in enumerate(rows["cells"]):
        right = answers[i] == rows["truth"][i]
        words = [f"{value:g}" for value in cells.tolist()]
        answer = f"{names[answers[i]]} " + ("\u2713" if right else "?")
        _paint_cells(
            painter, 34 + i * 28, (*words, answer), ("text", "accent" if right else "muted")
        )
    drawing.end()


def next_word(painter: QPainter, box: QRectF, moment: float) -> None:
    """Paint the beginning of a sentence, and the words that may come next."""
    told = film(f"next-word-{'italian' if spoken() == 'it' else 'english'}")
    drawing = _Design(painter, box, (320, 152), "sunken")
    painter.setFont(_fixed_font(16, 500))
    painter.setPen(theme.colour("text"))
    beginning = " ".join(told["beginning"].tolist()) + " \u2026"
    painter.drawText(QRectF(0, 0, 320, 32), _MIDDLE | _LEFT, beginning)
    shares = shares_at(told["shares"], moment).tolist()
    best = max(range(len(shares)), key=shares.__getitem__)
    for i, (word, share) in enumerate(zip(told["words"].tolist(), shares, strict=True)):
        top = 42 + i * 22
        painter.setFont(_fixed_font(theme.BODY, 600 if i == best else 400))
        painter.setPen(theme.colour("text" if i == best else "muted"))
        painter.drawText(QRectF(0, top, 96, 20), _MIDDLE | _LEFT, word)
        painter.drawText(QRectF(280, top, 40, 20), _MIDDLE | _RIGHT, f"{share:.0%}")
        _paint_bar(painter, QRectF(104, top + 6, 172, 8), share)
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


class _Design:
    """Paints in the coordinates of a drawing of fixed size, centred in a box and scaled to it."""

    def __init__(
        self, painter: QPainter, box: QRectF, size: tuple[float, float], ground: str = "surface"
    ) -> None:
        self._painter = painter
        width, height = size
        painter.fillRect(box, theme.colour(ground))
        scale = min((box.width() - 28) / width, (box.height() - 24) / height, _LARGEST)
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
    painter: QPainter, box: QRectF, training: Film, moment: float, count: int = _FEW
) -> NDArray[Any]:
    """Paint what a network says of the plane, as wide as the box, with the first points.

    Returns where these are.
    """
    image = theme.to_image(theme.decision(2 * shares_at(training["map"], moment) - 1))
    ratio = min(box.width() / box.height(), RATIO)
    width = image.width() * ratio / RATIO
    part = QRectF((image.width() - width) / 2, 0, width, image.height())
    painter.drawImage(box, image, part)
    corner = np.array([REACH * ratio, REACH])
    places = onto(box, training["x"][:count], -corner, corner)
    draw_markers(painter, places, training["y"][:count], max(2.5, box.height() / 56))
    return places


def _paint_edges(
    painter: QPainter, left: list[QPointF], right: list[QPointF], weights: NDArray[np.floating]
) -> None:
    """Draw the lines between two columns, weak ones first."""
    for at in np.argsort(np.abs(weights), axis=None).tolist():
        i, j = divmod(at, len(right))
        strength = math.tanh(abs(weights[i, j]))
        token = "pos" if weights[i, j] > 0 else "neg"
        painter.setPen(theme.pen(token, 0.4 + 1.4 * strength, int(40 + 150 * strength)))
        painter.drawLine(QLineF(left[i], right[j]))


def _paint_answers(painter: QPainter, places: list[QPointF], shares: NDArray[np.floating]) -> None:
    """Draw the digits with a bar each."""
    best = int(shares.argmax())
    for i, (place, share) in enumerate(zip(places, shares.tolist(), strict=True)):
        painter.setFont(_fixed_font(10, 600 if i == best else 400))
        painter.setPen(theme.colour("text" if i == best else "muted"))
        painter.drawText(QRectF(place.x() + 2, place.y() - 8, 16, 16), _CENTRE, str(i))
        _paint_bar(painter, QRectF(place.x() + 22, place.y() - 3, 52, 6), share)


def _paint_standing(painter: QPainter, box: QRectF, shares: NDArray[np.floating]) -> None:
    """Draw the digits side by side, each below a bar that stands."""
    step, best = box.width() / len(shares), int(shares.argmax())
    for i, share in enumerate(shares.tolist()):
        track = QRectF(box.left() + i * step + step / 2 - 4, box.top(), 8, box.height() - 18)
        no_pen(painter, "line")
        painter.drawRoundedRect(track, 2, 2)
        track.setTop(track.bottom() - max(2.0, track.height() * share))
        no_pen(painter, "pos")
        painter.drawRoundedRect(track, 2, 2)
        painter.setFont(_fixed_font(10, 600 if i == best else 400))
        painter.setPen(theme.colour("text" if i == best else "muted"))
        painter.drawText(QRectF(track.center().x() - 8, box.bottom() - 16, 16, 16), _CENTRE, str(i))


def _standing(x: float, count: int, top: float, bottom: float) -> list[QPointF]:
    """Return places one below the other."""
    return [QPointF(x, y) for y in np.linspace(top, bottom, count).tolist()]


def _paint_bar(painter: QPainter, box: QRectF, share: float) -> None:
    """Draw a track, and how much of it is full."""
    no_pen(painter, "line")
    painter.drawRoundedRect(box, 2, 2)
    box.setWidth(max(2.0, box.width() * share))
    no_pen(painter, "pos")
    painter.drawRoundedRect(box, 2, 2)


def _paint_cells(
    painter: QPainter, top: float, words: tuple[str, ...], tokens: tuple[str, str]
) -> None:
    """Write a row of a table; the last column, which is predicted, has a colour of its own."""
    for k, word in enumerate(words):
        last = k == len(words) - 1
        painter.setFont(_fixed_font(theme.SMALL, 600 if last else 400))
        painter.setPen(theme.colour(tokens[last]))
        place = QRectF(16 + 60 * k + (16 if last else 0), top, 92 if last else 52, 28)
        painter.drawText(place, _MIDDLE | (_LEFT if last else _RIGHT), word)


def _fixed_font(px: int, weight: int) -> QFont:
    """Return a font that the scale of the drawing alone enlarges."""
    font = theme.font(px, weight)
    font.setPixelSize(px)
    return font
