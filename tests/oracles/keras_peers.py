"""The Keras object that says the same as one of ours: by name and setting, for both are Keras's."""

import functools

import keras

from playground.component import Component, parameters
from playground.data.augmentations import Augmentation
from playground.nn.activations import ActivationFunction
from playground.nn.initializers import Initializer
from playground.nn.layers import Layer
from playground.nn.losses import Loss
from playground.nn.optimizers import Optimizer
from playground.nn.regularizers import NoRegularizer, Regularizer

MODULES = {
    Layer: keras.layers,
    Initializer: keras.initializers,
    Regularizer: keras.regularizers,
    Loss: keras.losses,
    Optimizer: keras.optimizers,
    Augmentation: keras.layers,
}


def config_of(component):
    """Return the settings as keyword arguments for Keras."""
    values = {p.name: getattr(component, p.name) for p in parameters(type(component))}
    return {
        name: keras_peer(value) if isinstance(value, Component) else value
        for name, value in values.items()
    }


def keras_peer(component, **more):
    """Return Keras's object (or, for an activation, function) with the same name and settings."""
    if component == NoRegularizer():
        return None
    config = config_of(component) | more
    name = type(component).__name__
    if isinstance(component, ActivationFunction):
        return functools.partial(activation_named(name), **config)
    family = next(family for family in MODULES if isinstance(component, family))
    return getattr(MODULES[family], name)(**config)


def activation_named(name):
    """Return Keras's function for one of our activation classes: ``leaky_relu``, ``LeakyReLU``."""
    known = {key.replace("_", ""): function for key, function in vars(keras.activations).items()}
    return known[name.lower()]


def has_keras_peer(cls):
    """Tell whether Keras has something of this name."""
    if issubclass(cls, ActivationFunction):
        return any(key.replace("_", "") == cls.__name__.lower() for key in vars(keras.activations))
    return any(
        issubclass(cls, family) and hasattr(module, cls.__name__)
        for family, module in MODULES.items()
    )
