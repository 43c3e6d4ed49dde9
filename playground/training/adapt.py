"""The end of a network made to fit the data: as many outputs as there are answers."""

from __future__ import annotations

import dataclasses

from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.nn.activations import ActivationFunction, Linear, Sigmoid, Softmax
from playground.nn.layers import Layer
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.losses import BinaryCrossentropy, CategoricalCrossentropy, Loss, MeanSquaredError
from playground.nn.model import Sequential
from playground.training.class_weights import ClassWeights, NoClassWeights
from playground.training.project import Project


def head_for(dataset: Dataset) -> tuple[ActivationFunction, Loss]:
    """Return the output activation and the loss that go with this data."""
    if not dataset.is_classification:
        return Linear(), MeanSquaredError()
    if dataset.outputs == 1:
        return Sigmoid(), BinaryCrossentropy()
    return Softmax(), CategoricalCrossentropy()


def adapted(project: Project, dataset: Dataset) -> Project:
    """Return the project with its last layer, its loss and its class weights made to fit the data.

    Hidden layers stay as they are; a Flatten is put before the first Dense if images come in.
    """
    activation, loss = head_for(dataset)
    layers = list(project.model.layers)
    old = layers.pop() if layers and isinstance(layers[-1], Dense) else None
    last = old if isinstance(old, Dense) else Dense()
    last = dataclasses.replace(last, units=dataset.outputs, activation=activation)
    layers = _flattened(layers, dataset)
    model = Sequential((*layers, last))
    return dataclasses.replace(
        project, model=model, loss=loss, class_weights=_fitting(project.class_weights, dataset)
    )


def _fitting(weights: ClassWeights, dataset: Dataset) -> ClassWeights:
    """Return the class weights, or none if they are for other classes."""
    try:
        weights.factors(dataset)
    except ShapeError:
        return NoClassWeights()
    return weights


def _flattened(layers: list[Layer], dataset: Dataset) -> list[Layer]:
    """Return the layers with a Flatten where images would meet a Dense layer."""
    images = len(dataset.input_shape) == 3
    fitting: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Dense) and images:
            fitting.append(Flatten())
        images = images and not isinstance(layer, (Dense, Flatten))
        fitting.append(layer)
    return [*fitting, Flatten()] if images else fitting
