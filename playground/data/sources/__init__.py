"""One module per kind of data; importing this package registers them all."""

from playground.component import discover
from playground.data.sources.base import DataSource, Progress

__all__ = ["DataSource", "Progress"]

discover(__name__, __path__)
