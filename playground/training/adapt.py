"""The end of a network made to fit the data: as many outputs as there are answers."""

from __future__ import annotations

import dataclasses
from contextlib import suppress

from playground.data.augmentations import Augmentation
from playground.data.dataset import Dataset
from playground.errors import ShapeError
from playground.nn.activations import ActivationFunction, Linear, Sigmoid, Softmax
from playground.nn.arrays import Shape
from playground.nn.layers import Layer
from playground.nn.layers.auxiliary import AuxiliaryOutput
from playground.nn.layers.dense import Dense
from playground.nn.layers.embedding import Embedding
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
    """Return the project with its outputs and its loss made to fit the data.

    What else is for other data is left out: class weights, metrics, augmentation.

    Hidden layers stay as they are; a Flatten is put before the first Dense if images come in.
    """
    activation, loss = head_for(dataset)
    head = Dense(units=dataset.outputs, activation=activation)
    *hidden, last = _ending_with(head, _beginning_for(dataset, project.model)).layers
    hidden = _flattened([_with_heads(head, layer) for layer in hidden], dataset.input_shape)
    model = Sequential((*hidden, last))
    metrics = tuple(metric for metric in project.metrics if metric.fits(len(dataset.classes)))
    return dataclasses.replace(
        project,
        model=model,
        loss=loss,
        class_weights=_fitting(project.class_weights, dataset),
        metrics=metrics,
        augmentation=tuple(a for a in project.augmentation if _is_for(a, dataset)),
    )


def _is_for(augmentation: Augmentation, dataset: Dataset) -> bool:
    try:
        augmentation.check(dataset)
    except ShapeError:
        return False
    return True


def _beginning_for(dataset: Dataset, model: Sequential) -> Sequential:
    """Return the layers with a row for every token of a text in an ``Embedding`` at the front."""
    if dataset.language is None:
        return model
    first, *others = model.layers or (None,)
    if first is None or isinstance(first, Dense):
        return Sequential((*embedded(dataset.language.inputs), *model.layers))
    if not isinstance(first, Embedding):
        return model
    return Sequential((dataclasses.replace(first, input_dim=dataset.language.inputs), *others))


def embedded(tokens: int) -> tuple[Layer, ...]:
    """Return the layers that a network for a text begins with."""
    return Embedding(input_dim=tokens, output_dim=16), Flatten()


def _fitting(weights: ClassWeights, dataset: Dataset) -> ClassWeights:
    """Return the class weights, or none if they are for other classes."""
    try:
        weights.factors(dataset)
    except ShapeError:
        return NoClassWeights()
    return weights


def _ending_with(head: Dense, chain: Sequential) -> Sequential:
    """Return the layers with the outputs of ``head``; how its weights begin is kept."""
    *hidden, last = chain.layers or (head,)
    if not isinstance(last, Dense):
        return Sequential((*chain.layers, head))
    last = dataclasses.replace(last, units=head.units, activation=head.activation)
    return Sequential((*hidden, last))


def _with_heads(head: Dense, layer: Layer) -> Layer:
    """Return the layer with such outputs wherever, at any depth, it has an output of its own."""
    chains = tuple(
        Sequential(tuple(_with_heads(head, inner) for inner in chain.layers))
        for chain in layer.chains
    )
    if isinstance(layer, AuxiliaryOutput):
        chains = tuple(_ending_with(head, chain) for chain in chains)
    return layer.with_chains(chains)


def _flattened(layers: list[Layer], shape: Shape) -> list[Layer]:
    """Return the layers with a Flatten where images would meet a Dense layer."""
    fitting: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Dense) and len(shape) == 3:
            fitting.append(Flatten())
            shape = Flatten().output_shape(shape)
        fitting.append(layer)
        with suppress(ShapeError):  # a layer that does not fit is not ours to mend
            shape = layer.output_shape(shape)
    return [*fitting, Flatten()] if len(shape) > 1 else fitting
