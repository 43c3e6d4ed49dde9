import numpy as np
import pytest

from playground.exporters.npz import Npz
from tests.exporters.networks import NETWORKS


@pytest.mark.parametrize("name", NETWORKS)
def test_numpy_reads_every_weight_back_by_its_keras_name(name, tmp_path):
    trained = NETWORKS[name]
    Npz().export(tmp_path / "w.npz", trained)
    with np.load(tmp_path / "w.npz", allow_pickle=False) as read:
        for layer, own in zip(trained.model.names(), trained.weights, strict=True):
            for weight, array in own.items():
                np.testing.assert_array_equal(read[f"{layer}/{weight}"], array)
        assert len(read) == sum(map(len, trained.weights))


def test_the_names_and_layouts_are_keras_s(tmp_path):
    Npz().export(tmp_path / "w.npz", NETWORKS["convnet"])
    with np.load(tmp_path / "w.npz") as read:
        shapes = {name: read[name].shape for name in read}
    assert shapes == {
        "conv2d/kernel": (3, 5, 2, 4),
        "conv2d/bias": (4,),
        "conv2d_1/kernel": (3, 3, 4, 6),
        "conv2d_1/bias": (6,),
        "dense/kernel": (2 * 2 * 6, 5),
        "dense/bias": (5,),
        "dense_1/kernel": (5, 3),
        "dense_1/bias": (3,),
    }


def test_equal_weights_give_equal_files():
    assert Npz().encode(NETWORKS["dense"]) == Npz().encode(NETWORKS["dense"])
