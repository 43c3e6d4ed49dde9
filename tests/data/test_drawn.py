"""Points that the user draws: each keeps its number and its part."""

import json

import numpy as np
import pytest

from playground.component import from_config, to_config
from playground.data.sources import DataSource
from playground.data.sources.curves import Sine, Step
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_curve import DrawnCurve
from playground.data.sources.drawn_source import MOST_POINTS, parts_of
from playground.data.sources.points import Circle, Rings, Spiral
from playground.data.sources.surfaces import Plane
from playground.errors import ConfigError, DataError


def drawn(count, **settings):
    """Return points of two classes in turn."""
    source = DrawnPoints(**settings)
    for i in range(count):
        source = source.added(i / 100, -i / 100, i % 2)
    return source


def parts(source):
    dataset = source.load()
    return [set(part.rows.tolist()) for part in (dataset.train, dataset.validation, dataset.test)]


def test_a_point_is_where_it_was_put():
    dataset = DrawnPoints().added(0.25, -0.5, 0).added(0.125, 1, 1).load()
    assert dataset.train.points.tolist() == [[0.25, -0.5], [0.125, 1]]
    assert dataset.train.y.tolist() == [0, 1]
    assert dataset.classes == ("diamonds", "circles")


def test_an_added_point_moves_no_other_to_another_part():
    before, after = parts(drawn(60, test_split=0.3)), parts(drawn(61, test_split=0.3))
    assert all(one <= other for one, other in zip(before, after, strict=True))


def test_an_erased_point_moves_no_other_to_another_part():
    source = drawn(60, test_split=0.3)
    before, after = parts(source), parts(source.without([7, 30]))
    assert [one - {7, 30} for one in before] == after


def test_a_moved_point_stays_in_its_part():
    source = drawn(60, test_split=0.3)
    moved = source.moved(12, 0.9, 0.9)
    assert parts(moved) == parts(source)
    assert [0.9, 0.9] in moved.table[:, :2].tolist()


@pytest.mark.parametrize("seed", [0, 1, 77])
@pytest.mark.parametrize("count", [20, 100, 1000])
def test_each_part_gets_its_share(seed, count):
    part = parts_of(np.arange(count), (0.2, 0.3), seed)
    shares = np.bincount(part, minlength=3) / count
    np.testing.assert_allclose(shares, [0.5, 0.2, 0.3], atol=2 / count + 0.02)


def test_the_first_points_are_trained_on():
    assert len(drawn(5).load().train) == 5


def test_another_seed_splits_otherwise():
    assert parts(drawn(60)) != parts(drawn(60, seed=1))


def test_a_new_class_makes_room_for_itself():
    dataset = drawn(4).added(0, 0, 2).load()
    assert dataset.classes == ("diamonds", "circles", "squares")
    assert dataset.outputs == 3


@pytest.mark.parametrize("source", [Spiral(), Circle(noise=0.2, test_split=0), Rings(classes=4)])
def test_points_of_a_rule_keep_place_class_and_part_when_drawn_on(source):
    made = source.load()
    dataset = DrawnPoints.begun_from(source, made).load()
    for name in ("train", "validation", "test"):
        before, after = getattr(made, name), getattr(dataset, name)
        np.testing.assert_allclose(after.points, before.points, atol=1e-4)
        np.testing.assert_array_equal(after.y, before.y)
    assert dataset.classes == made.classes


def test_features_stay_when_drawn_on():
    source = Spiral(features=("x", "sin y"))
    assert DrawnPoints.begun_from(source, source.load()).load().features == ("x", "sin 2πy")


def test_a_run_goes_on_with_points_added_moved_or_erased():
    source = drawn(20)
    for other in (source.added(0, 0, 1), source.moved(3, 0, 0), source.without([1, 2])):
        assert other.continues(source)
        assert source.continues(other)


def test_a_run_goes_on_from_made_to_drawn_points_and_back():
    spiral = Spiral()
    changed = DrawnPoints.begun_from(spiral, spiral.load()).without([0])
    assert changed.continues(spiral)
    assert spiral.continues(changed)


@pytest.mark.parametrize(
    "other",
    [
        drawn(20, features=("x",)),
        drawn(20, seed=1),
        drawn(20, validation_split=0.5),
        drawn(20).added(0, 0, 2),
        Plane(),
        Spiral(classes=3),
    ],
)
def test_a_run_does_not_go_on_where_inputs_answers_or_parts_change(other):
    assert not drawn(20).continues(other)
    assert not other.continues(drawn(20))


def test_an_empty_plane_is_a_new_beginning_but_for_what_was_drawn():
    assert not DrawnPoints().continues(Spiral(test_split=0.0))
    assert DrawnPoints().continues(drawn(3))


def test_other_made_points_are_a_new_beginning():
    assert not Spiral().continues(Circle())


def test_an_empty_plane_says_what_to_do():
    dataset = DrawnPoints().load()
    assert len(dataset.train) == 0
    assert "click in the plane" in dataset.lack


def test_one_class_alone_is_not_enough():
    dataset = DrawnPoints().added(0, 0, 1).added(1, 1, 1).load()
    assert dataset.lack.startswith(
        "All points to train on are circles. Add points of another class"
    )
    assert not drawn(2).load().lack


def test_points_survive_saving():
    source = drawn(30, classes=3)
    assert from_config(DataSource, json.loads(json.dumps(to_config(source)))) == source


def test_as_many_points_as_may_be_are_described_within_a_project_file():
    table = np.random.default_rng(0).uniform(-1, 1, (MOST_POINTS, 4)).round(4)
    table[:, 2], table[:, 3] = 0, np.arange(MOST_POINTS) + 10**6
    source = DrawnPoints(points=tuple(table.ravel().tolist()))
    assert len(json.dumps(to_config(source))) < 2**18
    with pytest.raises(ConfigError, match=r"At most 5,000 points .* Received: 5,001"):
        source.added(0, 0, 0)


def test_too_many_made_points_are_not_drawn_on():
    source = Circle(samples=MOST_POINTS + 2)
    with pytest.raises(DataError, match=r"ask for fewer\. Received: 5,002"):
        DrawnPoints.begun_from(source, source.load())


@pytest.mark.parametrize(
    ("points", "problem"),
    [
        ((0, 0, 0), "A point is 4 numbers"),
        ((0, 11, 0, 0), "between -10 and 10"),
        ((0, 0, 2, 0), "classes of 2 go from 0 to 1"),
        ((0, 0, 0.5, 0), "classes of 2 go from 0 to 1"),
        ((0, 0, 0, 1, 1, 1, 1, 1), "a whole number of its own"),
        ((0, 0, 0, -1), "a whole number of its own"),
        ((0, 0, 0, 0.5), "a whole number of its own"),
    ],
)
def test_what_is_no_points_is_refused(points, problem):
    with pytest.raises(ConfigError, match=problem):
        DrawnPoints(points=points)


def test_shares_that_leave_nothing_to_train_on_are_refused():
    with pytest.raises(DataError, match="leave nothing to train on"):
        drawn(9, validation_split=0.5, test_split=0.5).load()


def curve(count):
    source = DrawnCurve()
    for i in range(count):
        source = source.added(i / 100, -i / 100)
    return source


def test_a_drawn_curve_is_y_over_x():
    dataset = DrawnCurve().added(0.5, -0.25).load()
    assert (dataset.train.x.tolist(), dataset.train.y.tolist()) == ([[0.5]], [[-0.25]])
    assert dataset.targets == ("y",)
    assert not dataset.lack


def test_an_empty_line_says_what_to_do():
    assert "click over the line" in DrawnCurve().load().lack


def test_points_of_a_curve_keep_their_part_when_drawn_on():
    made = Sine().load()
    drawn_on = DrawnCurve.begun_from(Sine(), made)
    for name in ("train", "validation", "test"):
        before, after = getattr(made, name), getattr(drawn_on.load(), name)
        np.testing.assert_allclose(after.x, before.x, atol=1e-4)
        np.testing.assert_allclose(after.y, before.y, atol=1e-4)
    assert drawn_on.continues(Sine())
    assert Sine().continues(drawn_on.added(0, 0))


def test_a_run_goes_on_with_a_curve_that_changed_but_not_with_another():
    assert curve(5).without([1]).continues(curve(5))
    assert not Sine().continues(Step())
    assert not DrawnCurve(test_split=0.2).continues(Sine())
    assert not curve(5).continues(drawn(5))
