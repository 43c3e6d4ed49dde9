"""The sets of images in the box: all that is published of them."""

import numpy as np
import pytest

from playground.data.sources.mnist import FashionMnist, SmallDigits
from playground.resources import resource_path


def counts(*parts):
    return sum(np.bincount(part.y, minlength=10) for part in parts).tolist()


@pytest.mark.parametrize(
    ("folder", "licence"), [("fashion_mnist", "MIT"), ("digits_8x8", "CC-BY-4.0")]
)
def test_the_box_says_whose_they_are(folder, licence):
    assert licence in resource_path("datasets", folder, "LICENSE").read_text("utf-8")


def test_fashion_is_1000_and_200_of_each_class():
    dataset = FashionMnist().load()
    assert counts(dataset.train, dataset.validation) == [1000] * 10
    assert counts(dataset.test) == [200] * 10
    assert dataset.input_shape == (28, 28, 1)


def test_the_classes_of_fashion_have_their_published_names():
    names = FashionMnist().load().classes
    assert names[0] == "T-shirt/top"
    assert names[1:9] == (
        *("Trouser", "Pullover", "Dress", "Coat"),
        *("Sandal", "Shirt", "Sneaker", "Bag"),
    )
    assert names[9] == "Ankle boot"


def test_trousers_are_taller_than_wide_and_boots_are_not():
    train = FashionMnist().load().train
    dark = train.x[..., 0] > 0.3
    widths, heights = dark.any(axis=1).sum(axis=1), dark.any(axis=2).sum(axis=1)
    slim = heights / widths
    assert slim[train.y == 1].mean() > 1.5 > slim[train.y == 9].mean()


def test_the_small_digits_have_their_published_counts():
    dataset = SmallDigits().load()
    # UCI's optdigits.names, testing set
    published = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert counts(dataset.train, dataset.validation, dataset.test) == published


def test_the_small_digits_go_from_0_to_16():
    dataset = SmallDigits().load()
    assert dataset.input_shape == (8, 8, 1)
    assert dataset.scaling.scale.tolist() == [16]
    assert set(np.unique(dataset.train.x * 16)) == set(range(17))


def test_the_first_small_digit_is_the_one_that_everybody_prints():
    dataset = SmallDigits(validation_split=0.0, test_split=0.0).load()
    first = dataset.train.x[dataset.train.rows == 0][0, :, :, 0] * 16
    assert first[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert dataset.train.y[dataset.train.rows == 0] == 0


@pytest.mark.parametrize("source", [FashionMnist(), SmallDigits()], ids=lambda s: s.title)
def test_every_image_has_a_number_of_its_own(source):
    dataset = source.load()
    rows = [part.rows for part in (dataset.train, dataset.validation, dataset.test)]
    assert len(np.unique(np.concatenate(rows))) == sum(map(len, rows))
