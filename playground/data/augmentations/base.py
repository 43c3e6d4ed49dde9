"""What an augmentation is, and how several of them are drawn for a batch."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from playground.component import Component
from playground.data.augmentations.resampling import AffineMaps, Inputs, Shape, resample
from playground.data.dataset import DataKind, Dataset
from playground.errors import ShapeError
from playground.language import tr

Change = Callable[[Inputs, int], None]
"""Changes ``(n, *input_shape)`` inputs of a batch in place; the number is the first one's place."""


@dataclass(frozen=True)
class Augmentation(Component, family=True):
    """A random change that leaves the answer as it is, anew for each example and step.

    Names, factors and distributions are those of Keras's layers for it. Only training batches are
    changed.
    """

    title: ClassVar[str]
    """What menus call it."""

    @abstractmethod
    def check(self, dataset: Dataset) -> None:
        """Raise ``ShapeError``, in words that say the mend, if it is not for such inputs."""

    @abstractmethod
    def draw(self, rng: np.random.Generator, count: int, shape: Shape) -> AffineMaps | Change:
        """Draw what is done to each of ``count`` examples of this shape."""


@dataclass(frozen=True)
class ImageAugmentation(Augmentation, abstract=True):
    """One that only images can have."""

    def check(self, dataset: Dataset) -> None:
        if dataset.kind is not DataKind.IMAGES:
            raise ShapeError(
                tr(
                    "{name} is for images, and an example of this data is {input_shape}; take it "
                    "out, or use RandomNoise for numbers."
                ).format(name=type(self).__name__, input_shape=dataset.input_shape)
            )


def draw_change(
    augmentations: Sequence[Augmentation], key: tuple[int, ...], count: int, shape: Shape
) -> Change:
    """Draw what is done to the ``count`` examples of a batch, one augmentation after another.

    Each has its own stream of random numbers, which follows from ``key``. It draws for the whole
    batch at once, so that the same is done however the batch is dealt out to threads. Movements
    that follow each other are one: the pixels are interpolated once.
    """
    steps: list[AffineMaps | Change] = []
    for number, augmentation in enumerate(augmentations):
        drawn = augmentation.draw(np.random.default_rng((*key, number)), count, shape)
        last = steps[-1] if steps else None
        if isinstance(drawn, AffineMaps) and isinstance(last, AffineMaps) and last.joins(drawn):
            steps[-1] = last.then(drawn)
        else:
            steps.append(drawn)

    def change(x: Inputs, first: int) -> None:
        for step in steps:
            if isinstance(step, AffineMaps):
                resample(x, step.matrices[first : first + len(x)], step.fill_mode)
            else:
                step(x, first)

    return change
