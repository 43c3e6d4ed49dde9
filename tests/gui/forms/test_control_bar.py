"""The bar of controls: what it shows and what it asks for."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QMainWindow, QPushButton, QVBoxLayout, QWidget

from playground.gui.forms.control_bar import ControlBar
from playground.gui.forms.settings_popup import SettingsPopup
from playground.gui.look import theme
from playground.gui.widgets import Choice, LogSlider, NumberBox
from playground.nn.losses import (
    BinaryCrossentropy,
    CategoricalCrossentropy,
    Loss,
    MeanSquaredError,
)
from playground.nn.optimizers import SGD, Adam, Optimizer, RMSprop
from playground.nn.optimizers.simulated_annealing import SimulatedAnnealing
from playground.nn.schedules import CosineDecay, StepDecay
from playground.training.class_weights import BalancedClassWeights, GivenClassWeights
from playground.training.presets import load_preset
from playground.training.snapshot import Status
from playground.training.stopping import EarlyStopping


@pytest.fixture
def bar(qtbot, qapp):
    theme.apply(qapp, dark=False)
    bar = ControlBar()
    qtbot.addWidget(bar)
    bar.show_project(load_preset("digits-cnn"))
    bar.resize(1366, 64)
    bar.show()
    return bar


def named(parent, kind, name):
    return next(child for child in parent.findChildren(kind) if child.accessibleName() == name)


def type_into(qtbot, box, text):
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def choose(box, key):
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def opened(bar, name):
    """Press the button and return the popup that it opens."""
    named(bar, QPushButton, name).click()
    return next(popup for popup in bar.findChildren(SettingsPopup) if popup.isVisible())


def edits_of(bar):
    edits = []
    bar.edited.connect(edits.append)
    return edits


def test_the_fields_show_the_project(bar):
    assert named(bar, NumberBox, "Batch size").value() == 128
    assert named(bar, NumberBox, "Epochs").value() == 12
    assert named(bar, NumberBox, "Learning rate, typed").value() == 0.001
    assert named(bar, Choice, "Optimizer").choice() == "Adam"
    assert named(bar, Choice, "Loss").currentText() == "Categorical cross-entropy"


def test_showing_a_project_is_no_edit(bar):
    edits = edits_of(bar)
    bar.show_project(load_preset("spiral"))
    assert edits == []


@pytest.mark.parametrize(
    ("name", "signal"),
    [
        ("Train", "train_toggled"),
        ("Batch", "batch_requested"),
        ("Epoch", "epoch_requested"),
        ("Reset", "reset_requested"),
        ("New seed", "new_seed_requested"),
    ],
)
def test_each_button_asks_for_one_thing(qtbot, bar, name, signal):
    with qtbot.waitSignal(getattr(bar, signal)):
        qtbot.mouseClick(named(bar, QPushButton, name), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [("Seed", "seed", 7), ("Batch size", "batch_size", 256), ("Epochs", "epochs", 20)],
)
def test_a_typed_number_is_an_edit(qtbot, bar, name, field, value):
    edits = edits_of(bar)
    type_into(qtbot, named(bar, NumberBox, name), str(value))
    assert edits == [{field: value}]


def test_a_typed_learning_rate_may_lie_beyond_the_slider(qtbot, bar):
    edits = edits_of(bar)
    type_into(qtbot, named(bar, NumberBox, "Learning rate, typed"), "30")
    assert edits == [{"optimizer": Adam(learning_rate=30.0)}]


def test_the_slider_shows_its_value_while_it_moves(qtbot, bar):
    edits = edits_of(bar)
    slider = named(bar, LogSlider, "Learning rate")
    qtbot.keyClick(slider.focusProxy(), Qt.Key.Key_PageUp)
    assert edits == [{"optimizer": Adam(learning_rate=0.01)}]
    assert named(bar, NumberBox, "Learning rate, typed").value() == 0.01


def test_the_other_settings_survive_a_new_learning_rate(qtbot, bar):
    project = load_preset("digits-cnn")
    bar.show_project(replace(project, optimizer=Adam(learning_rate=0.001, beta_1=0.5)))
    edits = edits_of(bar)
    type_into(qtbot, named(bar, NumberBox, "Learning rate, typed"), "0.1")
    assert edits == [{"optimizer": Adam(learning_rate=0.1, beta_1=0.5)}]


def test_another_optimizer_comes_with_its_own_learning_rate(bar):
    edits = edits_of(bar)
    choose(named(bar, Choice, "Optimizer"), "SGD")
    assert edits == [{"optimizer": SGD()}]


def test_every_optimizer_and_loss_can_be_chosen(bar):
    optimizers, losses = named(bar, Choice, "Optimizer"), named(bar, Choice, "Loss")
    assert {optimizers.itemData(i) for i in range(optimizers.count())} == set(Optimizer.registry)
    assert {losses.itemData(i) for i in range(losses.count())} == set(Loss.registry)


def test_choosing_a_loss_is_an_edit(bar):
    edits = edits_of(bar)
    choose(named(bar, Choice, "Loss"), "MeanSquaredError")
    assert edits == [{"loss": MeanSquaredError()}]


def test_loss_names_are_readable(bar):
    losses = named(bar, Choice, "Loss")
    assert losses.itemText(losses.findData("KLDivergence")) == "KL divergence"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_popup_edits_every_field_of_the_optimizer(qtbot, bar):
    edits = edits_of(bar)
    popup = opened(bar, "All settings of optimizer and schedule")
    type_into(qtbot, popup.editor("optimizer").editor("beta_1").findChild(NumberBox), "0.5")
    assert edits == [{"optimizer": Adam(learning_rate=0.001, beta_1=0.5)}]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_popup_edits_the_schedule(qtbot, bar):
    bar.show_project(replace(load_preset("digits-cnn"), schedule=StepDecay()))
    edits = edits_of(bar)
    popup = opened(bar, "All settings of optimizer and schedule")
    type_into(qtbot, popup.editor("schedule").editor("every").findChild(NumberBox), "3")
    assert edits == [{"schedule": StepDecay(every=3)}]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_popup_follows_the_project(bar):
    popup = opened(bar, "All settings of optimizer and schedule")
    bar.show_project(replace(load_preset("digits-cnn"), optimizer=RMSprop(rho=0.5)))
    assert popup.editor("optimizer").component() == RMSprop(rho=0.5)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_popup_grows_with_what_is_unfolded(qtbot, bar):
    popup = opened(bar, "All settings of optimizer and schedule")
    folded = popup.height()
    popup.editor("optimizer").more.set_open(True)
    qtbot.waitUntil(lambda: popup.height() > folded + 100)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_when_training_ends_folds_out(qtbot, bar):
    edits = edits_of(bar)
    popup = opened(bar, "When training ends: early stopping, a target")
    popup.editor("early_stopping").choose("EarlyStopping")
    type_into(qtbot, popup.editor("threads").findChild(NumberBox), "1")
    assert edits == [{"early_stopping": EarlyStopping()}, {"threads": 1}]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_popup_stays_within_its_window(bar):
    popup = opened(bar, "When training ends: early stopping, a target")
    assert popup.geometry().right() < bar.mapToGlobal(bar.rect().topRight()).x()


def test_choosing_a_schedule_is_an_edit(bar):
    edits = edits_of(bar)
    choose(named(bar, Choice, "Schedule"), "CosineDecay")
    assert edits == [{"schedule": CosineDecay()}]


def test_the_rate_in_force_stands_beside_its_schedule(bar):
    bar.show_rate(0.001)
    assert named(bar, QLabel, "Learning rate in force").text() == ""
    bar.show_project(replace(load_preset("digits-cnn"), schedule=CosineDecay()))
    bar.show_rate(0.00123456)
    assert named(bar, QLabel, "Learning rate in force").text() == "0.00123"


def test_annealing_has_a_step_size_instead_of_a_learning_rate(qtbot, bar):
    annealing = SimulatedAnnealing(step_size=0.5)
    bar.show_project(replace(load_preset("digits-cnn"), optimizer=annealing))
    assert "Step size" in {caption.text() for caption in bar.findChildren(QLabel)}
    edits = edits_of(bar)
    type_into(qtbot, named(bar, NumberBox, "Learning rate, typed"), "0.25")
    assert edits == [{"optimizer": SimulatedAnnealing(step_size=0.25)}]


def test_where_there_is_hardly_any_room_the_dice_go(bar):
    dice = named(bar, QPushButton, "New seed")
    bar.resize(960, 64)
    assert not dice.isVisible()
    bar.resize(1366, 64)
    assert dice.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_popup_of_the_loss_edits_its_settings_and_the_class_weights(qtbot, bar):
    edits = edits_of(bar)
    popup = opened(bar, "Settings of the loss, and class weights")
    type_into(qtbot, popup.editor("loss").editor("label_smoothing").findChild(NumberBox), "0.1")
    popup.editor("class_weights").choose("BalancedClassWeights")
    assert edits == [
        {"loss": CategoricalCrossentropy(label_smoothing=0.1)},
        {"class_weights": BalancedClassWeights()},
    ]


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_popup_of_the_loss_follows_the_project(bar):
    popup = opened(bar, "Settings of the loss, and class weights")
    heavy = GivenClassWeights(weights=(1, 2))
    bar.show_project(replace(load_preset("spiral"), class_weights=heavy))
    assert popup.editor("loss").component() == BinaryCrossentropy()
    assert popup.editor("class_weights").component() == heavy


def test_while_training_the_first_button_pauses(bar):
    bar.show_status(Status.RUNNING)
    assert named(bar, QPushButton, "Pause").text() == "Pause"


@pytest.mark.parametrize("status", [Status.DIVERGED, Status.FAILED])
def test_after_a_failure_the_first_button_is_not_the_next_step(bar, status):
    bar.show_status(status)
    assert named(bar, QPushButton, "Train").property("kind") == ""
    bar.show_status(Status.RUNNING)
    assert named(bar, QPushButton, "Pause").property("kind") == "primary"


@pytest.fixture
def window(qtbot, bar):
    window, page = QMainWindow(), QWidget()
    layout = QVBoxLayout(page)
    layout.addWidget(bar)
    window.line = QLineEdit()
    layout.addWidget(window.line)
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_space_trains(qtbot, window, bar):
    with qtbot.waitSignal(bar.train_toggled):
        qtbot.keyClick(window, Qt.Key.Key_Space)


def test_space_in_a_text_field_is_a_space(qtbot, window, bar):
    presses = []
    bar.train_toggled.connect(lambda: presses.append(1))
    qtbot.keyClicks(window.line, "a b")
    assert (window.line.text(), presses) == ("a b", [])


def test_space_on_a_button_presses_that_button(qtbot, bar, window):
    presses = []
    bar.train_toggled.connect(lambda: presses.append(1))
    with qtbot.waitSignal(bar.reset_requested):
        qtbot.keyClick(named(bar, QPushButton, "Reset"), Qt.Key.Key_Space)
    assert presses == []


@pytest.mark.parametrize("width", [960, 1100, 1366, 1920])
def test_nothing_overlaps_or_leaves_the_bar(bar, width):
    bar.resize(width, 64)
    boxes = sorted(
        (
            child.geometry()
            for child in bar.children()
            if isinstance(child, QWidget) and not child.isWindow() and child.isVisible()
        ),
        key=lambda box: box.left(),
    )
    assert all(left.right() < right.left() for left, right in pairwise(boxes))
    assert boxes[-1].right() <= width - 1


def test_a_narrow_bar_keeps_the_buttons_as_icons(bar):
    bar.resize(960, 64)
    assert named(bar, QPushButton, "Batch").text() == ""
    bar.resize(1366, 64)
    assert named(bar, QPushButton, "Batch").text() == "Batch"


def test_a_quarter_wider_words_still_fit_a_small_laptop(bar):
    assert bar.sizeHint().width() <= 1366 - 100
    assert bar.minimumSizeHint().width() <= 960
