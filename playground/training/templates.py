"""A sensible first project for data of the user's own."""

from __future__ import annotations

from playground.data.dataset import DataKind, Dataset
from playground.data.sources import DataSource
from playground.nn.activations import ReLU, Tanh
from playground.nn.layers import Layer
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.metrics import Perplexity
from playground.nn.model import Sequential
from playground.nn.optimizers import Adam
from playground.training.adapt import embedded, head_for
from playground.training.project import Project

_STEPS = 2000
"""About as many optimizer steps as a small network needs to settle."""
_SMOOTH = (DataKind.POINTS, DataKind.CURVE)
_SMALLEST_HALVED = 8
"""Pixels: below this a convolution and a pooling would leave nothing to look at."""


def project_for(source: DataSource, dataset: Dataset) -> Project:
    """Return a project that learns this data within a minute or so, to begin with.

    The network grows with the rows, so that it has something to learn each weight from, and with
    the columns. A table gets ReLU, points and curves the smoother tanh, images convolutions, a
    text an embedding.
    """
    activation, loss = head_for(dataset)
    head = Dense(units=dataset.outputs, activation=activation)
    rows = len(dataset.train)
    batch_size, epochs, rate = _pace(dataset.kind, rows)
    metrics = (Perplexity(),) if dataset.kind is DataKind.TEXT else ()
    return Project(
        title=dataset.title,
        source=source,
        model=Sequential((*_hidden(dataset), head)),
        loss=loss,
        metrics=metrics,
        optimizer=Adam(learning_rate=rate),
        epochs=epochs,
        batch_size=batch_size,
    )


def _pace(kind: DataKind, rows: int) -> tuple[int, int, float]:
    """Return batch size, epochs and learning rate."""
    if kind is DataKind.IMAGES:
        batch_size = _by_size(rows, (8, 32, 64, 128))
        return batch_size, _between(12, round(500 * batch_size / max(rows, 1)), 100), 0.001
    if kind is DataKind.TEXT:
        batch_size = _by_size(rows, (16, 32, 64, 128))
        return batch_size, _between(3, round(_STEPS * batch_size / rows), 20), 0.003
    if kind in _SMOOTH:
        return 32, _between(10, round(2 * _STEPS * 32 / max(rows, 1)), 500), 0.03
    batch_size = _by_size(rows, (16, 32, 64, 128))
    epochs = _between(10, round(_STEPS * batch_size / rows), 200)
    return batch_size, epochs, 0.01 if rows < 20_000 else 0.001


def _hidden(dataset: Dataset) -> tuple[Layer, ...]:
    rows = len(dataset.train)
    if dataset.kind is DataKind.IMAGES:
        return _convolutions(dataset.input_shape)
    if dataset.language is not None:
        layer, drop = (
            Dense(units=_by_size(rows, (32, 64, 96, 128)), activation=ReLU()),
            Dropout(0.3),
        )
        return (*embedded(dataset.language.inputs), drop, layer, drop)
    if dataset.kind in _SMOOTH:
        return Dense(units=16, activation=Tanh()), Dense(units=16, activation=Tanh())
    columns = dataset.input_shape[0]
    units = max(_by_size(rows, (8, 16, 32, 64)), _between(0, columns // 16 * 8, 128))
    layer = Dense(units=units, activation=ReLU())
    return (layer,) if rows < 500 else (layer, layer)


def _convolutions(input_shape: tuple[int, ...]) -> tuple[Layer, ...]:
    """Return Keras's simple convnet, with one stage fewer or none for images too small for it."""
    layers: list[Layer] = []
    side = min(input_shape[:2])
    for filters in (32, 64):
        if side >= _SMALLEST_HALVED:
            layers += [Conv2D(filters=filters, activation=ReLU()), MaxPooling2D()]
            side = (side - 2) // 2
    if not layers:
        return Flatten(), Dense(units=64, activation=ReLU())
    return (*layers, Flatten(), Dropout(rate=0.5))


def _by_size(rows: int, choices: tuple[int, int, int, int]) -> int:
    """Return the choice for a few hundred, a few thousand, ten thousand, or more rows."""
    return choices[sum(rows >= limit for limit in (500, 2000, 10_000))]


def _between(low: int, value: int, high: int) -> int:
    return min(max(value, low), high)
