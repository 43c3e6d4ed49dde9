import json
from dataclasses import replace

import numpy as np
import pytest

from playground.cli.headless import report
from playground.data.sources.mnist import MnistDigits
from playground.training.presets import load_preset
from playground.training.storage import load_project

FILES = {
    "curves.png",
    "window.png",
    "metrics.json",
    "project.nnproj",
    "report.md",
    "weights.npz",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The report on a small training."""
    folder = tmp_path_factory.mktemp("cli") / "report"
    project = replace(load_preset("digits-cnn"), source=MnistDigits(examples=200), epochs=1)
    assert report(project, folder) == 0
    return folder


def test_the_report_is_complete(folder):
    assert {file.name for file in folder.iterdir()} == FILES


def test_the_text_names_every_file(folder):
    text = (folder / "report.md").read_text(encoding="utf-8")
    assert all(f"{name}`" in text or f"({name})" in text for name in FILES - {"report.md"})


def test_the_weights_and_the_figures_are_of_one_run(folder):
    figures = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    state = load_project(folder / "project.nnproj").state
    assert state.step == figures["steps"]
    with np.load(folder / "weights.npz") as weights:
        np.testing.assert_array_equal(weights["conv2d/kernel"], state.weights[0]["kernel"])


@pytest.mark.parametrize("name", ["curves.png", "window.png"])
def test_the_pictures_are_not_blank(folder, name):
    from PySide6.QtGui import QImage

    picture = QImage(str(folder / name))
    colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(50, 500, 3)}
    assert len(colours) > 20


def test_a_second_report_replaces_the_first(folder):
    project = replace(load_preset("iris"), epochs=1)
    assert report(project, folder) == 0
    assert "# Iris" in (folder / "report.md").read_text(encoding="utf-8")
