"""The open project, its undo history and its training thread."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.errors import PlaygroundError, ShapeError
from playground.exporters import exporter_for
from playground.gui.loader import Loader, Receiver
from playground.gui.selection import Selection
from playground.gui.undo import UndoHistory
from playground.training.adapt import adapted
from playground.training.inspection import same_examples, toggled
from playground.training.project import Project, check_fit
from playground.training.right_of_way import RightOfWay
from playground.training.snapshot import Snapshot, Status
from playground.training.state import RunState
from playground.training.storage import Saved, fitting_state, load_project, save_project
from playground.training.trainer import Trainer
from playground.training.worker import TrainingThread

Gate = Callable[[Callable[[], bool]], None]
"""Begins another project: now, later, or not at all. What it is given says whether it succeeded."""
ANSWER_SECONDS = 30
"""How long saving waits for the training thread, which answers between two batches."""


def at_once(start: Callable[[], bool]) -> None:
    """Begin now, whatever becomes of the present work."""
    start()


class Session(QObject):
    """The one place where the interface changes anything.

    It does nothing by itself: ``poll``, called by the frame timer, brings the news.
    """

    project_changed = Signal(Project)
    dataset_changed = Signal(Dataset)
    selection_changed = Signal(Selection)
    opened = Signal()
    saved = Signal(str)
    failed = Signal(str)
    closing = Signal()
    """The threads still answer."""
    advised = Signal(str)
    """What is missing before there is anything to train on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project: Project | None = None
        self.dataset: Dataset | None = None
        self.snapshot: Snapshot | None = None
        self.selection = Selection()
        self.path: Path | None = None
        self.loader = Loader()
        self.way = RightOfWay()
        self._history = UndoHistory()
        self._saved: tuple[Project | None, int] = (None, 0)
        self._thread: TrainingThread | None = None
        self._retired: list[TrainingThread] = []

    # Opening and saving

    def open(
        self,
        project: Project,
        *,
        state: RunState | None = None,
        path: Path | None = None,
        play: bool = False,
        gate: Gate = at_once,
        unsaved: bool = False,
    ) -> None:
        """Load the project's data and show it; until then, or if it fails, nothing changes.

        ``gate`` is passed once the data is there: it may ask what becomes of the present work.
        ``unsaved`` says that closing it would lose something from the first moment on.
        """

        def show(dataset: Dataset) -> None:
            fitting = project if project.model.layers else adapted(project, dataset)
            run = fitting_state(Saved(fitting, state), dataset)

            def start() -> None:
                self._start(fitting, dataset, run, path)
                if unsaved:
                    self._saved = (None, 0)
                if play:
                    self.play()

            gate(lambda: self._try(start))

        self._load(project.source, show)

    def open_file(self, path: Path, gate: Gate = at_once) -> None:
        """Open a project file; ``failed`` says why if it cannot be read."""

        def read() -> None:
            saved = load_project(path)
            self.open(saved.project, state=saved.state, path=path, gate=gate)

        self._try(read)

    def open_source(
        self,
        source: DataSource,
        make_project: Callable[[DataSource, Dataset], Project],
        gate: Gate = at_once,
    ) -> None:
        """Load data of the user's own and open the project that ``make_project`` makes for it."""

        def show(dataset: Dataset) -> None:
            project = make_project(source, dataset)
            gate(lambda: self._try(lambda: self._start(project, dataset, None, None)))

        self._load(source, show)

    def save(self, path: Path) -> bool:
        """Write the project and its run to a file; return whether that succeeded."""
        project, answer = self.project, self.ask_state()
        if project is None:
            return False
        state = answer.result(ANSWER_SECONDS)
        if not self._try(lambda: save_project(path, project, state)):
            return False
        self.path = path
        self._saved = (project, state.step if state else 0)
        self.saved.emit(str(path))
        return True

    def ask_state(self) -> Future[RunState | None]:
        """Ask the training thread for all that a file keeps of the run, if there is one to keep.

        The weights of a network that does not fit the data are of another one: there are none.
        """
        if self._thread and self._fits:
            return self._thread.ask(Trainer.state)
        none: Future[RunState | None] = Future()
        none.set_result(None)
        return none

    def export(self, path: Path) -> bool:
        """Write the weights in the format that the file's name asks for."""
        if self._thread is None:
            return False
        snapshot = self._thread.ask(Trainer.snapshot).result(ANSWER_SECONDS)
        if not self._try(lambda: exporter_for(path).export(path, snapshot)):
            return False
        self.saved.emit(str(path))
        return True

    @property
    def unsaved(self) -> bool:
        """Whether closing now would lose an edit or a training step."""
        project, step = self._saved
        return self.project is not None and (self.project != project or self.step != step)

    def mark_saved(self) -> None:
        """Take the present state as saved."""
        self._saved = (self.project, self.step)

    @property
    def step(self) -> int:
        """Steps done, as far as known."""
        return self.snapshot.step if self.snapshot else 0

    @property
    def status(self) -> Status:
        """Where the run stands, as far as known."""
        return self.snapshot.status if self.snapshot else Status.PAUSED

    def close(self) -> None:
        """End all threads of the session."""
        self.closing.emit()
        self.cancel_loading()
        self._retire()
        for thread in self._retired:
            thread.join()
        self._retired.clear()

    # Editing

    def edit(self, *, stroke: int | None = None, **changes: Any) -> None:
        """Replace fields of the project; ``undo`` takes it back, all of a stroke at once.

        Another data set is loaded first; the end of the network is made to fit it.
        """
        if self.project is None or all(
            getattr(self.project, name) == value for name, value in changes.items()
        ):
            return
        source = changes.get("source", self.project.source)
        if source != self.project.source:
            self._load(source, lambda dataset: self._commit(changes, dataset, stroke))
        else:
            self._try(lambda: self._commit(changes, None, stroke))

    def toggle_inspected(self, number: int) -> None:
        """Follow an example through training, or no longer; ``number`` is its ``Examples.rows``."""
        if self.project:
            self.edit(inspected=toggled(self.project.inspected, number))

    def rename_data(self) -> None:
        """Call the data by its names in the language in force; training goes on."""
        if self.project and self.dataset and self._thread:
            self.dataset = self.project.source.renamed(self.dataset)
            self._thread.post(Trainer.rename, self.dataset)

    def undo(self) -> None:
        """Return to the project before the last edit, and to the weights it had."""
        if self.project:
            self._go_to(self._history.undo(self.project))

    def redo(self) -> None:
        """Take back an undo."""
        if self.project:
            self._go_to(self._history.redo(self.project))

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._history.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether there is an undo to take back."""
        return self._history.can_redo

    def select(self, selection: Selection) -> None:
        """Show another layer, neuron or example everywhere."""
        if selection != self.selection:
            self.selection = selection
            self.selection_changed.emit(selection)

    # Training

    def play(self) -> None:
        """Start or go on training; a run with no epoch left gets half as many again."""
        if self.project and self.snapshot and self.snapshot.epoch >= self.project.epochs:
            done = int(self.snapshot.epoch)
            # no edit that undo would take back: what is trained is trained
            self._apply(dataclasses.replace(self.project, epochs=done + max(1, done // 2)), None)
        self._train(Trainer.play)

    def pause(self) -> None:
        """Stop after the current batch."""
        self._post(Trainer.pause)

    def toggle(self) -> None:
        """Pause if training, otherwise train."""
        if self.status is Status.RUNNING:
            self.pause()
        else:
            self.play()

    def play_batch(self) -> None:
        """Train on one batch."""
        self._train(Trainer.play_batch)

    def play_steps(self, steps: int) -> None:
        """Train on some batches, then rest."""
        for _ in range(steps):
            self._train(Trainer.play_batch)

    def play_epoch(self) -> None:
        """Train to the end of the epoch."""
        self._train(Trainer.play_epoch)

    def reset(self) -> None:
        """Start again from the same first weights."""
        self._post(Trainer.reset)

    def new_seed(self) -> None:
        """Start again from other first weights."""
        self.edit(seed=secrets.randbelow(1000))

    def go_back(self, learning_rate: float) -> None:
        """Return from a divergence to the last good state and go on with a lower rate."""
        if self.project and self._thread:
            optimizer = self.project.optimizer.with_rate(learning_rate)
            self._history.record(self.project, ("go_back",))
            self.project = dataclasses.replace(self.project, optimizer=optimizer)
            self._thread.post(Trainer.go_back, self.project)
            self.project_changed.emit(self.project)

    # News

    def poll(self) -> Snapshot | None:
        """Finish a loading that is done, and return the newest snapshot if there is one."""
        self._try(self.loader.poll)
        snapshot = self._thread.snapshots.take() if self._thread else None
        if snapshot is not None:
            self.snapshot = snapshot
        return snapshot

    def cancel_loading(self) -> None:
        """Give up the loading that is under way."""
        self.loader.cancel()

    # Inside

    def _load(self, source: DataSource, receiver: Receiver) -> None:
        self._try(lambda: self.loader.load(source, receiver))

    def _try(self, action: Callable[[], object]) -> bool:
        """Do something; if the user can mend what prevents it, say so and change nothing."""
        try:
            action()
        except PlaygroundError as error:
            self.failed.emit(str(error))
            return False
        return True

    @property
    def _fits(self) -> bool:
        """Whether the trainer has taken over the latest edit; it refuses one that does not fit."""
        try:
            if self.project and self.dataset:
                check_fit(self.project, self.dataset)
        except ShapeError:
            return False
        return True

    def _train(self, command: Callable[[Trainer], None]) -> None:
        """Train, or say why that makes no sense yet."""
        if self.dataset and self.dataset.lack:
            self.advised.emit(self.dataset.lack)
        else:
            self._post(command)

    def _post(self, command: Callable[[Trainer], None]) -> None:
        if self._thread:
            self._thread.post(command)

    def _start(
        self, project: Project, dataset: Dataset, state: RunState | None, path: Path | None
    ) -> None:
        trainer = Trainer(project, dataset, state)
        self._retire()
        self._thread = TrainingThread(trainer, self.way)
        self._thread.start()
        self.project, self.dataset, self.snapshot = project, dataset, trainer.snapshot()
        self.path = path
        self._history = UndoHistory()
        self._saved = (project, trainer.step)
        learning = [number for number, layer in enumerate(self.snapshot.weights) if layer]
        self.select(Selection(layer=(learning[0] if learning else 0,)))
        self.dataset_changed.emit(dataset)
        self.project_changed.emit(project)
        self.opened.emit()

    def _retire(self) -> None:
        """Let the present thread end by itself; ``close`` waits for it."""
        if self._thread:
            self._thread.request_stop()
            self._retired.append(self._thread)
            self._thread = None
        self._retired = [thread for thread in self._retired if thread.is_alive()]

    def _commit(
        self, changes: dict[str, Any], dataset: Dataset | None, stroke: int | None = None
    ) -> None:
        assert self.project is not None
        project = dataclasses.replace(self.project, **changes)
        if dataset is not None:
            if not same_examples(project.source, self.project.source):
                project = dataclasses.replace(project, inspected=())
            try:
                check_fit(project, dataset)
            except ShapeError:
                project = adapted(project, dataset)
        self._history.record(self.project, tuple(sorted(changes)), stroke)
        self._apply(project, dataset)

    def _go_to(self, project: Project | None) -> None:
        if project is None or self.project is None:
            return
        if project.source != self.project.source:
            self._load(project.source, lambda dataset: self._apply(project, dataset))
        else:
            self._apply(project, None)

    def _apply(self, project: Project, dataset: Dataset | None) -> None:
        assert self._thread is not None
        self.project = project
        self._thread.post(Trainer.apply, project, dataset)
        if dataset is not None:
            self.dataset = dataset
            self.dataset_changed.emit(dataset)
        self.project_changed.emit(project)
