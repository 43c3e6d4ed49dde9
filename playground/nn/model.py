"""A stack of layers."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from playground.component import Component, param
from playground.errors import ShapeError
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Shape, Weights
from playground.nn.layers import INFERENCE, Context, Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense

ModelWeights = tuple[Weights, ...]
"""One dict of arrays for each layer; empty for a layer without weights."""
ACTIVATED = (Dense, Conv2D, Activation)
"""The layers that apply an activation to their outputs."""
ModelBackward = Callable[[Array], tuple[Array, ModelWeights]]


@dataclass(frozen=True)
class Sequential(Component):
    """Layers applied in order; the weights live outside, one dict per layer."""

    layers: tuple[Layer, ...] = param((), doc="The layers, from the input to the output.")

    def shapes(self, input_shape: Shape) -> list[Shape]:
        """Return the shape after each layer, the input's first: ``len(layers) + 1`` shapes.

        Raises ``ShapeError`` that begins with the layer at fault, counted from 1.
        """
        shapes = [input_shape]
        for number, layer in enumerate(self.layers, start=1):
            try:
                shapes.append(layer.output_shape(shapes[-1]))
            except ShapeError as error:
                raise ShapeError(f"Layer {number}: {error}") from None
        return shapes

    def names(self) -> list[str]:
        """Return Keras's name for each layer: ``conv2d``, ``conv2d_1``, ``max_pooling2d`` ..."""
        seen: Counter[str] = Counter()
        names = []
        for layer in self.layers:
            name = _snake_case(type(layer).__name__)
            names.append(f"{name}_{seen[name]}" if seen[name] else name)
            seen[name] += 1
        return names

    def build(self, input_shape: Shape, rng: np.random.Generator) -> ModelWeights:
        """Return fresh weights for every layer."""
        shapes = self.shapes(input_shape)
        return tuple(
            layer.build(shape, rng) for layer, shape in zip(self.layers, shapes, strict=False)
        )

    def forward(
        self, weights: ModelWeights, x: Array, context: Context = INFERENCE
    ) -> tuple[Array, ModelBackward]:
        """Return the outputs ``(batch, *output_shape)`` and the function giving all gradients."""
        backwards = []
        for layer, own in zip(self.layers, weights, strict=True):
            x, backward = layer.forward(own, x, context)
            backwards.append(backward)

        def backward_all(dy: Array) -> tuple[Array, ModelWeights]:
            gradients = []
            for backward in reversed(backwards):
                dy, gradient = backward(dy)
                gradients.append(gradient)
            return dy, tuple(reversed(gradients))

        return x, backward_all

    def predict(self, weights: ModelWeights, x: Array, chunk: int = 64) -> Array:
        """Return the outputs alone, computed ``chunk`` examples at a time to save memory."""
        parts = [
            self.forward(weights, x[start : start + chunk])[0]
            for start in range(0, max(len(x), 1), chunk)
        ]
        return np.concatenate(parts)

    def activations(self, weights: ModelWeights, x: Array) -> list[Array]:
        """Return the outputs of every layer for a batch, ``len(layers)`` arrays."""
        outputs = []
        for layer, own in zip(self.layers, weights, strict=True):
            x, _ = layer.forward(own, x, INFERENCE)
            outputs.append(x)
        return outputs

    @property
    def output_activation(self) -> ActivationFunction:
        """What the last layer applies to its outputs; ``Linear`` if it applies nothing."""
        last = self.layers[-1] if self.layers else None
        return last.activation if isinstance(last, ACTIVATED) else Linear()

    def without_output_activation(self) -> Sequential:
        """Return the same model, except that it ends with the logits."""
        last = self.layers[-1] if self.layers else None
        if not isinstance(last, ACTIVATED) or last.activation == Linear():
            return self
        return Sequential((*self.layers[:-1], dataclasses.replace(last, activation=Linear())))

    def multiply_adds(self, input_shape: Shape) -> int:
        """Return the multiplications that one example costs going forward."""
        shapes = self.shapes(input_shape)
        return sum(
            layer.multiply_adds(shape) for layer, shape in zip(self.layers, shapes, strict=False)
        )


def parameter_count(weights: Weights) -> int:
    """Return how many numbers a layer's weights hold."""
    return sum(math.prod(array.shape) for array in weights.values())


def _snake_case(name: str) -> str:
    """Return ``max_pooling2d`` for ``MaxPooling2D``, as Keras does."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
