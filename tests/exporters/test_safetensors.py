import json

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file

from playground.errors import FileError, ShapeError
from playground.exporters.safetensors import Safetensors, state_dict
from playground.exporters.torch_modules import torch_modules
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.branches import Add
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.layer_normalization import LayerNormalization
from playground.nn.layers.pooling import AveragePooling2D
from playground.nn.layers.rescaling import Rescaling
from playground.nn.model import Sequential
from tests.exporters.networks import NETWORKS, inputs_of, network


def metadata(path):
    with safe_open(path, "numpy") as file:
        return file.metadata()


def test_activations_count_as_modules_and_kernels_have_torch_s_layout(tmp_path):
    path = tmp_path / "w.safetensors"
    Safetensors().export(path, NETWORKS["convnet"])
    assert {name: array.shape for name, array in load_file(path).items()} == {
        "0.weight": (4, 2, 3, 5),
        "0.bias": (4,),
        "3.weight": (6, 4, 3, 3),
        "3.bias": (6,),
        "7.weight": (5, 24),
        "7.bias": (5,),
        "9.weight": (3, 5),
        "9.bias": (3,),
    }


def test_the_metadata_say_how_to_build_the_network(tmp_path):
    path = tmp_path / "w.safetensors"
    Safetensors().export(path, NETWORKS["dense"])
    assert json.loads(metadata(path)["modules"]) == [
        "nn.Linear(5, 7)",
        "nn.Tanh()",
        "nn.Dropout(0.5)",
        "nn.Linear(7, 3)",
        "nn.Softmax(dim=1)",
    ]
    assert metadata(path)["format"] == "pt"


def test_the_input_shape_has_the_channels_first(tmp_path):
    path = tmp_path / "w.safetensors"
    Safetensors().export(path, NETWORKS["convnet"])
    assert json.loads(metadata(path)["input_shape"]) == [2, 12, 14]


def test_the_linear_after_a_flatten_reads_channels_first():
    trained = network((2, 3, 2), Flatten(), Dense(units=1))
    x = np.random.default_rng(1).normal(size=(4, 2, 3, 2)).astype(np.float32)
    state = state_dict(trained)
    as_torch_flattens = x.transpose(0, 3, 1, 2).reshape(4, -1)
    np.testing.assert_allclose(
        as_torch_flattens @ state["1.weight"].T + state["1.bias"],
        trained.model.predict(trained.weights, x),
        rtol=1e-5,
        atol=1e-6,
    )


def codes_or_reason(trained):
    """The constructors; or, if torch has none, the sentence that says so."""
    try:
        modules = torch_modules(trained.model, trained.weights, trained.input_shape)
    except FileError as error:
        return str(error)
    return " ".join(module.code for module in modules)


@pytest.mark.parametrize("cls", Layer.registry.values())
def test_every_layer_has_a_torch_form_or_a_reason(cls):
    try:
        trained = network((6, 6, 1), cls())
    except ShapeError:
        trained = network((6,), cls())
    said = codes_or_reason(trained)
    assert "nn." in said or "export as .npz" in said


@pytest.mark.parametrize("cls", ActivationFunction.registry.values())
def test_every_activation_has_a_torch_form_or_a_reason(cls):
    said = codes_or_reason(network((6,), Activation(cls())))
    assert cls is Linear or "nn." in said or "export as .npz" in said


@pytest.mark.parametrize(
    ("trained", "reason"),
    [
        (network((4, 4, 2), Flatten()), "another order"),
        (network((4, 4, 2), LayerNormalization()), "every pixel"),
        (network((4,), Embedding(), BatchNormalization()), "sequences in another order"),
        (network((4,), Dense(activation="hard_step")), "no torch module for HardStep"),
        (network((4,), Rescaling()), "no torch module for Rescaling"),
        (network((4,), Add((Sequential(),))), "cannot fork, as Add does"),
        (
            network((6, 6, 1), AveragePooling2D(pool_size=4, strides=1, padding="same")),
            "unevenly",
        ),
    ],
)
def test_what_torch_cannot_do_is_said_with_the_mend(trained, reason):
    with pytest.raises(FileError, match=rf"{reason}.*export as \.npz"):
        Safetensors().encode(trained)


@pytest.mark.oracle
@pytest.mark.parametrize("name", NETWORKS)
def test_torch_loads_the_file_and_computes_the_same(name, tmp_path):
    import torch
    from safetensors.torch import load_file as load_in_torch

    trained, path = NETWORKS[name], tmp_path / "w.safetensors"
    Safetensors().export(path, trained)
    modules = json.loads(metadata(path)["modules"])
    theirs = eval(f"torch.nn.Sequential({', '.join(modules)})", {"torch": torch, "nn": torch.nn})
    theirs.load_state_dict(load_in_torch(path), strict=True)
    theirs.eval()
    x = inputs_of(trained)
    theirs_x = torch.from_numpy(np.moveaxis(x, -1, 1).copy())
    if isinstance(theirs[0], torch.nn.Embedding):
        theirs_x = theirs_x.long()
    with torch.no_grad():
        y = theirs(theirs_x).numpy()
    ours = trained.model.predict(trained.weights, x)
    np.testing.assert_allclose(np.moveaxis(y, 1, -1), ours, rtol=1e-5, atol=1e-6)


def test_moving_means_have_torch_s_names_and_types():
    state = state_dict(NETWORKS["normalised images"])
    tracked = state["2.num_batches_tracked"]
    assert (tracked.shape, tracked.dtype) == ((), np.int64)
    weights = NETWORKS["normalised images"].weights[2]
    np.testing.assert_array_equal(state["2.running_mean"], weights["moving_mean"])
    np.testing.assert_array_equal(state["2.running_var"], weights["moving_variance"])
    assert sorted(name for name in state if name.startswith("4.")) == [
        "4.num_batches_tracked",
        "4.running_mean",
        "4.running_var",
    ]


def test_an_image_kernel_goes_output_channels_first():
    trained = network((5, 5, 2), Conv2D(filters=3, kernel_size=(2, 4)))
    kernel = trained.weights[0]["kernel"]
    assert state_dict(trained)["0.weight"][2, 1, 0, 3] == kernel[0, 3, 1, 2]
