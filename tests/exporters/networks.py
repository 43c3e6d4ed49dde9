"""Small trained networks to export."""

from dataclasses import dataclass

import numpy as np

from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.depthwise_conv2d import DepthwiseConv2D
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.gaussian_noise import GaussianNoise
from playground.nn.layers.global_pooling import GlobalAveragePooling2D, GlobalMaxPooling2D
from playground.nn.layers.layer_normalization import LayerNormalization
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.layers.separable_conv2d import SeparableConv2D
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
        {name: drawn(name, array, rng) for name, array in own.items()}
        for own in model.build(input_shape, rng)
    )
    return Network(model, weights, input_shape)


def drawn(name, array, rng):
    if name == "moving_variance":
        return rng.uniform(0.5, 2, array.shape).astype(np.float32)
    return rng.normal(0, 0.5, array.shape).astype(np.float32)


def inputs_of(trained, count=3):
    """Return inputs for a network: numbers, or the tokens of its embedding."""
    rng, first = np.random.default_rng(1), trained.model.layers[0]
    shape = (count, *trained.input_shape)
    if isinstance(first, Embedding):
        return rng.integers(0, first.input_dim, shape).astype(np.float32)
    return rng.normal(size=shape).astype(np.float32)


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
    "groups, dilation, no bias": network(
        (11, 10, 4),
        Conv2D(filters=6, kernel_size=3, groups=2, dilation_rate=(2, 3), activation="gelu"),
        Conv2D(filters=4, kernel_size=2, padding="same", use_bias=False, activation="leaky_relu"),
        DepthwiseConv2D(kernel_size=(2, 3), depth_multiplier=2, activation="elu"),
        SeparableConv2D(filters=5, kernel_size=2, depth_multiplier=3, padding="same"),
        Activation("silu"),
        GlobalMaxPooling2D(keepdims=True),
        Flatten(),
        Dense(units=4, use_bias=False, activation="selu"),
        Dense(units=3, activation="softmax"),
    ),
    "normalised images": network(
        (6, 5, 3),
        GaussianNoise(),
        Conv2D(filters=4, kernel_size=2),
        BatchNormalization(momentum=0.9),
        Activation("relu"),
        BatchNormalization(center=False, scale=False),
        Flatten(),
        BatchNormalization(scale=False),
        LayerNormalization(center=False),
        Activation("softmax"),
        LayerNormalization(),
        Dense(units=3, activation="softplus"),
        LayerNormalization(center=False, scale=False),
    ),
    "means of maps": network(
        (6, 5, 3),
        SeparableConv2D(filters=5, use_bias=False),
        GlobalAveragePooling2D(),
        Dense(units=3, activation={"class_name": "GELU", "config": {"approximate": True}}),
        Activation("hard_sigmoid"),
    ),
    "words": network(
        (7,),
        Embedding(input_dim=5, output_dim=4),
        LayerNormalization(),
        Dense(units=3, activation="softmax"),
        Flatten(),
        Dense(units=2),
    ),
    "images only": network((6, 6, 1), Conv2D(filters=2, activation="softmax")),
}
