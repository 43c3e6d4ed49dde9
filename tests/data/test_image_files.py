"""EMNIST, pairs of files, CIFAR-10 and archives: what MNIST's own files do not show."""

import gzip

import numpy as np
import pytest

from playground.data.images.cifar import RECORD
from playground.data.opening import image_source
from playground.data.sources.image_files import ImageFiles
from playground.data.sources.image_folder import ImageFolder
from playground.errors import DataError
from tests.data.files import idx_bytes, images_and_labels, write_set
from tests.data.pictures import write_classes

EMNIST = "emnist-letters-{part}-{content}-idx{dimensions}-ubyte.gz"


def message(path, **settings):
    with pytest.raises(DataError) as caught:
        ImageFiles(path=path, **settings).load()
    return str(caught.value)


def write_letters(folder, count=200, highest=26):
    """Write images of letters as EMNIST has them: labels from 1, pixels column by column."""
    images, labels = images_and_labels(count, classes=highest)
    for content, array in (("images", images.swapaxes(1, 2)), ("labels", labels + 1)):
        name = EMNIST.format(part="train", content=content, dimensions=array.ndim)
        (folder / name).write_bytes(gzip.compress(idx_bytes(array)))
    return images


# EMNIST


def test_letters_have_their_names_and_stand_upright(tmp_path):
    images = write_letters(tmp_path)
    dataset = ImageFiles(path=tmp_path).load()
    assert dataset.classes == tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    train = dataset.train
    assert np.array_equal(train.x[0, :, :, 0], images[train.rows[0]] / np.float32(255))


def test_the_mapping_beside_the_files_names_the_classes(tmp_path):
    write_letters(tmp_path, highest=3)
    (tmp_path / "emnist-letters-mapping.txt").write_text("1 71 103\n2 72 104\n\n3 73 105\n")
    assert ImageFiles(path=tmp_path).load().classes == ("G", "H", "I")


def test_a_damaged_mapping_is_told_with_its_line(tmp_path):
    write_letters(tmp_path, highest=3)
    (tmp_path / "emnist-letters-mapping.txt").write_text("1 71 103\ntwo 72\n")
    assert "emnist-letters-mapping.txt, line 2: there must be a label" in message(tmp_path)


def test_a_label_that_the_mapping_does_not_have(tmp_path):
    write_letters(tmp_path, highest=3)
    (tmp_path / "emnist-letters-mapping.txt").write_text("1 71\n2 72\n")
    text = message(tmp_path)
    assert "has the label 3, and the labels are 1 to 2" in text
    assert "emnist-letters-train-images" in text


@pytest.mark.parametrize(("transposed", "shape"), [("no", (5, 4, 1)), ("yes", (4, 5, 1))])
def test_whether_images_are_turned_can_be_said(tmp_path, transposed, shape):
    write_letters(tmp_path)
    assert ImageFiles(path=tmp_path, transposed=transposed).load().input_shape == shape


# IDX files with names of their own


def write_pair(folder, images="my-images.idx", labels="my-labels.idx", count=60):
    pixels, numbers = images_and_labels(count)
    (folder / images).write_bytes(idx_bytes(pixels))
    (folder / labels).write_bytes(idx_bytes(numbers))
    return folder / images


@pytest.mark.parametrize("labels", ["my-labels.idx", "answers"])
def test_the_labels_beside_a_file_of_images_are_found(tmp_path, labels):
    path = write_pair(tmp_path, labels=labels)
    dataset = ImageFiles(path=path).load()
    assert dataset.title == "my-images"
    assert sum(map(len, (dataset.train, dataset.validation, dataset.test))) == 60
    assert (
        np.rint(dataset.train.x[:, 0, 0, 0] * 255).astype(int).tolist() == dataset.train.y.tolist()
    )


def test_labels_can_be_chosen(tmp_path):
    path = write_pair(tmp_path)
    other = tmp_path / "elsewhere"
    other.mkdir()
    numbers = np.arange(60) % 2
    (other / "halves").write_bytes(idx_bytes(numbers))
    assert ImageFiles(path=path, labels=other / "halves").load().classes == ("0", "1")


def test_two_files_of_labels_must_be_chosen_from(tmp_path):
    path = write_pair(tmp_path, labels="a")
    (tmp_path / "b").write_bytes((tmp_path / "a").read_bytes())
    assert "its 60 labels in the IDX format. Beside it: 2 files" in message(path)


def test_no_labels_beside_the_images(tmp_path):
    path = write_pair(tmp_path)
    (tmp_path / "my-labels.idx").unlink()
    assert "Beside it: no file" in message(path)


def test_the_labels_in_place_of_the_images(tmp_path):
    write_pair(tmp_path)
    assert "is not an IDX file of images" in message(tmp_path / "my-labels.idx")


def test_a_file_that_is_gone_when_it_is_its_turn(tmp_path):
    write_set(tmp_path)

    def remove(share):
        for file in tmp_path.glob("t10k-images*"):
            file.unlink()

    with pytest.raises(DataError, match="t10k-images"):
        ImageFiles(path=tmp_path).load(remove)


def test_test_labels_beyond_those_of_training(tmp_path):
    write_set(tmp_path)
    _, labels = images_and_labels(40)
    labels[7] = 10
    (tmp_path / "t10k-labels-idx1-ubyte.gz").write_bytes(idx_bytes(labels))
    text = message(tmp_path)
    assert text.startswith("t10k-images-idx3-ubyte.gz: image 8 has the label 10")


def test_a_gzip_bomb_is_read_no_further_than_its_header_says(tmp_path):
    path = write_pair(tmp_path)
    path.write_bytes(gzip.compress(path.read_bytes() + bytes(200 * 2**20)))
    assert "more values than its header says" in message(path)


def test_a_header_that_promises_2_gigabytes(tmp_path):
    path = write_pair(tmp_path)
    data = path.read_bytes()
    path.write_bytes(data[:8] + (1000).to_bytes(4, "big") * 2 + data[16:])
    assert "the file ends too early" in message(path)


# CIFAR-10


def write_cifar(folder, batches=2, count=50, test=True):
    """Write small batches as CIFAR-10 has them; return all pixels ``(n, 32, 32, 3)``."""
    rng = np.random.default_rng(0)
    files = [f"data_batch_{k + 1}.bin" for k in range(batches)] + ["test_batch.bin"] * test
    pixels = []
    for file in files:
        images = rng.integers(0, 256, (count, 32, 32, 3), np.uint8)
        labels = (np.arange(count) % 10).astype(np.uint8)
        planes = images.transpose(0, 3, 1, 2).reshape(count, -1)
        (folder / file).write_bytes(np.column_stack([labels, planes]).tobytes())
        pixels.append(images)
    return np.concatenate(pixels)


def test_cifar_10_is_read_with_its_names(tmp_path):
    pixels = write_cifar(tmp_path)
    dataset = ImageFiles(path=tmp_path).load()
    assert dataset.input_shape == (32, 32, 3)
    assert dataset.classes[:3] == ("airplane", "automobile", "bird")
    assert len(dataset.train) + len(dataset.validation) == 100
    for part in (dataset.train, dataset.validation, dataset.test):
        assert np.array_equal(part.x, pixels[part.rows] / np.float32(255))
        assert (part.rows % 50 % 10 == part.y).all()


def test_the_names_beside_the_batches_count(tmp_path):
    write_cifar(tmp_path, batches=1, test=False)
    (tmp_path / "batches.meta.txt").write_text("\n".join("abcdefghij") + "\n\n")
    dataset = ImageFiles(path=tmp_path / "data_batch_1.bin").load()
    assert dataset.classes == tuple("abcdefghij")
    assert len(dataset.test) == 10


def test_a_label_beyond_the_ten(tmp_path):
    write_cifar(tmp_path)
    data = bytearray((tmp_path / "data_batch_2.bin").read_bytes())
    data[3 * RECORD] = 200
    (tmp_path / "data_batch_2.bin").write_bytes(data)
    assert "image 54 has the label 200, and the labels are 0 to 9" in message(tmp_path)


@pytest.mark.parametrize("change", [-1, 1, -50 * RECORD])
def test_a_batch_of_another_length(tmp_path, change):
    write_cifar(tmp_path)
    file = tmp_path / "data_batch_1.bin"
    data = file.read_bytes()
    file.write_bytes(data[:change] if change < 0 else data + bytes(change))
    assert "data_batch_1.bin must hold records of 3,073 bytes" in message(tmp_path)


def test_only_the_test_batch(tmp_path):
    write_cifar(tmp_path, batches=0)
    assert "there is no file data_batch_1.bin" in message(tmp_path)


# archives of arrays


def test_medmnist_s_names_and_validation_part(tmp_path):
    arrays = {}
    for part, count in (("train", 40), ("val", 20), ("test", 10)):
        arrays[f"{part}_images"], labels = images_and_labels(count)
        arrays[f"{part}_labels"] = labels.reshape(-1, 1)
    np.savez(tmp_path / "medical.npz", **arrays)
    dataset = ImageFiles(path=tmp_path / "medical.npz").load()
    assert [len(p) for p in (dataset.train, dataset.validation, dataset.test)] == [40, 20, 10]


# which source reads what


def test_every_kind_of_images_finds_its_source(tmp_path):
    for name in ("mnist", "cifar", "folder"):
        (tmp_path / name).mkdir()
    write_set(tmp_path / "mnist")
    write_cifar(tmp_path / "cifar")
    write_classes(tmp_path / "folder")
    pair = write_pair(tmp_path)
    for path in (
        *(tmp_path / "mnist", tmp_path / "mnist" / "train-images-idx3-ubyte.gz", pair),
        *(tmp_path / "cifar", tmp_path / "cifar" / "test_batch.bin"),
    ):
        assert image_source(path) == ImageFiles(path=path)
    assert image_source(tmp_path / "folder") == ImageFolder(path=tmp_path / "folder")


def test_a_picture_stands_for_its_folder_of_classes(tmp_path):
    write_classes(tmp_path)
    assert image_source(tmp_path / "dog" / "1.png") == ImageFolder(path=tmp_path)


def test_an_archive_must_be_unpacked(tmp_path):
    (tmp_path / "cifar-10-binary.tar.gz").write_bytes(b"")
    with pytest.raises(DataError, match="is an archive; unpack it"):
        image_source(tmp_path / "cifar-10-binary.tar.gz")
