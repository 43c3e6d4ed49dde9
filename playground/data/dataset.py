"""Examples in memory, split for training, validation and test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from playground.data.plane import PlaneInputs
from playground.errors import DataError, ShapeError
from playground.language import Told, tr, tr_n

if TYPE_CHECKING:
    from playground.data.tables.columns import Column
    from playground.data.texts.language import Language

Floats = NDArray[np.float32]
MOST_ONE_HOT = 64
"""Classes, beyond which the targets of a loss are class numbers rather than one-hot rows."""
ScalingMethod = Literal["none", "unit", "standard"]
"""As it is; from 0 to 1; with mean 0 and deviation 1."""


class DataKind(Enum):
    """What the inputs are, and so how the window shows them."""

    CURVE = "curve"  # one number: y over x
    POINTS = "points"  # the plane: two numbers, and one answer
    TABLE = "table"  # any other number of numbers
    IMAGES = "images"  # (height, width, channels)
    TEXT = "text"  # as many numbers of tokens as a context has


@dataclass(frozen=True, eq=False)
class Examples:
    """Inputs and answers, row by row. The arrays are made read-only.

    ``x``: ``(n, *input_shape)`` float32. ``y``: class numbers ``(n,)`` int64, or for regression
    ``(n, targets)`` float32.
    """

    x: Floats
    y: NDArray[Any]
    weights: Floats | None = None
    """How much each example counts in the loss, ``(n,)``; None if all count 1."""
    rows: NDArray[np.intp] = field(default_factory=lambda: np.arange(0))
    """Which example of the source each is, ``(n,)``, whatever the split; 0, 1, ... if left out."""
    points: Floats | None = None
    """Where each lies in the plane ``(n, 2)``, if ``x`` only follows from that."""

    def __post_init__(self) -> None:
        if not len(self.rows):
            object.__setattr__(self, "rows", np.arange(len(self.x)))
        if len(self.x) != len(self.y):
            raise DataError(
                tr("There are {0} inputs but {1} answers.").format(len(self.x), len(self.y))
            )
        if self.weights is not None and self.weights.shape != (len(self.x),):
            raise DataError(
                tr(
                    "There are {0} examples, so as many weights are needed. Received: {shape}."
                ).format(len(self.x), shape=self.weights.shape)
            )
        if len(self.rows) != len(self.x):
            raise DataError(
                tr("There are {0} inputs but {1} row numbers.").format(len(self.x), len(self.rows))
            )
        for array in (self.x, self.y, self.weights, self.rows, self.points):
            if array is not None:
                array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.x)

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of one input."""
        return self.x.shape[1:]

    def take(self, rows: NDArray[np.intp]) -> Examples:
        """Return a copy of some of the examples."""
        weights = None if self.weights is None else self.weights[rows]
        points = None if self.points is None else self.points[rows]
        return Examples(self.x[rows], self.y[rows], weights, self.rows[rows], points)


@dataclass(frozen=True, eq=False)
class Scaling:
    """What was done to each input column: ``(raw - offset) / scale``, arrays ``(columns,)``.

    In float64: a column of dates in seconds loses its minutes in float32.
    """

    offset: NDArray[np.float64]
    scale: NDArray[np.float64]
    methods: tuple[ScalingMethod, ...] = ()
    """How each column was measured, for those who show it; empty if nobody said."""

    @classmethod
    def none(cls, columns: int) -> Scaling:
        """Return the scaling that changes nothing."""
        return cls(np.zeros(columns), np.ones(columns), _repeated("none", columns))

    @classmethod
    def joined(cls, scalings: Sequence[Scaling]) -> Scaling:
        """Return the scaling of columns that were scaled one by one."""
        return cls(
            np.concatenate([scaling.offset for scaling in scalings]),
            np.concatenate([scaling.scale for scaling in scalings]),
            tuple(chain.from_iterable(scaling.methods for scaling in scalings)),
        )

    @classmethod
    def fitted(cls, method: ScalingMethod, x: NDArray[np.floating]) -> Scaling:
        """Return the scaling of a method for the columns of ``x`` ``(n, columns)``."""
        if method == "none":
            return cls.none(x.shape[1])
        return cls.standardizing(x) if method == "standard" else cls.unit(x)

    @classmethod
    def standardizing(cls, x: NDArray[np.floating]) -> Scaling:
        """Return the scaling that gives the columns of ``x`` mean 0 and deviation 1.

        A constant column is only centred.
        """
        deviation = x.std(axis=0, dtype=np.float64)
        varies = deviation > 1e-12 * np.abs(x).max(axis=0)  # more than rounding makes of a constant
        scale = np.where(varies, deviation, 1.0)
        return cls(x.mean(axis=0, dtype=np.float64), scale, _repeated("standard", len(scale)))

    @classmethod
    def unit(cls, x: NDArray[np.floating]) -> Scaling:
        """Return the scaling that makes the least value of a column 0 and the greatest 1.

        A constant column becomes 0.
        """
        low, high = x.min(axis=0).astype(np.float64), x.max(axis=0).astype(np.float64)
        scale = np.where(high > low, high - low, 1.0)
        return cls(low, scale, _repeated("unit", len(scale)))

    @property
    def changes(self) -> bool:
        """Whether any column is not as it was."""
        return bool(self.offset.any() or (self.scale != 1).any())

    def apply(self, raw: NDArray[np.floating]) -> Floats:
        """Return the scaled columns."""
        return ((raw - self.offset) / self.scale).astype(np.float32)

    def invert(self, scaled: NDArray[np.floating]) -> Floats:
        """Return the columns in their own units."""
        return (scaled * self.scale + self.offset).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Everything known about the data of a project.

    ``classes`` are the names of the classes, empty for regression. ``features`` names the input
    columns (empty for images), ``targets`` the columns to predict.
    """

    title: str
    train: Examples
    validation: Examples
    test: Examples
    classes: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    scaling: Scaling | None = None
    target_scaling: Scaling | None = None
    told: tuple[Told, ...] = ()
    """Sentences the user should know, such as how many rows were left out and why."""
    columns: tuple[Column, ...] = ()
    """All columns of the file, unscaled; ``Examples.rows`` are their rows. Empty for others."""
    language: Language | None = None
    """Of a text: what its tokens are. The inputs are their numbers, the classes are its words."""
    plane: PlaneInputs | None = None
    """How the inputs follow from the ``points`` of the examples; None if ``x`` says it all."""
    lacking: Told | None = None
    """What is still missing before there is anything to learn; None if nothing is."""

    def __post_init__(self) -> None:
        if not len(self.train) and not self.lacking:
            raise DataError(
                tr("{title}: there is no example to train on.").format(title=self.title)
            )

    @property
    def notes(self) -> tuple[str, ...]:
        """What is told, in the language in force."""
        return tuple(note() for note in self.told)

    @property
    def lack(self) -> str:
        """What is still missing, in words that say the mend; empty if nothing is."""
        return self.lacking() if self.lacking else ""

    @property
    def input_shape(self) -> tuple[int, ...]:
        """The shape of one input."""
        return self.train.input_shape

    @property
    def is_classification(self) -> bool:
        """Whether the answer is a class rather than a number."""
        return bool(self.classes)

    @property
    def kind(self) -> DataKind:
        """What the inputs are."""
        if self.language is not None:
            return DataKind.TEXT
        if len(self.input_shape) == 3:
            return DataKind.IMAGES
        has_one_answer = self.is_classification or len(self.targets) == 1
        if self.plane is not None or (self.input_shape == (2,) and has_one_answer):
            return DataKind.POINTS
        if self.input_shape == (1,) and not self.is_classification and len(self.targets) <= 1:
            return DataKind.CURVE
        return DataKind.TABLE

    @property
    def axes(self) -> tuple[str, str]:
        """The names of the axes of a plane that all examples lie in."""
        across, up = ("x", "y") if self.plane else self.features[:2]
        return across, up

    def points_of(self, examples: Examples) -> Floats:
        """Return where examples lie in the plane, ``(n, 2)``."""
        return examples.x if examples.points is None else examples.points

    def inputs_at(self, points: Floats) -> Floats:
        """Return the inputs ``(n, *input_shape)`` that belong to points of the plane."""
        return points if self.plane is None else self.plane(points)

    @property
    def outputs(self) -> int:
        """How many outputs a network for this data ends with by default."""
        if not self.is_classification:
            return len(self.targets)
        return (
            1 if len(self.classes) == 2 and self.kind is not DataKind.IMAGES else len(self.classes)
        )

    def targets_for(self, examples: Examples, outputs: int) -> NDArray[Any]:
        """Return the answers as the loss wants them, ``(n, outputs)``.

        Classes become one-hot rows, or for one output 0 and 1. More than ``MOST_ONE_HOT`` of them
        stay class numbers ``(n,)``: 100,000 examples of 5,000 words would take 2 GB. Raises
        ``ShapeError`` if the network's last layer does not fit.
        """
        if not self.is_classification:
            self._check_numbers(outputs)
            return examples.y.astype(np.float32, copy=False)
        if outputs == 1 and len(self.classes) == 2:
            return examples.y[:, None].astype(np.float32)
        if outputs != len(self.classes):
            text = tr(
                "The last layer has {outputs} outputs, but there are {classes} classes; give it "
                "{classes}."
            )
            raise ShapeError(text.format(outputs=outputs, classes=len(self.classes)))
        if outputs > MOST_ONE_HOT:
            return examples.y
        one_hot: Floats = np.eye(outputs, dtype=np.float32)[examples.y]
        return one_hot

    def _check_numbers(self, outputs: int) -> None:
        wanted = len(self.targets)
        if outputs != wanted:
            text = tr_n(
                "The last layer has {outputs} outputs, but there is 1 number to predict; give it "
                "1.",
                "The last layer has {outputs} outputs, but there are {wanted} to predict; give it "
                "{wanted}.",
                wanted,
            )
            raise ShapeError(text.format(outputs=outputs, wanted=wanted))


def part_name(part: str) -> str:
    """Return what people call a part of the data: train, validation or test."""
    return {"train": tr("train"), "validation": tr("validation"), "test": tr("test")}[part]


def _repeated(method: ScalingMethod, columns: int) -> tuple[ScalingMethod, ...]:
    return (method,) * columns


def split_rows(
    labels: NDArray[np.int64] | None, count: int, shares: tuple[float, float], seed: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """Return the shuffled row numbers for training, validation and test.

    ``shares`` are those of validation and test. With ``labels`` each class is split alike
    (stratified), as exactly as whole rows allow, and has a row in each part that has a share if
    it has enough of them; its only row is for training. Raises ``DataError`` if nothing is left
    for training.
    """
    check_shares(shares)
    validation_share, test_share = shares
    order = np.random.default_rng(seed).permutation(count)
    ends = test_share, test_share + validation_share
    if labels is None:
        first, second = (_cut(count, end) for end in ends)
        return order[second:], order[first:second], order[:first]
    part = np.zeros(count, np.int8)
    wanted = [0, *(k for k, share in enumerate(shares, 1) if share)]
    for k in np.unique(labels):
        group = order[labels[order] == k]
        first, second = (_cut(len(group), end) for end in ends)
        part[group[:first]], part[group[first:second]] = 2, 1
        _spread(part, group, wanted)
    train, validation, test = (order[part[order] == k] for k in range(3))
    return train, validation, test


def _cut(count: int, share: float) -> int:
    """Return how many of ``count`` equal steps from 0 to 1 have their middle below the share."""
    cut = round(count * share)
    while cut > 0 and (cut - 0.5) / count >= share:
        cut -= 1
    while cut < count and (cut + 0.5) / count < share:
        cut += 1
    return cut


def _spread(part: NDArray[np.int8], group: NDArray[np.intp], wanted: list[int]) -> None:
    """Give each wanted part a row of the group, from the part with most of them if it has two."""
    for k in wanted:
        counts = np.bincount(part[group], minlength=3)
        most = counts.argmax()
        if not counts[k] and (counts[most] > 1 or k == 0):
            part[group[part[group] == most][-1]] = k


def check_shares(shares: tuple[float, float]) -> None:
    """Raise ``DataError`` if the shares of validation and test leave nothing for training."""
    if sum(shares) >= 1:
        raise DataError(
            tr(
                "The shares for validation and test leave nothing to train on; make them smaller. "
                "Received: {0:g} and {1:g}."
            ).format(shares[0], shares[1])
        )
