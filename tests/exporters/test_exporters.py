from pathlib import Path

import numpy as np
import pytest

from playground.errors import FileError
from playground.exporters import Exporter, exporter_for
from playground.exporters.npz import Npz
from playground.exporters.safetensors import Safetensors


@pytest.mark.parametrize(
    ("name", "cls"), [("w.npz", Npz), ("W.NPZ", Npz), ("a.b.safetensors", Safetensors)]
)
def test_the_ending_of_the_name_chooses_the_format(name, cls):
    assert isinstance(exporter_for(Path(name)), cls)


def test_an_unknown_ending_names_the_known_ones():
    with pytest.raises(FileError, match=r"\.npz, \.safetensors\. Received: w\.pkl"):
        exporter_for(Path("w.pkl"))


def test_no_two_exporters_claim_an_ending():
    endings = [cls.extension for cls in Exporter.registry.values()]
    assert len(set(endings)) == len(endings)


def test_a_snapshot_can_be_exported(iris_snapshot, tmp_path):
    path = tmp_path / "iris.npz"
    exporter_for(path).export(path, iris_snapshot)
    with np.load(path) as read:
        np.testing.assert_array_equal(read["dense/kernel"], iris_snapshot.weights[0]["kernel"])
