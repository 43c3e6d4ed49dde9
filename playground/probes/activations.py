"""What every layer answers: to one example, and for flat inputs over a whole plane of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.nn.arrays import Array, Shape
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, activations_at, shapes_at
from playground.probes.base import Probe
from playground.probes.extent import extent, plane_grid
from playground.training.snapshot import Snapshot

MOST_INPUTS = 32
"""A slice through more inputs than this says little about a network."""
MOST_UNITS = 512
"""Of all layers together, beyond which no window could show their maps."""
LOOKED_AT = 2000
"""Examples that decide where the plane lies."""


@dataclass(frozen=True, eq=False)
class Plane:
    """What every neuron answers over one or two of the inputs, the others kept as in the example.

    Where all inputs follow from a point of the plane, ``axes`` are its two coordinates.

    ``maps`` are those of each layer by its path, and of the inputs by ``()``: ``(resolution,
    resolution, units)`` with the greatest second input in the first row, or for one input
    ``(resolution, units)``.
    """

    axes: tuple[int, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    maps: Mapping[LayerPath, Array]


@dataclass(frozen=True, eq=False)
class Outputs:
    """The answers of every layer to one example, without the batch axis."""

    model: Sequential
    row: int
    """Which one it is, as ``example_at`` counts them."""
    x: Array
    y: Array
    """Its class number or, for regression, its targets ``(targets,)``."""
    answers: Mapping[LayerPath, Array]
    """What each layer answers, by its path; the example itself by ``()``."""
    plane: Plane | None


@dataclass(frozen=True)
class Activations(Probe):
    """Answer with the ``Outputs`` for one example, at once: it takes only forward passes."""

    example: int = param(0, low=0, doc="Which example, as the views count them.")
    resolution: int = param(48, low=2, high=256, doc="Points along each side of a neuron's map.")

    def compute(self, snapshot: Snapshot) -> Iterator[Outputs]:
        shapes = shapes_at(snapshot.model, snapshot.input_shape)
        number = max(min(self.example, example_count(snapshot.dataset) - 1), 0)
        x, y = _example(snapshot.dataset, number)
        answers = activations_at(snapshot.model, snapshot.weights, x[None])
        yield Outputs(
            model=snapshot.model,
            row=number,
            x=x,
            y=y,
            answers={path: answer[0] for path, answer in answers.items()},
            plane=self._plane(snapshot, x) if has_plane(shapes) else None,
        )

    def _plane(self, snapshot: Snapshot, x: Array) -> Plane:
        if snapshot.dataset.plane is not None:
            return self._whole_plane(snapshot)
        axes = plane_axes(snapshot.dataset)
        low, high = _extent(snapshot.dataset, axes)
        grid = _grid(x, axes, low, high, self.resolution)
        answers = activations_at(snapshot.model, snapshot.weights, grid.reshape(-1, len(x)))
        maps = {path: answer.reshape(*grid.shape[:-1], -1) for path, answer in answers.items()}
        return Plane(axes, tuple(low.tolist()), tuple(high.tolist()), maps)

    def _whole_plane(self, snapshot: Snapshot) -> Plane:
        """Return the answers over the plane that all inputs follow from."""
        (low, high), side = extent(snapshot.dataset), self.resolution
        inputs = snapshot.dataset.inputs_at(plane_grid(low, high, side))
        answers = activations_at(snapshot.model, snapshot.weights, inputs)
        maps = {path: answer.reshape(side, side, -1) for path, answer in answers.items()}
        return Plane((0, 1), low, high, maps)


def _example(dataset: Dataset, number: int) -> tuple[Array, Array]:
    """Return an example, or zeros where there is none yet."""
    if not example_count(dataset):
        return np.zeros(dataset.input_shape, np.float32), np.zeros((), dataset.train.y.dtype)
    examples, row = example_at(dataset, number)
    return examples.x[row], np.asarray(examples.y[row])


def shown_examples(dataset: Dataset) -> Examples:
    """Return the examples that ``Selection.example`` counts first."""
    return dataset.validation if len(dataset.validation) else dataset.train


def example_at(dataset: Dataset, number: int) -> tuple[Examples, int]:
    """Return the part and the row there that ``Selection.example`` means.

    After the examples of ``shown_examples`` it counts those of the other parts, training first.
    """
    for part in _counted(dataset):
        if number < len(part):
            return part, number
        number -= len(part)
    raise IndexError(f"There is no example {number} after the last one.")


def example_number(dataset: Dataset, part: Examples, row: int) -> int:
    """Return the number by which ``example_at`` finds a row of one of the parts."""
    parts = _counted(dataset)
    before = parts[: next(i for i, known in enumerate(parts) if known is part)]
    return sum(map(len, before)) + row


def example_count(dataset: Dataset) -> int:
    """Return how many examples all parts have."""
    return sum(map(len, _counted(dataset)))


def _counted(dataset: Dataset) -> list[Examples]:
    first = shown_examples(dataset)
    parts = (dataset.train, dataset.validation, dataset.test)
    return [first, *(part for part in parts if part is not first)]


def plane_axes(dataset: Dataset) -> tuple[int, ...]:
    """Return the one or two inputs to look along: all, or the two that tell most of the answer.

    An input tells more of a class the more its variance lies between the classes, and of a
    number the stronger their correlation.
    """
    columns = dataset.input_shape[0]
    if columns <= 2:
        return tuple(range(columns))
    x, y = dataset.train.x[:LOOKED_AT], dataset.train.y[:LOOKED_AT]
    centred = x - x.mean(axis=0)
    if dataset.is_classification:
        groups = [centred[y == label] for label in np.unique(y)]
        told = sum(len(group) * group.mean(axis=0) ** 2 for group in groups)
    else:
        told = (centred.T @ (y[:, 0] - y[:, 0].mean())) ** 2
    share = told / (np.square(centred).sum(axis=0) + 1e-12)
    first, second = sorted(np.argsort(-share, kind="stable")[:2].tolist())
    return first, second


def has_plane(shapes: Mapping[LayerPath, Shape]) -> bool:
    """Return whether a network with these shapes, by ``shapes_at``, is looked at over a plane."""
    flat = all(len(shape) == 1 for shape in shapes.values())
    units = sum(shape[0] for shape in shapes.values())
    return flat and shapes[()][0] <= MOST_INPUTS and units <= MOST_UNITS


def _extent(dataset: Dataset, axes: tuple[int, ...]) -> tuple[Array, Array]:
    """Return where the training inputs lie along the axes, with a margin."""
    x = dataset.train.x[:LOOKED_AT, list(axes)]
    if not len(x):
        return -np.ones(len(axes), np.float32), np.ones(len(axes), np.float32)
    low, high = x.min(axis=0), x.max(axis=0)
    margin = np.maximum(0.05 * (high - low), 1e-3)
    return low - margin, high + margin


def _grid(x: Array, axes: tuple[int, ...], low: Array, high: Array, side: int) -> Array:
    """Return inputs like ``x`` that vary along the axes, ``(side, side, inputs)``."""
    grid = np.empty((side,) * len(axes) + x.shape, x.dtype)
    grid[...] = x
    grid[..., axes[0]] = np.linspace(low[0], high[0], side)
    if len(axes) == 2:
        grid[..., axes[1]] = np.linspace(high[1], low[1], side)[:, None]
    return grid
