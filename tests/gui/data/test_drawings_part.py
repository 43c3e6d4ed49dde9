from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from playground.data.images.drawing import Drawing
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.points import Spiral
from playground.gui.data.data_panel import DataPanel
from playground.gui.data.drawings_part import DrawingsPart

DRAWN = tuple(Drawing.of(np.full((28, 28), k / 9, np.float32), str(k)) for k in range(1, 6))
SOURCE = MnistDigits(examples=100, drawn=DRAWN)


@pytest.fixture
def part(qtbot):
    part = DrawingsPart()
    qtbot.addWidget(part)
    part.resize(216, 160)
    part.show_source(SOURCE)
    qtbot.waitExposed(part)
    return part


def labels(signal):
    return [drawing.label for drawing in signal.args[0].drawn]


def choose(qtbot, part, index):
    qtbot.mouseClick(part._pictures, Qt.MouseButton.LeftButton, pos=QPoint(5 + 36 * index, 5))


def test_a_source_without_drawings_has_no_such_part(part):
    part.show_source(replace(SOURCE, drawn=()))
    assert part.isHidden()
    part.show_source(Spiral())
    assert part.isHidden()


def test_the_newest_comes_first_and_can_be_removed(qtbot, part):
    assert not part._remove.isEnabled()
    choose(qtbot, part, 0)
    assert part._remove.toolTip() == "Remove this drawing of 5"
    with qtbot.waitSignal(part.changed) as caught:
        part._remove.click()
    assert labels(caught) == ["1", "2", "3", "4"]


def test_any_can_be_removed(qtbot, part):
    choose(qtbot, part, 3)
    with qtbot.waitSignal(part.changed) as caught:
        part._remove.click()
    assert labels(caught) == ["1", "3", "4", "5"]


def test_all_can_be_removed(qtbot, part):
    with qtbot.waitSignal(part.changed) as caught:
        part._remove_all.click()
    assert caught.args[0] == replace(SOURCE, drawn=())


def test_the_data_panel_tells_the_session(qtbot):
    panel = DataPanel()
    qtbot.addWidget(panel)
    panel.show_dataset(SOURCE.load(), SOURCE)
    with qtbot.waitSignal(panel.edited) as caught:
        panel._drawings._remove_all.click()
    assert caught.args[0] == {"source": replace(SOURCE, drawn=())}
