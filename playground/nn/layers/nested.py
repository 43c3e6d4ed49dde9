"""What the layers that hold chains of layers share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playground.errors import ShapeError
from playground.language import tr
from playground.nn.arrays import Shape, Weights
from playground.nn.layers.base import Layer
from playground.nn.model import ModelWeights


@dataclass(frozen=True)
class Nested(Layer, abstract=True):
    """A layer made of ``chains``, all of which get its input.

    Weights: those of the chains by path, ``<chain>/<layer>/<weight>``: ``0/conv2d_1/kernel``.
    """

    @property
    def couples_examples(self) -> bool:
        return any(chain.couples_examples for chain in self.chains)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        return self.joined([chain.build(input_shape, rng) for chain in self.chains])

    def statistics(self) -> frozenset[str]:
        return frozenset(
            f"{number}/{name}/{statistic}"
            for number, chain in enumerate(self.chains)
            for name, layer in zip(chain.names(), chain.layers, strict=True)
            for statistic in layer.statistics()
        )

    def penalty(self, weights: Weights) -> tuple[float, Weights]:
        charges = [
            chain.penalty(own) for chain, own in zip(self.chains, self.split(weights), strict=True)
        ]
        return sum(charge for charge, _ in charges), self.joined([own for _, own in charges])

    def multiply_adds(self, input_shape: Shape) -> int:
        return sum(chain.multiply_adds(input_shape) for chain in self.chains)

    def split(self, weights: Weights) -> list[ModelWeights]:
        """Return the weights of each chain, from those of the layer."""
        parts: list[Weights] = [{} for _ in self.chains]
        for path, array in weights.items():
            number, rest = path.split("/", 1)
            parts[int(number)][rest] = array
        return [chain.by_layer(own) for chain, own in zip(self.chains, parts, strict=True)]

    def joined(self, parts: list[ModelWeights]) -> Weights:
        """Return weights, or gradients, of the layer from those of each chain."""
        return {
            f"{number}/{path}": array
            for number, (chain, own) in enumerate(zip(self.chains, parts, strict=True))
            for path, array in chain.by_path(own).items()
        }

    def ends(self, input_shape: Shape) -> Iterator[Shape]:
        """Yield the shape that each chain ends with.

        Raises ``ShapeError`` that begins with the branch at fault, counted from 1.
        """
        for number, chain in enumerate(self.chains, start=1):
            try:
                yield chain.shapes(input_shape)[-1]
            except ShapeError as error:
                text = tr("Branch {number}: {error}").format(number=number, error=error)
                raise ShapeError(text) from None
