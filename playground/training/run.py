"""One run of a network over its data, one mini-batch at a time."""

from __future__ import annotations

import itertools
import math
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from playground.data.augmentations import Change, draw_change
from playground.data.dataset import Dataset, Examples
from playground.language import tr
from playground.nn.metrics import MeanMetric, Metric
from playground.nn.mini_batch import MiniBatch
from playground.nn.model import ModelWeights
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.nn.progress import Progress
from playground.training.class_weights import example_weights
from playground.training.history import Curves
from playground.training.inspection import followed
from playground.training.measure import Backlog, Measure
from playground.training.memory import Memory
from playground.training.project import Project, check_fit, metric_for, other_metrics
from playground.training.recorder import Recorder
from playground.training.shelf import Key, key_of
from playground.training.snapshot import Divergence
from playground.training.state import RunState
from playground.training.watch import Best, Stop, Watch

GOOD_EVERY = 25
"""Steps between two states that a diverged run may go back to."""
MOST_OUTPUTS = 2**24
"""Numbers that are put out at once when a part of the data is measured: 64 MB."""
EXPLODED = 1e6
"""A loss this many times the first one has diverged, though it may still be finite."""


class Draw(IntEnum):
    """What random numbers are for: each use has its own stream, so none disturbs another."""

    WEIGHTS = 0
    ORDER = 1
    LAYERS = 2
    AUGMENTATION = 3


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
        rng = np.random.default_rng((project.seed, Draw.WEIGHTS))
        first = project.model.build(dataset.input_shape, rng)
        self._take_targets()
        self._layout = Layout(project.model, first)
        self._first = self._layout.flatten(first)
        self._first.flags.writeable = False
        state = state or RunState(weights=self._layout.views(self._first), slots={})
        self._flat = self._layout.flatten(state.weights)
        slots = {name: self._layout.flatten(slot) for name, slot in state.slots.items()}
        self._memory = Memory(slots, state.optimizer, state.memory_steps)
        self.step, self.epoch, self.position = state.step, state.epoch, state.position
        best = Best(self._layout.flatten(state.best), state.best_epoch) if state.best else None
        self._watch = Watch(state.watched_since, best)
        self._measure = Measure(project.loss, dataset)
        self._followed = followed(dataset, project.inspected)
        self._recorder = Recorder(state.curves, state.sums, self._new_backlog())
        self.good, self._good_loss, self._recent_loss = state, math.inf, 0.0
        self._begin_order()
        self._prepare()

    def _take_targets(self) -> None:
        """Take over the answers of the data."""
        *_, (self._outputs,) = self.project.model.shapes(self.dataset.input_shape)
        self._targets = self.dataset.targets_for(self.dataset.train, self._outputs)

    def _begin_order(self) -> None:
        """Go on in the order of the data as it is now, where fewer are left at the last example."""
        self._order, self._order_epoch = np.arange(0), -1
        last = max(len(self.dataset.train) - 1, 0)
        if self.position > last:
            self._recorder.shrink(last / self.position)
            self.position = last

    def _prepare(self) -> None:
        """Lay out the work of a step for the project as it is now."""
        project, dataset, trained = self.project, self.dataset, self._layout.trained
        self._example_weights = example_weights(project.class_weights, dataset)
        self.weights = self._layout.views(self._flat)
        self.first_weights = self._layout.views(self._first)
        plan = Plan(project.model, project.loss, dataset.input_shape, self.weights, project.threads)
        none = Batch(dataset.train.x, self._targets, np.arange(0))
        self._batch = MiniBatch(plan, self._flat[:trained], none, key=())
        self._statistics = self._flat[trained:]
        self._first_loss = math.inf  # of the first step that is measured in this way
        self._follow_lightly()

    def _follow_lightly(self) -> None:
        """Take over the settings that a step looks up anyway."""
        self._memory = self._memory.handed_to(self.project.optimizer, self._flat)
        trained = self._layout.trained  # of the statistics behind them the optimizer gets nothing
        self._slots = {name: slot[:trained] for name, slot in self._memory.slots.items()}
        self._scores = self._recorder.scores(self.metric)
        self._watch.follow(self.project, len(self._scores))

    @property
    def passes(self) -> float:
        """Passes over the training examples so far; 1.5 is halfway through the second."""
        return self.epoch + self.position / max(len(self.dataset.train), 1)

    @property
    def rate(self) -> float:
        """The rate for the next batch: the optimizer's own, changed by the schedule."""
        progress = Progress(self.passes, self.project.epochs, self._scores)
        return self.project.schedule(self.project.optimizer.rate, progress)

    def key(self, project: Project, dataset: Dataset) -> Key:
        """Return what must not change in an edit if the run is to go on with its weights."""
        if (project.model, dataset.input_shape) != (self.project.model, self.dataset.input_shape):
            return key_of(project, dataset)
        return project.source, project.seed, self._layout.signature

    def follow(self, project: Project, dataset: Dataset) -> None:
        """Take over an edit that keeps the weights: from the next batch on it holds."""
        check_fit(project, dataset)
        old, self.project = self.project, project
        is_new, self.dataset = dataset is not self.dataset, dataset
        if old.model != project.model:
            by_layer = project.model.by_layer(old.model.by_path(self.weights))
            self._layout = Layout(project.model, by_layer)
        self._measure = Measure(project.loss, dataset)
        if is_new:
            self._take_targets()
        self._recorder.change(self._new_backlog())
        if is_new:
            self._begin_order()
        if is_new or _work(old) != _work(project):
            self._prepare()
        else:
            self._follow_lightly()
        if is_new or old.inspected != project.inspected:
            self._followed = followed(dataset, project.inspected)
        if self.step and not self.position:
            self._look_anew(old)

    def _look_anew(self, old: Project) -> None:
        """Measure after an epoch what an edit asks for: it need not wait for the next one."""
        if old.metrics != self.project.metrics:
            self._validate()
        if old.inspected != self.project.inspected:
            self._inspect()

    def state(self) -> RunState:
        """Return a copy of all that training changes."""
        best = self._watch.best
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
            sums=self._recorder.sums(),
            watched_since=self._watch.since,
            best=self._layout.frozen_copy(best.flat) if best else None,
            best_epoch=best.epoch if best else 0,
            curves=self.curves(),
        )

    def frozen_weights(self) -> ModelWeights:
        """Return a read-only copy of the weights."""
        return self._layout.frozen_copy(self._flat)

    def train_step(self) -> Divergence | Stop | None:
        """Train on the next mini-batch; return why to stop now, if so.

        If the loss or a gradient is not finite, or the loss has grown beyond all measure, nothing
        is changed.
        """
        if self.step == 0:
            self._validate()
            self._inspect()
        rows, rate = self._next_rows(), self.rate
        batch, optimizer = self._batch, self.project.optimizer
        batch.key = (self.project.seed, Draw.LAYERS, self.step)
        change = self._change(len(rows))
        batch.rows = Batch(self.dataset.train.x, self._targets, rows, self._example_weights, change)
        statistics = self._statistics.copy()
        loss, outputs = optimizer.look(batch)
        problem = self._problem(loss)
        if problem:
            self._statistics[:] = statistics
            return self._divergence(problem, rate)
        self._memory.steps += 1
        accepted = optimizer.move(batch, self._slots, self._memory.steps, rate)
        self.step += 1
        self.position += len(rows)
        self._recorder.add_step((self.passes, loss, rate, accepted), outputs, rows)
        self._keep_good(loss)
        return self._end_epoch() if self.position >= len(self.dataset.train) else None

    def curves(self) -> Curves:
        """Return what has been measured until now."""
        return self._recorder.curves()

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """What is measured: what people read for this kind of data, then the project's own."""
        return self.metric, *other_metrics(self.project, self.dataset)

    def evaluate(self, examples: Examples) -> tuple[float, dict[Metric, float]]:
        """Return the mean loss and all metrics over a part of the data; nan if it is empty."""
        metrics = self.metrics
        if not len(examples):
            return math.nan, dict.fromkeys(metrics, math.nan)
        targets = self.dataset.targets_for(examples, self._outputs)
        whole = Batch.whole(examples.x, targets, examples.weights)
        means = tuple(metric for metric in metrics if isinstance(metric, MeanMetric))
        at_once = MOST_OUTPUTS // self._outputs
        if len(examples) > at_once and means == metrics:
            return self._measure.in_parts(means, self._batch.plan, whole, at_once)
        loss, outputs = self._batch.plan.evaluate(whole)
        return loss, self._measure.figures(metrics, outputs, targets)

    def _change(self, count: int) -> Change | None:
        """Draw what is done to the inputs of the next batch."""
        if not self.project.augmentation:
            return None
        key = (self.project.seed, Draw.AUGMENTATION, self.step)
        return draw_change(self.project.augmentation, key, count, self.dataset.input_shape)

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
            return tr("became NaN") if math.isnan(loss) else tr("became infinite")
        gradient = self._batch.gradient
        with np.errstate(over="ignore", invalid="ignore"):
            size = float(np.dot(gradient, gradient))
        if not math.isfinite(size):
            return tr("has a gradient that is not finite")
        if math.isinf(self._first_loss):
            self._first_loss = max(1.0, loss)
        return tr("grew a million-fold") if loss > EXPLODED * self._first_loss else ""

    def _divergence(self, problem: str, rate: float) -> Divergence:
        optimizer = self.project.optimizer
        name = optimizer.rate_label
        cause = tr(
            "The loss {problem} at step {0}. {name} {rate:.3g} is too high: the weights "
            "overshoot and grow at every step."
        ).format(self.step + 1, problem=problem, name=name, rate=rate)
        lower = float(f"{optimizer.rate / 10:.1g}")
        return Divergence(self.step + 1, self.good.step, cause, lower)

    def _new_backlog(self) -> Backlog:
        batch_size = self.project.batch_size
        return Backlog(self.metric, self._measure, self._targets, self._outputs, batch_size)

    def _keep_good(self, loss: float) -> None:
        """Keep the state to go back to, now and then, unless the loss is rising."""
        self._recent_loss += loss / GOOD_EVERY
        if self.step % GOOD_EVERY == 0:
            if self._recent_loss <= 2 * self._good_loss:
                self.good = self.state()
                self._good_loss = min(self._recent_loss, self._good_loss)
            self._recent_loss = 0.0

    def _end_epoch(self) -> Stop | None:
        """Measure, and see whether it is enough."""
        self.epoch, self.position = self.epoch + 1, 0
        self._recorder.end_epoch(len(self.dataset.train))
        self._validate()
        self._inspect()
        self._scores = self._recorder.scores(self.metric)
        stop = self._watch.look(self.project, self._scores, self.metric, self._flat)
        if stop and stop.restored:
            self._flat[:] = stop.restored.flat
        return stop

    def _validate(self) -> None:
        if len(self.dataset.validation):
            loss, figures = self.evaluate(self.dataset.validation)
            first = figures.pop(self.metric)
            others = {metric.key: figure for metric, figure in figures.items()}
            self._recorder.add_validation(float(self.epoch), loss, first, others)

    def _inspect(self) -> None:
        """Enter what the network makes of the inspected examples by now."""
        numbers, examples = self._followed.numbers, self._followed.examples
        if numbers and self._recorder.traces.wants(self.epoch):
            targets = self.dataset.targets_for(examples, self._outputs)
            _, outputs = self._batch.plan.evaluate(Batch.whole(examples.x, targets))
            answers = self._measure.answers(outputs, examples.y)
            self._recorder.traces.add(self.epoch, dict(zip(numbers, answers.tolist(), strict=True)))


def _work(project: Project) -> tuple[object, ...]:
    """Return the settings that a plan is laid out for."""
    return project.model, project.loss, project.class_weights, project.threads
