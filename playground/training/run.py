"""One run of a network over its data, one mini-batch at a time."""

from __future__ import annotations

import itertools
import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from playground.data.dataset import Dataset, Examples
from playground.nn.arrays import Array
from playground.nn.metrics import Metric
from playground.nn.mini_batch import MiniBatch
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.training.class_weights import example_weights
from playground.training.history import Curves, History
from playground.training.measure import Backlog, Measure
from playground.training.memory import Memory
from playground.training.project import Project, check_fit, metric_for, other_metrics
from playground.training.snapshot import Divergence
from playground.training.state import RunState

GOOD_EVERY = 25
"""Steps between two states that a diverged run may go back to."""
EXPLODED = 1e6
"""A loss this many times the first one has diverged, though it may still be finite."""


class Draw(IntEnum):
    """What random numbers are for: each use has its own stream, so none disturbs another."""

    WEIGHTS = 0
    ORDER = 1
    LAYERS = 2


class Run:
    """The weights of a project's network, the optimizer's memory, the counters and the curves.

    Raises ``ShapeError`` at the start if network, loss and data do not fit.
    """

    _ids = itertools.count(1)

    def __init__(self, project: Project, dataset: Dataset, state: RunState | None = None) -> None:
        check_fit(project, dataset)
        self.id = next(Run._ids)
        self.project = project
        self.dataset = dataset
        self.metric = metric_for(dataset)
        self._measure = Measure(project.loss, dataset)
        rng = np.random.default_rng((project.seed, Draw.WEIGHTS))
        first = project.model.build(dataset.input_shape, rng)
        *_, (outputs,) = project.model.shapes(dataset.input_shape)
        self._targets = dataset.targets_for(dataset.train, outputs)
        self._example_weights = example_weights(project.class_weights, dataset)
        self._layout = Layout(project.model, first)
        self.first_weights = self._layout.frozen_copy(self._layout.flatten(first))
        state = state or RunState(weights=self.first_weights, slots={})
        self._flat = self._layout.flatten(state.weights)
        self.weights = self._layout.views(self._flat)
        slots = {name: self._layout.flatten(slot) for name, slot in state.slots.items()}
        self._memory = Memory(slots, state.optimizer, state.memory_steps)
        self.step, self.epoch, self.position = state.step, state.epoch, state.position
        self.history = History.of(state.curves)
        self._backlog = self._new_backlog()
        self._prepare()
        self._order, self._order_epoch = np.arange(0), -1
        self.good, self._good_loss, self._recent_loss = state, math.inf, 0.0
        self._first_loss = math.inf  # of the first step with this loss function

    def _prepare(self) -> None:
        """Lay out the work of a step for the project as it is now."""
        project, dataset, trained = self.project, self.dataset, self._layout.trained
        plan = Plan(project.model, project.loss, dataset.input_shape, self.weights)
        none = Batch(dataset.train.x, self._targets, np.arange(0))
        self._batch = MiniBatch(plan, self._flat[:trained], none, key=())
        self._statistics = self._flat[trained:]
        self._hand_memory_over()

    def _hand_memory_over(self) -> None:
        """Give the optimizer its memory; of the statistics behind the weights it gets nothing."""
        self._memory = self._memory.handed_to(self.project.optimizer, self._flat)
        trained = self._layout.trained
        self._slots = {name: slot[:trained] for name, slot in self._memory.slots.items()}

    @property
    def passes(self) -> float:
        """Passes over the training examples so far; 1.5 is halfway through the second."""
        return self.epoch + self.position / len(self.dataset.train)

    def follow(self, project: Project) -> None:
        """Take over an edit that keeps the weights: from the next batch on it holds."""
        check_fit(project, self.dataset)
        self._catch_up()
        old, self.project = self.project, project
        if old.class_weights != project.class_weights:
            self._example_weights = example_weights(project.class_weights, self.dataset)
            self._first_loss = math.inf  # other weights, another measure
        if old.loss != project.loss:
            self._prepare()
            self._first_loss = math.inf
        elif old.optimizer != project.optimizer:
            self._hand_memory_over()
        self._measure = Measure(project.loss, self.dataset)
        self._backlog = self._new_backlog()

    def state(self) -> RunState:
        """Return a copy of all that training changes."""
        return RunState(
            weights=self.frozen_weights(),
            slots={
                name: self._layout.frozen_copy(slot) for name, slot in self._memory.slots.items()
            },
            optimizer=self._memory.owner,
            memory_steps=self._memory.steps,
            step=self.step,
            epoch=self.epoch,
            position=self.position,
            curves=self.curves(),
        )

    def frozen_weights(self) -> tuple[dict[str, Array], ...]:
        """Return a read-only copy of the weights."""
        return self._layout.frozen_copy(self._flat)

    def train_step(self) -> Divergence | None:
        """Train on the next mini-batch: forward, loss, backward, update.

        If the loss or a gradient is not finite, or the loss has grown beyond all measure, nothing
        is changed and the reason is returned.
        """
        if self.step == 0:
            self._validate()
        rows = self._next_rows()
        batch, optimizer = self._batch, self.project.optimizer
        batch.key = (self.project.seed, Draw.LAYERS, self.step)
        batch.rows = Batch(self.dataset.train.x, self._targets, rows, self._example_weights)
        statistics = self._statistics.copy()
        loss, outputs = optimizer.look(batch)
        problem = self._problem(loss)
        if problem:
            self._statistics[:] = statistics
            return self._divergence(problem)
        self._memory.steps += 1
        optimizer.move(batch, self._slots, self._memory.steps, optimizer.rate)
        self.step += 1
        self.position += len(rows)
        self._record(loss, outputs, rows)
        if self.position >= len(self.dataset.train):
            self.epoch, self.position = self.epoch + 1, 0
            self._validate()
        return None

    def curves(self) -> Curves:
        """Return what has been measured until now."""
        self._catch_up()
        return self.history.curves()

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What is measured: what people read for this kind of data, then the project's own."""
        return self.metric, *other_metrics(self.project, self.dataset)

    def evaluate(self, examples: Examples) -> tuple[float, dict[Metric, float]]:
        """Return the mean loss and all metrics over a part of the data; nan if it is empty."""
        metrics = self.metrics
        if not len(examples):
            return math.nan, dict.fromkeys(metrics, math.nan)
        targets = self.dataset.targets_for(examples, self._targets.shape[1])
        whole = Batch.whole(examples.x, targets, examples.weights)
        loss, outputs = self._batch.plan.evaluate(whole)
        return loss, self._measure.figures(metrics, outputs, targets)

    def _next_rows(self) -> NDArray[np.intp]:
        """Return the rows of the next batch; every epoch has its own order."""
        if self._order_epoch != self.epoch:
            key = (self.project.seed, Draw.ORDER, self.epoch)
            self._order = np.random.default_rng(key).permutation(len(self.dataset.train))
            self._order_epoch = self.epoch
        return self._order[self.position : self.position + self.project.batch_size]

    def _problem(self, loss: float) -> str:
        """Return what is wrong with the step just computed; nothing if it is sound."""
        if not math.isfinite(loss):
            return "became NaN" if math.isnan(loss) else "became infinite"
        gradient = self._batch.gradient
        if not math.isfinite(np.dot(gradient, gradient)):  # dot() warns of no overflow
            return "has a gradient that is not finite"
        if math.isinf(self._first_loss):
            self._first_loss = max(1.0, loss)
        return "grew a million-fold" if loss > EXPLODED * self._first_loss else ""

    def _divergence(self, problem: str) -> Divergence:
        optimizer = self.project.optimizer
        rate, name = optimizer.rate, optimizer.rate_name.replace("_", " ").capitalize()
        cause = (
            f"The loss {problem} at step {self.step + 1}. {name} {rate:g} is too high: "
            "the weights overshoot and grow at every step."
        )
        return Divergence(self.step + 1, self.good.step, cause, float(f"{rate / 10:.1g}"))

    def _new_backlog(self) -> Backlog:
        return Backlog(self.metric, self._measure, self._targets, self.project.batch_size)

    def _catch_up(self) -> None:
        """Measure the batches that wait for it."""
        self.history.metric.extend(self._backlog.take())

    def _record(self, loss: float, outputs: Array, rows: NDArray[np.intp]) -> None:
        self.history.epoch.append(self.passes)
        self.history.loss.append(loss)
        if not self._backlog.has_room(len(rows)):
            self._catch_up()
        self._backlog.add(outputs, rows)
        self._recent_loss += loss / GOOD_EVERY
        if self.step % GOOD_EVERY == 0:
            if self._recent_loss <= 2 * self._good_loss:
                self.good = self.state()
                self._good_loss = min(self._recent_loss, self._good_loss)
            self._recent_loss = 0.0

    def _validate(self) -> None:
        if len(self.dataset.validation):
            loss, figures = self.evaluate(self.dataset.validation)
            first = figures.pop(self.metric)
            others = {metric.key: figure for metric, figure in figures.items()}
            self.history.add_validation(float(self.epoch), loss, first, others)
