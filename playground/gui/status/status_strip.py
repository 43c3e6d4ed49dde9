"""The strip at the bottom: where the run stands, in words and numbers at fixed places."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from playground.data.dataset import DataKind
from playground.gui.look import theme
from playground.gui.look.icons import icon
from playground.gui.status.status_line import Figure, Line, LineView
from playground.gui.widgets import button, column, label, row
from playground.language import grouped, tr
from playground.nn.metrics import Metric
from playground.training.snapshot import Snapshot, Status

BANNER = 40
MESSAGE_MS = 5000
_NONE = "\u2013"
_TROUBLE = (Status.DIVERGED, Status.FAILED)


class StatusStrip(QWidget):
    """Shows the state of a run, its progress and its numbers; grows to a banner in trouble."""

    mend_requested = Signal(float)
    """The learning rate to go back and train on with."""
    cancel_requested = Signal()
    """Of the loading that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Status of the training"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line = LineView(self._words())
        self._line.setAccessibleName(tr("Status of the training"))
        self._line.setToolTip(tr("How far the training is, how fast, and how long it still takes"))
        self._banner = _Banner()
        self._cancel = button(tr("Cancel"), "close", "menu", tr("Stop loading"))
        self._cancel.setParent(self._line)
        self._cancel.hide()
        self._snapshot: Snapshot | None = None
        self._loading = False
        self._message = ""
        self._closed: tuple[int, int] | None = None
        self._timer = QTimer(self, interval=MESSAGE_MS, singleShot=True)
        self.setLayout(column(self._line, self._banner, gap=0))
        self._banner.hide()
        self._banner.closed.connect(self._close_banner)
        self._banner.mend_requested.connect(self.mend_requested)
        self._cancel.clicked.connect(self.cancel_requested)
        self._timer.timeout.connect(self._end_message)
        self._line.corner = self._cancel
        self._refresh()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw a snapshot."""
        self._snapshot = snapshot
        if not self._loading:
            self._refresh()

    def show_loading(self, title: str, share: float) -> None:
        """Say how much of the data is there, until ``end_loading``."""
        self._loading = True
        self._show_banner(False)
        self._cancel.show()
        done = Figure("share", title, f"{share:.0%}", "100%")
        self._show(Line("database-arrow-down-outline", self._words()[-1], share, (done,)))

    def end_loading(self) -> None:
        """Return to the run; nothing to do if nothing was loading."""
        if self._loading:
            self._loading = False
            self._cancel.hide()
            self._refresh()

    def show_message(self, text: str) -> None:
        """Say something for a few seconds."""
        self._message = text
        self._timer.start()
        if not self._loading:
            self._refresh()

    def text(self) -> str:
        """Return what the strip says, as it is read aloud."""
        return self.accessibleDescription()

    def epoch_text(self, snapshot: Snapshot) -> str:
        """Return what is worth saying at the end of an epoch."""
        text = tr("Epoch {0} of {1} done, {2} {3}")
        name, value = self._metric(snapshot)
        return text.format(int(snapshot.epoch + 1e-9), snapshot.project.epochs, name, value)

    def _end_message(self) -> None:
        self._message = ""
        if not self._loading:
            self._refresh()

    def _refresh(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            right = (self._message,) if self._message else ()
            self._show(Line("circle-outline", tr("Ready"), 0.0, (), right))
            return
        trouble = snapshot.status in _TROUBLE
        if not trouble:
            self._closed = None
        self._show_banner(trouble and self._closed != _place(snapshot))
        self._show(self._line_of(snapshot))
        if self._banner.isVisibleTo(self):
            self._banner.show_trouble(snapshot)
            self.setAccessibleDescription(self._banner.text())

    def _line_of(self, snapshot: Snapshot) -> Line:
        share = min(1.0, snapshot.epoch / snapshot.project.epochs)
        icons = {
            Status.PAUSED: "pause-circle-outline" if snapshot.step else "check-circle-outline",
            Status.RUNNING: f"circle-slice-{min(8, 1 + int(8 * share))}",
            Status.FINISHED: "check-circle",
            Status.DIVERGED: "alert-octagon-outline",
            Status.FAILED: "close-octagon-outline",
        }
        ready, paused, training, finished, diverged, failed, _ = self._words()
        words = {
            Status.PAUSED: paused if snapshot.step else ready,
            Status.RUNNING: training,
            Status.FINISHED: finished,
            Status.DIVERGED: diverged,
            Status.FAILED: failed,
        }
        stop = (snapshot.stop.message,) if snapshot.stop else ()
        facts = (tr("Seed {0}").format(snapshot.project.seed), tr("CPU float32"))
        return Line(
            icons[snapshot.status],
            words[snapshot.status],
            share,
            self._figures(snapshot),
            (self._message,) if self._message else stop or facts,
            "danger" if snapshot.status in _TROUBLE else "accent",
        )

    def _figures(self, snapshot: Snapshot) -> tuple[Figure, ...]:
        # fewer are asked for than are done, once they were taken back by hand
        asked = max(snapshot.project.epochs, math.ceil(snapshot.epoch - 1e-9))
        epochs = grouped(asked)
        unit = self._unit(snapshot.dataset.kind)
        measured, value = self._metric(snapshot)
        return (
            Figure(
                "epoch",
                tr("Epoch"),
                f"{grouped(_epoch(snapshot))} / {epochs}",
                f"{epochs} / {epochs}",
            ),
            Figure("step", tr("Step"), grouped(snapshot.step), "00,000"),
            Figure("speed", tr("Speed"), _speed(snapshot.speed, unit), f"00,000 {unit}"),
            Figure("left", tr("Left"), _time_left(snapshot), "00:00"),
            Figure("metric", measured, value, "100.0%"),
            *self._acceptance(snapshot),
        )

    def _acceptance(self, snapshot: Snapshot) -> tuple[Figure, ...]:
        """Return the share of random steps that are kept, if the optimizer makes any."""
        share = snapshot.acceptance
        if math.isnan(share):
            return ()
        return (Figure("accepted", tr("Accepted"), f"{share:.0%}", "100%"),)

    def _unit(self, kind: DataKind) -> str:
        if kind is DataKind.IMAGES:
            return tr("images/s")
        if kind is DataKind.TEXT:
            return tr("tokens/s")
        return tr("rows/s") if kind is DataKind.TABLE else tr("points/s")

    def _metric(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return the name and the newest value of the metric, on the validation part if any."""
        name, curves = snapshot.metric.label, snapshot.curves
        if len(snapshot.dataset.validation):
            return tr("Val. {0}").format(name), _last(curves.validation_metric, snapshot.metric)
        return tr("Train {0}").format(name), _last(curves.metric, snapshot.metric)

    def _words(self) -> tuple[str, ...]:
        return (
            tr("Ready"),
            tr("Paused"),
            tr("Training"),
            tr("Finished"),
            tr("Diverged"),
            tr("Failed"),
            tr("Loading data"),
        )

    def _show(self, line: Line) -> None:
        self._line.show_line(line)
        figures = (f"{figure.name} {figure.value}" for figure in line.figures)
        self.setAccessibleDescription(", ".join((line.word, *figures, *line.right)))

    def _show_banner(self, visible: bool) -> None:
        if visible is not self._banner.isVisibleTo(self):
            self._line.setVisible(not visible)
            self._banner.setVisible(visible)

    def _close_banner(self) -> None:
        if self._snapshot is not None:
            self._closed = _place(self._snapshot)
            self._refresh()


class _Banner(QWidget):
    """What happened, why, and the one button that mends it."""

    mend_requested = Signal(float)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self._word = label("", theme.TITLE, 600, "danger")
        self._cause = label("", theme.BODY, wrap=True)
        self._cause.setMinimumWidth(120)
        self._mend = button("", "undo-variant", "danger")
        self._close = button("", "close", "flat", tr("Close this message"))
        self._rate = 0.0
        layout = row(
            self._icon, self._word, self._cause, self._mend, self._close, margins=(16, 4, 8, 4)
        )
        layout.setStretchFactor(self._cause, 1)
        self.setLayout(layout)
        self.setMinimumHeight(theme.px(BANNER))
        self._mend.clicked.connect(lambda: self.mend_requested.emit(self._rate))
        self._close.clicked.connect(self.closed)
        theme.notifier().changed.connect(self._draw_icon)
        self._draw_icon()

    def show_trouble(self, snapshot: Snapshot) -> None:
        """Say what went wrong with the run."""
        divergence = snapshot.divergence
        diverged = snapshot.status is Status.DIVERGED
        self._word.setText(tr("Diverged") if diverged else tr("Failed"))
        self._cause.setText(divergence.cause if divergence else snapshot.error)
        self._mend.setVisible(divergence is not None)
        if divergence is not None:
            self._rate = divergence.learning_rate
            words = tr("Go back and use {0}").format(f"{self._rate:g}")
            self._mend.setText(words)
            self._mend.setAccessibleName(words)
            tip = tr("Return to step {0} and train on with this learning rate")
            self._mend.setToolTip(tip.format(grouped(divergence.last_good_step)))

    def text(self) -> str:
        """Return what the banner says."""
        return f"{self._word.text()}. {self._cause.text()}"

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("danger_tint"))
        painter.setPen(theme.pen("danger", 2))
        painter.drawLine(0, 1, self.width(), 1)
        painter.end()

    def _draw_icon(self) -> None:
        size = QSize(20, 20)
        picture = icon("alert-octagon-outline", "danger")
        self._icon.setPixmap(picture.pixmap(size, self.devicePixelRatioF()))


def _place(snapshot: Snapshot) -> tuple[int, int]:
    """Return which trouble of which run this is."""
    return snapshot.run_id, snapshot.step


def _epoch(snapshot: Snapshot) -> int:
    """Return the number of the epoch that is under way, or of the last one that was."""
    if snapshot.status is Status.RUNNING:
        return min(int(snapshot.epoch + 1e-9) + 1, snapshot.project.epochs)
    return math.ceil(snapshot.epoch - 1e-9)


def _speed(speed: float, unit: str) -> str:
    return f"{grouped(float(f'{speed:.3g}'), '.0f')} {unit}" if speed else _NONE


def _time_left(snapshot: Snapshot) -> str:
    if not snapshot.speed:
        return _NONE
    passes = max(0.0, snapshot.project.epochs - snapshot.epoch)
    seconds = math.ceil(passes * len(snapshot.dataset.train) / snapshot.speed)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def _last(values: np.ndarray[tuple[int], np.dtype[np.float64]], metric: Metric) -> str:
    if not len(values):
        return _NONE
    return f"{values[-1]:.1%}" if metric.percent else f"{values[-1]:.3g}"
