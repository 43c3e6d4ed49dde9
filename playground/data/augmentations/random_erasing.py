"""A rectangle of each image covered up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.augmentations.base import Change, ImageAugmentation
from playground.data.augmentations.normal_noise import NormalNoise
from playground.data.augmentations.resampling import Inputs, Shape
from playground.data.dataset import Floats
from playground.errors import ConfigError
from playground.language import tr


@dataclass(frozen=True)
class RandomErasing(ImageAugmentation):
    """Cover a rectangle with noise or with zeros (Zhong et al. 2020), as Keras's RandomErasing.

    With ``factor`` f an image is covered with a probability that is itself drawn evenly from 0 to
    f: half as often as f says. Each side of the rectangle is that of the image times the square
    root of a share between ``scale_low`` and ``scale_high``.
    """

    title = "Erasing"

    factor: float = param(1.0, low=0.0, high=1.0, doc="Largest probability that one is covered.")
    scale_low: float = param(0.02, low=0.0, high=1.0, doc="Smallest share that is covered.")
    scale_high: float = param(0.33, low=0.0, high=1.0, doc="Largest share that is covered.")
    fill: Literal["noise", "zeros"] = param("noise", doc="What the rectangle is covered with.")

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.scale_low > self.scale_high:
            raise ConfigError(
                tr(
                    "RandomErasing.scale_low must be at most scale_high. Received: {scale_low:g} "
                    "and {scale_high:g}."
                ).format(scale_low=self.scale_low, scale_high=self.scale_high)
            )

    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> Change:
        height, width = shape[:2]
        sides = np.sqrt(rng.uniform(self.scale_low, self.scale_high, (2, count)))
        top, bottom = _span(rng.random(count), sides[0], height)
        left, right = _span(rng.random(count), sides[1], width)
        covered = np.flatnonzero(rng.random(count) < self.factor * rng.random(count))
        noise = NormalNoise(rng, len(covered), shape)

        def change(x: Inputs, first: int) -> None:
            start, end = np.searchsorted(covered, (first, first + len(x))).tolist()
            cover = self._cover(noise, start, end - start)
            for image, place in enumerate(covered[start:end].tolist()):
                box = slice(top[place], bottom[place]), slice(left[place], right[place])
                x[place - first][box] = cover[image][box]

        return change

    def _cover(self, noise: NormalNoise, first: int, count: int) -> Floats:
        """Return what ``count`` images are covered with, as bright as pixels can be."""
        if self.fill == "noise":
            return noise(first, count).clip(0, 1)
        return np.zeros((count, *noise.shape), np.float32)


def _span(
    start: NDArray[np.float64], share: NDArray[np.float64], size: int
) -> tuple[list[int], list[int]]:
    """Return the first pixels and the ends of lengths that lie anywhere within ``size``."""
    length = share * size
    first = start * (size - length)
    ends = np.ceil(first + length).astype(int)
    return np.ceil(first).astype(int).tolist(), ends.tolist()
