"""From the numbers of words to their meanings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from playground.component import param
from playground.errors import ShapeError
from playground.language import grouped, tr
from playground.nn.arrays import Array, Backward, Shape, Weights
from playground.nn.initializers import Initializer, RandomUniform
from playground.nn.layers.base import Context, Layer
from playground.nn.regularizers import NoRegularizer, Regularizer


@dataclass(frozen=True)
class Embedding(Layer):
    """Replace every token, a whole number, by a vector that is learned for it.

    Input shape: ``(batch, length)``, tokens from 0 on. Output shape: ``(batch, length,
    output_dim)``. Weights: embeddings ``(input_dim, output_dim)``, a row for each token. The
    tokens themselves have no gradient. Raises ``ShapeError`` for a token without a row.
    """

    input_dim: int = param(
        1000, low=1, high=1_000_000, log=True, doc="How many tokens there are, 0 among them."
    )
    output_dim: int = param(16, low=1, high=4096, doc="Numbers that describe a token.")
    embeddings_initializer: Initializer = param(
        RandomUniform(), advanced=True, doc="How the vectors begin."
    )
    embeddings_regularizer: Regularizer = param(
        NoRegularizer(), advanced=True, doc="The price of long vectors."
    )

    def output_shape(self, input_shape: Shape) -> Shape:
        if len(input_shape) != 1:
            raise ShapeError(
                tr(
                    "Embedding needs rows of tokens, (length,); put it first, or a Flatten before "
                    "it. Received: {input_shape}."
                ).format(input_shape=input_shape)
            )
        return (*input_shape, self.output_dim)

    def build(self, input_shape: Shape, rng: np.random.Generator) -> Weights:
        shape = (self.input_dim, self.output_dim)
        return {"embeddings": self.embeddings_initializer.sample(shape, rng)}

    def forward(self, weights: Weights, x: Array, context: Context) -> tuple[Array, Backward]:
        embeddings = weights["embeddings"]
        tokens = np.rint(x).astype(np.intp)
        least, most = int(tokens.min(initial=0)), int(tokens.max(initial=0))
        if least < 0 or most >= self.input_dim:
            raise ShapeError(
                tr(
                    "Embedding knows the tokens 0 to {0}; raise its input_dim, or choose data of "
                    "tokens. Received: {1}."
                ).format(grouped(self.input_dim - 1), grouped(least if least < 0 else most))
            )

        def backward(dy: Array) -> tuple[Array, Weights]:
            d_embeddings = np.zeros_like(embeddings)
            # a token may come more than once; with an index for each number this is much faster
            places = tokens[..., None] * self.output_dim + np.arange(self.output_dim)
            np.add.at(d_embeddings.reshape(-1), places.ravel(), dy.ravel())
            return np.zeros_like(x), {"embeddings": d_embeddings}

        return embeddings[tokens], backward
