"""Images that the user draws one by one, of classes that the user names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from playground.component import Pair, param
from playground.data.dataset import Dataset, Examples, Floats, Scaling
from playground.data.images.drawing import Drawing
from playground.data.progress import Progress, unwatched
from playground.data.sources.drawn_source import parts_of
from playground.data.sources.image_source import ImageSource
from playground.errors import ConfigError
from playground.language import Told, grouped, tr

MOST = 5_000
"""Drawings that a project may hold."""


@dataclass(frozen=True)
class MyDrawings(ImageSource):
    """Your own drawings: name the classes, draw some of each in the Draw view, and train."""

    title: ClassVar[str] = "Your own drawings"
    instant: ClassVar[bool] = True

    names: tuple[str, ...] = param(
        ("circle", "square", "triangle"), doc="The classes, with commas between them."
    )
    size: Pair = param((28, 28), low=8, high=64, doc="Height and width of the images in pixels.")
    validation_split: float = param(
        0.2, low=0.0, high=0.8, doc="Share of the drawings kept aside to check the training."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(set(self.names)) < max(2, len(self.names)) or "" in self.names:
            raise ConfigError(
                tr("MyDrawings.names must be two different names at least. Received: {0}.").format(
                    ", ".join(self.names) or tr("none")
                )
            )
        strange = [one.label for one in self.drawn if one.label not in self.names]
        if strange:
            raise ConfigError(
                tr("There are drawings of {0!r}; remove them, or name it.").format(strange[0])
            )
        if len({*(one.size for one in self.drawn), self.size}) > 1:
            raise ConfigError(
                tr("There are drawings of another size; remove them, or keep theirs.")
            )
        if len(self.drawn) > MOST:
            raise ConfigError(
                tr("At most {most} drawings are kept; remove some.").format(most=grouped(MOST))
            )

    @classmethod
    def begun_from(cls, drawn: tuple[Drawing, ...]) -> MyDrawings:
        """Return a set of its own made of drawings of two classes at least."""
        return cls(
            names=tuple(dict.fromkeys(one.label for one in drawn)), size=drawn[0].size, drawn=drawn
        )

    def load(self, progress: Progress = unwatched) -> Dataset:
        return self.images(progress)

    def images(self, progress: Progress) -> Dataset:
        labels = np.array([self.names.index(one.label) for one in self.drawn], np.int64)
        x = np.zeros((len(self.drawn), *self.size, 1), np.float32)
        for place, one in enumerate(self.drawn):
            x[place, :, :, 0] = one.image()
        parts = parts_of(_places(labels), (self.validation_split, 0.0), self.seed)
        train, validation, test = (_part(x, labels, parts == k) for k in range(3))
        progress(1.0)
        return Dataset(
            self.title,
            train,
            validation,
            test,
            classes=self.names,
            scaling=Scaling(np.zeros(1), np.full(1, 255.0)),
            lacking=_lacking(train, self.names),
        )


def _places(labels: NDArray[np.int64]) -> NDArray[np.intp]:
    """Return how many drawings of its class come before each one."""
    places = np.zeros(len(labels), np.intp)
    for label in np.unique(labels):
        here = labels == label
        places[here] = np.arange(here.sum())
    return places


def _part(x: Floats, labels: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Examples:
    return Examples(x[chosen], labels[chosen], rows=np.flatnonzero(chosen))


def _lacking(train: Examples, names: tuple[str, ...]) -> Told | None:
    """Return what is missing before there is something to learn."""
    present = np.unique(train.y).tolist()
    if len(present) > 1:
        return None
    if len(present) == 1:
        return lambda: tr(
            "All drawings to train on are of {0}. Draw some of another class: there is "
            "nothing to tell apart yet."
        ).format(names[present[0]])
    return lambda: tr(
        "There are no drawings to train on yet. Draw in the Draw view, choose the class, "
        "press Add to training; a few of each class are enough to begin with."
    )
