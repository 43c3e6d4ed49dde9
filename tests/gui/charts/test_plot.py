import numpy as np
import pytest

from playground.gui.charts.plot import Look, Plot
from playground.gui.charts.scales import Scale
from playground.gui.look import theme

LOOKS = {
    "line": Look("accent", width=3.0),
    "dots": Look("danger", width=0, dots=7.0),
    "rings": Look("danger", width=0, dots=9.0, hollow=True),
}
X, Y = Scale(0.0, 10.0, ((0.0, "0"),)), Scale(0.0, 1.0, ((0.0, "0"),))


@pytest.fixture
def plot(qtbot):
    plot = Plot("Chart", LOOKS)
    qtbot.addWidget(plot)
    plot.resize(300, 200)
    plot.set_scales(X, Y)
    return plot


def colour_at(plot, x, y):
    area = plot.area
    across, down = area.left() + x / 10 * area.width(), area.bottom() - y * area.height()
    return plot.grab().toImage().pixelColor(int(across), int(down))


def points(*pairs):
    x, y = zip(*pairs, strict=True)
    return np.array(x, float), np.array(y, float)


def test_a_line_joins_its_points(plot):
    plot.set_curves({"line": points((0, 0.5), (4, 0.5))})
    assert colour_at(plot, 2, 0.5) == theme.colour("accent")
    assert colour_at(plot, 6, 0.5) == theme.colour("surface")


def test_other_points_take_the_place_of_the_old_ones(plot):
    plot.set_curves({"line": points((0, 0.5), (4, 0.5))})
    plot.set_curves({"line": points((0, 0.2), (4, 0.2))})
    assert colour_at(plot, 2, 0.5) == theme.colour("surface")
    assert colour_at(plot, 2, 0.2) == theme.colour("accent")


def test_a_curve_follows_its_axes(plot):
    plot.set_curves({"line": points((0, 0.5), (10, 0.5))})
    plot.grab()
    plot.set_scales(X, Scale(0.0, 2.0, ()))
    assert colour_at(plot, 5, 0.25) == theme.colour("accent")


def test_a_dot_is_filled_and_a_ring_is_not(plot):
    plot.set_curves({"dots": points((2, 0.5)), "rings": points((6, 0.5))})
    assert colour_at(plot, 2, 0.5) == theme.colour("danger")
    assert colour_at(plot, 6, 0.5) == theme.colour("surface")
    ring = 4.5 * 10 / plot.area.width()
    assert colour_at(plot, 6 + ring, 0.5) == theme.colour("danger")


def test_a_curve_ends_at_the_edge_of_the_chart(plot):
    plot.set_curves({"line": points((0, 0.5), (1e9, 0.5))})
    assert colour_at(plot, 9, 0.5) == theme.colour("accent")
    image = plot.grab().toImage()
    assert image.pixelColor(299, int(plot.area.center().y())) == theme.colour("surface")
