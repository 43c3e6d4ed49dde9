"""From labelled images to a data set: its classes, its balanced parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset, Examples, Scaling, part_name
from playground.data.image_set import Labels, Rows, balanced_parts, check_classes
from playground.data.progress import Progress, part
from playground.errors import DataError
from playground.language import grouped, tr


class LabelledImages(Protocol):
    """Images still in their files, of which the labels are known."""

    @property
    def name(self) -> str:
        """What errors call them."""

    @property
    def labels(self) -> Labels:
        """The label of each."""

    def take(self, rows: list[Rows], progress: Progress) -> list[Examples]:
        """Return these images, with ``y`` their labels and ``rows`` their numbers."""


@dataclass(frozen=True)
class Division:
    """How images are divided: at most so many to train on, and the shares of the other parts.

    A share does not count where there are files of their own for the part.
    """

    examples: int
    validation: float
    test: float
    seed: int


@dataclass(frozen=True)
class ImageParts:
    """The images for training and, where they have files of their own, for the other parts."""

    train: LabelledImages
    validation: LabelledImages | None = None
    test: LabelledImages | None = None

    @property
    def others(self) -> list[LabelledImages]:
        """Those besides training that have files of their own."""
        return [images for images in (self.validation, self.test) if images is not None]


def load_parts(
    title: str,
    images: ImageParts,
    division: Division,
    progress: Progress,
    *,
    names: Mapping[int, str] | None = None,
    white: int = 255,
) -> Dataset:
    """Read the images that are wanted, every class alike in every part.

    ``names`` are those of the labels, without which each is named for itself. An example's
    ``rows`` goes on from the training images to those of the other files.
    """
    classes = _classes(title, images, names)
    shares = {
        name: getattr(division, name)
        for name in ("validation", "test")
        if getattr(images, name) is None
    }
    rows = balanced_parts(
        images.train.labels, division.examples, tuple(shares.values()), division.seed
    )
    taken = images.train.take(rows, part(progress, 0, 0.9 if images.others else 1))
    parts = dict(zip(("train", *shares), taken, strict=True))
    first = len(images.train.labels)
    for name in ("validation", "test"):
        others: LabelledImages | None = getattr(images, name)
        if others is not None:
            [whole] = others.take([np.arange(len(others.labels))], part(progress, 0.9, 1))
            parts[name] = replace(whole, rows=whole.rows + first)
            first += len(others.labels)
    _check_shapes(title, parts)
    train, validation, test = (
        _numbered(parts[name], classes) for name in ("train", "validation", "test")
    )
    return Dataset(
        title,
        train,
        validation,
        test,
        classes=tuple(names[k] if names else str(k) for k in classes.tolist()),
        scaling=Scaling(np.zeros(1), np.full(1, float(white))),
    )


def _classes(title: str, images: ImageParts, names: Mapping[int, str] | None) -> NDArray[np.int64]:
    """Return the labels of the training images in order; those of all images must be among them."""
    classes = np.unique(images.train.labels)
    check_classes(title, classes)
    known = np.array(sorted(names), np.int64) if names else classes
    for one in (images.train, *images.others):
        strange = ~np.isin(one.labels, known if one is images.train else classes)
        if strange.any():
            row = int(strange.argmax())
            fits = (
                tr("{0} to {1}").format(known.min(), known.max())
                if names
                else tr("those of the training images")
            )
            raise DataError(
                tr(
                    "{name}: image {0} has the label {1}, and the labels are {fits}; choose "
                    "labels that belong to these images."
                ).format(grouped(row + 1), one.labels[row], name=one.name, fits=fits)
            )
    return classes


def _check_shapes(title: str, parts: Mapping[str, Examples]) -> None:
    for name, examples in parts.items():
        if examples.input_shape != parts["train"].input_shape:
            raise DataError(
                tr(
                    "{title}: the images for training and {name} differ in size; choose files "
                    "that belong together. Received: {input_shape} and {examples_input_shape}."
                ).format(
                    title=title,
                    name=part_name(name),
                    input_shape=parts["train"].input_shape,
                    examples_input_shape=examples.input_shape,
                )
            )


def _numbered(examples: Examples, classes: NDArray[np.int64]) -> Examples:
    """Return the examples with the number of their class in place of their label."""
    return replace(examples, y=np.searchsorted(classes, examples.y))
