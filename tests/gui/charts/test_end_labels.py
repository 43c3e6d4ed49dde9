import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF

from playground.gui.charts.end_labels import EndLabel, place_labels

AREA = QRectF(40, 8, 240, 100)


def labels(*ends):
    return [EndLabel(f"validation 0.{i}", "text", QPointF(*end)) for i, end in enumerate(ends)]


@pytest.mark.parametrize(
    "ends",
    [
        [(100, 50), (100, 50)],
        [(100, 8), (100, 9)],
        [(100, 108), (90, 107)],
        [(100, 8), (100, 108)],
        [(270, 50), (270, 55)],
        [(279, 8), (279, 108)],
    ],
)
def test_labels_never_collide_nor_leave_the_chart(qapp, ends):
    first, second = (placed.place for placed in place_labels(labels(*ends), AREA, []))
    assert not first.intersects(second)
    assert AREA.adjusted(0, -0.01, 0, 0.01).contains(first)
    assert AREA.adjusted(0, -0.01, 0, 0.01).contains(second)


def test_a_label_stands_beside_its_end_where_there_is_room(qapp):
    (placed,) = place_labels(labels((100, 50)), AREA, [])
    assert placed.place.left() > 100
    assert abs(placed.place.center().y() - 50) < 1


def test_labels_keep_the_order_of_their_lines(qapp):
    placed = place_labels(labels((100, 51), (100, 50)), AREA, [])
    assert [p.label.text for p in placed] == ["validation 0.1", "validation 0.0"]


@pytest.mark.parametrize("height", [20.0, 95.0])
def test_at_the_right_edge_labels_keep_clear_of_the_curve(qapp, height):
    curve = np.linspace(40, 280, 50), np.full(50, height)
    for placed in place_labels(labels((280, height), (280, height)), AREA, [curve]):
        assert not placed.place.top() < height < placed.place.bottom()
