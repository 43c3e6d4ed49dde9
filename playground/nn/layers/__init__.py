"""One module per layer; importing this package registers them all."""

from playground.component import discover
from playground.nn.layers.base import INFERENCE, Context, Layer

__all__ = ["INFERENCE", "Context", "Layer"]

discover(__name__, __path__)
