"""One module per live view; importing this package registers them all."""

from playground.component import discover
from playground.gui.views.base import ProbeView, View

__all__ = ["ProbeView", "View"]

discover(__name__, __path__)
