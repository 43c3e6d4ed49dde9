"""Small trained networks to export."""

from dataclasses import dataclass

import numpy as np

from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.model import ModelWeights, Sequential


@dataclass(frozen=True, eq=False)
class Network:
    model: Sequential
    weights: ModelWeights
    input_shape: tuple[int, ...]


def network(input_shape: tuple[int, ...], *layers: Layer) -> Network:
    """Return a network whose biases, too, are random, so that a mix-up shows."""
    rng = np.random.default_rng(0)
    model = Sequential(layers)
    weights = tuple(
        {name: rng.normal(0, 0.5, array.shape).astype(np.float32) for name, array in own.items()}
        for own in model.build(input_shape, rng)
    )
    return Network(model, weights, input_shape)


NETWORKS = {
    "one neuron": network((2,), Dense(units=1, activation="sigmoid")),
    "dense": network(
        (5,), Dense(units=7, activation="tanh"), Dropout(), Dense(units=3, activation="softmax")
    ),
    "convnet": network(
        (12, 14, 2),
        Conv2D(filters=4, kernel_size=(3, 5), activation="relu"),
        MaxPooling2D(),
        Conv2D(filters=6, strides=2),
        Activation("tanh"),
        Flatten(),
        Dropout(),
        Dense(units=5, activation="relu"),
        Dense(units=3, activation="softmax"),
    ),
    "same, padded evenly": network(
        (9, 7, 1),
        Conv2D(filters=3, padding="same", activation="relu"),
        AveragePooling2D(pool_size=3, strides=1, padding="same"),
        Flatten(),
        Dense(units=2),
    ),
    "same, padded at the bottom and right": network(
        (9, 7, 3),
        Conv2D(filters=3, kernel_size=(4, 2), strides=(2, 1), padding="same"),
        MaxPooling2D(padding="same"),
        AveragePooling2D(padding="same"),
        Flatten(),
        Dense(units=2),
    ),
    "images only": network((6, 6, 1), Conv2D(filters=2, activation="softmax")),
}
