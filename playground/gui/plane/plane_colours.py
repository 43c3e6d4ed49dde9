"""The colours of a plane: of classes, of how sure a network is, of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from playground.gui.look import theme
from playground.gui.look.markers import class_token
from playground.probes.decision_map import ClassMap, PlaneMap

Numbers = NDArray[np.floating[Any]]


def map_pixels(plane_map: PlaneMap, *, discrete: bool) -> theme.Pixels:
    """Return the colours of a map; a discrete one has no shades."""
    if isinstance(plane_map, ClassMap):
        return class_pixels(plane_map.probabilities, discrete=discrete)
    signed = signed_share(plane_map.values, plane_map.span)
    return theme.decision(np.sign(signed) if discrete else signed)


def class_pixels(probabilities: Numbers, *, discrete: bool) -> theme.Pixels:
    """Return the colours of classes: two shade into each other, more each into paper."""
    if probabilities.shape[-1] == 2:
        signed = probabilities[..., 1] - probabilities[..., 0]
        return theme.decision(np.sign(signed) if discrete else signed)
    best = probabilities.argmax(axis=-1)
    sure = np.take_along_axis(probabilities, best[..., None], axis=-1)
    even = 1 / probabilities.shape[-1]
    strength = np.full_like(sure, 1.0) if discrete else (sure - even) / (1 - even)
    strength = (0.5 if theme.tokens().dark else 0.4) * np.clip(strength, 0, 1)
    colours = np.array([_rgb(theme.colour(class_token(k))) for k in range(probabilities.shape[-1])])
    mixed = _rgb(theme.colour("mid")) * (1 - strength) + colours[best] * strength
    pixels: theme.Pixels = np.rint(mixed).astype(np.uint8)
    return pixels


def value_colours(values: Numbers, span: tuple[float, float]) -> list[QColor]:
    """Return the strong colours of numbers, for points over the map."""
    pixels = theme.diverging(signed_share(values, span)[None])[0]
    return [QColor(*rgb) for rgb in pixels.tolist()]


def signed_share(values: Numbers, span: tuple[float, float]) -> Numbers:
    """Return where numbers lie between the ends of a span, from -1 to 1."""
    low, high = span
    share: Numbers = (2 * values - (low + high)) / (high - low)
    return share


def _rgb(colour: QColor) -> NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue()], float)
