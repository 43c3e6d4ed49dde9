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
from playground.language import grouped, tr, tr_n
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
        raise ShapeError(tr("The network has no layer; add a Dense layer to begin."))
    *_, output = project.model.shapes(dataset.input_shape)
    if len(output) != 1:
        raise ShapeError(
            tr(
                "The network ends with images, {output}; put a Flatten and a Dense layer at its "
                "end."
            ).format(output=output)
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
            tr(
                "Layer 1: Embedding has rows for {input_dim} tokens, and this text has {inputs}; "
                "give it input_dim {language_inputs}, or choose a smaller vocabulary."
            ).format(
                input_dim=grouped(first.input_dim),
                inputs=grouped(language.inputs),
                language_inputs=language.inputs,
            )
        )


def _check_loss(project: Project, dataset: Dataset, outputs: int) -> None:
    """Raise ``ShapeError`` if the loss is not for this end of the network or for this data."""
    link, activation = project.loss.link, project.model.output_activation
    loss = type(project.loss).__name__
    if link is not None and not isinstance(activation, link):
        raise ShapeError(
            tr(
                "{loss} needs probabilities: give the last layer the {name} activation, or choose "
                "another loss. Received: {0}."
            ).format(type(activation).__name__, loss=loss, name=link.__name__)
        )
    if project.loss.for_classes and not dataset.is_classification:
        raise ShapeError(
            tr("{loss} is for classes, and this data has numbers; use MeanSquaredError.").format(
                loss=loss
            )
        )
    if link is Softmax and outputs == 1:
        raise ShapeError(
            tr(
                "{loss} needs an output for each class; give the last layer {0}, or choose "
                "Sigmoid and BinaryCrossentropy. Received: 1."
            ).format(len(dataset.classes), loss=loss)
        )


def _check_heads(heads: list[Head], end: Head) -> None:
    for head in heads:
        if head != end:
            raise ShapeError(
                tr(
                    "An AuxiliaryOutput must end as the network does, with {name} outputs "
                    "{shape}; change its last layer. Received: {0} outputs {head_shape}."
                ).format(
                    type(head.activation).__name__,
                    name=type(end.activation).__name__,
                    shape=end.shape,
                    head_shape=head.shape,
                )
            )


def _check_metric(metric: Metric, dataset: Dataset) -> None:
    if not metric.fits(len(dataset.classes)):
        count = len(dataset.classes)
        classes = tr_n("{0} class", "{0} classes", count).format(count)
        kind = classes if count else tr("numbers")
        raise ShapeError(
            tr("{metric!r} says nothing about {kind}; take it out of the metrics.").format(
                metric=metric, kind=kind
            )
        )


def other_metrics(project: Project, dataset: Dataset) -> tuple[Metric, ...]:
    """Return what is measured besides ``metric_for``, each once."""
    first = metric_for(dataset)
    return tuple(metric for metric in dict.fromkeys(project.metrics) if metric != first)


def metric_for(dataset: Dataset) -> MeanMetric:
    """Return the figure that people read for this kind of data."""
    return Accuracy() if dataset.is_classification else RootMeanSquaredError()
