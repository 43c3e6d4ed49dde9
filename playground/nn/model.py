"""A stack of layers."""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from playground.component import Component, param
from playground.errors import ShapeError
from playground.language import tr
from playground.nn.activations import ActivationFunction, Linear
from playground.nn.arrays import Array, Shape, Weights
from playground.nn.layers.base import INFERENCE, Context, Head, Layer

ModelWeights = tuple[Weights, ...]
"""One dict of arrays for each layer; empty for a layer without weights."""
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
                text = tr("Layer {number}: {error}").format(number=number, error=error)
                raise ShapeError(text) from None
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

    @property
    def output_activation(self) -> ActivationFunction:
        """What the last layer applies to its outputs; ``Linear`` if it applies nothing."""
        return self.layers[-1].output_activation if self.layers else Linear()

    @property
    def couples_examples(self) -> bool:
        """Whether, in training, the answer to one example depends on the others of its batch."""
        return any(layer.couples_examples for layer in self.layers)

    def heads(self, input_shape: Shape) -> list[Head]:
        """Return what the outputs in the middle end with, from the input on, however nested."""
        shapes = self.shapes(input_shape)
        return [
            head
            for layer, shape in zip(self.layers, shapes, strict=False)
            for head in layer.heads(shape)
        ]

    def without_output_activation(self) -> Sequential:
        """Return the same model, except that it ends with the logits."""
        if self.output_activation == Linear():
            return self
        changes: dict[str, Any] = {"activation": Linear()}
        return Sequential((*self.layers[:-1], dataclasses.replace(self.layers[-1], **changes)))

    def by_path(self, weights: ModelWeights) -> Weights:
        """Return all the weights by ``<layer>/<weight>``: ``conv2d_1/kernel``."""
        return {
            f"{layer}/{name}": array
            for layer, own in zip(self.names(), weights, strict=True)
            for name, array in own.items()
        }

    def by_layer(self, paths: Weights) -> ModelWeights:
        """Return the weights that ``by_path`` named, as one dict a layer again."""
        layers: dict[str, Weights] = {layer: {} for layer in self.names()}
        for path, array in paths.items():
            layer, name = path.split("/", 1)
            layers[layer][name] = array
        return tuple(layers.values())

    def penalty(self, weights: ModelWeights) -> tuple[float, ModelWeights]:
        """Return what the regularizers charge, and its gradient by the weights they watch."""
        charges = [layer.penalty(own) for layer, own in zip(self.layers, weights, strict=True)]
        return sum(charge for charge, _ in charges), tuple(gradient for _, gradient in charges)

    def multiply_adds(self, input_shape: Shape) -> int:
        """Return the multiplications that one example costs going forward."""
        shapes = self.shapes(input_shape)
        return sum(
            layer.multiply_adds(shape) for layer, shape in zip(self.layers, shapes, strict=False)
        )


def parameter_count(weights: Weights) -> int:
    """Return how many numbers a layer's weights hold."""
    return sum(math.prod(array.shape) for array in weights.values())


@cache
def _snake_case(name: str) -> str:
    """Return ``max_pooling2d`` for ``MaxPooling2D``, as Keras does."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower()
