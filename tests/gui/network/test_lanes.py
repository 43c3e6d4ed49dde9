"""Layers within layers, drawn as lanes."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF

from playground.gui.network.columns import Form, columns_of, flat, folded
from playground.gui.network.edges import bundles
from playground.gui.network.layout import arrange
from playground.gui.network.state import Shown
from playground.gui.selection import Selection
from playground.nn.edits import inserted, slots
from playground.nn.layers.branches import Add, Concatenate
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.flatten import Flatten
from playground.nn.model import Sequential
from playground.nn.paths import layer_at, walk, weights_at
from playground.probes.activations import Activations

SIZES = [(830, 330), (830, 285), (1240, 560), (500, 330)]
NOTHING = (None, None)
BRANCHED = ["inception_snapshot", "residual_snapshot", "two_outputs_snapshot"]


def layout_of(snapshot, size=SIZES[0], selected=NOTHING):
    columns = columns_of(snapshot.model, snapshot.dataset, has_plane=False)
    return arrange(columns, QSizeF(*size), selected)


@pytest.fixture(params=BRANCHED)
def snapshot(request, qapp):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("size", SIZES)
def test_every_layer_has_its_place(snapshot, size):
    layout = layout_of(snapshot, size)
    for path, _ in walk(snapshot.model):
        assert path in layout.placed[layout.index_of(path)].column.layers


@pytest.mark.parametrize("size", SIZES)
def test_no_column_lies_on_another(snapshot, size):
    layout = layout_of(snapshot, size)
    rects = [placed.full for placed in layout.placed]
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])


@pytest.mark.parametrize("size", SIZES)
def test_all_of_them_lie_in_the_picture(snapshot, size):
    layout = layout_of(snapshot, size)
    picture = QRectF(0, 0, layout.size.width(), layout.size.height())
    assert all(picture.contains(placed.full) for placed in layout.placed)
    assert layout.size.height() == size[1]


@pytest.mark.parametrize("size", SIZES)
def test_no_line_that_rises_passes_over_a_column(snapshot, size):
    layout = layout_of(snapshot, size)
    for lines in Shown(snapshot.model, snapshot).lines(layout, None):
        heights = np.append(lines.starts, lines.ends)
        (left, right), top = lines.bend, heights.min()
        assert left < right
        rise = QRectF(left, top, right - left, heights.max() - top)
        assert not [one for one in layout.placed if one.rect.intersects(rise)]


def test_branches_begin_together_and_meet_in_their_join(qapp, inception_snapshot):
    layout = layout_of(inception_snapshot)
    join = layout.index_of((2,))
    before = layout.index_of((1,))
    ends = {joint.branch: joint.left for joint in layout.joints if joint.right == join}
    begins = {joint.right for joint in layout.joints if joint.left == before}
    assert begins == {layout.index_of((2, branch, 0)) for branch in range(4)}
    assert ends == {0: layout.index_of((2, 0, 0))} | {
        branch: layout.index_of((2, branch, 1)) for branch in (1, 2, 3)
    }


def test_a_branch_meets_its_own_channels(qapp, inception_snapshot):
    layout = layout_of(inception_snapshot)
    join = layout.placed[layout.index_of((2,))]
    assert join.column.parts == (8, 16, 8, 8)
    units = [unit for branch in range(4) for _, bundle in join.part(branch) for unit in bundle]
    assert units == list(range(40))
    heights = [y for branch in range(4) for y, _ in join.part(branch)]
    assert heights == sorted(heights)


def test_branches_that_are_added_meet_everywhere(qapp, residual_snapshot):
    layout = layout_of(residual_snapshot)
    join = layout.placed[layout.index_of((2,))]
    assert join.part(0) == join.part(1) == join.anchors


def test_an_empty_branch_is_a_way_past_the_others(qapp, residual_snapshot):
    layout = layout_of(residual_snapshot, (1240, 560))
    way = next(one for one in layout.placed if one.column.form is Form.PASS)
    for path in ((2, 1, 0), (2, 1, 1)):
        beside = layout.placed[layout.index_of(path)]
        assert way.rect.left() <= beside.rect.left() < beside.rect.right() <= way.rect.right()
    assert way.column.layer == (2,)


def test_a_head_ends_with_an_output_of_its_own(qapp, two_outputs_snapshot):
    layout = layout_of(two_outputs_snapshot)
    outputs = [one for one in layout.placed if one.column.form is Form.OUTPUT]
    assert [one.column.layer for one in outputs] == [(6,), (2, 0, 1)]
    assert all(one.column.labels == two_outputs_snapshot.dataset.classes for one in outputs)
    joined = {joint.left for joint in layout.joints}
    assert not joined & {layout.placed.index(one) for one in outputs}


def test_both_outputs_say_what_they_answer(qapp, two_outputs_snapshot):
    snapshot = two_outputs_snapshot
    outputs = next(Activations().compute(snapshot))
    shown = Shown(snapshot.model, snapshot, outputs, snapshot.dataset)
    scene = shown.scene(QSizeF(830, 330))
    shown.fill(scene, 1.0)
    for path in ((6,), (2, 0, 1)):
        answers = scene.answers[scene.layout.index_of(path)]
        np.testing.assert_allclose(
            [answer.share for answer in answers], outputs.answers[path], rtol=1e-6
        )


def test_lines_in_a_branch_are_its_real_weights(qapp, inception_snapshot):
    layout = layout_of(inception_snapshot, (1240, 560))
    place = layout.index_of((2, 1, 1))
    joint = next(joint for joint in layout.joints if joint.right == place)
    right, left = layout.placed[place], layout.placed[joint.left]
    weights = weights_at(inception_snapshot.model, inception_snapshot.weights, (2, 1, 1))
    lines = bundles(left, right, weights, (3, 5), joint)
    expected = np.sqrt(np.square(weights["kernel"][:, :, 3, 5]).mean())
    assert abs(lines.values).tolist() == pytest.approx([expected], rel=1e-5)


def test_lines_into_branches_are_real_weights_too(qapp, inception_snapshot):
    layout = layout_of(inception_snapshot)
    shown = Shown(inception_snapshot.model, inception_snapshot)
    lines = shown.lines(layout, None)
    learned = {layout.joints[i].right for i, one in enumerate(lines) if one.learned}
    convolutions = [p for p, one in walk(inception_snapshot.model) if isinstance(one, Conv2D)]
    assert {layout.index_of(path) for path in convolutions} <= learned


def test_lines_are_level_where_they_do_not_bend(qapp, inception_snapshot):
    layout = layout_of(inception_snapshot)
    for lines in Shown(inception_snapshot.model, inception_snapshot).lines(layout, None):
        np.testing.assert_allclose(lines.heights(lines.bend[0]), lines.starts, atol=1)
        np.testing.assert_allclose(lines.heights(lines.bend[1]), lines.ends, atol=1)


def test_in_a_branch_that_is_selected_every_place_is_offered(snapshot):
    for path, layer in walk(snapshot.model):
        if layer.chains:
            layout = layout_of(snapshot, (1240, 560), (path, None))
            offered = {gap.path for gap in layout.gaps if gap.is_open(path)}
            within = {slot for slot in slots(snapshot.model) if slot[: len(path)] == path}
            ends = {(*path, b, len(c.layers)) for b, c in enumerate(layer.chains)}
            assert within - ends <= offered


def test_what_is_put_into_a_gap_comes_there(snapshot):
    for gap in layout_of(snapshot).gaps:
        wider = inserted(snapshot.model, gap.path, Flatten())
        assert layer_at(wider, gap.path) == Flatten()


def test_branches_are_left_alone_until_one_is_selected(qapp, inception_snapshot):
    gaps = layout_of(inception_snapshot).gaps
    assert all(len(gap.path) == 1 for gap in gaps if gap.is_open((1,)))
    assert any(len(gap.path) == 3 for gap in gaps if gap.is_open((2, 1, 0)))


def test_lanes_fold_as_the_main_line_does(qapp, inception_snapshot):
    pool = inception_snapshot.model.layers[1]
    model = Sequential((Concatenate((Sequential((Conv2D(4), pool)), Sequential((pool,)))),))
    row = folded(columns_of(model, inception_snapshot.dataset, has_plane=False))
    assert [column.layers for column in flat(row)] == [
        (),
        ((0, 0, 0), (0, 0, 1)),
        ((0, 1, 0),),
        ((0,),),
    ]


def test_what_does_not_fit_in_a_branch_is_marked_there(qapp, inception_snapshot):
    broken = Sequential((Add((Sequential((Conv2D(4), Flatten(), Conv2D(4))), Sequential())),))
    columns = list(flat(columns_of(broken, inception_snapshot.dataset, has_plane=False)))
    forms = {column.layer: column.form for column in columns if column.layers}
    assert forms[(0, 0, 2)] is Form.BROKEN
    assert forms[(0,)] is Form.UNKNOWN


def test_branches_that_do_not_go_together_are_marked_at_their_join(qapp, inception_snapshot):
    broken = Sequential((Add((Sequential((Conv2D(4),)), Sequential())),))
    columns = list(flat(columns_of(broken, inception_snapshot.dataset, has_plane=False)))
    assert columns[-1].form is Form.BROKEN
    assert "equal shape" in columns[-1].message


def test_branches_within_branches_lie_within_their_lane(qapp, inception_snapshot):
    inner = Add((Sequential(), Sequential((Conv2D(8, padding="same"),) * 2)))
    model = Sequential(
        (Conv2D(8), Concatenate((Sequential((inner,)), Sequential((Conv2D(4, (1, 1)),)))))
    )
    columns = columns_of(model, inception_snapshot.dataset, has_plane=False)
    layout = arrange(columns, QSizeF(1240, 560), NOTHING)
    deep, other = (layout.placed[layout.index_of(p)] for p in ((1, 0, 0, 1, 0), (1, 1, 0)))
    assert deep.band.bottom < other.band.top
    assert layout.index_of((1, 0, 0, 1, 1)) < layout.index_of((1, 0, 0)) < layout.index_of((1,))


def test_answers_of_a_changed_branch_are_not_shown(qapp, inception_snapshot):
    snapshot = inception_snapshot
    shown = Shown(snapshot.model, snapshot, None, snapshot.dataset, Selection())
    shown.model = inserted(snapshot.model, (2, 1, 0), Conv2D(8, (1, 1)))
    assert shown.weights((2, 0, 0))
    assert not shown.weights((2, 1, 1))
    assert not shown.weights((5,))


def test_anchors_of_a_row_do_not_cross(snapshot):
    for placed in layout_of(snapshot).placed:
        heights = [y for y, _ in placed.anchors]
        assert all(a < b for a, b in pairwise(heights))
