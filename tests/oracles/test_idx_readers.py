"""IDX files as two independent readers see them: idx2numpy and python-mnist."""

import gzip

import idx2numpy
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mnist import MNIST

from playground.data.idx import open_idx
from playground.data.sources.image_files import ImageFiles
from playground.resources import resource_path
from tests.data.files import idx_bytes, write_set

pytestmark = pytest.mark.oracle

BOXED = ("mnist", "fashion_mnist", "digits_8x8")


@given(st.integers(1, 20), st.integers(1, 30), st.integers(1, 30), st.integers(0, 2**32 - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_idx2numpy_reads_the_same_array(tmp_path, count, height, width, seed):
    images = np.random.default_rng(seed).integers(0, 256, (count, height, width), dtype=np.uint8)
    (tmp_path / "images").write_bytes(idx_bytes(images))
    with open_idx(tmp_path / "images", 3) as stream:
        ours = stream.read()
    theirs = idx2numpy.convert_from_file(str(tmp_path / "images"))
    np.testing.assert_array_equal(ours, theirs)


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**32 - 1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_idx2numpy_writes_is_read(tmp_path, count, side, seed):
    images = np.random.default_rng(seed).integers(0, 256, (count, side, side), dtype=np.uint8)
    idx2numpy.convert_to_file(str(tmp_path / "images"), images)
    with open_idx(tmp_path / "images", 3) as stream:
        np.testing.assert_array_equal(stream.read(), images)


@pytest.mark.parametrize("name", BOXED)
def test_the_sets_in_the_box(name):
    folder = resource_path("datasets", name)
    for file in sorted(folder.glob("*ubyte.gz")):
        theirs = idx2numpy.convert_from_string(gzip.decompress(file.read_bytes()))
        with open_idx(file, theirs.ndim) as stream:
            np.testing.assert_array_equal(stream.read(), theirs)


def test_python_mnist_has_the_same_images_and_labels(tmp_path):
    write_set(tmp_path, name="{part}-{content}-idx{dimensions}-ubyte.gz")
    images, labels = MNIST(str(tmp_path), gz=True, return_type="numpy").load_training()
    source = ImageFiles(path=tmp_path, examples=200, validation_split=0.0)
    train = source.load().train
    assert len(train) == len(labels)
    np.testing.assert_array_equal(train.y, labels[train.rows])
    pixels = np.round(train.x * 255).reshape(len(train), -1)
    np.testing.assert_array_equal(pixels, images[train.rows])
