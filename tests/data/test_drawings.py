"""Drawings: as text in a project, and among the examples to train on."""

import base64
import zlib
from dataclasses import replace

import numpy as np
import pytest

from playground.component import from_config, to_config
from playground.data.images.drawing import Drawing
from playground.data.images.drawn import FIRST_ROW
from playground.data.sources import DataSource
from playground.data.sources.mnist import MnistDigits
from playground.errors import ConfigError, DataError

FEW = MnistDigits(examples=100)


def picture(seed=0, size=(28, 28)):
    return np.random.default_rng(seed).integers(0, 256, size).astype(np.float32) / np.float32(255)


@pytest.mark.parametrize("size", [(28, 28), (1, 1), (256, 256), (8, 12)])
def test_a_drawing_keeps_its_pixels(size):
    image = picture(size=size)
    assert np.array_equal(Drawing.of(image, "7").image(), image)


def test_an_empty_drawing_is_short():
    empty = Drawing.of(np.zeros((28, 28), np.float32))
    assert empty == Drawing()
    assert not empty.image().any()


def test_a_drawing_survives_saving():
    source = replace(FEW, drawn=(Drawing.of(picture(), "3"),))
    assert from_config(DataSource, to_config(source)) == source


def packed(data):
    return base64.b85encode(zlib.compress(data)).decode()


@pytest.mark.parametrize(
    "pixels",
    [
        "no base 85 \x00",
        "abc",
        packed(bytes(783)),
        packed(bytes(785)),
        packed(bytes(10**7)),
        "0" * 9999,
    ],
    ids=["characters", "not packed", "too short", "too long", "a bomb", "a long text"],
)
def test_pixels_that_are_no_drawing_are_refused(pixels):
    with pytest.raises(ConfigError, match="The pixels of a drawing are not 28 x 28 bytes"):
        Drawing(pixels=pixels)


def test_drawings_join_the_training_part_only():
    image = picture()
    plain, more = FEW.load(), replace(FEW, drawn=(Drawing.of(image, "3"),)).load()
    assert len(more.train) == len(plain.train) + 1
    assert np.array_equal(more.train.x[-1, :, :, 0], image)
    assert (more.train.y[-1], more.train.rows[-1]) == (3, FIRST_ROW)
    assert np.array_equal(more.train.x[:-1], plain.train.x)
    assert len(more.validation) == len(plain.validation)


def test_a_drawing_of_a_class_that_there_is_not():
    with pytest.raises(DataError, match="Drawing 1 is of the class 'ten', which MNIST digits does"):
        replace(FEW, drawn=(Drawing.of(picture(), "ten"),)).load()


def test_a_drawing_of_another_size():
    with pytest.raises(DataError, match="Drawing 1 has 8 x 8 grey pixels, and the images have 28"):
        replace(FEW, drawn=(Drawing.of(picture(size=(8, 8)), "1"),)).load()


def test_a_run_goes_on_with_a_drawing_more():
    more = replace(FEW, drawn=(Drawing.of(picture(), "3"),))
    assert more.continues(FEW)
    assert FEW.continues(more)


def test_a_run_does_not_go_on_with_other_images():
    assert not replace(FEW, examples=200).continues(FEW)
