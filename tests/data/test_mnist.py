import gzip
import hashlib

import numpy as np
import pytest

from playground.data.dataset import DataKind
from playground.data.sources.image_files import ImageFiles
from playground.data.sources.mnist import MnistDigits
from playground.errors import DataError
from playground.resources import resource_path
from tests.data.files import idx_bytes, images_and_labels, write_set

PUBLISHED = {
    "train-images-idx3": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
TRAINING_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
TEST_COUNTS = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]
IMAGES, LABELS = "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"


def counts(examples):
    return np.bincount(examples.y, minlength=10).tolist()


def message(path, **settings):
    with pytest.raises(DataError) as caught:
        ImageFiles(path=path, **settings).load()
    return str(caught.value)


# the MNIST database in the box


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_files_in_the_box_are_the_original_ones(name):
    data = gzip.decompress(resource_path("datasets", "mnist", f"{name}-ubyte.gz").read_bytes())
    assert hashlib.sha256(data).hexdigest() == PUBLISHED[name]


def test_the_box_says_whose_they_are():
    text = resource_path("datasets", "mnist", "LICENSE").read_text("utf-8")
    assert "CC-BY-SA-3.0" in text


def test_by_default_1000_images_of_each_digit():
    dataset = MnistDigits().load()
    assert counts(dataset.train) == [1000] * 10
    assert counts(dataset.validation) == [100] * 10
    assert counts(dataset.test) == TEST_COUNTS
    assert dataset.classes == tuple("0123456789")


def test_digits_are_images_from_0_to_1():
    dataset = MnistDigits(examples=200).load()
    assert dataset.kind is DataKind.IMAGES
    assert dataset.input_shape == (28, 28, 1)
    assert (dataset.train.x.min(), dataset.train.x.max()) == (0, 1)


def test_all_60000_are_shared_by_training_and_validation():
    dataset = MnistDigits(examples=60_000).load()
    assert (len(dataset.train), len(dataset.validation)) == (54_000, 6_000)
    assert counts(dataset.validation) == [600] * 10
    assert np.add(counts(dataset.train), 600).tolist() == TRAINING_COUNTS


def test_without_validation_all_60000_are_trained_on():
    dataset = MnistDigits(examples=60_000, validation_split=0.0).load()
    assert counts(dataset.train) == TRAINING_COUNTS
    # The mean of all pixels, as everybody who normalises MNIST writes it.
    assert dataset.train.x.mean(dtype=np.float64) == pytest.approx(0.1307, abs=5e-5)


def test_the_validation_share_does_not_change_the_training_images():
    some, more = (MnistDigits(examples=300, validation_split=v).load().train for v in (0.1, 0.5))
    assert np.array_equal(some.x, more.x)


def test_classes_are_mixed_in_every_part():
    dataset = MnistDigits(examples=500).load()
    assert len(set(dataset.train.y[:50].tolist())) >= 8


# files of the user's


@pytest.mark.parametrize(
    "name",
    [
        "{part}-{content}-idx{dimensions}-ubyte",
        "{part}-{content}-idx{dimensions}-ubyte.gz",
        "{part}-{content}.idx{dimensions}-ubyte",
        "kuzushiji-{part}-{content}-idx{dimensions}-ubyte.gz",
    ],
)
def test_a_folder_of_idx_files_opens(tmp_path, name):
    dataset = ImageFiles(path=write_set(tmp_path, name), validation_split=0.25).load()
    assert [len(p) for p in (dataset.train, dataset.validation, dataset.test)] == [150, 50, 40]
    assert dataset.input_shape == (4, 5, 1)
    assert dataset.title == tmp_path.name


def test_images_keep_their_labels(tmp_path):
    dataset = ImageFiles(path=write_set(tmp_path)).load()
    for part in (dataset.train, dataset.validation, dataset.test):
        assert np.rint(part.x[:, 0, 0, 0] * 255).astype(int).tolist() == part.y.tolist()


def test_one_of_the_files_stands_for_all_four(tmp_path):
    write_set(tmp_path, "first-{part}-{content}-idx{dimensions}-ubyte")
    write_set(tmp_path, "second-{part}-{content}-idx{dimensions}-ubyte", {"train": 100})
    chosen = ImageFiles(path=tmp_path / "first-t10k-labels-idx1-ubyte").load()
    assert len(chosen.test) == 40


def test_a_folder_with_two_sets_asks_which(tmp_path):
    write_set(tmp_path, "first-{part}-{content}-idx{dimensions}-ubyte")
    write_set(tmp_path, "second-{part}-{content}-idx{dimensions}-ubyte")
    assert "choose one of the files rather than the folder" in message(tmp_path)


def test_without_test_files_a_test_part_is_split_off(tmp_path):
    path = write_set(tmp_path, parts={"train": 200})
    dataset = ImageFiles(path=path, validation_split=0.1, test_split=0.2).load()
    assert [len(p) for p in (dataset.train, dataset.validation, dataset.test)] == [140, 20, 40]
    assert counts(dataset.test) == [4] * 10


def test_the_npz_of_keras_opens(tmp_path):
    x_train, y_train = images_and_labels(200)
    x_test, y_test = images_and_labels(40, seed=5)
    path = tmp_path / "mnist.npz"
    np.savez_compressed(path, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    dataset = ImageFiles(path=path, validation_split=0.25).load()
    assert [len(p) for p in (dataset.train, dataset.validation, dataset.test)] == [150, 50, 40]
    assert np.array_equal(dataset.test.x[..., 0], np.float32(x_test) / np.float32(255))


def test_colour_images_keep_their_channels(tmp_path):
    images = np.zeros((100, 8, 8, 3), np.uint8)
    labels = np.arange(100).reshape(-1, 1) % 10  # as Keras ships CIFAR-10
    np.savez(tmp_path / "c.npz", x_train=images, y_train=labels)
    assert ImageFiles(path=tmp_path / "c.npz").load().input_shape == (8, 8, 3)


def test_classes_are_named_for_their_labels(tmp_path):
    images, labels = images_and_labels(200, classes=3)
    np.savez(tmp_path / "letters.npz", x_train=images, y_train=labels * 10 + 1)
    dataset = ImageFiles(path=tmp_path / "letters.npz").load()
    assert dataset.classes == ("1", "11", "21")
    assert set(dataset.train.y.tolist()) == {0, 1, 2}


# what can be wrong with them


def test_no_such_folder(tmp_path):
    assert "there is no such file or folder" in message(tmp_path / "nowhere")


def test_nothing_chosen():
    assert "No file is chosen" in message("")


def test_a_folder_without_images(tmp_path):
    assert "there is no file train-images" in message(tmp_path)


def test_a_file_that_is_no_image_set(tmp_path):
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    assert "photo.jpg is not an IDX file of images" in message(tmp_path / "photo.jpg")


def test_an_idx_file_cut_off(tmp_path):
    write_set(tmp_path)
    whole = gzip.decompress((tmp_path / IMAGES).read_bytes())
    (tmp_path / IMAGES).write_bytes(gzip.compress(whole[:-1]))
    assert message(tmp_path).startswith(f"{IMAGES}: the file ends too early for the 200 x 4 x 5")


def test_an_idx_file_cut_off_within_its_header(tmp_path):
    write_set(tmp_path)
    (tmp_path / IMAGES).write_bytes(idx_bytes(np.zeros((1, 1, 1)))[:9])
    assert "ends within its header" in message(tmp_path)


def test_an_empty_idx_file(tmp_path):
    write_set(tmp_path)
    (tmp_path / IMAGES).write_bytes(b"")
    assert "an empty file" in message(tmp_path)


def test_an_idx_file_that_goes_on(tmp_path):
    write_set(tmp_path)
    whole = gzip.decompress((tmp_path / IMAGES).read_bytes())
    (tmp_path / IMAGES).write_bytes(gzip.compress(whole + b"\0"))
    assert "more values than its header says" in message(tmp_path)


def test_a_gzip_file_cut_off(tmp_path):
    write_set(tmp_path)
    (tmp_path / IMAGES).write_bytes((tmp_path / IMAGES).read_bytes()[:-20])
    assert "the compressed data is damaged" in message(tmp_path)


def test_a_gzip_file_with_a_changed_byte(tmp_path):
    write_set(tmp_path)
    data = bytearray((tmp_path / IMAGES).read_bytes())
    data[-8] ^= 1  # the checksum
    (tmp_path / IMAGES).write_bytes(bytes(data))
    assert "the compressed data is damaged" in message(tmp_path)


def test_a_wrong_magic_number(tmp_path):
    write_set(tmp_path)
    (tmp_path / IMAGES).write_bytes(b"\x89PNG\r\n\x1a\n" * 4)
    text = message(tmp_path)
    assert "is not an IDX file of images" in text
    assert "Received: 89 50 4e 47" in text


def test_images_in_place_of_the_labels(tmp_path):
    write_set(tmp_path)
    (tmp_path / LABELS).write_bytes((tmp_path / IMAGES).read_bytes())
    assert f"{LABELS} is not an IDX file of labels" in message(tmp_path)


def test_other_values_than_bytes(tmp_path):
    write_set(tmp_path)
    (tmp_path / IMAGES).write_bytes(b"\0\0\x0d\x03" + bytes(12))
    assert "should begin with 00 00 08 03" in message(tmp_path)


def test_more_labels_than_images(tmp_path):
    write_set(tmp_path)
    _, labels = images_and_labels(201)
    (tmp_path / LABELS).write_bytes(idx_bytes(labels))
    assert "there are 200 images but 201 labels" in message(tmp_path)


def test_no_images_at_all(tmp_path):
    write_set(tmp_path)
    (tmp_path / IMAGES).write_bytes(idx_bytes(np.zeros((0, 28, 28))))
    (tmp_path / LABELS).write_bytes(idx_bytes(np.zeros(0)))
    assert "there is no image in it" in message(tmp_path)


def test_images_without_pixels(tmp_path):
    write_set(tmp_path)
    (tmp_path / IMAGES).write_bytes(idx_bytes(np.zeros((200, 0, 28))))
    assert "must hold images" in message(tmp_path)


def test_a_header_that_promises_too_much_is_refused_before_anything_is_read(tmp_path):
    write_set(tmp_path)
    header = idx_bytes(np.zeros((0, 0, 0)))[:4] + np.array([200, 2**31, 2**31], ">u4").tobytes()
    (tmp_path / IMAGES).write_bytes(header)
    assert "at most 1024 x 1024" in message(tmp_path)


def test_only_one_class(tmp_path):
    write_set(tmp_path, parts={"train": 200})
    (tmp_path / LABELS).write_bytes(idx_bytes(np.zeros(200)))
    assert "the same label" in message(tmp_path)


def test_test_images_of_another_size(tmp_path):
    write_set(tmp_path)
    images, _ = images_and_labels(40, size=(6, 6))
    (tmp_path / "t10k-images-idx3-ubyte.gz").write_bytes(idx_bytes(images))
    assert "differ in size" in message(tmp_path)


def test_shares_that_leave_nothing(tmp_path):
    path = write_set(tmp_path, parts={"train": 200})
    assert "no image to train on" in message(path, validation_split=0.8, test_split=0.8)
