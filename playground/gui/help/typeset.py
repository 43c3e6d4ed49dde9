"""Formulas drawn: boxes beside, over and within each other, as a book has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, singledispatch
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from playground.gui.help.formula import (
    BIG,
    Accent,
    Cases,
    Fence,
    Fraction,
    Node,
    Root,
    Row,
    Script,
    Style,
    Symbol,
    parse,
)
from playground.gui.look import theme
from playground.resources import resource_path

FAMILY = "STIX"
_SIZE = 17
_SMALLER, _LEAST = 0.72, 10.0
Paint = Callable[[QPainter, float, float], None]
"""Draws a box with its left end and its baseline at this place."""


@dataclass(frozen=True)
class Box:
    """A part of a formula that has its size: ``up`` and ``down`` count from the baseline."""

    width: float
    up: float
    down: float
    paint: Paint

    def raised(self, by: float) -> Box:
        """Return the same box higher up."""
        return Box(
            self.width,
            self.up + by,
            self.down - by,
            lambda painter, x, y: self.paint(painter, x, y - by),
        )


@cache
def load_fonts() -> None:
    """Make the fonts of formulas known to Qt; only those who ask for help need them."""
    for path in sorted(resource_path("fonts", "math").glob("*.otf")):
        QFontDatabase.addApplicationFont(str(path))


@singledispatch
def laid_out(node: Any, px: float) -> Box:
    """Return the box of a part of a formula in letters of this size."""
    raise TypeError(f"{node!r} is no part of a formula.")


class Formula(QWidget):
    """A formula in a line of its own; smaller where it would not fit."""

    def __init__(self, source: str) -> None:
        super().__init__()
        load_fonts()
        self._tree = parse(source)
        self._box = laid_out(self._tree, _SIZE * theme.notifier().scale)
        self.setAccessibleName(" ".join(self._tree.spoken().split()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(round(self._box.width) + 1, round(self._box.up + self._box.down) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.colour("text"))
        fit = min(1.0, (self.width() - 1) / max(self._box.width, 1))
        painter.scale(fit, fit)
        self._box.paint(painter, 0.0, self._box.up + 1)
        painter.end()


def _font(px: float, *, italic: bool = False) -> QFont:
    font = QFont(FAMILY)
    font.setPixelSize(max(1, round(px)))
    font.setItalic(italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _axis(px: float) -> float:
    """Return how far above the baseline minus signs and the lines of fractions lie."""
    return 0.25 * px


@laid_out.register
def _symbol(symbol: Symbol, px: float) -> Box:
    if symbol.style is Style.WORD:
        font = theme.font(theme.BODY)
        font.setPixelSize(max(1, round(px * 0.8)))
    else:
        size = px * 1.35 if symbol.text in BIG.values() else px
        font = _font(size, italic=symbol.style is Style.LETTER)
    gap = {Style.SIGN: 0.26, Style.FUNCTION: 0.1}.get(symbol.style, 0.0) * px
    metrics = QFontMetricsF(font)
    ink = metrics.tightBoundingRect(symbol.text)
    lean = max(0.0, ink.right() - metrics.horizontalAdvance(symbol.text)) + 0.5

    def paint(painter: QPainter, x: float, y: float) -> None:
        painter.setFont(font)
        painter.drawText(QPointF(x + gap, y), symbol.text)

    width = metrics.horizontalAdvance(symbol.text) + lean + 2 * gap
    x_height = 0.45 * px
    return Box(width, max(-ink.top(), x_height), max(ink.bottom(), 0.0), paint)


@laid_out.register
def _row(row: Row, px: float) -> Box:
    return _side_by_side([laid_out(part, px) for part in row.parts])


def _side_by_side(boxes: list[Box]) -> Box:
    def paint(painter: QPainter, x: float, y: float) -> None:
        for box in boxes:
            box.paint(painter, x, y)
            x += box.width

    return Box(
        sum(box.width for box in boxes),
        max((box.up for box in boxes), default=0.0),
        max((box.down for box in boxes), default=0.0),
        paint,
    )


def _over(boxes: list[Box], width: float) -> Paint:
    """Return what paints boxes, raised to their places, each in the middle of a width."""

    def paint(painter: QPainter, x: float, y: float) -> None:
        for box in boxes:
            box.paint(painter, x + (width - box.width) / 2, y)

    return paint


def _smaller(node: Node, px: float) -> Box:
    return laid_out(node, max(px * _SMALLER, min(px, _LEAST)))


@laid_out.register
def _script(script: Script, px: float) -> Box:
    base, low, high = laid_out(script.base, px), script.low, script.high
    if isinstance(script.base, Symbol) and script.base.text in BIG.values():
        return _limits(base, low, high, px)
    scripts = []
    if low:
        foot = _smaller(low, px)
        scripts.append(foot.raised(-max(0.2 * px, foot.up - 0.35 * px)))
    if high:
        head = _smaller(high, px)
        scripts.append(head.raised(max(0.38 * px, base.up - 0.25 * px) + head.down * 0.5))
    width = max(box.width for box in scripts)

    def paint(painter: QPainter, x: float, y: float) -> None:
        base.paint(painter, x, y)
        for box in scripts:
            box.paint(painter, x + base.width, y)

    up, down = max(box.up for box in (base, *scripts)), max(box.down for box in (base, *scripts))
    return Box(base.width + width + 0.06 * px, up, down, paint)


def _limits(sign: Box, low: Node | None, high: Node | None, px: float) -> Box:
    boxes = [sign]
    if low:
        foot = _smaller(low, px)
        boxes.append(foot.raised(-(sign.down + foot.up + 0.12 * px)))
    if high:
        head = _smaller(high, px)
        boxes.append(head.raised(sign.up + head.down + 0.12 * px))
    width = max(box.width for box in boxes)
    up, down = max(box.up for box in boxes), max(box.down for box in boxes)
    return Box(width + 0.12 * px, up, down, _over(boxes, width))


@laid_out.register
def _fraction(fraction: Fraction, px: float) -> Box:
    above, below = laid_out(fraction.above, px * 0.9), laid_out(fraction.below, px * 0.9)
    axis, gap, edge = _axis(px), 0.16 * px, 0.1 * px
    width = max(above.width, below.width) + 2 * edge
    upper, lower = above.raised(axis + gap + above.down), below.raised(axis - gap - below.up)
    both = _over([upper, lower], width)

    def paint(painter: QPainter, x: float, y: float) -> None:
        both(painter, x + edge, y)
        _line(painter, QPointF(x + edge, y - axis), QPointF(x + edge + width, y - axis), px)

    return Box(width + 2 * edge, upper.up, lower.down, paint)


def _line(painter: QPainter, start: QPointF, end: QPointF, px: float) -> None:
    pen = painter.pen()
    painter.setPen(QPen(pen.color(), max(1.0, px / 16)))
    painter.drawLine(start, end)
    painter.setPen(pen)


@laid_out.register
def _root(root: Root, px: float) -> Box:
    body = laid_out(root.body, px)
    gap, hook = 0.14 * px, 0.55 * px

    def paint(painter: QPainter, x: float, y: float) -> None:
        top, bottom = y - body.up - gap, y + body.down
        path = QPainterPath(QPointF(x, y - 0.3 * px))
        path.lineTo(x + 0.14 * px, y - 0.38 * px)
        path.lineTo(x + 0.32 * px, bottom)
        path.lineTo(x + hook, top)
        path.lineTo(x + hook + body.width + 0.1 * px, top)
        _stroke(painter, path, px)
        body.paint(painter, x + hook + 0.05 * px, y)

    return Box(hook + body.width + 0.2 * px, body.up + gap + 1, body.down, paint)


def _stroke(painter: QPainter, path: QPainterPath, px: float) -> None:
    pen = painter.pen()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(
        QPen(
            pen.color(),
            max(1.0, px / 15),
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.FlatCap,
            Qt.PenJoinStyle.MiterJoin,
        )
    )
    painter.drawPath(path)
    painter.setPen(pen)


@laid_out.register
def _accent(accent: Accent, px: float) -> Box:
    body = laid_out(accent.body, px)
    gap, height = 0.1 * px, 0.16 * px if accent.mark == "hat" else 0.0

    def paint(painter: QPainter, x: float, y: float) -> None:
        low, middle, half = y - body.up - gap, x + body.width / 2, 0.2 * px
        path = QPainterPath(QPointF(middle - half, low))
        path.lineTo(middle, low - height)
        path.lineTo(middle + half, low)
        _stroke(painter, path, px)
        body.paint(painter, x, y)

    return Box(body.width, body.up + gap + height + 1, body.down, paint)


@laid_out.register
def _fence(fence: Fence, px: float) -> Box:
    body = laid_out(fence.body, px)
    axis = _axis(px)
    half = max(body.up - axis, body.down + axis, 0.5 * px) + 0.06 * px
    width = (0.34 if half < 0.8 * px else 0.42) * px

    def paint(painter: QPainter, x: float, y: float) -> None:
        place = QRectF(x, y - axis - half, width, 2 * half)
        _bracket(painter, fence.left, place, px)
        body.paint(painter, x + width, y)
        place.moveLeft(x + width + body.width)
        _bracket(painter, fence.right, place, px)

    return Box(body.width + 2 * width, axis + half, half - axis, paint)


def _bracket(painter: QPainter, sign: str, place: QRectF, px: float) -> None:
    """Draw one of ``( ) [ ] {``; those at the right are the others mirrored."""
    near, far = 0.1 * px, place.width() - 0.05 * px
    opens = sign in "([{"
    outer = place.left() + near if opens else place.right() - near
    inner = place.left() + far if opens else place.right() - far
    path = QPainterPath(QPointF(inner, place.top()))
    if sign in "()":
        bulge = outer - (inner - outer) * 0.35
        path.cubicTo(
            QPointF(bulge, place.top() + place.height() * 0.25),
            QPointF(bulge, place.bottom() - place.height() * 0.25),
            QPointF(inner, place.bottom()),
        )
    elif sign == "{":
        middle, bow = place.center().y(), (outer + inner) / 2
        path.quadTo(QPointF(bow, place.top()), QPointF(bow, (place.top() + middle) / 2))
        path.quadTo(QPointF(bow, middle), QPointF(outer, middle))
        path.quadTo(QPointF(bow, middle), QPointF(bow, (place.bottom() + middle) / 2))
        path.quadTo(QPointF(bow, place.bottom()), QPointF(inner, place.bottom()))
    else:
        path.lineTo(outer, place.top())
        path.lineTo(outer, place.bottom())
        path.lineTo(inner, place.bottom())
    _stroke(painter, path, px)


@laid_out.register
def _cases(cases: Cases, px: float) -> Box:
    rows = [(laid_out(value, px), laid_out(when, px)) for value, when in cases.rows]
    values = max(value.width for value, _ in rows) + px
    placed: list[Box] = []
    height = 0.0
    for value, condition in rows:
        line = _side_by_side([value, Box(values - value.width, 0, 0, lambda *_: None), condition])
        placed.append(line.raised(-height - line.up))
        height += line.up + line.down + 0.3 * px
    height -= 0.3 * px
    brace, top = 0.6 * px, height / 2 + _axis(px)

    def paint(painter: QPainter, x: float, y: float) -> None:
        _bracket(painter, "{", QRectF(x, y - top, brace, height), px)
        for line in placed:
            line.raised(top).paint(painter, x + brace, y)

    return Box(brace + max(line.width for line in placed), top, height - top, paint)
