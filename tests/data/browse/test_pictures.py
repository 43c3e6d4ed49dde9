"""Mean and deviation of the images of a class, against NumPy's."""

import numpy as np
import pytest

from playground.data.browse.catalogue import Catalogue
from playground.data.browse.pictures import class_images
from playground.data.sources.mnist import MnistDigits


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue(MnistDigits(examples=1500, validation_split=0.2).load())


@pytest.fixture(scope="module")
def images(catalogue):
    *_, last = class_images(catalogue)
    return last


@pytest.mark.parametrize("digit", [0, 1, 9])
def test_means_and_deviations_are_numpys(catalogue, images, digit):
    train = catalogue.dataset.train
    own = train.x[train.y == digit].astype(np.float64)
    np.testing.assert_allclose(images.means[digit], own.mean(axis=0), atol=1e-6)
    np.testing.assert_allclose(images.deviations[digit], own.std(axis=0), atol=1e-6)
    assert images.counts[digit] == len(own)


def test_it_can_be_dropped_between_steps(catalogue):
    assert next(class_images(catalogue)) is None
