"""Which classes are taken for which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


def confusion_matrix(
    truth: NDArray[np.integer], answers: NDArray[np.integer], classes: int
) -> Counts:
    """Return how many examples of class ``i`` were answered ``j``, at ``[i, j]``.

    ``truth`` and ``answers`` are class numbers ``(n,)``.
    """
    pairs = truth.astype(np.int64) * classes + answers
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


class Confusion(NamedTuple):
    """How often one class was taken for another."""

    true: int
    answer: int
    times: int


def largest_confusions(
    truth: NDArray[np.integer], answers: NDArray[np.integer], classes: int, most: int
) -> tuple[Confusion, ...]:
    """Return the most frequent mistakes, the largest first: at most ``most``, of any many classes.

    ``truth`` and ``answers`` are class numbers ``(n,)``.
    """
    wrong = truth != answers
    pairs = truth[wrong].astype(np.int64) * classes + answers[wrong]
    found, counts = np.unique(pairs, return_counts=True)
    largest = np.argsort(-counts, kind="stable")[:most]
    true, answer = np.divmod(found[largest], classes)
    rows = zip(true.tolist(), answer.tolist(), counts[largest].tolist(), strict=True)
    return tuple(Confusion(*row) for row in rows)


@dataclass(frozen=True, eq=False)
class ClassScores:
    """How well each class is told from the others, arrays ``(classes,)``.

    What would be divided by 0 is nan: the precision of an answer never given, the recall of a
    class without examples.
    """

    precision: Shares
    recall: Shares
    f1: Shares
    support: Counts
    """Examples of the class."""

    @classmethod
    def of(cls, matrix: Counts) -> ClassScores:
        """Return the scores that a confusion matrix tells."""
        hits, said, real = matrix.diagonal(), matrix.sum(axis=0), matrix.sum(axis=1)
        return cls(_ratio(hits, said), _ratio(hits, real), _ratio(2 * hits, said + real), real)


def row_shares(matrix: Counts) -> Shares:
    """Return the matrix with each row divided by its sum; rows of zeros stay."""
    shares: Shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    return shares


def _ratio(parts: Counts, wholes: Counts) -> Shares:
    unknown: Shares = np.full(len(parts), np.nan)
    return np.divide(parts, wholes, out=unknown, where=wholes > 0)
