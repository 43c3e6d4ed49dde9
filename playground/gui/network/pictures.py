"""What stands in the columns: one image a column, made from the answers of its layer."""

from __future__ import annotations

import math
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from playground.gui.look import theme
from playground.gui.look.tokens import Tokens
from playground.gui.network.bodies import Body
from playground.gui.network.columns import Column, Form, is_signed
from playground.gui.network.placed import Placed
from playground.nn.activations import Sigmoid, Softmax
from playground.nn.arrays import Array
from playground.nn.paths import LayerPath, is_output, layer_at
from playground.probes.activations import Outputs

Levels = NDArray[np.uint8]
"""Positions in a colour table."""
Tiles = NDArray[np.uint8]
"""One picture a unit, as levels: ``(units, height, width)``."""
_ZERO = 128


def picture(
    placed: Placed, outputs: Outputs, selected: LayerPath | None, ratio: float, grey: bool
) -> QImage | None:
    """Return the image of a column's cells; None where there is nothing to show.

    ``selected`` is the selected layer, ``ratio`` the device pixels in a pixel; a ``grey`` picture
    is of a run that has failed.
    """
    column, body = placed.column, placed.body
    shown = column.shown_layer(selected)
    if column.form in (Form.BROKEN, Form.UNKNOWN, Form.PASS):
        return None
    if column.form is Form.IMAGE:
        return _example(outputs.x, body, ratio, grey)
    values = _values(outputs, shown, column, placed.units)
    if column.says_words:
        values = np.zeros_like(values)  # the number of a word is no amount
    size = max(1, round(body.height * ratio)), max(1, round(body.width * ratio))
    tiles = _tiles(values, size, is_smooth=column.has_maps)
    scale = _scale(outputs, shown, column)
    signed = values.ndim == 2 or _is_signed(outputs, shown)  # a curve has a side above its axis
    if column.has_maps and column.form is Form.OUTPUT and column.count == 1 and not signed:
        tiles, scale, signed = 2 * tiles - 1, 1.0, True  # a probability: its border is at 0.5
    levels, table = _levels(tiles, scale, signed, column.has_maps)
    return _composed(levels, _table(theme.tokens(), table, grey), body, _mask(column, size), ratio)


def _example(x: Array, body: Body, ratio: float, grey: bool) -> QImage:
    size = round(body.height * ratio), round(body.width * ratio)
    tiles = _resampled(np.moveaxis(x, -1, 0), size, is_smooth=False)
    if len(tiles) == 3 and not grey:
        image = theme.to_image(np.moveaxis((255 * tiles.clip(0, 1)).astype(np.uint8), 0, -1))
        image.setDevicePixelRatio(ratio)
        return image
    table = "diverging" if x.min() < 0 else "ink"
    tile = tiles.mean(axis=0, keepdims=True)
    levels = _symmetric(tile, 1.0) if x.min() < 0 else _positive(tile, 1.0)
    colours = _table(theme.tokens(), table, grey)
    return _composed(levels, colours, body, np.full(size, 255, np.uint8), ratio)


def _values(
    outputs: Outputs, layer: LayerPath | None, column: Column, units: tuple[int, ...]
) -> Array:
    """Return maps ``(units, height, width)``, curves ``(units, points)`` or a line of numbers."""
    plane, place = outputs.plane, layer or ()
    if column.has_maps and plane is not None:
        return np.moveaxis(plane.maps[place][..., list(units)], -1, 0)
    answers = outputs.answers[place]
    if answers.ndim == 2:
        answers = answers.mean(axis=0)  # over the places of a sequence
    if answers.ndim == 3 and column.form is not Form.MAPS:
        answers = answers.mean(axis=(0, 1))
    if answers.ndim == 3:
        return np.moveaxis(answers[..., list(units)], -1, 0)
    if column.form in (Form.STRIP, Form.SLIM, Form.JOIN):
        return answers
    return answers[list(units)].reshape(-1, 1, 1)


def _tiles(values: Array, size: tuple[int, int], is_smooth: bool) -> Array:
    if values.ndim == 1:
        return _ribbon(values, size)
    if values.ndim == 2:
        return _areas(values, size)
    return _resampled(values, size, is_smooth)


def _areas(curves: Array, size: tuple[int, int]) -> Array:
    """Return curves as areas between the axis and the curve, one tile each, in [-1, 1]."""
    most = np.abs(curves).max() or 1.0
    heights = np.linspace(1, -1, size[0], dtype=np.float32)[:, None]
    along = _resampled((curves / most)[:, None, :], (1, size[1]), is_smooth=True)
    edge = 2 / size[0]
    above = np.clip((along - heights) / edge, 0, 1) * (heights >= 0)
    below = np.clip((heights - along) / edge, 0, 1) * (heights < 0)
    areas: Array = (above - below) * most
    return areas


def _scale(outputs: Outputs, layer: LayerPath | None, column: Column) -> float:
    """Return the value that gets the full colour: the greatest of the layer, or certainty."""
    plane, shown = outputs.plane, layer_at(outputs.model, layer)
    is_last = layer is not None and is_output(outputs.model, layer)
    if is_last and shown and isinstance(shown.output_activation, (Softmax, Sigmoid)):
        return 1.0
    known = plane.maps if column.has_maps and plane is not None else outputs.answers
    values = known[layer or ()]
    most = float(max(values.max(), -values.min(), 0.0))
    return most if math.isfinite(most) and most > 0 else 1.0


def _is_signed(outputs: Outputs, layer: LayerPath | None) -> bool:
    low = float(outputs.x.min()) if outputs.x.ndim == 3 else -1.0  # tables are standardised
    if is_signed(outputs.model, layer or (), low):
        return True
    # normalisation brings negative answers back, whatever the activation before it
    return bool(outputs.answers[layer or ()].min() < 0)


def _levels(tiles: Array, scale: float, signed: bool, is_map: bool) -> tuple[Levels, str]:
    if signed:
        return _symmetric(tiles, scale), "decision" if is_map else "diverging"
    return _positive(tiles, scale), "sequential"


def _finite(values: Array) -> Array:
    return values if np.isfinite(values.sum()) else np.nan_to_num(values)


def _symmetric(values: Array, scale: float) -> Levels:
    levels = _finite(values) * np.float32(127 / scale)
    shifted: Array = np.clip(levels, -127, 127) + np.float32(_ZERO + 0.5)
    return shifted.astype(np.uint8)


def _positive(values: Array, scale: float) -> Levels:
    levels = _finite(values) * np.float32(255 / scale)
    rounded: Array = np.rint(np.clip(levels, 0, 255))
    return rounded.astype(np.uint8)


def _mask(column: Column, size: tuple[int, int]) -> Levels:
    """Return how opaque each pixel of a cell is: discs, rounded squares or whole tiles."""
    if column.form in (Form.NODES, Form.OUTPUT):
        radius = corner(size[0]) if column.has_maps else size[0] / 2
        return _rounded(size, radius)
    return np.full(size, 255, np.uint8)


def corner(side: float) -> float:
    """Return the corner radius of a neuron's map."""
    return min(8.0, side / 5)


def _composed(
    tiles: Tiles, table: NDArray[np.uint32], body: Body, mask: Levels, ratio: float
) -> QImage:
    """Return the grid of tiles as one image."""
    (height, width), gap = mask.shape, round(body.gap * ratio)
    rows, columns = body.rows, body.columns
    cells = np.zeros((rows * columns, height + gap, width + gap), np.uint32)
    cells[: len(tiles), :height, :width] = table[tiles] | (mask.astype(np.uint32) << 24)
    grid = cells.reshape(rows, columns, height + gap, width + gap).swapaxes(1, 2)
    pixels = grid.reshape(rows * (height + gap), columns * (width + gap))
    pixels = np.ascontiguousarray(pixels[: len(pixels) - gap or None, : -gap or None])
    return _image(pixels, ratio)


def _image(pixels: NDArray[np.uint32], ratio: float) -> QImage:
    height, width = pixels.shape
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32)
    image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)  # fast to draw; owns
    image.setDevicePixelRatio(ratio)
    return image


def _resampled(tiles: Array, size: tuple[int, int], is_smooth: bool) -> Array:
    """Return tiles ``(n, h, w)`` at another size: means of pixels, crisp pixels or smooth ones."""
    rows = _resampling(tiles.shape[1], size[0], is_smooth)
    columns = _resampling(tiles.shape[2], size[1], is_smooth)
    resampled: Array = rows @ tiles.astype(np.float32, copy=False) @ columns.T
    return resampled


def _ribbon(values: Array, size: tuple[int, int]) -> Array:
    """Return many numbers as one tile, from top to bottom; where they crowd, their means."""
    values = values.astype(np.float32, copy=False)
    line: Array
    starts = np.arange(size[0]) * len(values) // size[0]
    if len(values) > size[0]:
        line = np.add.reduceat(values, starts) / np.diff(starts, append=len(values))
    else:
        line = values[starts]
    return np.broadcast_to(line[:, None], (1, *size))


@lru_cache(64)
def _resampling(before: int, after: int, is_smooth: bool) -> NDArray[np.float32]:
    """Return the matrix ``(after, before)`` that resamples a line of pixels."""
    if after < before:
        edges = np.linspace(0, before, after + 1)
        start = np.arange(before, dtype=np.float64)
        first = np.maximum(start, edges[:-1, None])
        end = np.minimum(start + 1, edges[1:, None])
        return np.asarray(np.clip(end - first, 0, None) * after / before, np.float32)
    position: NDArray[np.floating[Any]] = ((np.arange(after) + 0.5) * before / after - 0.5).clip(
        0, before - 1
    )
    if not is_smooth:
        position = np.rint(position)
    distance = np.abs(position[:, None] - np.arange(before))
    return np.asarray(np.clip(1 - distance, 0, None), np.float32)


@lru_cache(64)
def _rounded(size: tuple[int, int], radius: float) -> Levels:
    """Return the opacity of a rounded rectangle, smooth at its edge."""
    height, width = size
    y = np.maximum(
        radius - np.minimum(np.arange(height) + 0.5, height - np.arange(height) - 0.5), 0
    )
    x = np.maximum(radius - np.minimum(np.arange(width) + 0.5, width - np.arange(width) - 0.5), 0)
    inside = np.clip(radius + 0.5 - np.hypot(y[:, None], x), 0, 1)
    opacity: Levels = (255 * inside).astype(np.uint8)
    return opacity


@cache
def _table(tokens: Tokens, name: str, grey: bool) -> NDArray[np.uint32]:
    """Return the 256 colours of a map as ``0x00RRGGBB``; grey ones for a failed run."""
    symmetric = (np.arange(256) - _ZERO) / 127
    colours: dict[str, Any] = {
        "diverging": theme.diverging(symmetric[None]),
        "decision": theme.decision(symmetric[None]),
        "sequential": theme.sequential(np.linspace(0, 1, 256)[None]),
        "ink": theme.ink(np.linspace(0, 1, 256)[None]),
    }
    rgb: NDArray[np.uint32] = colours[name][0].astype(np.uint32)
    if grey:
        middle = 20 if tokens.dark else 240
        light = (rgb @ np.array([0.30, 0.59, 0.11]))[:, None].repeat(3, axis=1)
        rgb = (0.55 * light + 0.45 * middle).astype(np.uint32)
    return np.asarray((rgb[:, 0] << 16) | (rgb[:, 1] << 8) | rgb[:, 2], np.uint32)
