"""The colour maps, from values to pixels, in the colours of the theme in force.

Four maps, never mixed in one picture: ``diverging`` for signed weights and neurons, ``decision``
for the large map behind points, ``sequential`` for activations, ``ink`` for images of the world.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtGui import QImage

from playground.gui.look.tokens import Tokens, tokens

Pixels = NDArray[np.uint8]
"""Red, green and blue: ``(height, width, 3)``."""
_ZERO = 128  # the entry of the symmetric tables that stands for 0, so that -1 is 1 and +1 is 255


def diverging(values: ArrayLike, vmax: float = 1.0) -> Pixels:
    """Colour signed values: ``-vmax`` negative, 0 neutral (NaN too), ``vmax`` positive."""
    return _looked_up(_diverging_table(tokens()), values, 127 / (vmax or 1.0), _ZERO)


def decision(values: ArrayLike, vmax: float = 1.0) -> Pixels:
    """Colour signed values as ``diverging`` does, but calm enough to lie behind points."""
    return _looked_up(_decision_table(tokens()), values, 127 / (vmax or 1.0), _ZERO)


def sequential(values: ArrayLike) -> Pixels:
    """Colour values between 0 and 1: paper to deep, or night to pale."""
    return _looked_up(_sequential_table(tokens()), values, 255, 0)


def ink(values: ArrayLike) -> Pixels:
    """Colour images between 0 and 1: ink on paper, or chalk on slate."""
    return _looked_up(_ink_table(tokens()), values, 255, 0)


def to_image(pixels: Pixels) -> QImage:
    """Return a picture that owns its pixels."""
    pixels = np.ascontiguousarray(pixels, dtype=np.uint8)
    height, width, _ = pixels.shape
    image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)  # owns them; Qt draws it far faster


def _looked_up(table: Pixels, values: ArrayLike, factor: float, zero: int) -> Pixels:
    levels = np.asarray(values, dtype=np.float32) * np.float32(factor)
    levels += zero + 0.5  # the cast below cuts off
    np.clip(levels, 0, 255, out=levels)
    if np.isnan(levels.sum()):
        np.copyto(levels, zero, where=np.isnan(levels))
    return table.take(levels.astype(np.uint8), axis=0)


@cache
def _diverging_table(colours: Tokens) -> Pixels:
    return _symmetric(colours.neg, colours.mid, colours.pos, gamma=0.8)


@cache
def _decision_table(colours: Tokens) -> Pixels:
    return _symmetric(colours.area_neg, colours.mid, colours.area_pos, gamma=0.8)


@cache
def _sequential_table(colours: Tokens) -> Pixels:
    return _through(colours.ramp, np.linspace(0, 1, 256) ** 0.65)


@cache
def _ink_table(colours: Tokens) -> Pixels:
    return _mixed(colours.paper, colours.text, np.linspace(0, 1, 256))


def _symmetric(low: str, middle: str, high: str, gamma: float) -> Pixels:
    value = np.clip((np.arange(256) - _ZERO) / 127, -1, 1)
    strength = np.abs(value) ** gamma
    table = _mixed(middle, high, strength)
    table[:_ZERO] = _mixed(middle, low, strength[:_ZERO])
    return table


def _mixed(start: str, end: str, share: NDArray[np.float64]) -> Pixels:
    mixed = _rgb(start) * (1 - share[:, None]) + _rgb(end) * share[:, None]
    return np.rint(mixed).astype(np.uint8)


def _through(stops: tuple[str, ...], share: NDArray[np.float64]) -> Pixels:
    """Mix colours so that the lightness goes evenly from the first to the last."""
    light = np.array([lightness(stop) for stop in stops])
    places = (light - light[0]) / (light[-1] - light[0])
    channels = np.array([_rgb(stop) for stop in stops]).T
    table = np.empty((len(share), 3), np.uint8)
    for k, channel in enumerate(channels):
        table[:, k] = np.rint(np.interp(share, places, channel))
    return table


def lightness(colour: str) -> float:
    """Return how light a colour looks, from 0 to 100: CIE 1976 L*, of sRGB."""
    channels = _rgb(colour) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ (0.2126, 0.7152, 0.0722))
    return 116 * np.cbrt(luminance) - 16 if luminance > 216 / 24389 else luminance * 24389 / 27


def _rgb(colour: str) -> NDArray[np.float64]:
    return np.array(list(bytes.fromhex(colour[1:])), dtype=np.float64)
