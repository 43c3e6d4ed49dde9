"""How images are sorted and how large they are."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.data.browse.filters import Key, Order
from playground.gui import widgets
from playground.gui.browser.image_grid import ZOOMS
from playground.language import tr

_KEYS: dict[str, Key] = {
    "row": "row",
    "class": 0,  # the one column that images have
    "part": "part",
    "answer": "answer",
    "confidence": "confidence",
    "loss": "loss",
}


class ImageTools(QWidget):
    """A choice of the order, its direction, and the zoom."""

    sorting = Signal(Order)
    """The order that the user wishes."""
    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        labels = {
            "row": tr("As in the file"),
            "class": tr("By class"),
            "part": tr("By part"),
            "answer": tr("By answer"),
            "confidence": tr("By confidence"),
            "loss": tr("By loss"),
        }
        self._keys = widgets.Choice(labels, tr("Order of the images"))
        self._keys.setToolTip(tr("What the images are sorted by"))
        self._keys.setFixedWidth(136)
        self._keys.chosen.connect(self._choose)
        self._down = widgets.button(
            icon="sort-descending", kind="flat", tip=tr("The greatest first"), checkable=True
        )
        self._down.toggled.connect(self._choose)
        self._smaller = widgets.button(icon="magnify-minus-outline", kind="flat")
        self._larger = widgets.button(icon="magnify-plus-outline", kind="flat")
        self._smaller.clicked.connect(lambda: self._turn(-1))
        self._larger.clicked.connect(lambda: self._turn(1))
        for button, words in (
            (self._smaller, tr("Smaller images (−)")),
            (self._larger, tr("Larger images (+)")),
        ):
            button.setToolTip(words)
            button.setAccessibleName(words)
        self._zoom = 1
        self.setLayout(widgets.row(self._keys, self._down, self._smaller, self._larger, gap=4))

    def show_order(self, order: Order) -> None:
        """Show the order in force."""
        self._keys.set_choice(next(name for name, key in _KEYS.items() if key == order.key))
        self._down.blockSignals(True)
        self._down.setChecked(order.descending)
        self._down.blockSignals(False)

    def show_zoom(self, zoom: int) -> None:
        """Show the zoom in force."""
        self._zoom = zoom
        self._smaller.setEnabled(zoom > ZOOMS[0])
        self._larger.setEnabled(zoom < ZOOMS[-1])

    def _choose(self) -> None:
        self.sorting.emit(Order(_KEYS[self._keys.choice()], self._down.isChecked()))

    def _turn(self, by: int) -> None:
        self.zoomed.emit(self._zoom + by)
