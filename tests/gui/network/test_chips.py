import pytest
from PySide6.QtCore import QPointF, QSizeF

from playground.gui.network.chips import chip_text
from playground.gui.network.hit import Target, target_at
from playground.gui.network.state import Shown
from playground.gui.selection import Selection
from playground.probes.activations import Activations


class Picture:
    def __init__(self, snapshot, size, selection):
        outputs = next(Activations(example=2).compute(snapshot))
        self.shown = Shown(snapshot.model, snapshot, outputs, snapshot.dataset, selection)
        self.scene = self.shown.scene(QSizeF(*size))
        self.scene.lines = self.shown.lines(self.scene.layout, self.scene.unit)

    def text(self, target):
        column = self.scene.layout.placed[target.column].column
        layer = column.shown_layer(self.shown.layer)
        weights = self.shown.weights(column.layer)
        return chip_text(self.scene, target, weights, self.shown.answers(layer), layer)


@pytest.fixture
def digits(qapp, digits_snapshot):
    return Picture(digits_snapshot, (830, 330), Selection())


@pytest.fixture
def spiral(qapp, spiral_snapshot):
    return Picture(spiral_snapshot, (660, 390), Selection())


def test_a_line_between_neurons_reads_its_weight(spiral, spiral_snapshot):
    value = float(spiral_snapshot.weights[0]["kernel"][1, 3])
    place = [tuple(pair) for pair in spiral.scene.lines[0].joined.tolist()].index((1, 3))
    text = spiral.text(Target(0, line=place))
    assert "y → neuron 4" in text
    assert "neuron 4" in text
    assert f"{abs(value):.2f}"[:3] in text


def test_a_line_to_a_convolution_reads_its_norm(digits):
    assert "kernel norm" in digits.text(Target(0, line=0))


def test_a_bundle_says_how_many_weights_it_stands_for(digits):
    assert "mean of 160 weights" in digits.text(Target(6, line=0))


def test_a_feature_map_reads_its_answers_and_its_weights(digits, digits_snapshot):
    text = digits.text(Target(1, 4))
    bias = float(digits_snapshot.weights[0]["bias"][4])
    assert text.startswith("map 5\nactivation: mean")
    assert f"{abs(bias):.4f}" in text


def test_a_neuron_over_the_plane_reads_its_answer_under_the_pointer(spiral):
    plane = spiral.shown.outputs.plane
    text = spiral.text(Target(0, 0, share=(0.999, 0.5)))
    assert f"{plane.maps[()][24, -1, 0]:.3g}" in text


def test_a_class_reads_its_name(digits, digits_snapshot):
    text = digits.text(Target(7, 3))
    assert text.startswith(digits_snapshot.dataset.classes[3])


def test_the_pointer_finds_the_feature_map_under_it(digits):
    cell = digits.scene.layout.placed[3].cell(6)
    assert target_at(digits.scene, cell.center()).unit == digits.scene.layout.placed[3].units[6]


def test_the_pointer_finds_a_line_near_it(spiral):
    lines = spiral.scene.lines[1]
    x = lines.left + 8
    target = target_at(spiral.scene, QPointF(x, float(lines.heights(x)[0]) - 2))
    assert target.column == 1
    assert target.line is not None


def test_between_the_columns_there_is_nothing(spiral):
    assert target_at(spiral.scene, QPointF(1, 1)) is None
