import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.dataset import MOST_ONE_HOT, DataKind, Dataset, Examples, Scaling, split_rows
from playground.errors import DataError, ShapeError

LABELS = np.repeat([0, 1, 2], [50, 30, 20])


def examples(x_shape, y):
    return Examples(np.zeros(x_shape, np.float32), np.asarray(y))


def dataset(x_shape, y, **names):
    part = examples(x_shape, y)
    return Dataset("test", part, part, part, **names)


def test_examples_are_read_only():
    part = examples((2, 3), [0, 1])
    with pytest.raises(ValueError, match="read-only"):
        part.x[0, 0] = 1


def test_inputs_and_answers_must_be_as_many():
    with pytest.raises(DataError, match="2 inputs but 3 answers"):
        examples((2, 3), [0, 1, 0])


def test_examples_know_which_of_the_source_they_are():
    part = Examples(np.zeros((3, 1), np.float32), np.arange(3), rows=np.array([7, 8, 9]))
    assert part.take(np.array([2, 0])).rows.tolist() == [9, 7]
    assert examples((2, 3), [0, 1]).rows.tolist() == [0, 1]


def test_a_dataset_needs_something_to_train_on():
    with pytest.raises(DataError, match="no example to train on"):
        dataset((0, 3), np.zeros(0, np.int64), classes=("a", "b"))


@pytest.mark.parametrize(
    ("x_shape", "names", "kind"),
    [
        ((4, 8, 8, 1), {"classes": ("a", "b")}, DataKind.IMAGES),
        ((4, 2), {"classes": ("a", "b")}, DataKind.POINTS),
        ((4, 1), {"targets": ("y",)}, DataKind.CURVE),
        ((4, 1), {"classes": ("a", "b")}, DataKind.TABLE),
        ((4, 7), {"targets": ("y",)}, DataKind.TABLE),
    ],
)
def test_the_kind_follows_from_the_shapes(x_shape, names, kind):
    assert dataset(x_shape, [0, 1, 0, 1], **names).kind is kind


def test_classes_become_one_hot_rows():
    data = dataset((3, 4), [2, 0, 1], classes=("a", "b", "c"))
    assert data.targets_for(data.train, 3).tolist() == [[0, 0, 1], [1, 0, 0], [0, 1, 0]]


def test_many_classes_stay_class_numbers():
    names = tuple(f"word {i}" for i in range(MOST_ONE_HOT + 1))
    data = dataset((3, 4), [2, 0, MOST_ONE_HOT], classes=names)
    assert data.targets_for(data.train, len(names)).tolist() == [2, 0, MOST_ONE_HOT]


def test_two_classes_fit_one_output():
    data = dataset((2, 2), [1, 0], classes=("a", "b"))
    assert data.targets_for(data.train, 1).tolist() == [[1], [0]]


def test_a_wrong_number_of_outputs_is_told_with_the_right_one():
    data = dataset((3, 4), [2, 0, 1], classes=("a", "b", "c"))
    with pytest.raises(ShapeError, match="give it 3"):
        data.targets_for(data.train, 2)


@pytest.mark.parametrize("seed", range(5))
def test_a_split_keeps_the_shares_of_the_classes(seed):
    train, validation, test = split_rows(LABELS, 100, (0.2, 0.1), seed)
    assert np.bincount(LABELS[validation]).tolist() == [10, 6, 4]
    assert np.bincount(LABELS[test]).tolist() == [5, 3, 2]
    assert np.bincount(LABELS[train]).tolist() == [35, 21, 14]


@given(st.integers(1, 200), st.floats(0, 0.49), st.floats(0, 0.49), st.integers(0, 9))
def test_a_split_uses_every_row_once(count, validation_share, test_share, seed):
    parts = split_rows(None, count, (validation_share, test_share), seed)
    assert sorted(np.concatenate(parts).tolist()) == list(range(count))


def test_a_split_is_the_same_for_the_same_seed_only():
    first, again, other = (split_rows(LABELS, 100, (0.2, 0.2), seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_a_split_that_leaves_nothing_is_refused():
    with pytest.raises(DataError, match="leave nothing to train on"):
        split_rows(LABELS, 100, (0.5, 0.5), 0)


def test_standardizing_gives_mean_0_and_deviation_1(rng):
    x = rng.normal([5, -300], [2, 40], (500, 2))
    scaled = Scaling.standardizing(x).apply(x)
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(scaled.std(axis=0), 1, rtol=1e-6)


def test_a_constant_column_is_only_centred():
    x = np.full((7, 1), 0.1)
    np.testing.assert_allclose(Scaling.standardizing(x).apply(x), 0, atol=1e-7)


def test_scaling_keeps_the_seconds_of_a_date():
    seconds = 1.7e9 + np.arange(100.0)[:, None]
    scaled = Scaling.standardizing(seconds).apply(seconds)
    assert len(np.unique(scaled)) == 100


def test_scaling_can_be_undone(rng):
    x = rng.normal(3, 2, (50, 4))
    scaling = Scaling.standardizing(x)
    np.testing.assert_allclose(scaling.invert(scaling.apply(x)), x, rtol=1e-5)


@given(st.integers(1, 400), st.floats(0, 0.5), st.floats(0, 0.45), st.integers(0, 5))
def test_a_split_is_what_sorting_by_places_makes_of_it(count, validation_share, test_share, seed):
    place = (np.arange(count) + 0.5) / count
    order = np.random.default_rng(seed).permutation(count)
    parts = split_rows(None, count, (validation_share, test_share), seed)
    test, rest = place < test_share, place >= test_share + validation_share
    for rows, mask in zip(parts, (rest, ~test & ~rest, test), strict=True):
        np.testing.assert_array_equal(rows, order[mask])


@given(
    st.lists(st.integers(0, 4), min_size=3, max_size=60),
    st.floats(0.01, 0.45),
    st.floats(0.01, 0.45),
    st.integers(0, 5),
)
def test_a_class_is_in_every_part_if_it_has_a_row_for_each(labels, first, second, seed):
    labels = np.array(labels)
    parts = split_rows(labels, len(labels), (first, second), seed)
    assert sorted(np.concatenate(parts).tolist()) == list(range(len(labels)))
    for label, count in enumerate(np.bincount(labels).tolist()):
        counts = [np.count_nonzero(labels[rows] == label) for rows in parts]
        assert counts[0] >= min(count, 1)
        assert count < 3 or min(counts) >= 1


def test_unit_scaling_goes_from_0_to_1(rng):
    x = rng.normal(300, 20, (50, 4))
    scaled = Scaling.unit(x).apply(x)
    np.testing.assert_allclose([scaled.min(axis=0), scaled.max(axis=0)], [[0] * 4, [1] * 4])
    np.testing.assert_allclose(Scaling.unit(x).invert(scaled), x, rtol=1e-5)


def test_unit_scaling_makes_a_constant_column_0():
    x = np.full((5, 1), 7.0)
    assert Scaling.unit(x).apply(x).tolist() == [[0]] * 5


@pytest.mark.parametrize("method", ["none", "unit", "standard"])
def test_a_scaling_says_how_it_was_measured(method, rng):
    fitted = Scaling.fitted(method, rng.normal(size=(9, 2)))
    assert fitted.methods == (method, method)
    assert fitted.changes is (method != "none")


def test_several_numbers_over_one_are_no_curve():
    part = Examples(np.zeros((4, 1), np.float32), np.zeros((4, 2), np.float32))
    assert Dataset("t", part, part, part, (), ("x",), ("y", "z")).kind is DataKind.TABLE
