"""Features of points, switched in the picture of the network."""

import pytest

from playground.data.sources.points import Spiral
from playground.gui.network.feature_button import FeatureButton
from tests.gui.views.network_window import Window


def button_of(window):
    return window.canvas.findChild(FeatureButton)


def actions(window):
    return {action.text(): action for action in button_of(window).menu().actions()}


@pytest.fixture
def spiral(qtbot, spiral_snapshot):
    return Window(qtbot, spiral_snapshot)


def test_points_have_a_button_for_their_features_below_the_input(spiral):
    placed = spiral.canvas.scene.layout.placed
    button = button_of(spiral)
    assert button.isVisible()
    assert button.geometry().center().x() < spiral.at(placed[1].rect.topLeft()).x()


def test_what_is_on_is_ticked(spiral):
    on = [text for text, action in actions(spiral).items() if action.isChecked()]
    assert on == ["x", "y"]


def test_a_feature_is_switched_in_the_menu(spiral):
    actions(spiral)["sin 2πx"].trigger()
    assert spiral.project.source.features == ("x", "y", "sin x")
    actions(spiral)["x"].trigger()
    assert spiral.project.source.features == ("y", "sin x")


def test_the_last_feature_cannot_be_taken_away(spiral):
    spiral.edit({"source": Spiral(features=("xy",))})
    assert not actions(spiral)["xy"].isEnabled()
    assert actions(spiral)["x"].isEnabled()


def test_other_data_has_no_such_button(qtbot, iris_snapshot):
    assert not button_of(Window(qtbot, iris_snapshot)).isVisible()
