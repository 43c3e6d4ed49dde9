"""The data in the box is what others published."""

import numpy as np
import pytest

from playground.resources import resource_path
from playground.training.presets import preset_names
from playground.training.samples import samples

SAMPLES = {sample.preset: sample for sample in samples()}
CLASSES = {  # as UCI, palmerpenguins and the makers of the images count them
    "iris": {"setosa": 50, "versicolor": 50, "virginica": 50},
    "wine": {"0": 59, "1": 71, "2": 48},
    "breast-cancer": {"benign": 357, "malignant": 212},
    "penguins": {"Adelie": 152, "Chinstrap": 68, "Gentoo": 124},
}
ROWS = {"diabetes": 442, "cars": 398}  # 406 cars, of which 8 have no consumption


def whole(preset):
    dataset = SAMPLES[preset].project().source.load()
    parts = (dataset.train, dataset.validation, dataset.test)
    return dataset, np.concatenate([part.y for part in parts])


def test_there_are_images_and_tables():
    assert {"digits-cnn", *CLASSES, *ROWS} <= set(SAMPLES)


@pytest.mark.parametrize("preset", CLASSES)
def test_classes_are_as_many_as_published(preset):
    dataset, y = whole(preset)
    counts = np.bincount(y, minlength=len(dataset.classes)).tolist()
    assert dict(zip(dataset.classes, counts, strict=True)) == CLASSES[preset]


@pytest.mark.parametrize("preset", ROWS)
def test_rows_are_as_many_as_published(preset):
    assert len(whole(preset)[1]) == ROWS[preset]


def test_each_sample_has_a_project_that_learns_it():
    assert set(SAMPLES) <= set(preset_names())


def test_every_data_set_lies_beside_its_licence():
    folders = [path for path in resource_path("datasets").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert (folder / "LICENSE").stat().st_size > 100, folder
        assert (folder / "about.json").is_file(), folder
