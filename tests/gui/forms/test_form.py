"""Every member of every family can be shown and edited without a line of code of its own."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from playground.component import Component, Kind, Pair, param, parameters
from playground.data.sources import DataSource
from playground.errors import ConfigError
from playground.gui.forms.editors import PathEditor
from playground.gui.forms.form import ComponentForm
from playground.gui.look import theme
from playground.gui.widgets import Choice, LogSlider, NumberBox, Switch
from playground.nn.activations import ActivationFunction, ReLU
from playground.nn.initializers import Initializer
from playground.nn.layers import Layer
from playground.nn.losses import Loss
from playground.nn.metrics import Metric
from playground.nn.optimizers import Optimizer
from playground.probes import Probe
from playground.training.class_weights import ClassWeights

FAMILIES = (
    Layer,
    Loss,
    ClassWeights,
    Metric,
    Optimizer,
    ActivationFunction,
    Initializer,
    DataSource,
    Probe,
)
MEMBERS = [(family, cls) for family in FAMILIES for cls in family.registry.values()]
FIELDS = [
    (family, cls, parameter)
    for family, cls in MEMBERS
    for parameter in parameters(cls)
    if parameter.kind is not Kind.COMPONENTS
]


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply(qapp, dark=False)


class Tool(Component, family=True):
    """A family of the tests' own, so that it cannot change below them."""


@dataclass(frozen=True)
class Saw(Tool):
    """Has a field of every kind."""

    teeth: int = param(20, low=2, high=400, doc="How many teeth.")
    speed: float = param(0.1, low=0.0, high=100.0, log=True, doc="Metres a second.")
    share: float = param(0.5, low=0.0, high=1.0, doc="Of the day.")
    guarded: bool = param(True, doc="With a guard.")
    owner: str = param("", doc="Whose it is.")
    manual: Path = param(Path(), doc="Where its manual is.")
    size: Pair = param((3, 4), low=1, high=31, doc="Height and width.")
    angles: tuple[float, ...] = param((), low=0.0, high=90.0, doc="At which it can be set.")
    blade: Literal["fine", "coarse"] = param("fine", doc="What it cuts.")
    curve: ActivationFunction = param(ReLU(), doc="How it starts.")

    oil: float = param(1.0, low=0.0, high=9.0, advanced=True, doc="Drops a day.")
    rust: bool = param(False, advanced=True, doc="Whether it may.")

    def __post_init__(self):
        super().__post_init__()
        if not self.guarded and self.teeth > 100:
            raise ConfigError("A saw of more than 100 teeth needs a guard.")


@dataclass(frozen=True)
class Hammer(Tool):
    """Hits."""

    mass: float = param(1.0, low=0.1, high=10.0, doc="Kilograms.")


@pytest.fixture
def saw(qtbot):
    """A form for a saw, on the screen."""
    form = ComponentForm(Tool, Saw())
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    return form


def changes(form):
    seen = []
    form.changed.connect(seen.append)
    return seen


def type_into(qtbot, line, text):
    line.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


MORE = {Kind.TEXT: "x", Kind.TEXTS: ("b, c",), Kind.NUMBERS: (2.0,)}


def other_value(parameter, value):
    """Return another value that the field takes."""
    if parameter.kind is Kind.FLAG:
        return not value
    if parameter.kind in MORE:
        fewer = parameter.kind is Kind.TEXTS and len(value) > 1  # names must be known ones
        return value[:-1] if fewer else value + MORE[parameter.kind]
    if parameter.kind is Kind.PATH:
        return Path("elsewhere.csv")
    if parameter.kind is Kind.CHOICE:
        return next(choice for choice in parameter.choices if choice != value)
    if parameter.kind is Kind.COMPONENT:
        return next(c() for c in parameter.family.registry.values() if c is not type(value))
    if parameter.kind is Kind.REAL:
        return value / 2 or 0.25 * (parameter.high or 1)
    numbers = value if parameter.kind is Kind.PAIR else (value,)
    low = 0 if parameter.low is None else parameter.low
    high = low + 10 if parameter.high is None else parameter.high
    moved = tuple(n + 1 if n + 1 <= high else n - 1 for n in numbers)
    return moved if parameter.kind is Kind.PAIR else moved[0]


def enter(qtbot, editor, parameter, value):
    """Change the field as a person does."""
    if parameter.kind is Kind.FLAG:
        editor.findChild(Switch).click()
    elif parameter.kind in (Kind.CHOICE, Kind.COMPONENT):
        combo = editor.findChild(Choice)
        name = type(value).__name__ if parameter.kind is Kind.COMPONENT else value
        combo.setCurrentIndex(combo.findData(name))
        combo.activated.emit(combo.currentIndex())
    elif parameter.kind is Kind.PAIR:
        for box, number in zip(editor.findChildren(NumberBox), value, strict=True):
            type_into(qtbot, box, str(number))
    else:
        text = repr(value) if parameter.kind is Kind.REAL else str(value).strip("()")
        if parameter.kind is Kind.TEXTS:
            text = ", ".join(f'"{word}"' for word in value)
        type_into(qtbot, editor.findChild(QLineEdit), text)


@pytest.mark.parametrize(("family", "cls"), MEMBERS)
def test_every_component_can_be_shown(qtbot, family, cls):
    form = ComponentForm(family, next(iter(family.registry.values()))())
    qtbot.addWidget(form)

    with qtbot.assertNotEmitted(form.changed):
        form.show_component(cls())

    assert form.component() == cls()


@pytest.mark.parametrize(
    ("family", "cls", "parameter"), FIELDS, ids=[f"{c.__name__}.{p.name}" for _, c, p in FIELDS]
)
def test_every_field_can_be_edited(qtbot, family, cls, parameter):
    component = cls()
    value = other_value(parameter, getattr(component, parameter.name))
    try:
        wanted = replace(component, **{parameter.name: value})
    except ConfigError:
        pytest.skip("this value does not go with the defaults of the other fields")
    form = ComponentForm(family, component)
    qtbot.addWidget(form)
    form.show()
    form.activateWindow()
    if form.more is not None:
        form.more.set_open(True)
    seen = changes(form)
    enter(qtbot, form.editor(parameter.name), parameter, value)

    assert seen[-1] == wanted


@pytest.mark.parametrize(("family", "cls"), MEMBERS)
def test_every_field_says_what_it_is(qtbot, family, cls):
    form = ComponentForm(family, cls())
    qtbot.addWidget(form)
    controls = [
        control
        for kind in (QLineEdit, Choice, Switch)
        for control in form.findChildren(kind)
        if control.objectName() != "qt_spinbox_lineedit"
    ]

    assert all(control.accessibleName() for control in controls)
    assert all(control.toolTip() for control in controls)


def test_choosing_another_member_emits_it_with_its_defaults(saw, qtbot):
    with qtbot.waitSignal(saw.changed) as changed:
        saw.choose("Hammer")

    assert changed.args == [Hammer()]


def test_a_fixed_class_has_no_choice_of_others(qtbot):
    form = ComponentForm(Tool, Hammer(), choose=False)
    qtbot.addWidget(form)

    assert form.findChildren(Choice) == []


def test_a_value_out_of_bounds_is_marked_with_the_reason_and_not_emitted(saw, qtbot):
    line = saw.editor("teeth").findChild(QLineEdit)
    with qtbot.assertNotEmitted(saw.changed):
        type_into(qtbot, line, "1")

    assert line.property("invalid") is True
    assert "between 2 and 400" in line.toolTip()


def test_a_value_that_does_not_go_with_the_others_is_marked_with_the_reason(saw, qtbot):
    saw.show_component(Saw(guarded=False))
    line = saw.editor("teeth").findChild(QLineEdit)
    with qtbot.assertNotEmitted(saw.changed):
        type_into(qtbot, line, "200")

    assert line.property("invalid") is True
    assert "guard" in line.toolTip()


def test_the_slider_and_the_box_of_a_number_agree(saw, qtbot):
    editor = saw.editor("speed")
    seen = changes(saw)
    slider = editor.findChild(LogSlider)
    qtbot.keyClick(slider.focusProxy(), Qt.Key.Key_PageUp)
    assert editor.findChild(NumberBox).value() == slider.value() == seen[-1].speed == 1.0

    type_into(qtbot, editor.findChild(NumberBox), "0.02")
    assert slider.value() == seen[-1].speed == 0.02


def test_a_field_of_a_component_within_is_edited_in_place(qtbot):
    dense = Layer.registry["Dense"]()
    form = ComponentForm(Layer, dense)
    qtbot.addWidget(form)
    seen = changes(form)
    form.editor("activation").choose("Tanh")

    assert type(seen[-1].activation).__name__ == "Tanh"
    assert seen[-1].units == dense.units


def test_showing_the_value_just_edited_leaves_the_editors_alone(saw, qtbot):
    editor = saw.editor("teeth")
    type_into(qtbot, editor.findChild(QLineEdit), "40")
    saw.show_component(Saw(teeth=40))

    assert saw.editor("teeth") is editor


def test_a_value_shown_replaces_a_wrong_one_that_was_typed(saw, qtbot):
    line = saw.editor("teeth").findChild(QLineEdit)
    type_into(qtbot, line, "1")
    saw.show_component(Saw(teeth=60))

    assert (line.text(), line.property("invalid")) == ("60", False)


def test_numbers_are_typed_with_commas_between_them(saw, qtbot):
    line = saw.editor("angles").findChild(QLineEdit)
    with qtbot.waitSignal(saw.changed) as changed:
        type_into(qtbot, line, "30, 45.5,60")

    assert changed.args[0].angles == (30, 45.5, 60)
    assert line.text() == "30, 45.5, 60"


@pytest.mark.parametrize(("text", "words"), [("30, x", "numbers with commas"), ("91", "between 0")])
def test_other_things_than_numbers_are_marked_with_the_reason(saw, qtbot, text, words):
    line = saw.editor("angles").findChild(QLineEdit)
    with qtbot.assertNotEmitted(saw.changed):
        type_into(qtbot, line, text)

    assert line.property("invalid") is True
    assert words in line.toolTip()


def test_a_path_chosen_in_a_dialog_is_taken(saw, qtbot):
    editor = saw.editor("manual")
    assert isinstance(editor, PathEditor)

    with qtbot.waitSignal(saw.changed) as changed:
        editor.choose("manual.pdf")

    assert changed.args[0].manual == Path("manual.pdf")


def test_no_path_is_shown_as_an_empty_line(saw):
    assert saw.editor("manual").findChild(QLineEdit).text() == ""


def test_advanced_fields_are_folded_away_until_wanted(saw):
    assert not saw.editor("oil").isVisibleTo(saw)
    saw.more.set_open(True)
    assert saw.editor("oil").isVisibleTo(saw)
    assert saw.editor("rust").isVisibleTo(saw)
    saw.more.set_open(False)
    assert not saw.editor("oil").isVisibleTo(saw)


def test_a_form_without_advanced_fields_has_nothing_to_unfold(qtbot):
    form = ComponentForm(Tool, Hammer())
    qtbot.addWidget(form)
    assert form.more is None


def test_changes_that_are_folded_away_are_counted(saw):
    assert not told(saw)
    saw.editor("oil").edited.emit(3.0)
    assert told(saw) == "1 changed"
    saw.show_component(replace(saw.component(), rust=True))
    assert told(saw) == "2 changed"
    saw.show_component(Saw())
    assert not told(saw)


def test_what_is_unfolded_stays_so_for_another_member(saw):
    saw.more.set_open(True)
    saw.choose("Hammer")
    saw.choose("Saw")
    assert saw.editor("oil").isVisibleTo(saw)


def told(form):
    """Return what stands beside the button of the advanced fields."""
    texts = [one.text() for one in form.more.findChildren(QLabel)]
    return "".join(texts)


@pytest.mark.parametrize("cls", Layer.registry.values())
def test_the_form_of_a_layer_leaves_its_branches_to_the_list(qtbot, cls):
    form = ComponentForm(Layer, cls(), choose=False)
    qtbot.addWidget(form)
    nested = [p.name for p in parameters(cls) if p.kind is Kind.COMPONENTS]
    for name in nested:
        with pytest.raises(KeyError):
            form.editor(name)
