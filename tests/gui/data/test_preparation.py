"""Scaling and class weights in the open: what is shown of them, and the edits asked for."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from playground.data.dataset import Dataset, Examples, Scaling
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.points import Spiral
from playground.data.tables.plan import ColumnPlan
from playground.gui.data.class_weighing import ClassWeighing
from playground.gui.data.fitted_list import FEW
from playground.gui.data.preparation import Preparation
from playground.gui.look import theme
from playground.gui.widgets import Switch
from playground.training.class_weights import (
    BalancedClassWeights,
    GivenClassWeights,
    NoClassWeights,
)

WINE = CsvFile(path="datasets/wine/wine.csv")
CARS = CsvFile(
    path="datasets/cars/cars.csv",
    targets=("miles_per_gallon",),
    columns=(ColumnPlan("name", "ignore"), ColumnPlan("origin", "category")),
)


@pytest.fixture(scope="module")
def wine():
    return WINE.load()


@pytest.fixture(scope="module")
def cars():
    return CARS.load()


@pytest.fixture
def preparation(qtbot, qapp):
    theme.apply(qapp, dark=False)
    preparation = Preparation()
    qtbot.addWidget(preparation)
    preparation.resize(216, 600)
    preparation.show()
    return preparation


@pytest.fixture
def weighing(qtbot, qapp):
    theme.apply(qapp, dark=False)
    weighing = ClassWeighing()
    qtbot.addWidget(weighing)
    return weighing


def shown(preparation, dataset, source):
    preparation.show_source(source)
    preparation.show_dataset(dataset)
    return preparation


def chosen(qtbot, preparation, key, name, fitted="scaling"):
    """Take a choice of the menu of a row, and return the source it makes."""
    row = preparation.fitted(fitted).row(name)
    (action,) = [action for action in row.menu().actions() if action.data() == key]
    with qtbot.waitSignal(preparation.changed) as changed:
        action.trigger()
    return changed.args[0]


def test_the_fitted_numbers_are_those_of_the_training_rows(preparation, wine):
    shown(preparation, wine, WINE)
    raw = wine.scaling.invert(wine.train.x)[:, 0]
    words = preparation.fitted("scaling").row("alcohol").words()
    assert words == f"mean {raw.mean():.3g}, sd {raw.std():.3g}"


def test_from_0_to_1_shows_the_least_and_the_greatest_value(preparation, cars):
    unit = replace(CARS, target_scaling="unit")
    shown(preparation, unit.load(), unit)
    miles = cars.columns[1].values[cars.train.rows]
    words = preparation.fitted("target_scaling").row("miles_per_gallon").words()
    assert words == f"min {miles.min():.3g}, max {miles.max():.3g}"


def test_few_columns_are_shown_until_asked(qtbot, preparation, wine):
    shown(preparation, wine, WINE)
    with pytest.raises(StopIteration):
        preparation.fitted("scaling").row("proline")
    more = preparation.fitted("scaling").findChild(
        type(preparation.switch("scaling").segment("unit"))
    )
    assert more.text() == "Show all 13"
    qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
    assert preparation.fitted("scaling").row("proline").words().startswith("mean ")
    assert FEW < 13


def test_a_column_is_given_a_scaling_of_its_own(qtbot, preparation, wine):
    shown(preparation, wine, WINE)
    source = chosen(qtbot, preparation, "unit", "ash")
    assert source == replace(WINE, columns=(ColumnPlan("ash", scaling="unit"),))
    again = source.load()
    shown(preparation, again, source)
    assert preparation.fitted("scaling").row("ash").words().startswith("min ")
    assert again.features == wine.features


def test_a_plan_keeps_what_else_it_says(qtbot, preparation, cars):
    plan = ColumnPlan("year", "number", missing="mean")
    source = replace(CARS, columns=(*CARS.columns, plan))
    shown(preparation, cars, source)
    edited = chosen(qtbot, preparation, "none", "year")
    assert edited.columns == (*CARS.columns, replace(plan, scaling="none"))


def test_plans_stand_in_the_order_of_the_columns(qtbot, preparation, cars):
    shown(preparation, cars, CARS)
    edited = chosen(qtbot, preparation, "none", "horsepower")
    assert [plan.name for plan in edited.columns] == ["name", "horsepower", "origin"]


def test_categories_have_no_row(preparation, cars):
    shown(preparation, cars, CARS)
    with pytest.raises(StopIteration):
        preparation.fitted("scaling").row("origin=USA")


def test_a_row_says_what_was_done_and_what_a_click_does(preparation, wine):
    shown(preparation, wine, WINE)
    row = preparation.fitted("scaling").row("alcohol")
    assert row.accessibleName() == f"alcohol: {row.words()}"
    assert "measured on the training rows. Click to scale it in another way." in row.toolTip()
    ticked = [action.data() for action in row.menu().actions() if action.isChecked()]
    assert ticked == ["default"]


def test_points_have_nothing_to_prepare(preparation):
    shown(preparation, Spiral(samples=20).load(), Spiral(samples=20))
    assert not preparation.isVisible()


def test_a_long_name_stands_above_its_figures(preparation, wine):
    names = ("a name as long as the whole panel is wide", *wine.features[1:])
    shown(preparation, replace(wine, features=names), WINE)
    rows = preparation.fitted("scaling")
    assert rows.row(names[0]).heightForWidth(216) > rows.row("malic_acid").heightForWidth(216)


# Class weights


def classes_of(counts):
    y = np.repeat(np.arange(len(counts)), counts)
    part = Examples(np.zeros((len(y), 3), np.float32), y)
    return Dataset("t", part, part, part, tuple("abcdef"[: len(counts)]), ("x", "y", "z"))


@pytest.mark.parametrize(
    ("counts", "offered"), [((10, 10), False), ((14, 10), False), ((16, 10), True)]
)
def test_weights_are_offered_where_classes_are_unbalanced(weighing, counts, offered):
    weighing.show_dataset(classes_of(counts))
    assert weighing.isHidden() is not offered


def test_the_offer_is_taken_and_taken_back_with_a_switch(qtbot, weighing):
    weighing.show_dataset(classes_of((30, 10)))
    switch = weighing.findChild(Switch)
    with qtbot.waitSignal(weighing.edited) as edited:
        switch.click()
    assert edited.args == [{"class_weights": BalancedClassWeights()}]
    weighing.show_weights(BalancedClassWeights())
    with qtbot.waitSignal(weighing.edited) as edited:
        switch.click()
    assert edited.args == [{"class_weights": NoClassWeights()}]


def test_the_weights_are_told(weighing):
    weighing.show_dataset(classes_of((30, 10)))
    assert weighing.explanation() == "Would count: a × 0.67, b × 2"
    weighing.show_weights(BalancedClassWeights())
    assert weighing.explanation() == "In the loss: a × 0.67, b × 2"


def test_weights_of_the_users_own_are_respected(weighing):
    weighing.show_dataset(classes_of((10, 10)))
    weighing.show_weights(GivenClassWeights(weights=(1, 2)))
    assert not weighing.isHidden()
    assert weighing.explanation() == "The loss has class weights of your own."


def test_a_scaling_of_unknown_methods_can_be_shown(preparation, wine):
    bare = Scaling(wine.scaling.offset, wine.scaling.scale)
    shown(preparation, replace(wine, scaling=bare), WINE)
    assert preparation.fitted("scaling").row("alcohol").words() == "as it is"
