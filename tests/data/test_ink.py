"""MNIST's rule, by hand and on MNIST itself."""

import numpy as np
import pytest

from playground.data.images.ink import InkRule, mnist_image
from playground.data.sources.mnist import FashionMnist, MnistDigits, SmallDigits


def drawing(rows, columns, side=280):
    """Return a filled rectangle on a square canvas."""
    ink = np.zeros((side, side), np.float32)
    ink[slice(*rows), slice(*columns)] = 1
    return ink


def extent(image):
    rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
    return rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1


def centre(image):
    rows, columns = np.indices(image.shape)
    return (image * rows).sum() / image.sum(), (image * columns).sum() / image.sum()


@pytest.mark.parametrize("at", [(0, 0), (40, 200), (180, 130)])
@pytest.mark.parametrize("size", [(80, 80), (10, 10), (80, 79)])
def test_a_square_fills_the_box_wherever_it_was_drawn(at, size):
    image = mnist_image(drawing((at[0], at[0] + size[0]), (at[1], at[1] + size[1])))
    assert image.shape == (28, 28)
    assert extent(image) == (20, 20)
    assert image[5:23, 5:23].min() == pytest.approx(1)


@pytest.mark.parametrize(
    ("height", "width", "expected"), [(200, 100, (20, 10)), (60, 240, (5, 20)), (280, 7, (20, 1))]
)
def test_the_shape_is_kept(height, width, expected):
    assert extent(mnist_image(drawing((0, height), (0, width)))) == expected


def test_the_centre_of_mass_is_in_the_middle_within_half_a_pixel(rng):
    for _ in range(50):
        ink = np.zeros((280, 280), np.float32)
        for top, left in rng.integers(0, 220, (4, 2)):
            ink[top : top + 50, left : left + 24] = 1
        assert np.abs(np.subtract(centre(mnist_image(ink)), 14)).max() <= 0.5


def test_a_lopsided_drawing_is_placed_by_its_mass_and_not_by_its_box():
    ink = drawing((0, 200), (0, 20))
    ink[160:200, :100] = 1  # a foot to the right
    image = mnist_image(ink)
    assert abs(centre(image)[1] - 14) <= 0.5
    columns = np.flatnonzero(image.any(axis=0))
    assert columns[0] + columns[-1] != 27


def test_edges_are_anti_aliased():
    image = mnist_image(np.tri(200, dtype=np.float32))
    assert ((image > 0.2) & (image < 0.8)).sum() == 20  # the pixels along the slope
    assert image.sum() == pytest.approx(20 * 20 / 2, rel=0.01)


def test_an_empty_drawing_is_an_empty_image():
    assert not mnist_image(np.zeros((280, 280), np.float32)).any()


def test_one_point_is_ink_too():
    image = mnist_image(drawing((100, 101), (50, 51)))
    assert extent(image) == (20, 20)


def test_heavy_ink_at_one_end_stays_within_the_image():
    ink = drawing((0, 60), (0, 280))
    ink[60:280, 138:142] = 0.02  # a long faint tail
    assert extent(mnist_image(ink)) == (20, 20)


def test_mnist_itself_comes_out_as_it_went_in():
    """Images of MNIST, enlarged ten times and put through the rule that made them."""
    images = MnistDigits(examples=200).load().train.x[..., 0]
    for image in images:
        again = mnist_image(np.kron(image, np.ones((10, 10), np.float32)))
        assert np.corrcoef(again.ravel(), image.ravel())[0, 1] > 0.999


def test_the_rule_is_found_in_the_images():
    digits = InkRule.of(MnistDigits(examples=500).load().train.x)
    assert digits == InkRule((28, 28), 20.0, dark=False, centre=(14.0, 14.0))
    small = InkRule.of(SmallDigits().load().train.x)
    assert small == InkRule((8, 8), 8.0, dark=False, centre=(3.5, 3.5))
    assert InkRule.of(FashionMnist(examples=500).load().train.x).box > 25


def test_images_of_dark_ink_get_dark_drawings():
    rule = InkRule.of(1 - MnistDigits(examples=100).load().train.x)
    assert rule == InkRule((28, 28), 20.0, dark=True, centre=(14.0, 14.0))
    image = mnist_image(drawing((0, 200), (0, 100)), rule)
    assert (image[0, 0], image[14, 14]) == (1, 0)


def test_without_images_the_rule_is_mnist_s():
    assert InkRule.of(np.zeros((0, 28, 28, 1), np.float32)) == InkRule()
    assert InkRule.of(np.zeros((0, 56, 56, 1), np.float32)).box == 40


def test_a_drawing_for_larger_images_is_larger():
    image = mnist_image(drawing((0, 200), (0, 100)), InkRule((56, 56), 40))
    assert extent(image) == (40, 20)
    assert np.abs(np.subtract(centre(image), 28)).max() <= 0.5
