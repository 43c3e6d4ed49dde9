"""A folder with a folder of pictures for each class."""

import shutil

import numpy as np
import pytest

from playground.data.dataset import DataKind
from playground.data.sources.image_folder import ImageFolder
from playground.errors import DataError
from tests.data.pictures import solid, write_classes


def message(path, **settings):
    with pytest.raises(DataError) as caught:
        ImageFolder(path=path, **settings).load()
    return str(caught.value)


def counts(*parts, classes=2):
    return sum(np.bincount(part.y, minlength=classes) for part in parts).tolist()


def test_each_folder_is_a_class(tmp_path):
    source = ImageFolder(path=write_classes(tmp_path, ("cat", "dog", "owl"), 10), size=(8, 6))
    dataset = source.load()
    assert dataset.kind is DataKind.IMAGES
    assert dataset.input_shape == (8, 6, 1)
    assert dataset.classes == ("cat", "dog", "owl")
    assert dataset.title == tmp_path.name
    parts = (dataset.train, dataset.validation, dataset.test)
    assert [counts(part, classes=3) for part in parts] == [[6, 6, 6], [2, 2, 2], [2, 2, 2]]
    assert dataset.notes == ()


def test_pictures_keep_their_class(tmp_path):
    dataset = ImageFolder(path=write_classes(tmp_path), size=(8, 8)).load()
    for part in (dataset.train, dataset.validation, dataset.test):
        values = np.rint(part.x[:, 4, 4, 0] * 255)
        assert ((values >= 100) == part.y).all()


def test_each_picture_has_a_number_of_its_own(tmp_path):
    dataset = ImageFolder(path=write_classes(tmp_path)).load()
    rows = [part.rows for part in (dataset.train, dataset.validation, dataset.test)]
    assert sorted(np.concatenate(rows).tolist()) == list(range(12))


def test_colours_are_kept_where_there_are_any(tmp_path):
    write_classes(tmp_path, mode="RGB")
    assert ImageFolder(path=tmp_path).load().input_shape == (32, 32, 3)
    assert ImageFolder(path=tmp_path, colour="grey").load().input_shape == (32, 32, 1)


def test_grey_pictures_can_be_read_as_colour(tmp_path):
    x = ImageFolder(path=write_classes(tmp_path), colour="colour").load().train.x
    assert x.shape[1:] == (32, 32, 3)
    assert np.array_equal(x[..., 0], x[..., 2])


def test_folders_train_and_test_are_parts(tmp_path):
    write_classes(tmp_path / "Train", count=10)
    write_classes(tmp_path / "test", count=3)
    dataset = ImageFolder(path=tmp_path, validation_split=0.2).load()
    assert dataset.classes == ("cat", "dog")
    assert counts(dataset.train, dataset.validation) == [10, 10]
    assert counts(dataset.test) == [3, 3]


def test_a_folder_for_validation_is_the_validation_part(tmp_path):
    for part, count in (("train", 5), ("val", 2), ("test", 3)):
        write_classes(tmp_path / part, count=count)
    dataset = ImageFolder(path=tmp_path).load()
    parts = (dataset.train, dataset.validation, dataset.test)
    assert [counts(part) for part in parts] == [[5, 5], [2, 2], [3, 3]]
    rows = np.concatenate([part.rows for part in parts])
    assert len(np.unique(rows)) == len(rows)


def test_train_and_test_may_be_classes_beside_others(tmp_path):
    write_classes(tmp_path, ("plane", "test", "train"))
    assert ImageFolder(path=tmp_path).load().classes == ("plane", "test", "train")


def test_a_folder_around_it_all_does_not_matter(tmp_path):
    write_classes(tmp_path / "archive" / "animals")
    assert ImageFolder(path=tmp_path).load().classes == ("cat", "dog")


def test_class_10_comes_after_class_9(tmp_path):
    write_classes(tmp_path, tuple(str(k) for k in range(12)), 2)
    source = ImageFolder(path=tmp_path, validation_split=0.0, test_split=0.0)
    assert source.load().classes == tuple(str(k) for k in range(12))


def test_what_is_no_picture_is_left_out_and_counted(tmp_path):
    write_classes(tmp_path)
    (tmp_path / "readme.txt").write_text("words")
    (tmp_path / "cat" / "notes.txt").write_text("words")
    (tmp_path / "cat" / ".hidden.png").write_bytes(b"x")
    (tmp_path / "dog" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "dog" / "more").mkdir()
    (tmp_path / ".git").mkdir()
    solid(tmp_path / "loose.png")
    dataset = ImageFolder(path=tmp_path).load()
    [note] = dataset.notes
    assert counts(dataset.train, dataset.validation, dataset.test) == [6, 6]
    for words in ("no pictures (2)", "hidden files (2)", "of the classes (1)", "classes (1)."):
        assert words in note


def test_a_broken_picture_is_left_out_and_named(tmp_path):
    write_classes(tmp_path)
    (tmp_path / "cat" / "3.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    dataset = ImageFolder(path=tmp_path).load()
    assert counts(dataset.train, dataset.validation, dataset.test) == [5, 6]
    assert dataset.notes == ("Pictures that cannot be read, left out (1): cat/3.png.",)


def test_a_picture_that_goes_while_others_are_read_is_left_out_and_named(tmp_path):
    write_classes(tmp_path)

    def remove(share):
        if share:
            (tmp_path / "dog" / "5.png").unlink(missing_ok=True)
            (tmp_path / "dog" / "4.png").unlink(missing_ok=True)

    dataset = ImageFolder(path=tmp_path).load(remove)
    left = sum(counts(dataset.train, dataset.validation, dataset.test))
    assert left in (10, 11)  # the first one read may be one of them
    assert "dog" in dataset.notes[0]


def test_a_folder_that_goes_while_it_is_read(tmp_path):
    write_classes(tmp_path / "pets")

    def remove(share):
        shutil.rmtree(tmp_path / "pets", ignore_errors=True)

    with pytest.raises(DataError, match="pets"):
        ImageFolder(path=tmp_path / "pets").load(remove)


def test_a_few_of_each_class_can_be_taken(tmp_path):
    write_classes(tmp_path, count=30)
    dataset = ImageFolder(path=tmp_path, examples=10, validation_split=0.2, test_split=0.2).load()
    assert [counts(part) for part in (dataset.train, dataset.validation)] == [[5, 5], [1, 1]]


def test_loading_can_be_cancelled_between_two_pictures(tmp_path):
    class StoppedError(BaseException):
        pass

    shares = []

    def stop(share):
        shares.append(share)
        if share > 0.4:
            raise StoppedError

    with pytest.raises(StoppedError):
        ImageFolder(path=write_classes(tmp_path)).load(stop)
    assert shares[-1] < 0.6


# what can be wrong


def test_pictures_as_they_are_must_be_of_one_size(tmp_path):
    write_classes(tmp_path, count=3)
    odd = solid(tmp_path / "dog" / "odd.png", size=(12, 14))
    text = message(tmp_path, fit="as_is")
    assert f"{odd} has 12 x 14 pixels, and {tmp_path / 'cat' / '0.png'} has 12 x 10" in text


def test_pictures_of_one_size_may_stay_as_they_are(tmp_path):
    dataset = ImageFolder(path=write_classes(tmp_path), fit="as_is").load()
    assert dataset.input_shape == (12, 10, 1)


def test_pictures_too_large_to_stay_as_they_are(tmp_path):
    write_classes(tmp_path, count=2, size=(4, 1030))
    assert "at most 1,024 along a side" in message(tmp_path, fit="as_is")


def test_a_folder_without_pictures(tmp_path):
    (tmp_path / "words.txt").write_text("words")
    text = message(tmp_path)
    assert "there is no picture in a folder of a class" in text
    assert "there must be a folder for each class" in text


def test_pictures_without_folders_of_classes(tmp_path):
    solid(tmp_path / "a.png")
    assert "there is no picture in a folder of a class" in message(tmp_path)


def test_only_one_class(tmp_path):
    assert "all pictures are of one class, 'cat'" in message(write_classes(tmp_path, ("cat",)))


def test_a_class_for_the_test_that_is_not_trained_on(tmp_path):
    write_classes(tmp_path / "train")
    write_classes(tmp_path / "test", ("cat", "owl"))
    text = message(tmp_path)
    assert text.startswith(f"{tmp_path / 'test' / 'owl'}: there are pictures for test of a class")
    assert "There are: cat, dog." in text


def test_nothing_but_broken_pictures(tmp_path):
    write_classes(tmp_path)
    for file in tmp_path.glob("*/*.png"):
        file.write_bytes(b"\x89PNG")
    text = message(tmp_path)
    assert text.startswith("None of the pictures can be read. ")
    assert ".png is not a sound PNG" in text


def test_more_pictures_than_memory(tmp_path, monkeypatch):
    monkeypatch.setattr("playground.data.image_set._MOST_VALUES", 10_000)
    write_classes(tmp_path)
    assert "need more than 2 GiB" in message(tmp_path)


def test_a_file_is_no_folder(tmp_path):
    path = solid(tmp_path / "a.png")
    assert "is a file; choose the folder" in message(path)


def test_no_such_folder(tmp_path):
    assert "there is no such file or folder" in message(tmp_path / "nowhere")
