"""A set that the user draws: empty at first, then more and more."""

from dataclasses import replace

import numpy as np
import pytest

from playground.component import from_config, to_config
from playground.data.dataset import DataKind
from playground.data.images.drawing import Drawing
from playground.data.sources import DataSource
from playground.data.sources.my_drawings import MyDrawings
from playground.errors import ConfigError


def drawings(*labels, size=(28, 28)):
    """Return a drawing for each label, each of another grey."""
    return tuple(
        Drawing.of(np.full(size, (number + 1) / 255, np.float32), label)
        for number, label in enumerate(labels)
    )


SOME = MyDrawings(names=("a", "b"), drawn=drawings(*"ab" * 20))


def test_it_is_empty_at_first_and_says_what_to_do():
    dataset = MyDrawings().load()
    assert dataset.kind is DataKind.IMAGES
    assert dataset.input_shape == (28, 28, 1)
    assert dataset.classes == ("circle", "square", "triangle")
    assert "Draw in the Draw view" in dataset.lack


def test_one_class_is_not_enough():
    dataset = MyDrawings(names=("a", "b"), drawn=drawings("b", "b")).load()
    assert dataset.lack.startswith("All drawings to train on are of b.")


def test_the_first_drawing_of_each_class_is_trained_on():
    dataset = MyDrawings(names=("a", "b"), drawn=drawings("a", "b")).load()
    assert dataset.lack == ""
    assert dataset.train.y.tolist() == [0, 1]


def test_about_a_fifth_is_kept_aside():
    dataset = SOME.load()
    assert np.bincount(dataset.train.y).tolist() == [16, 16]
    assert np.bincount(dataset.validation.y).tolist() == [4, 4]
    assert len(dataset.test) == 0


def test_images_keep_their_class_and_number():
    dataset = SOME.load()
    for part in (dataset.train, dataset.validation):
        assert np.rint(part.x[:, 0, 0, 0] * 255 - 1).astype(int).tolist() == part.rows.tolist()
        assert (part.rows % 2 == part.y).all()


def test_a_new_drawing_moves_no_other_one():
    before = SOME.load()
    after = replace(SOME, drawn=(*SOME.drawn, *drawings("a"))).load()
    for old, new in ((before.train, after.train), (before.validation, after.validation)):
        assert set(old.rows.tolist()) <= set(new.rows.tolist())


def test_a_run_goes_on_with_a_drawing_more_but_not_with_a_class_more():
    more = replace(SOME, drawn=(*SOME.drawn, *drawings("a")))
    assert more.continues(SOME)
    assert not replace(SOME, names=("a", "b", "c")).continues(SOME)


def test_it_survives_saving():
    assert from_config(DataSource, to_config(SOME)) == SOME


def test_drawings_of_another_set_become_their_own():
    alone = MyDrawings.begun_from(drawings("7", "1", "7", size=(8, 8)))
    assert (alone.names, alone.size) == (("7", "1"), (8, 8))
    assert len(alone.load().train) == 3


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"names": ("a",)}, "two different names"),
        ({"names": ("a", "a")}, "two different names"),
        ({"names": ("a", "")}, "two different names"),
        ({"names": ("b", "c")}, "drawings of 'a'"),
        ({"size": (32, 32)}, "drawings of another size"),
    ],
)
def test_what_does_not_fit_the_drawings_is_refused(settings, words):
    with pytest.raises(ConfigError, match=words):
        replace(SOME, **settings)
