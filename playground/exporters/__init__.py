"""One module per weights format; importing this package registers them all."""

from playground.component import discover
from playground.exporters.base import Exporter, Trained, exporter_for

__all__ = ["Exporter", "Trained", "exporter_for"]

discover(__name__, __path__)
