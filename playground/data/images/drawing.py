"""A small grey picture as text, for a project file."""

from __future__ import annotations

import base64
import binascii
import math
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.component import Component, Pair, param
from playground.data.dataset import Floats
from playground.errors import ConfigError
from playground.language import tr

LARGEST = 256
"""Pixels along a side, at most."""


@dataclass(frozen=True)
class Drawing(Component):
    """A grey picture drawn by hand, and the class that it shows."""

    label: str = param("", doc="The name of its class.")
    size: Pair = param((28, 28), low=1, high=LARGEST, doc="Height and width in pixels.")
    pixels: str = param("", doc="A byte for each pixel, packed by zlib, in base 85; empty: black.")

    def __post_init__(self) -> None:
        super().__post_init__()
        self.bytes()

    @classmethod
    def of(cls, image: Floats, label: str = "") -> Drawing:
        """Return the drawing of an image ``(height, width)`` from 0 to 1."""
        values: NDArray[np.uint8] = np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
        text = base64.b85encode(zlib.compress(values.tobytes(), 9)).decode()
        height, width = image.shape
        return cls(label, (height, width), text if values.any() else "")

    def bytes(self) -> NDArray[np.uint8]:
        """Return the pixels ``(height, width)`` from 0 to 255."""
        count = math.prod(self.size)
        if not self.pixels:
            return np.zeros(self.size, np.uint8)
        if len(self.pixels) > 2 * count + 64:  # more than zlib makes of noise
            raise self._damaged()
        try:
            packed = base64.b85decode(self.pixels)
            data = zlib.decompressobj().decompress(packed, count + 1)  # no more, whatever it claims
        except (ValueError, binascii.Error, zlib.error) as error:
            raise self._damaged() from error
        if len(data) != count:
            raise self._damaged()
        return np.frombuffer(data, np.uint8).reshape(self.size)

    def image(self) -> Floats:
        """Return the picture ``(height, width)`` from 0 to 1."""
        picture: Floats = np.divide(self.bytes(), np.float32(255), dtype=np.float32)
        return picture

    def _damaged(self) -> ConfigError:
        height, width = self.size
        return ConfigError(
            tr(
                "The pixels of a drawing are not {height} x {width} bytes, packed by zlib, in "
                "base 85. Received: {0!r}."
            ).format(self.pixels[:40], height=height, width=width)
        )
