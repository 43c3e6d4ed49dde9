import numpy as np
import pytest

import playground
from playground.cli import main
from playground.component import Component
from playground.training.presets import preset_names


def printed(capsys, *arguments):
    assert main(["info", *arguments]) == 0
    return capsys.readouterr().out


def test_the_versions_are_told(capsys):
    text = printed(capsys)
    assert playground.__version__ in text
    assert np.__version__ in text
    assert "PySide6" in text
    assert " thread" in text  # of the library for matrix products


def test_every_family_and_preset_is_listed(capsys):
    text = printed(capsys)
    for family in Component.__subclasses__():
        for name in vars(family).get("registry", ()):
            assert name in text
    for name in preset_names():
        assert name in text


def test_a_network_is_shown_layer_by_layer(capsys):
    rows = [line.split() for line in printed(capsys, "digits-cnn").splitlines()]
    assert ["2", "MaxPooling2D", "13", "x", "13", "x", "32", "0", "0"] in rows
    assert rows[-1] == ["total", "34,826", "2,440,960"]


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_can_be_shown(name, capsys):
    assert "total" in printed(capsys, name)


def test_an_unknown_project_is_a_mistake(capsys):
    assert main(["info", "nothing"]) == 1
    assert "nothing" in capsys.readouterr().err
