"""The bar of controls: running the training, and everything that may change while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from playground.component import Parameter, parameters
from playground.gui.forms.bar_field import GONE, Field, Slot, narrow, widen
from playground.gui.forms.inline_number import InlineNumber
from playground.gui.forms.settings_popup import SettingsPopup
from playground.gui.gestures import EVERYWHERE, gestures
from playground.gui.help.subjects import (
    Subject,
    component_subject,
    explain,
    field_subject,
    own_subject,
)
from playground.gui.look import theme
from playground.gui.widgets import (
    GAP,
    MARGIN,
    Choice,
    LogSlider,
    NumberBox,
    button,
    divider,
    label,
    set_kind,
)
from playground.language import mark, tr, tr_declared
from playground.nn.losses import Loss
from playground.nn.optimizers import SGD, Optimizer
from playground.nn.schedules import Constant, Schedule
from playground.training.project import Project
from playground.training.snapshot import Status

HEIGHT, CONTROL = 64, 32
SLOWEST, FASTEST = 1e-5, 10.0
"""The ends of the slider for the learning rate; any other may be typed."""
_ICON_ONLY = 36
_WIDEST = 264  # the slider
_WIDEST_LOSS = 200  # the longest names are told by the tooltips


@gestures(
    EVERYWHERE,
    (("Space",), mark("Train or pause, where nothing else takes the key")),
)
class ControlBar(QWidget):
    """Shows a project's training settings and emits what the user makes of them.

    Where the bar is narrow the loss gives room first, then the slider, then the words of the
    buttons, at last the dice. Space, where nothing in the window wants it, is the Train button.
    """

    train_toggled = Signal()
    batch_requested = Signal()
    epoch_requested = Signal()
    reset_requested = Signal()
    new_seed_requested = Signal()
    edited = Signal(object)
    """A dict of ``Project`` fields to replace, e.g. ``{"epochs": 12}``."""

    def __init__(self) -> None:
        super().__init__()
        self._project = Project()
        self._status = Status.PAUSED
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._make_buttons()
        self._make_fields()
        self._connect()
        self._explain()
        self._slots = self._in_a_row()
        for slot in self._slots:
            slot.widget.setParent(self)
        self._rate_popup = SettingsPopup(
            self, tr("Settings of optimizer and schedule"), (("optimizer",), ("schedule",))
        )
        self._stop_popup = SettingsPopup(
            self, tr("When training ends"), (("early_stopping",), ("target", "threads"))
        )
        self._loss_popup = SettingsPopup(
            self, tr("Settings of the loss"), (("loss", "class_weights"),)
        )
        self._popups = (self._rate_popup, self._stop_popup, self._loss_popup)
        for popup in self._popups:
            popup.edited.connect(self.edited)
        self.show_project(self._project)
        self.show_status(Status.PAUSED)

    def show_project(self, project: Project) -> None:
        """Follow an edit."""
        self._project = project
        self._seed.set_value(project.seed)
        self._optimizer.set_choice(type(project.optimizer).__name__)
        self._slider.set_value(project.optimizer.rate)
        self._rate.set_value(project.optimizer.rate)
        self._batch_size.set_value(project.batch_size)
        self._epochs.set_value(project.epochs)
        self._loss.set_choice(type(project.loss).__name__)
        self._loss.setToolTip(tr_declared(project.loss.title))
        self._schedule.set_choice(type(project.schedule).__name__)
        self._rate_field.set_caption(project.optimizer.rate_label)
        for popup in self._popups:
            popup.show_project(project)

    def show_rate(self, rate: float) -> None:
        """Say what the schedule has made of the learning rate."""
        text = "" if self._project.schedule == Constant() else f"{rate:.3g}"
        if text != self._in_force.text():  # a label that is set lays out its panel again
            self._in_force.setText(text)

    def show_status(self, status: Status) -> None:
        """Say on the first button what it would do now; after a failure another is the mend."""
        running = status is Status.RUNNING
        words = tr("Pause") if running else tr("Train")
        if status is self._status and self._train.text() == words:
            return
        self._status = status
        self._train.setText(words)
        self._train.setAccessibleName(words)
        self._train.setProperty("icon_name", "pause" if running else "play")
        set_kind(self._train, "" if status in (Status.DIVERGED, Status.FAILED) else "primary")

    @property
    def train_button(self) -> QWidget:
        """What trains and pauses."""
        return self._train

    @property
    def rate_slider(self) -> QWidget:
        """What changes the learning rate."""
        return self._slider

    def sizeHint(self) -> QSize:
        return QSize(self._width([slot.wanted for slot in self._slots]), self._height())

    def minimumSizeHint(self) -> QSize:
        least = [slot.narrowest for slot in self._slots]
        return QSize(self._width(least), self._height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.window().installEventFilter(self)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the Space key that nothing in the window wanted: only those reach the window."""
        if (
            event.type() is QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self.isVisible()
        ):
            if not event.isAutoRepeat():
                self.train_toggled.emit()
            return True
        return super().eventFilter(watched, event)

    # Making

    def _make_buttons(self) -> None:
        self._train = button(tr("Train"), "play", "primary", tr("Train or pause (Space)"))
        self._batch = button(tr("Batch"), "skip-next", command="train.batch")
        self._epoch = button(tr("Epoch"), "skip-forward", command="train.epoch")
        self._reset = button(tr("Reset"), "restart", command="train.reset")
        self._dice = button("", "dice-5-outline", "", tr("New seed"), command="train.new_seed")
        self._more = button("", "dots-horizontal", "", tr("All settings of optimizer and schedule"))
        loss_tip = tr("Settings of the loss, and class weights")
        self._more_loss = button("", "dots-horizontal", "", loss_tip)
        self._stop = button(
            "", "flag-checkered", "", tr("When training ends: early stopping, a target")
        )

    def _make_fields(self) -> None:
        fields = {parameter.name: parameter for parameter in parameters(Project)}
        rate = next(p for p in parameters(SGD) if p.name == SGD.rate_name)
        self._seed = _number_box(tr("Seed"), fields["seed"])
        self._batch_size = _number_box(tr("Batch size"), fields["batch_size"])
        self._epochs = _number_box(tr("Epochs"), fields["epochs"])
        self._optimizer = Choice({name: name for name in Optimizer.registry}, tr("Optimizer"))
        self._optimizer.setToolTip(fields["optimizer"].doc)
        schedules = {name: tr_declared(cls.title) for name, cls in Schedule.registry.items()}
        self._schedule = Choice(schedules, tr("Schedule"))
        self._schedule.setToolTip(fields["schedule"].doc)
        self._in_force = label("", theme.CAPTION, 600)
        self._in_force.setAccessibleName(tr("Learning rate in force"))
        self._in_force.setToolTip(tr("The learning rate in force now"))
        losses = {name: tr_declared(cls.title) for name, cls in Loss.registry.items()}
        self._loss = Choice(losses, tr("Loss"))
        self._slider = LogSlider(SLOWEST, FASTEST, tr("Learning rate"))
        self._slider.set_tip(rate.doc)
        self._rate = InlineNumber(tr("Learning rate, typed"), rate.check, rate.default)
        self._rate.set_tip(tr("Click to type a learning rate"))

    def _explain(self) -> None:
        topics = {
            "train": (self._train,),
            "step-batch": (self._batch,),
            "step-epoch": (self._epoch,),
            "reset": (self._reset, self._dice),
            "optimizer-settings": (self._more, self._more_loss),
            "Stopping": (self._stop,),
        }
        for topic, buttons in topics.items():
            for one in buttons:
                explain(one, topic)

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what explains the control of a field, with its value."""
        for slot in self._slots if place else ():
            shown = slot.widget.geometry()
            if place and shown.left() <= place.x() <= shown.right():  # or above it
                about = self._subjects().get(slot.widget)
                return about() if about else own_subject(slot.widget)
        return None

    def _subjects(self) -> dict[QWidget, Callable[[], Subject]]:
        project = self._project
        return {
            self._seed_slot.widget: lambda: field_subject(project, "seed"),
            self._optimizer_slot.widget: lambda: component_subject(project.optimizer),
            self._slider_slot.widget: lambda: field_subject(
                project.optimizer, project.optimizer.rate_name
            ),
            self._schedule_slot.widget: lambda: component_subject(project.schedule),
            self._loss_slot.widget: lambda: component_subject(project.loss),
            self._counts[0].widget: lambda: field_subject(project, "batch_size"),
            self._counts[1].widget: lambda: field_subject(project, "epochs"),
        }

    def _connect(self) -> None:
        self._train.clicked.connect(self.train_toggled)
        self._batch.clicked.connect(self.batch_requested)
        self._epoch.clicked.connect(self.epoch_requested)
        self._reset.clicked.connect(self.reset_requested)
        self._dice.clicked.connect(self.new_seed_requested)
        self._more.clicked.connect(lambda: self._rate_popup.open_below(self._optimizer))
        self._more_loss.clicked.connect(lambda: self._loss_popup.open_below(self._loss))
        self._stop.clicked.connect(lambda: self._stop_popup.open_below(self._epochs))
        self._schedule.chosen.connect(self._choose_schedule)
        self._seed.value_changed.connect(lambda seed: self.edited.emit({"seed": seed}))
        self._epochs.value_changed.connect(lambda epochs: self.edited.emit({"epochs": epochs}))
        self._batch_size.value_changed.connect(lambda size: self.edited.emit({"batch_size": size}))
        self._optimizer.chosen.connect(self._choose_optimizer)
        self._slider.value_changed.connect(self._set_rate)
        self._rate.value_changed.connect(self._set_rate)
        self._loss.chosen.connect(lambda name: self.edited.emit({"loss": Loss.registry[name]()}))

    def _make_slots(self) -> None:
        """Give a place to what can do with less room than it wants."""
        self._words = [
            Slot(b, GAP, b.sizeHint().width(), theme.px(_ICON_ONLY), b.text())
            for b in (self._batch, self._epoch, self._reset)
        ]
        self._rate_field = Field(tr("Learning rate"), self._slider, self._rate)
        self._slider_slot = Slot(self._rate_field, 12, theme.px(112), theme.px(96))
        schedule = Field(tr("Schedule"), self._schedule, self._in_force)
        self._schedule_slot = Slot(schedule, 12, theme.px(104), theme.px(76))
        loss = Field(tr("Loss"), self._loss)
        self._loss_slot = Slot(loss, 12, theme.px(80), theme.px(72))
        optimizer = Field(tr("Optimizer"), self._optimizer)
        self._optimizer_slot = Slot(optimizer, 16, theme.px(104), theme.px(76))
        self._seed_slot = Slot(Field(tr("Seed"), self._seed), 16, theme.px(56), theme.px(44))
        self._dice_slot = Slot(self._dice, 4, theme.px(_ICON_ONLY), GONE)
        counts = (
            Field(tr("Batch size"), self._batch_size),
            Field(tr("Epochs"), self._epochs),
        )
        self._counts = [
            Slot(field, 12, max(theme.px(64), field.caption_width()), theme.px(48))
            for field in counts
        ]

    def _in_a_row(self) -> list[Slot]:
        """Return the places from left to right."""
        self._make_slots()
        return [
            Slot(self._train, 0, self._train_width()),
            *self._words,
            self._seed_slot,
            self._dice_slot,
            Slot(divider(), 16, 1),
            self._optimizer_slot,
            self._slider_slot,
            self._schedule_slot,
            Slot(self._more, 4, theme.px(_ICON_ONLY)),
            *self._counts,
            Slot(self._stop, 4, theme.px(_ICON_ONLY)),
            self._loss_slot,
            Slot(self._more_loss, 4, theme.px(_ICON_ONLY)),
        ]

    def _train_width(self) -> int:
        metrics = QFontMetrics(self._train.font())
        words = (tr("Train"), tr("Pause"))
        return max(
            theme.px(104), theme.px(56) + max(metrics.horizontalAdvance(word) for word in words)
        )

    # Placing

    def _height(self) -> int:
        return theme.px(HEIGHT)

    def _width(self, widths: list[int]) -> int:
        return 2 * MARGIN + sum(widths) + sum(slot.gap for slot in self._slots)

    def _share_out(self) -> None:
        """Give each place its width, of the width there is."""
        for slot in self._slots:
            slot.width = slot.wanted
        spare = self.width() - self._width([slot.wanted for slot in self._slots])
        groups = (
            [self._loss_slot],
            [self._slider_slot],
            self._words,
            [self._schedule_slot],
            [self._optimizer_slot],
            self._counts,
            [self._seed_slot],
            [self._dice_slot],
        )
        readable = self._rate_field.caption_width() + GAP + self._rate.sizeHint().width()
        wishes = (
            (self._slider_slot, max(theme.px(160), readable)),
            (self._loss_slot, theme.px(_WIDEST_LOSS)),
            (self._slider_slot, theme.px(_WIDEST)),
        )
        widen(wishes, narrow(groups, spare))

    def _place(self) -> None:
        x, bottom = MARGIN, self.height() - GAP
        control = theme.px(CONTROL)
        self._share_out()
        for slot in self._slots:
            x += slot.gap
            height = self.height() - 2 * GAP
            if isinstance(slot.widget, QPushButton):
                height = control
                if slot.words:
                    slot.widget.setText(slot.words if slot.width == slot.wanted else "")
            elif isinstance(slot.widget, QFrame):
                height -= GAP
            slot.widget.setVisible(slot.width > 0)
            slot.widget.setGeometry(x, bottom - height, slot.width, height)
            x += slot.width

    # Editing

    def _choose_optimizer(self, name: str) -> None:
        """Take another optimizer as it is by default: no rate suits them all."""
        if name != type(self._project.optimizer).__name__:
            self.edited.emit({"optimizer": Optimizer.registry[name]()})

    def _choose_schedule(self, name: str) -> None:
        if name != type(self._project.schedule).__name__:
            self.edited.emit({"schedule": Schedule.registry[name]()})

    def _set_rate(self, rate: Any) -> None:
        self._slider.set_value(rate)
        self._rate.set_value(rate)
        self.edited.emit({"optimizer": self._project.optimizer.with_rate(rate)})


def _number_box(name: str, parameter: Parameter) -> NumberBox:
    box = NumberBox(name, parameter.check, parameter.default)
    box.set_tip(parameter.doc)
    return box
