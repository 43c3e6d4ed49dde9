"""The playground's own side: the core's two calls alone, or all that a run does in a step."""

from dataclasses import replace

import numpy as np

import playground
from playground.data.dataset import Dataset, Examples
from playground.nn.layers.dropout import Dropout
from playground.nn.model import Sequential
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.training.run import Run
from tests.benchmarks.inputs import ShuffledRows, noise, start_weight

VERSIONS = {"playground": playground.__version__, "numpy": np.__version__}


def classes(x, labels):
    """Return a data set of ten classes, all for training."""
    none = Examples(x[:0], labels[:0])
    return Dataset("Digits", Examples(x, labels), none, none, classes=tuple("0123456789"))


def numbers(x, targets):
    """Return a data set of one number to predict, all for training."""
    none = Examples(x[:0], targets[:0])
    return Dataset("Points", Examples(x, targets), none, none, targets=("y",))


def weights_for(model, input_shape):
    """Return the weights that all sides begin with, and where they lie in a flat vector."""
    weights = model.build(input_shape, np.random.default_rng(0))
    for path, array in model.by_path(weights).items():
        array[...] = start_weight(path, array.shape)
    layout = Layout(model, weights)
    return layout, layout.flatten(weights)


class Core:
    """``Plan.gradients`` and ``Optimizer.update``, on shuffled rows of data in memory."""

    versions = VERSIONS

    def __init__(self, project, dataset):
        self.examples = project.batch_size
        self._project, self._x = project, dataset.train.x
        *_, (outputs,) = project.model.shapes(dataset.input_shape)
        self._targets = dataset.targets_for(dataset.train, outputs)
        self._layout, self._flat = weights_for(project.model, dataset.input_shape)
        self._plan = self._planned(project.model)
        self._slots = project.optimizer.make_slots(self._flat[: self._layout.trained])
        permutation = np.random.default_rng(0).permutation
        self._rows = ShuffledRows(len(self._x), project.batch_size, permutation)
        self._step = 0

    def _planned(self, model):
        views = self._layout.views(self._flat)
        return Plan(model, self._project.loss, self._x.shape[1:], views)

    def check(self):
        plan = self._planned(without_dropout(self._project.model))
        rows = np.arange(self.examples)
        x = self._x if self._x.ndim == 2 else noise((self.examples, *self._x.shape[1:]))
        batch = Batch(x, self._targets, rows)
        loss, outputs = plan.gradients(batch, (0,))
        link = self._project.loss.link
        gradient = self._project.model.by_path(self._layout.views(plan.gradient))
        measured = {
            name for name, place in self._layout_places().items() if place >= self._layout.trained
        }
        return {
            "loss": np.asarray(loss),
            "outputs": link()(outputs) if link else outputs,
            **{path: array for path, array in gradient.items() if path not in measured},
        }

    def _layout_places(self):
        """Return where each weight begins in the flat vector."""
        marked = np.arange(self._layout.size, dtype=np.float64)
        paths = self._project.model.by_path(self._layout.views(marked))
        return {path: int(array.flat[0]) for path, array in paths.items()}

    def run(self, steps):
        optimizer, trained = self._project.optimizer, self._layout.trained
        weights, rate = self._flat[:trained], optimizer.learning_rate
        for _ in range(steps):
            batch = Batch(self._x, self._targets, self._rows.next())
            self._plan.gradients(batch, (0, self._step))
            self._step += 1
            gradient = self._plan.gradient[:trained]
            optimizer.update(weights, gradient, self._slots, self._step, rate)
        return steps


class WholeRun:
    """``Run.train_step``: that, and the metric, the curves, the watch over the loss."""

    versions = VERSIONS

    def __init__(self, project, dataset):
        self.examples = project.batch_size
        self._core = Core(project, dataset)
        self._run = Run(project, dataset)

    def check(self):
        return self._core.check()

    def run(self, steps):
        for _ in range(steps):
            if self._run.train_step():
                raise RuntimeError("The run diverged: its speed says nothing.")
        return steps


def without_dropout(model):
    """Return the model with nothing random in it."""
    return Sequential(
        tuple(
            replace(layer, rate=0.0) if isinstance(layer, Dropout) else layer
            for layer in model.layers
        )
    )
