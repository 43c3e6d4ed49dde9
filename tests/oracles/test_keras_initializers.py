"""First weights are spread as Keras's are, for kernels of dense and of convolutional layers."""

import inspect

import keras
import numpy as np
import pytest

from playground.nn.initializers import Initializer
from tests.oracles.keras_peers import keras_peer

pytestmark = pytest.mark.oracle
SHAPES = [(300, 200), (3, 3, 64, 96)]
SQUARE_ONLY = {"Identity"}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("cls", Initializer.registry.values(), ids=lambda cls: cls.__name__)
def test_mean_spread_and_range_are_those_of_keras(cls, shape):
    """55,000 numbers each: the bounds are 5 standard errors of the mean and 2 % of the spread."""
    if cls.__name__ in SQUARE_ONLY:
        shape = (200, 300)
    keras.config.set_floatx("float32")
    ours = cls().sample(shape, np.random.default_rng(1))
    theirs = keras.ops.convert_to_numpy(keras_peer(cls(), **seed(cls))(shape))
    spread = theirs.std()
    assert ours.shape == theirs.shape
    assert ours.dtype == theirs.dtype == np.float32
    assert abs(ours.mean() - theirs.mean()) <= 5 * spread * (2 / ours.size) ** 0.5
    assert ours.std() == pytest.approx(spread, rel=0.02)
    # the largest of many normals varies, those of a cut or even distribution hardly do
    loose = 0.25 if cls.__name__ in {"RandomNormal", "Orthogonal"} else 0.01
    assert (ours.min(), ours.max()) == pytest.approx((theirs.min(), theirs.max()), rel=loose)


def seed(cls):
    """Return a seed for those of Keras's initializers that draw."""
    settings = inspect.signature(getattr(keras.initializers, cls.__name__)).parameters
    return {"seed": 3} if "seed" in settings else {}


@pytest.mark.parametrize("shape", [(30, 20), (20, 30), (3, 3, 4, 5)], ids=str)
def test_orthogonal_kernels_are_orthogonal_along_the_same_axis_as_in_keras(shape):
    for kernel in (
        Initializer.registry["Orthogonal"]().sample(shape, np.random.default_rng(1)),
        keras.ops.convert_to_numpy(keras.initializers.Orthogonal(seed=3)(shape, dtype="float32")),
    ):
        matrix = kernel.reshape(-1, shape[-1])
        gram = matrix.T @ matrix if len(matrix) >= shape[-1] else matrix @ matrix.T
        np.testing.assert_allclose(gram, np.eye(len(gram)), atol=1e-5)
