"""Where the words lie that an embedding has learnt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.nn.arrays import Array
from playground.nn.layers.embedding import Embedding
from playground.probes.base import Probe
from playground.training.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class Words:
    """The most frequent words as points in a plane."""

    probe: WordMap
    numbers: NDArray[np.intp]
    """Their classes, the most frequent first."""
    points: NDArray[np.float64]
    """``(n, 2)``: along the two directions in which the vectors differ most."""
    vectors: Array
    """Those of the embedding, of length 1 each, ``(n, output_dim)``."""
    explained: float
    """The share of the vectors' variance that the plane shows."""


@dataclass(frozen=True)
class WordMap(Probe):
    """Answer with ``Words``: principal components (Pearson 1901) of the vectors of an embedding.

    Without a text, or an embedding at the front of the network, there is no answer.
    """

    most: int = param(400, low=3, high=5000, doc="How many words are looked at.")

    def compute(self, snapshot: Snapshot) -> Iterator[Words]:
        language, layers = snapshot.dataset.language, snapshot.model.layers
        if language is None or not has_words(snapshot):
            return
        assert isinstance(layers[0], Embedding)
        numbers = np.arange(1, min(len(language.words), self.most + 1))
        vectors = snapshot.weights[0]["embeddings"][numbers].astype(np.float64)
        if not np.isfinite(vectors).all():
            return
        centred = vectors - vectors.mean(axis=0)
        _, sizes, directions = np.linalg.svd(centred, full_matrices=False)
        points = np.zeros((len(numbers), 2))
        plane = directions[:2]  # one direction only, if each word is one number
        points[:, : len(plane)] = centred @ plane.T
        variance = sizes**2
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        yield Words(
            self,
            numbers,
            points,
            vectors / np.maximum(lengths, 1e-12),
            float(variance[:2].sum() / max(variance.sum(), 1e-300)),
        )


def has_words(snapshot: Snapshot) -> bool:
    """Return whether the network begins with an embedding of the words of a text."""
    language, layers = snapshot.dataset.language, snapshot.model.layers
    known = language is not None and bool(layers) and isinstance(layers[0], Embedding)
    return known and language is not None and len(language.words) > 3


def turned_like(points: NDArray[np.float64], before: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the points turned or mirrored so that they lie as near as can be to earlier ones.

    Orthogonal Procrustes (Schoenemann 1966): principal components have no sign of their own.
    """
    u, _, vt = np.linalg.svd(points.T @ before)
    turned: NDArray[np.float64] = points @ (u @ vt)
    return turned


def nearest(words: Words, place: int, most: int) -> list[tuple[int, float]]:
    """Return the places of the words most like one, and the cosines of the angles to them."""
    cosines = words.vectors @ words.vectors[place]
    cosines[place] = -np.inf
    found = np.argsort(-cosines, kind="stable")[:most]
    return [(int(k), float(cosines[k])) for k in found]
