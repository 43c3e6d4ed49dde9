"""What every augmentation keeps to."""

from dataclasses import replace

import numpy as np
import pytest

from playground.component import parameters
from playground.data.augmentations import Augmentation, draw_change
from playground.data.augmentations.base import ImageAugmentation
from playground.data.dataset import Dataset, Examples
from playground.data.sources.points import Circle
from playground.errors import ShapeError

CLASSES = list(Augmentation.registry.values())
IMAGES = [cls for cls in CLASSES if issubclass(cls, ImageAugmentation)]
SHAPES = [(12, 12, 1), (9, 14, 3)]
KEY = (42, 3, 7)


@pytest.fixture(params=CLASSES, ids=lambda cls: cls.__name__)
def cls(request):
    return request.param


@pytest.fixture(params=SHAPES, ids=str)
def x(request, rng):
    return rng.random((40, *request.param)).astype(np.float32)


def changed(x, *augmentations, key=KEY, cuts=()):
    """Return what a batch becomes, as a whole or in parts."""
    result = x.copy()
    change = draw_change(augmentations, key, len(x), x.shape[1:])
    for first, end in zip((0, *cuts), (*cuts, len(x)), strict=True):
        change(result[first:end], first)
    return result


def test_it_has_a_title_for_the_menu(cls):
    assert cls.title.strip() == cls.title != ""


def test_it_changes_examples_and_keeps_their_form(cls, x):
    y = changed(x, cls())
    assert (y.shape, y.dtype) == (x.shape, x.dtype)
    assert np.isfinite(y).all()
    assert (y != x).any(axis=(1, 2, 3)).mean() > 0.3


def test_the_same_key_does_the_same(cls, x):
    assert np.array_equal(changed(x, cls()), changed(x, cls()))


def test_another_key_does_something_else(cls, x):
    assert not np.array_equal(changed(x, cls()), changed(x, cls(), key=(42, 3, 8)))


def test_each_example_is_changed_in_its_own_way(cls, x):
    same = np.repeat(x[:1], len(x), axis=0)
    assert len(np.unique(changed(same, cls()).reshape(len(x), -1), axis=0)) > 2


@pytest.mark.parametrize("cuts", [(20,), (1, 2, 17), range(1, 40)], ids=str)
def test_it_does_the_same_however_the_batch_is_cut(cls, x, cuts):
    assert np.array_equal(changed(x, cls()), changed(x, cls(), cuts=tuple(cuts)))


def test_all_together_do_the_same_however_the_batch_is_cut(x):
    everything = [cls() for cls in CLASSES]
    assert np.array_equal(changed(x, *everything), changed(x, *everything, cuts=(13, 26)))


def test_one_more_leaves_what_the_others_draw(x):
    """So that a preview does not jump when something is added."""
    alone, first = CLASSES[0](), changed(x, CLASSES[0]())
    calm = [cls(**dict.fromkeys(_factors(cls), 0.0)) for cls in CLASSES if _factors(cls)]
    np.testing.assert_allclose(changed(x, alone, *calm), first, atol=1e-5)


def _factors(cls):
    names = [p.name for p in parameters(cls)]
    return [name for name in names if name.endswith(("factor", "stddev"))]


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if _factors(cls)])
def test_with_nothing_to_do_it_changes_nothing(cls, x):
    nothing = replace(cls(), **dict.fromkeys(_factors(cls), 0.0))
    assert np.array_equal(changed(x, nothing), x)


@pytest.mark.parametrize("cls", IMAGES, ids=lambda cls: cls.__name__)
def test_what_is_for_images_says_so_of_points(cls):
    with pytest.raises(ShapeError, match=rf"{cls.__name__} is for images.*use RandomNoise"):
        cls().check(Circle(samples=40).load())


def test_images_may_have_any_augmentation(cls, x):
    part = Examples(x, np.arange(40) % 2)
    cls().check(Dataset("pictures", part, part, part, ("a", "b")))
