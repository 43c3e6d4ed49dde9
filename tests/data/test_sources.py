"""What every source of data keeps to."""

import numpy as np
import pytest

from playground.component import Kind, parameters
from playground.data.dataset import DataKind
from playground.data.sources import DataSource
from playground.data.sources.points import PointSource

SOURCES = list(DataSource.registry.values())
BUILT_IN = [s for s in SOURCES if not any(p.kind is Kind.PATH for p in parameters(s))]
POINTS = [source for source in SOURCES if issubclass(source, PointSource)]


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
    assert dataset.title == source.title
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


def test_points_are_in_the_plane(points):
    assert points().load().kind is DataKind.POINTS


def test_points_stay_in_their_square_but_for_the_noise(points):
    x = points(noise=0.25, samples=2000).load().train.x
    assert np.abs(x).max() <= 1.25


def test_each_part_has_as_many_points_of_either_class(points):
    dataset = points(samples=400).load()
    for part in (dataset.train, dataset.validation, dataset.test):
        first, second = np.bincount(part.y)
        assert first == second


def test_without_noise_the_classes_do_not_touch(points):
    train = points(noise=0.0, samples=1000).load().train
    first, second = (train.x[train.y == k] for k in (0, 1))
    nearest = np.linalg.norm(first[:, None] - second, axis=2).min()
    assert nearest > 0.01
