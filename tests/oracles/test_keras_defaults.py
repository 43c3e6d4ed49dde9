"""What a setting is when nobody sets it is what it is in Keras."""

import inspect

import pytest

from playground.component import Component, parameters
from playground.nn.activations import Linear
from playground.nn.regularizers import NoRegularizer
from tests.oracles.keras_peers import MODULES, has_keras_peer

pytestmark = pytest.mark.oracle

OWN = {
    "Pooling2D.strides": "Keras says None and means the size of the window, which ours is, too",
    "Embedding.input_dim": "Keras has none",
    "RandomZoom.width_factor": "Keras says None for what keep_ratio says",
    "RandomShear.x_factor": "Keras's does nothing unless it is told",
    "Normalization.mean": "Keras measures the data, if it is not told",
    "Normalization.variance": "Keras measures the data, if it is not told",
}
SHORT = {"uniform": "randomuniform"}
SAYS_NOTHING = (Linear(), NoRegularizer(), 0.0)
"""Ours for Keras's None."""

MEMBERS = [cls for family in MODULES for cls in family.registry.values() if has_keras_peer(cls)]


def plain(value):
    """Return a default in a form that both have: names without case, one number of equal ones."""
    if isinstance(value, Component):
        return type(value).__name__.lower()
    if isinstance(value, str):
        return SHORT.get(value, value.replace("_", "").lower())
    if isinstance(value, (tuple, list)) and len(set(value)) == 1:
        return value[0]
    return value


def keras_defaults(cls):
    """Return the defaults in the signature of Keras's class."""
    module = next(module for family, module in MODULES.items() if issubclass(cls, family))
    settings = inspect.signature(getattr(module, cls.__name__).__init__).parameters.values()
    return {s.name: s.default for s in settings if s.default is not inspect.Parameter.empty}


@pytest.mark.parametrize("cls", MEMBERS, ids=lambda cls: cls.__name__)
def test_defaults_are_those_of_keras(cls):
    theirs = keras_defaults(cls)
    names = {f"{base.__name__}." for base in cls.__mro__}
    for parameter in parameters(cls):
        name = parameter.name
        if name not in theirs or any(f"{base}{name}" in OWN for base in names):
            continue
        ours = (
            None
            if theirs[name] is None and parameter.default in SAYS_NOTHING
            else parameter.default
        )
        assert plain(ours) == plain(theirs[name]), name
