"""Weights for NumPy."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np

from playground.exporters.base import Exporter, Trained
from playground.nn.arrays import Array


@dataclass(frozen=True)
class Npz(Exporter):
    """Keras's names and layouts: ``np.load("weights.npz")["conv2d/kernel"]``.

    Kernels are ``(height, width, channels, filters)`` and ``(inputs, units)``.
    """

    extension = ".npz"
    title = "NumPy archive"

    def encode(self, trained: Trained) -> bytes:
        buffer = io.BytesIO()
        np.savez(buffer, allow_pickle=False, **named_arrays(trained))
        return buffer.getvalue()


def named_arrays(trained: Trained) -> dict[str, Array]:
    """Return all weights by the names ``<layer>/<weight>``."""
    return trained.model.by_path(trained.weights)
