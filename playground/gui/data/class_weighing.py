"""The offer to let rare classes count more, where it is worth while."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.data.dataset import Dataset
from playground.gui.look import theme
from playground.gui.widgets import Switch, column, label
from playground.language import tr
from playground.training.class_weights import (
    BalancedClassWeights,
    ClassWeights,
    GivenClassWeights,
    NoClassWeights,
)

_UNBALANCED = 1.5
"""How many times as many examples the largest class must have as the smallest."""
_NAMED = 12


class ClassWeighing(QWidget):
    """A switch between equal and balanced class weights; hidden while classes are about equal."""

    edited = Signal(object)
    """``{"class_weights": ...}``."""

    def __init__(self) -> None:
        super().__init__()
        self._switch = Switch(tr("Balanced weights"))
        self._switch.setToolTip(
            tr("Rare classes count more in the loss, so that all weigh the same together")
        )
        self._switch.toggled.connect(self._edit)
        self._words = label("", theme.SMALL, colour="muted", wrap=True)
        self._dataset: Dataset | None = None
        self._weights: ClassWeights = NoClassWeights()
        self.setLayout(column(self._switch, self._words, gap=0))
        self.hide()

    def show_dataset(self, dataset: Dataset) -> None:
        """Show the offer if the training classes are unbalanced, or weighed already."""
        self._dataset = dataset
        self._show()

    def show_weights(self, weights: ClassWeights) -> None:
        """Show the class weights of the project without emitting ``edited``."""
        self._weights = weights
        self._show()

    def explanation(self) -> str:
        """Return what the weights are, or would be."""
        return self._words.text()

    def _show(self) -> None:
        dataset = self._dataset
        if dataset is None or not dataset.is_classification or not len(dataset.train):
            self.hide()
            return
        counts = np.bincount(dataset.train.y, minlength=len(dataset.classes))
        present = counts[counts > 0]
        unbalanced = present.max() > _UNBALANCED * present.min()
        self._switch.set_on(isinstance(self._weights, BalancedClassWeights))
        self._words.setText(self._told(dataset))
        self.setVisible(bool(unbalanced) or self._weights != NoClassWeights())

    def _told(self, dataset: Dataset) -> str:
        if isinstance(self._weights, GivenClassWeights):
            return tr("The loss has class weights of your own.")
        factors = BalancedClassWeights().factors(dataset)
        pairs = list(zip(dataset.classes, factors.tolist(), strict=True))
        self._words.setToolTip("\n".join(f"{name} × {factor:.2g}" for name, factor in pairs[:99]))
        few = pairs if len(pairs) <= 3 else [max(pairs, key=lambda pair: pair[1])]
        told = ", ".join(f"{name[:_NAMED]} × {factor:.2g}" for name, factor in few)
        if self._switch.isChecked():
            return tr("In the loss: {0}").format(told)
        return tr("Would count: {0}").format(told)

    def _edit(self, on: bool) -> None:
        weights = BalancedClassWeights() if on else NoClassWeights()
        self.edited.emit({"class_weights": weights})
