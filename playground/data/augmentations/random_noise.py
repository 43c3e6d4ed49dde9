"""Noise on every number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.data.augmentations.base import Augmentation, Change
from playground.data.augmentations.normal_noise import NormalNoise
from playground.data.augmentations.resampling import Inputs, Shape
from playground.data.dataset import DataKind, Dataset
from playground.errors import ShapeError
from playground.language import tr


@dataclass(frozen=True)
class RandomNoise(Augmentation):
    """Add a normally distributed number to every pixel or column, as Keras's GaussianNoise.

    A pixel goes from 0 to 1; a column counts as it is after its scaling.
    """

    title = "Noise"

    stddev: float = param(0.1, low=0.0, high=1.0, doc="Standard deviation of the noise.")

    def check(self, dataset: Dataset) -> None:
        if dataset.kind is DataKind.TEXT:
            raise ShapeError(
                tr(
                    "RandomNoise is for numbers that mean a quantity, and the inputs of this data "
                    "are words; take it out."
                )
            )

    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> Change:
        noise, stddev = NormalNoise(rng, count, shape), np.float32(self.stddev)

        def change(x: Inputs, first: int) -> None:
            x += stddev * noise(first, len(x))

        return change
