"""Activations: closed forms, slopes, and no overflow anywhere."""

import math

import numpy as np
import pytest

from playground.nn import activations
from playground.nn.activations import ActivationFunction
from playground.nn.erf import erf
from tests.nn.gradients import numeric_gradient

Z = np.array([-7.3, -3.2, -1.0, -0.4, 0.3, 1.0, 2.9, 4.5])
"""Away from every kink."""


def phi(z):
    """The share of a unit normal below ``z``."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


FORMS = {
    "Linear": lambda z: z,
    "ReLU": lambda z: max(z, 0),
    "LeakyReLU": lambda z: z if z > 0 else 0.3 * z,
    "ELU": lambda z: z if z > 0 else math.expm1(z),
    "SELU": lambda z: 1.0507009873554805 * (z if z > 0 else 1.6732632423543772 * math.expm1(z)),
    "GELU": lambda z: z * phi(z),
    "SiLU": lambda z: z / (1 + math.exp(-z)),
    "Sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "HardSigmoid": lambda z: min(max((z + 3) / 6, 0), 1),
    "HardStep": lambda z: float(z >= 0),
    "Tanh": math.tanh,
    "Softplus": lambda z: math.log(1 + math.exp(z)),
}
NAMES = list(ActivationFunction.registry)


def variants(name):
    """The function with its defaults, and with every flag the other way."""
    cls = ActivationFunction.registry[name]
    return [cls(), cls(approximate=True)] if name == "GELU" else [cls()]


@pytest.mark.parametrize("name", NAMES)
def test_values_are_those_of_the_formula(name):
    y = ActivationFunction.registry[name]()(Z)
    expected = np.exp(Z) / np.exp(Z).sum() if name == "Softmax" else [FORMS[name](z) for z in Z]
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_slopes_match_finite_differences(name, rng):
    for function in variants(name):
        z, dy = np.stack([Z, Z[::-1] / 3]), rng.normal(size=(2, len(Z)))
        _, backward = function.forward(z)
        expected = numeric_gradient(lambda: float((function(z) * dy).sum()), z)  # noqa: B023
        np.testing.assert_allclose(backward(dy), expected, rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_overflows_and_the_precision_is_kept(name, dtype):
    z = np.array([[-1e4, -90, -20, -1e-30, 0, 1e-30, 20, 90, 1e4]], dtype)
    for function in variants(name):
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            y, backward = function.forward(z)
            dz = backward(np.ones_like(z))
        assert np.isfinite(y).all()
        assert np.isfinite(dz).all()
        assert y.dtype == dz.dtype == dtype


@pytest.mark.parametrize("name", NAMES)
def test_inputs_are_never_written(name):
    z, dy = Z.copy(), np.ones_like(Z)
    z.flags.writeable = dy.flags.writeable = False
    for function in variants(name):
        _, backward = function.forward(z)
        backward(dy)


def test_the_corners_of_a_perceptron():
    z = np.array([-1e-30, 0.0, 1e-30])
    y, backward = activations.HardStep().forward(z)
    np.testing.assert_array_equal(y, [0, 1, 1])
    np.testing.assert_array_equal(backward(np.ones(3)), [0, 0, 0])


def test_the_tanh_form_of_gelu_differs_by_a_thousandth_at_most():
    z = np.linspace(-6, 6, 1001)
    difference = activations.GELU(approximate=True)(z) - activations.GELU()(z)
    assert 1e-4 < np.abs(difference).max() < 1e-3


def test_selu_keeps_mean_0_and_variance_1(rng):
    y = activations.SELU()(rng.standard_normal(1_000_000))
    assert y.mean() == pytest.approx(0, abs=0.005)
    assert y.var() == pytest.approx(1, abs=0.01)


def test_a_leak_may_have_any_slope():
    y = activations.LeakyReLU(negative_slope=0.01)(np.array([-2.0, 3.0]))
    np.testing.assert_allclose(y, [-0.02, 3])


def test_erf_is_exact_to_rounding():
    x = np.concatenate([np.linspace(-7, 7, 20_001), np.logspace(-300, 0, 500)])
    np.testing.assert_allclose(erf(x), [math.erf(one) for one in x], rtol=1e-15, atol=0)
    np.testing.assert_array_equal(erf(np.array([-np.inf, 0, np.inf])), [-1, 0, 1])


def test_erf_in_single_precision():
    x = np.linspace(-5, 5, 2001, dtype=np.float32)
    y = erf(x)
    assert y.dtype == np.float32
    np.testing.assert_allclose(y, [math.erf(one) for one in x], rtol=5e-7)
