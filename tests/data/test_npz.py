import copy
import io
import zipfile

import numpy as np
import pytest

from playground.data.npz import open_npz
from playground.data.sources.image_files import ImageFiles
from playground.errors import DataError
from tests.data.files import images_and_labels

IMAGES, LABELS = images_and_labels(100)


def save(path, **arrays):
    np.savez(path, **{"x_train": IMAGES, "y_train": LABELS, **arrays})
    return path


def message(path):
    with pytest.raises(DataError) as caught:
        ImageFiles(path=path).load()
    return str(caught.value)


def npy(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def test_arrays_come_back_equal(tmp_path):
    path = save(tmp_path / "a.npz")
    with open_npz(path) as arrays, arrays.open("x_train") as stream:
        assert np.array_equal(stream.read(), IMAGES)


def test_rows_come_in_the_order_asked_for(tmp_path):
    path = save(tmp_path / "a.npz")
    rows = np.array([77, 3, 3, 99, 0])
    with open_npz(path) as arrays, arrays.open("x_train") as stream:
        assert np.array_equal(stream.read_rows(rows), IMAGES[rows])


def test_pickled_objects_are_not_opened(tmp_path):
    path = save(tmp_path / "a.npz", y_train=np.array([print, None], dtype=object))
    assert "must hold whole numbers" in message(path)


def test_pixels_must_be_bytes(tmp_path):
    path = save(tmp_path / "a.npz", x_train=IMAGES.astype(np.int32))
    assert "must hold pixels from 0 to 255 (uint8). Received: int32" in message(path)


def test_floats_are_refused_with_the_mend(tmp_path):
    path = save(tmp_path / "a.npz", x_train=IMAGES / 255)
    assert "Save it with .astype('uint8')" in message(path)


def test_an_array_of_columns_is_refused(tmp_path):
    path = save(tmp_path / "a.npz", x_train=np.asfortranarray(IMAGES))
    assert "ascontiguousarray" in message(path)


def test_too_many_classes(tmp_path):
    labels = np.arange(300)
    path = save(tmp_path / "a.npz", x_train=np.zeros((300, 2, 2), np.uint8), y_train=labels)
    assert "300 different labels are too many for classes" in message(path)


def test_an_image_set_that_does_not_fit_in_memory(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        header = npy(np.zeros((1, 1024, 1024, 4), np.uint8))[:128].replace(b"(1, ", b"(900, ")
        archive.writestr("x_train.npy", header.replace(b"  \n", b"\n"))
        archive.writestr("y_train.npy", npy(np.arange(900) % 2))
    assert "need more than 2 GiB of memory; choose fewer" in message(tmp_path / "a.npz")


def test_an_archive_without_the_arrays(tmp_path):
    np.savez(tmp_path / "a.npz", images=IMAGES)
    assert "must hold the arrays x_train and y_train" in message(tmp_path / "a.npz")


def test_a_file_that_is_no_archive(tmp_path):
    (tmp_path / "a.npz").write_bytes(b"not a zip")
    assert "not a sound .npz archive" in message(tmp_path / "a.npz")


def test_an_archive_cut_off(tmp_path):
    path = save(tmp_path / "a.npz")
    path.write_bytes(path.read_bytes()[:-100])
    assert "not a sound .npz archive" in message(path)


def test_an_entry_that_is_no_array(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("x_train.npy", b"hello")
        archive.writestr("y_train.npy", npy(LABELS))
    assert "x_train in a.npz is not a plain NumPy array" in message(tmp_path / "a.npz")


def test_an_array_shorter_than_its_header(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        archive.writestr("x_train.npy", npy(IMAGES)[:-1])
        archive.writestr("y_train.npy", npy(LABELS))
    assert "the file ends too early" in message(tmp_path / "a.npz")


def test_a_changed_byte_is_noticed(tmp_path):
    path = save(tmp_path / "a.npz")
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(bytes(data))
    assert "the compressed data is damaged" in message(path)


def test_entries_over_one_another_are_refused(tmp_path):
    path = tmp_path / "bomb.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x_train.npy", npy(IMAGES))
        second = copy.copy(archive.filelist[0])
        second.filename = "y_train.npy"
        archive.filelist.append(second)
    assert "not a sound .npz archive" in message(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_entries_of_one_name_are_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.npz", "w") as archive:
        for _ in range(2):
            archive.writestr("x_train.npy", npy(IMAGES))
    assert "not a sound .npz archive" in message(tmp_path / "a.npz")
