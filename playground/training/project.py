"""Everything the user chose, in one immutable value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import Component, param
from playground.data.augmentations import Augmentation
from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.data.sources.points import Spiral
from playground.errors import ShapeError
from playground.nn.activations import Softmax
from playground.nn.layers.base import Head
from playground.nn.layers.embedding import Embedding
from playground.nn.losses import BinaryCrossentropy, Loss
from playground.nn.metrics import Accuracy, MeanMetric, Metric, RootMeanSquaredError
from playground.nn.model import Sequential
from playground.nn.optimizers import Adam, Optimizer
from playground.nn.schedules import Constant, Schedule
from playground.nn.threads import physical_cores
from playground.training.class_weights import ClassWeights, NoClassWeights
from playground.training.inspection import checked
from playground.training.stopping import NoEarlyStopping, NoTarget, Stopping, Target


@dataclass(frozen=True)
class Project(Component):
    """The document: equal projects train equally. Undo keeps old ones; saving writes one."""

    title: str = param("Untitled", doc="Shown in the title bar and the gallery.")
    source: DataSource = param(Spiral(), doc="Where the examples come from.")
    model: Sequential = param(Sequential(), doc="The network.")
    loss: Loss = param(BinaryCrossentropy(), doc="What training makes small.")
    class_weights: ClassWeights = param(
        NoClassWeights(), doc="How much the training examples of each class count."
    )
    metrics: tuple[Metric, ...] = param(
        (), doc="What is measured on the validation part besides accuracy or RMSE."
    )
    optimizer: Optimizer = param(Adam(), doc="How a gradient changes the weights.")
    schedule: Schedule = param(Constant(), doc="How the learning rate changes as training goes on.")
    early_stopping: Stopping = param(
        NoEarlyStopping(), doc="Whether training ends when nothing is gained any more."
    )
    target: Target = param(NoTarget(), doc="Whether training ends when it is good enough.")
    epochs: int = param(10, low=1, high=1_000_000, doc="Passes over the training examples.")
    batch_size: int = param(32, low=1, high=65_536, log=True, doc="Examples in one step.")
    seed: int = param(
        42, low=0, high=2**31 - 1, doc="Fixes the first weights, the order and the dropout."
    )
    threads: int = param(
        physical_cores(), low=1, high=64, doc="Cores at work. Their number decides the rounding."
    )
    augmentation: tuple[Augmentation, ...] = param(
        (), doc="How the examples of a training batch are changed, one after another."
    )
    inspected: tuple[int, ...] = param(
        (), low=0, doc="Numbers of the examples, in their source, that are followed in training."
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "inspected", checked(self.inspected))


def check_fit(project: Project, dataset: Dataset) -> None:
    """Raise ``ShapeError``, in words that say the mend, if network, loss and data do not fit."""
    if not project.model.layers:
        raise ShapeError("The network has no layer; add a Dense layer to begin.")
    *_, output = project.model.shapes(dataset.input_shape)
    if len(output) != 1:
        raise ShapeError(
            f"The network ends with images, {output}; put a Flatten and a Dense layer at its end."
        )
    dataset.targets_for(dataset.train.take(np.arange(0)), output[0])
    _check_tokens(project.model, dataset)
    project.class_weights.factors(dataset)
    for augmentation in project.augmentation:
        augmentation.check(dataset)
    for metric in project.metrics:
        _check_metric(metric, dataset)
    _check_loss(project, dataset, output[0])
    end = Head(output, project.model.output_activation)
    _check_heads(project.model.heads(dataset.input_shape), end)


def _check_tokens(model: Sequential, dataset: Dataset) -> None:
    """Raise ``ShapeError`` if an ``Embedding`` lacks rows for the tokens of a text."""
    first, language = model.layers[0], dataset.language
    if language and isinstance(first, Embedding) and first.input_dim < language.inputs:
        raise ShapeError(
            f"Layer 1: Embedding has rows for {first.input_dim:,} tokens, and this text has "
            f"{language.inputs:,}; give it input_dim {language.inputs}, or choose a smaller "
            "vocabulary."
        )


def _check_loss(project: Project, dataset: Dataset, outputs: int) -> None:
    """Raise ``ShapeError`` if the loss is not for this end of the network or for this data."""
    link, activation = project.loss.link, project.model.output_activation
    loss = type(project.loss).__name__
    if link is not None and not isinstance(activation, link):
        raise ShapeError(
            f"{loss} needs probabilities: give the last layer the {link.__name__} activation, or "
            f"choose another loss. Received: {type(activation).__name__}."
        )
    if project.loss.for_classes and not dataset.is_classification:
        raise ShapeError(f"{loss} is for classes, and this data has numbers; use MeanSquaredError.")
    if link is Softmax and outputs == 1:
        raise ShapeError(
            f"{loss} needs an output for each class; give the last layer {len(dataset.classes)}, "
            "or choose Sigmoid and BinaryCrossentropy. Received: 1."
        )


def _check_heads(heads: list[Head], end: Head) -> None:
    for head in heads:
        if head != end:
            raise ShapeError(
                "An AuxiliaryOutput must end as the network does, with "
                f"{type(end.activation).__name__} outputs {end.shape}; change its last layer. "
                f"Received: {type(head.activation).__name__} outputs {head.shape}."
            )


def _check_metric(metric: Metric, dataset: Dataset) -> None:
    if not metric.fits(len(dataset.classes)):
        kind = f"{len(dataset.classes)} classes" if dataset.classes else "numbers"
        raise ShapeError(f"{metric!r} says nothing about {kind}; take it out of the metrics.")


def other_metrics(project: Project, dataset: Dataset) -> tuple[Metric, ...]:
    """Return what is measured besides ``metric_for``, each once."""
    first = metric_for(dataset)
    return tuple(metric for metric in dict.fromkeys(project.metrics) if metric != first)


def metric_for(dataset: Dataset) -> MeanMetric:
    """Return the figure that people read for this kind of data."""
    return Accuracy() if dataset.is_classification else RootMeanSquaredError()
