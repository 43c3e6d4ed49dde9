"""What every source of data keeps to."""

import numpy as np
import pytest

from playground.component import Kind, parameters
from playground.data.dataset import DataKind
from playground.data.sources import DataSource
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.drawn_curve import DrawnCurve
from playground.data.sources.my_drawings import MyDrawings
from playground.data.sources.planes import PlaneSource
from playground.data.sources.points import PointSource
from playground.data.sources.text import PastedText
from playground.errors import DataError

SOURCES = list(DataSource.registry.values())
BUILT_IN = [s for s in SOURCES if not any(p.kind is Kind.PATH for p in parameters(s))]
for empty in (DrawnPoints, DrawnCurve, MyDrawings, PastedText):  # until somebody draws or pastes
    BUILT_IN.remove(empty)
POINTS = [source for source in SOURCES if issubclass(source, PointSource)]
MADE_POINTS = [source for source in BUILT_IN if issubclass(source, PlaneSource)]


@pytest.fixture(params=BUILT_IN, ids=lambda source: source.__name__)
def source(request):
    return request.param


@pytest.fixture(params=POINTS, ids=lambda source: source.__name__)
def points(request):
    return request.param


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.__name__)
def test_every_source_has_a_title_for_the_menu(source):
    assert source.title.strip() == source.title != ""


def test_every_built_in_source_loads_as_it_is(source):
    dataset = source().load()
    assert source.title.lower() in dataset.title.lower()  # a text says its language, too
    assert min(map(len, (dataset.train, dataset.validation, dataset.test))) > 0


def test_inputs_are_finite_single_precision(source):
    dataset = source().load()
    for part in (dataset.train, dataset.validation, dataset.test):
        assert part.x.dtype == np.float32
        assert np.isfinite(part.x).all()


def test_answers_fit_the_names(source):
    dataset = source().load()
    if dataset.is_classification:
        assert dataset.train.y.dtype == np.int64
        assert set(dataset.train.y.tolist()) == set(range(len(dataset.classes)))
    else:
        assert dataset.train.y.dtype == np.float32
        assert dataset.train.y.shape == (len(dataset.train), len(dataset.targets))


def test_no_two_examples_have_the_same_number(source):
    dataset = source().load()
    parts = (dataset.train, dataset.validation, dataset.test)
    numbers = np.concatenate([part.rows for part in parts])
    assert len(np.unique(numbers)) == len(numbers)


def test_the_same_seed_gives_the_same_examples(source):
    first, again, other = (source(seed=seed).load().train for seed in (3, 3, 4))
    assert np.array_equal(first.x, again.x)
    assert np.array_equal(first.y, again.y)
    assert not np.array_equal(first.x, other.x)


def test_the_progress_rises_to_1(source):
    shares = []
    source().load(shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_no_validation_part_if_none_is_wanted(source):
    assert len(source(validation_split=0.0).load().validation) == 0


@pytest.fixture(params=MADE_POINTS, ids=lambda source: source.__name__)
def on_plane(request):
    return request.param


def test_points_are_in_the_plane(on_plane):
    assert on_plane().load().kind is DataKind.POINTS


def test_points_stay_in_their_square_but_for_the_noise(on_plane):
    x = on_plane(noise=0.25, samples=2000).load().train.x
    assert np.abs(x).max() <= 1.25


def test_by_default_a_network_is_told_the_coordinates(on_plane):
    dataset = on_plane().load()
    assert dataset.features == dataset.axes == ("x", "y")
    np.testing.assert_array_equal(dataset.train.x, dataset.train.points)


def test_features_follow_from_the_points_and_these_stay(on_plane):
    plain, told = (on_plane(features=names).load() for names in (("x", "y"), ("xy", "x^2")))
    np.testing.assert_array_equal(told.train.points, plain.train.points)
    x, y = told.train.points.T
    np.testing.assert_allclose(told.train.x, np.stack([x * x, x * y], axis=1), atol=1e-6)
    assert told.features == ("x²", "xy")
    assert told.kind is DataKind.POINTS


def test_each_part_has_as_many_points_of_each_class(points):
    dataset = points(samples=600).load()
    for part in (dataset.train, dataset.validation, dataset.test):
        assert len(set(np.bincount(part.y).tolist())) == 1


@pytest.mark.parametrize("share", [0.1, 0.3, 0.9])
def test_the_balance_is_the_share_of_the_second_of_two_classes(points, share):
    two = {"classes": 2} if hasattr(points, "classes") else {}
    y = points(samples=1000, balance=share, validation_split=0, test_split=0, **two).load().train.y
    assert y.mean() == pytest.approx(share)


def test_without_noise_the_classes_do_not_touch(points):
    train = points(noise=0.0, samples=1000).load().train
    nearest = min(
        np.linalg.norm(train.x[train.y == k][:, None] - train.x[train.y != k], axis=2).min()
        for k in np.unique(train.y)
    )
    assert nearest > 0.01


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_more_classes_are_told_apart_too(points, count):
    if not hasattr(points, "classes"):
        assert points().class_count == 2
        return
    dataset = points(classes=count, samples=2000, noise=0).load()
    assert len(dataset.classes) == len(np.unique(dataset.train.y)) == count
    mine = [dataset.train.x[dataset.train.y == k] for k in range(count)]
    nearest = min(
        np.linalg.norm(a[:, None] - b, axis=2).min()
        for k, a in enumerate(mine)
        for b in mine[k + 1 :]
    )
    assert nearest > 0.01


def test_too_few_points_for_the_classes_is_said():
    source = DataSource.registry["Rings"](samples=10, classes=5, balance=0.9)
    with pytest.raises(DataError, match="10 points are too few for 5 classes"):
        source.load()
