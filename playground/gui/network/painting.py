"""Drawing the picture: what seldom changes, then the live part, then what the pointer shows."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPainterPath, QPen

from playground.gui.look import theme
from playground.gui.network import bands, edges
from playground.gui.network.answers import Answer
from playground.gui.network.captions import shown_text
from playground.gui.network.columns import Form
from playground.gui.network.edges import Bundles
from playground.gui.network.layout import Layout
from playground.gui.network.pictures import corner
from playground.gui.network.placed import Placed
from playground.nn.paths import LayerPath

_LEAST_TEXT = 5
_CENTRE = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(eq=False)
class Scene:
    """All that a picture is drawn from."""

    layout: Layout
    lines: list[Bundles] = field(default_factory=list)
    """Of each joint of the layout."""
    images: list[QImage | None] = field(default_factory=list)
    """The cells of each column; None where no answer is known yet."""
    answers: dict[int, list[Answer]] = field(default_factory=dict)
    """What the rows of the output columns say, by their places."""
    note: str = ""
    """About the example, under the input."""
    words: tuple[str, ...] = ()
    """What the inputs are, where they are words."""
    layer: LayerPath | None = None
    unit: int | None = None
    is_failed: bool = False

    @property
    def selected(self) -> Placed | None:
        """The column of the selected layer."""
        if self.layer is None:
            return None
        return self.layout.placed[self.layout.index_of(self.layer)]


def draw_captions(painter: QPainter, scene: Scene) -> None:
    """Draw what training does not change: selection, names, numbers, lines without weights."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    placed = scene.layout.placed
    if scene.selected is not None:
        _draw_frame(painter, scene.selected.frame)
    for lines in scene.lines:
        if not lines.learned:
            edges.draw(painter, lines, is_faded=False, is_fast=False)
    for index, one in enumerate(placed):
        (_draw_lane_captions if one.band.is_lane else _draw_captions)(painter, scene, index)
        if one.column.form in (Form.BROKEN, Form.UNKNOWN):
            _draw_misfit(painter, one)
        if one.column.labels and one.body.left and not one.column.says_words:
            _draw_input_labels(painter, one, one.column.labels)


def draw_lines(painter: QPainter, joints: list[Bundles], *, is_faded: bool, is_fast: bool) -> None:
    """Draw the weights; ``is_faded`` of a failed run, ``is_fast`` while training changes them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for lines in joints:
        if lines.learned:
            edges.draw(painter, lines, is_faded=is_faded, is_fast=is_fast)


def draw_answers(painter: QPainter, scene: Scene, within: QRectF) -> None:
    """Draw what the layers answer to the example, as far as it lies in a part of the picture."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    pairs = zip(scene.layout.placed, scene.images, strict=True)
    for index, (placed, image) in enumerate(pairs):
        if placed.column.form is Form.PASS or not placed.full.intersects(within):
            continue
        if image is None:
            _draw_wells(painter, placed)
        else:
            painter.drawImage(placed.rect.topLeft(), image)
        if placed.column.says_words and placed.body.left and scene.words:
            _draw_input_labels(painter, placed, scene.words)
        _draw_outlines(painter, placed)
        if placed.column.form is Form.OUTPUT and placed.body.right:
            _draw_output_rows(painter, placed, scene.answers.get(index, []), scene.is_failed)
    _draw_unit_frame(painter, scene)


def draw_line_chip(painter: QPainter, lines: Bundles, index: int) -> None:
    """Draw the line under the pointer thick and edged."""
    path = edges.line_path(lines, index)
    value = float(lines.strengths[index])
    name = "border" if not lines.learned else "pos" if value > 0 else "neg"
    width = 1.5 + 4 * abs(value)
    painter.strokePath(path, QPen(theme.colour("surface"), width + 4))
    painter.strokePath(path, theme.pen(name, width))


def draw_chip(painter: QPainter, text: str, at: QPointF, bounds: QRectF) -> None:
    """Draw a small dark label near ``at``, kept within ``bounds``."""
    painter.setFont(theme.font(theme.SMALL, 500))
    metrics = QFontMetricsF(painter.font())
    lines = text.split("\n")
    width = max(map(metrics.horizontalAdvance, lines)) + 16
    height = len(lines) * metrics.height() + 8
    left = min(max(at.x() + 12, bounds.left() + 4), bounds.right() - width - 4)
    below = at.y() + 16
    top = below if below + height < bounds.bottom() else at.y() - height - 8
    chip = QRectF(left, max(top, bounds.top()), width, height)
    painter.setPen(QPen(theme.colour("surface"), 1))
    painter.setBrush(theme.colour("text"))
    painter.drawRoundedRect(chip, 6, 6)
    painter.setPen(theme.colour("surface"))
    painter.drawText(chip.adjusted(8, 4, -8, -4), _LEFT, text)


def _draw_frame(painter: QPainter, frame: QRectF) -> None:
    painter.setPen(theme.pen("accent", 1.5))
    painter.setBrush(theme.colour("tint", 150))
    painter.drawRoundedRect(frame, 8, 8)


def _draw_captions(painter: QPainter, scene: Scene, index: int) -> None:
    """Write the name above the column, its shape and its parameters below."""
    layout, placed = scene.layout, scene.layout.placed[index]
    column, height = placed.column, layout.size.height()
    is_selected = scene.layer is not None and scene.layer in column.layers
    centre = placed.rect.center().x()
    name = (centre, placed.name_room)
    muted = (theme.CAPTION, 400, "muted")
    spare = bands.top() - bands.note() - (bands.line() if column.folded else 0)
    top = min(3, spare) if layout.is_tight else spare / 2
    colour = "accent" if is_selected else "muted" if column.form is Form.UNKNOWN else "text"
    _write(painter, name, top, (theme.SMALL, 600, colour), column.name)
    if column.folded:
        room = placed.name_room
        if layout.is_tight:  # the + buttons stand beside this line
            room = min(room, *(2 * abs(centre - edge) - 24 for edge in placed.reach))
        second = (centre, room)
        _write(painter, second, top + bands.line(), muted, column.folded)
    wide = (centre, placed.caption_room)
    below = height - bands.bottom() + 2
    shape = column.shape_text
    _write(painter, wide, below, (theme.CAPTION, 400, "text"), shape, shape.replace(" ", ""))
    note = scene.note if index == 0 and scene.note else column.params_text
    _write(painter, wide, below + bands.line(), muted, note, note.split(" ")[0])
    if column.form is not Form.IMAGE and placed.body.shown < column.count:
        hidden = shown_text(placed.body.shown, column.count)
        short = f"{placed.body.shown} / {column.count}"
        _write(painter, wide, placed.rect.bottom() + 2, muted, hidden, short)


def _draw_lane_captions(painter: QPainter, scene: Scene, index: int) -> None:
    """Write the name above a column in a lane, and one line below it if there is room."""
    placed = scene.layout.placed[index]
    column, band, centre = placed.column, placed.band, placed.rect.center().x()
    muted = (theme.CAPTION, 400, "muted")
    if column.form is Form.PASS:
        _draw_track(painter, placed)
        _write(
            painter,
            (centre, placed.rect.width()),
            placed.rect.top() - bands.lane_head(),
            muted,
            column.name,
        )
        return
    is_selected = scene.layer is not None and scene.layer in column.layers
    colour = "accent" if is_selected else "muted" if column.form is Form.UNKNOWN else "text"
    name = f"{column.name} {column.folded}" if column.folded else column.name
    place = (centre, placed.name_room)
    _write(painter, place, band.top + 1, (theme.SMALL, 600, colour), name, column.name)
    if not band.foot or is_selected:
        return  # there is no room, or the buttons of the layer stand there
    hidden = f"{placed.body.shown} / {column.count}" if placed.body.shown < column.count else ""
    is_whole = column.form in (Form.SLIM, Form.JOIN, Form.STRIP) or not hidden
    shape = column.shape_text
    texts = (shape, shape.replace(" ", "")) if is_whole else (hidden,)
    if column.form is not Form.OUTPUT:
        room = (centre, placed.caption_room)
        _write(painter, room, placed.rect.bottom() + 1, muted, *texts)


def _draw_track(painter: QPainter, placed: Placed) -> None:
    """Draw the way through a branch that changes nothing."""
    painter.setPen(theme.pen("border", 1, 150))
    for height, _ in placed.anchors:
        rect = placed.rect.adjusted(-edges.MARGIN, 0, edges.MARGIN, 0)
        painter.drawLine(QPointF(rect.left(), height), QPointF(rect.right(), height))


def _write(
    painter: QPainter,
    place: tuple[float, float],
    top: float,
    style: tuple[int, int, str],
    *texts: str,
) -> None:
    """Write the first text that fits, centred; the last one is cut short where the room ends."""
    centre, room = place
    size, weight, colour = style
    painter.setFont(theme.font(size, weight))
    painter.setPen(theme.colour(colour))
    metrics = QFontMetricsF(painter.font())
    fitting = (text for text in texts if metrics.horizontalAdvance(text) <= room)
    text = next(fitting, None) or metrics.elidedText(
        texts[-1], Qt.TextElideMode.ElideRight, room + 1
    )
    if len(text) < _LEAST_TEXT < len(texts[-1]):
        return  # what is left of it says nothing
    painter.drawText(QRectF(centre - 200, top, 400, bands.note()), _CENTRE, text)


def _draw_misfit(painter: QPainter, placed: Placed) -> None:
    """Draw the box of a layer that does not fit, with the reason in the first."""
    is_first = placed.column.form is Form.BROKEN
    pen = theme.pen("danger" if is_first else "border", 1.5 if is_first else 1)
    if not is_first:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme.colour("danger_tint") if is_first else Qt.GlobalColor.transparent)
    painter.drawRoundedRect(placed.rect, 8, 8)
    if is_first:
        painter.setPen(theme.colour("danger"))
        painter.setFont(theme.font(theme.SMALL, 500))
        flags = _CENTRE | Qt.TextFlag.TextWordWrap
        painter.drawText(placed.rect.adjusted(8, 8, -8, -8), flags, placed.column.message)


def _draw_input_labels(painter: QPainter, placed: Placed, labels: tuple[str, ...]) -> None:
    painter.setFont(theme.font(theme.SMALL, 500))
    painter.setPen(theme.colour("text"))
    metrics = QFontMetricsF(painter.font())
    room = placed.body.left - 8
    for index, unit in enumerate(placed.units):
        cell = placed.cell(index)
        text = metrics.elidedText(labels[unit], Qt.TextElideMode.ElideRight, room + 1)
        painter.drawText(_line(cell.left() - 8 - room, cell.center().y(), room), _RIGHT, text)


def _draw_wells(painter: QPainter, placed: Placed) -> None:
    """Draw empty places where answers will be."""
    if placed.column.form in (Form.BROKEN, Form.UNKNOWN):
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("sunken"))
    painter.drawPath(_outline(placed))


def _draw_outlines(painter: QPainter, placed: Placed) -> None:
    if placed.column.form in (Form.NODES, Form.OUTPUT, Form.IMAGE):
        painter.setPen(theme.pen("border", 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(_outline(placed))


def _outline(placed: Placed) -> QPainterPath:
    """Return the shapes of all cells as one path."""
    path = QPainterPath()
    column, body = placed.column, placed.body
    for index in range(len(placed.units) if body.rows * body.columns > 1 else 1):
        cell = placed.cell(index)
        if column.form not in (Form.NODES, Form.OUTPUT):
            path.addRect(cell)
        elif column.has_maps:
            radius = corner(body.height)
            path.addRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        else:
            path.addEllipse(cell.adjusted(0.5, 0.5, -0.5, -0.5))
    return path


def _draw_output_rows(
    painter: QPainter, placed: Placed, answers: list[Answer], is_failed: bool
) -> None:
    """Write the classes with their probabilities, or the targets with their values."""
    shares = [answer.share or 0.0 for answer in answers]
    best = int(np.argmax(shares)) if any(shares) else None
    rows = [(placed.cell(i), unit) for i, unit in enumerate(placed.units) if unit < len(shares)]
    for is_best in (False, True):  # a font for all rows, then another for the best
        chosen = [(cell, answers[u]) for cell, u in rows if (u == best) == is_best]
        painter.setPen(theme.colour("text" if is_best else "muted"))
        weight = 600 if is_best else 400
        painter.setFont(theme.font(theme.SMALL, weight))
        for cell, answer in chosen:
            _write_name(painter, placed, cell, answer.name)
        painter.setFont(theme.font(theme.CAPTION, weight))
        for cell, answer in chosen:
            _write_figure(painter, placed, cell, answer)
    painter.setPen(Qt.PenStyle.NoPen)
    for cell, unit in rows:
        colour = theme.colour("border" if is_failed else "pos")
        _draw_bar(painter, placed, (cell, answers[unit].share), colour)


def _is_stacked(placed: Placed) -> bool:
    """Return whether the figures stand below the names rather than at their right."""
    return placed.column.has_maps


def _lift(placed: Placed, cell: QRectF) -> float:
    stacked = _is_stacked(placed) and cell.height() >= theme.px(36)
    return theme.px(9) if stacked else 0.0


def _figure_room(placed: Placed) -> float:
    return theme.px(4 * theme.CAPTION) if placed.body.right else 0.0


def _line(left: float, middle: float, width: float) -> QRectF:
    """Return the place of a line of text with its middle at this height."""
    height = theme.px(20)
    return QRectF(left, middle - height / 2, width, height)


def _write_name(painter: QPainter, placed: Placed, cell: QRectF, name: str) -> None:
    body = placed.body
    beside = 0 if _is_stacked(placed) else _figure_room(placed) + body.bar
    room = body.right - (8 if _is_stacked(placed) else 12) - beside  # a gap before the bar
    text = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room) + 1)
    middle = cell.center().y() - _lift(placed, cell)
    painter.drawText(_line(cell.right() + 8, middle, room), _LEFT, text)


def _write_figure(painter: QPainter, placed: Placed, cell: QRectF, answer: Answer) -> None:
    lift, middle = _lift(placed, cell), cell.center().y()
    if not _is_stacked(placed):
        right = cell.right() + placed.body.right
        room = _figure_room(placed)
        painter.drawText(_line(right - room, middle, room), _RIGHT, answer.figure)
    elif lift:
        left = cell.right() + 8 + (placed.body.bar + 4 if answer.share is not None else 0)
        painter.drawText(_line(left, middle + lift, theme.px(80)), _LEFT, answer.figure)


def _draw_bar(
    painter: QPainter, placed: Placed, row: tuple[QRectF, float | None], colour: QColor
) -> None:
    """Draw a probability as a length."""
    cell, share = row
    body, lift = placed.body, _lift(placed, cell)
    if share is None or not body.bar or (_is_stacked(placed) and not lift):
        return
    left = cell.right() + 8
    if not _is_stacked(placed):
        left = cell.right() + body.right - _figure_room(placed) - body.bar
    track = QRectF(left, cell.center().y() - 4 + lift, body.bar, 8)
    painter.setBrush(theme.colour("sunken"))
    painter.drawRoundedRect(track, 2, 2)
    painter.setBrush(colour)
    track.setWidth(max(2.0, body.bar * min(max(share, 0.0), 1.0)))
    painter.drawRoundedRect(track, 2, 2)


def _draw_unit_frame(painter: QPainter, scene: Scene) -> None:
    placed = scene.selected
    if placed is None or scene.unit is None or scene.unit not in placed.units:
        return
    if placed.column.form in (Form.STRIP, Form.SLIM, Form.JOIN):
        return
    cell = placed.cell(placed.units.index(scene.unit)).adjusted(-2, -2, 2, 2)
    painter.setPen(theme.pen("accent", 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if placed.column.form is Form.MAPS:
        painter.drawRoundedRect(cell, 2, 2)
    else:
        radius = corner(cell.height()) + 2 if placed.column.has_maps else cell.height() / 2
        painter.drawRoundedRect(cell, radius, radius)
