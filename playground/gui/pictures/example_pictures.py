"""Examples that are images, as pixels to paint."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.gui.look import theme


def example_pixels(images: NDArray[Any]) -> theme.Pixels:
    """Return red, green and blue ``(n, height, width, 3)`` of images with values from 0 to 1.

    One channel is drawn in ink on paper; of more than three the first three are shown.
    """
    if images.shape[-1] < 3:
        return theme.ink(images[..., 0])
    pixels: theme.Pixels = np.rint(np.clip(images[..., :3], 0, 1) * 255).astype(np.uint8)
    return pixels
