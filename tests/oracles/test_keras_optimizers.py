"""Optimizers beside Keras's: its own golden tests with our rules in it, and paths in float64."""

import importlib
import unittest

import hypothesis
import keras
import numpy as np
import pytest
from hypothesis import strategies as st

from playground.component import from_config, parameters
from playground.nn.optimizers import GradientOptimizer, Optimizer
from tests.oracles.agreement import drawn
from tests.oracles.keras_peers import keras_peer
from tests.oracles.paths import gradient, our_path, start
from tests.oracles.strategies import configured

pytestmark = pytest.mark.oracle

NOT_IN_KERAS = {"SimulatedAnnealing"}
RULES = [cls for cls in Optimizer.registry.values() if issubclass(cls, GradientOptimizer)]
each_rule = pytest.mark.parametrize("cls", RULES, ids=lambda cls: cls.__name__)


def test_every_optimizer_but_annealing_has_its_peer_in_keras():
    names = {cls.__name__ for cls in RULES}
    assert names | NOT_IN_KERAS == Optimizer.registry.keys()
    assert all(hasattr(keras.optimizers, name) for name in names)


class InKerasClothes:
    """One of our optimizers, called as Keras's tests call theirs."""

    name: str

    def __init__(self, learning_rate=None, **config):
        if learning_rate is not None:
            config["learning_rate"] = learning_rate
        self._ours = from_config(Optimizer, {"class_name": self.name, "config": config})
        self._slots, self._step = {}, 0

    @property
    def variables(self):
        """What Keras counts: step, learning rate and memory."""
        return [self._step, self._ours.learning_rate, *self._slots.values()]

    def build(self, variables):
        (variable,) = variables
        self._slots = self._ours.make_slots(keras.ops.convert_to_numpy(variable).reshape(-1))

    def apply_gradients(self, pairs):
        ((g, variable),) = pairs
        w = keras.ops.convert_to_numpy(variable).copy().reshape(-1)
        if not self._step:
            self.build([variable])
        self._step += 1
        g = keras.ops.convert_to_numpy(g).astype(w.dtype).reshape(-1)
        self._ours.update(w, g, self._slots, self._step, self._ours.learning_rate)
        variable.assign(w.reshape(variable.shape))


@each_rule
@pytest.mark.parametrize("test", ["test_single_step", "test_correctness_with_golden"])
def test_golden_values_of_keras(cls, test, monkeypatch):
    """Keras's own test, from its wheel, with our rule in the place of theirs."""
    keras.config.set_floatx("float32")
    module = importlib.import_module(f"keras.src.optimizers.{cls.__name__.lower()}_test")
    ours = type(cls.__name__, (InKerasClothes,), {"name": cls.__name__})
    monkeypatch.setattr(module, cls.__name__, ours)
    case = getattr(module, f"{cls.__name__}Test")(test)
    result = unittest.TestResult()
    case.run(result)
    assert result.wasSuccessful(), [text for _, text in result.failures + result.errors]
    assert result.testsRun == 1


SETTING_OFF = ("weight_decay", "clipvalue", "global_clipnorm")


def keras_path(optimizer, steps):
    """Return the weights after each step of Keras's optimizer."""
    unused = {name: None for name in SETTING_OFF if not getattr(optimizer, name)}
    theirs = keras_peer(optimizer, **unused)
    w, path = keras.Variable(start()), []
    for _ in range(steps):
        g = gradient(keras.ops.convert_to_numpy(w))
        theirs.apply_gradients([(keras.ops.convert_to_tensor(g), w)])
        path.append(keras.ops.convert_to_numpy(w).copy())
    return np.array(path)


@each_rule
def test_a_thousand_steps_lead_along_the_same_path(cls):
    optimizer = cls(learning_rate=0.0001)  # small, as in test_torch_optimizers
    path, theirs = our_path(optimizer, 1000), keras_path(optimizer, 1000)
    np.testing.assert_allclose(path, theirs, rtol=1e-10, atol=1e-10)


@each_rule
def test_defaults_are_those_of_keras(cls):
    theirs = getattr(keras.optimizers, cls.__name__)().get_config()
    ours = {p.name: p.default for p in parameters(cls)}
    off = {name for name in SETTING_OFF if theirs[name] is None}
    assert {ours[name] for name in off} <= {0.0}
    compared = ours.keys() - off
    assert {name: ours[name] for name in compared} == pytest.approx(
        {name: theirs[name] for name in compared}
    )


@each_rule
@drawn
@hypothesis.given(st.data())
def test_any_settings_lead_along_the_same_path(cls, data):
    optimizer = data.draw(configured(cls))
    hypothesis.assume(not (optimizer.clipvalue and optimizer.global_clipnorm))  # Keras takes one
    path, theirs = our_path(optimizer, 5), keras_path(optimizer, 5)
    np.testing.assert_allclose(path, theirs, rtol=1e-9, atol=1e-10)
