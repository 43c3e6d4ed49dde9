"""What the user is looking at; every view shows the same."""

from __future__ import annotations

from dataclasses import dataclass

from playground.nn.paths import LayerPath


@dataclass(frozen=True)
class Selection:
    """A layer, one of its neurons or filters, and an example."""

    layer: LayerPath | None = None
    """Where the layer lies, also in the branches; None for the input or nothing."""
    unit: int | None = None
    """Neuron or filter of that layer."""
    example: int = 0
    """Row of the examples that the views show: ``dataset.validation``, or the training ones
    where there is no validation part. Greater numbers mean examples of the other parts: see
    ``example_at``."""
