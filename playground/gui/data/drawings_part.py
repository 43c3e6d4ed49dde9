"""The user's own drawings among the training images: seen, and removed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.data.images.drawing import Drawing
from playground.data.sources import DataSource
from playground.data.sources.image_source import ImageSource
from playground.gui import widgets
from playground.language import grouped, tr

_MOST = 24
"""Drawings shown: the latest."""


class DrawingsPart(QWidget):
    """Thumbnails of the latest drawings; the chosen one, or all, can be removed."""

    changed = Signal(object)
    """The new source, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        self._source: ImageSource | None = None
        self._chosen: int | None = None
        self._head = widgets.section(tr("Your drawings"))
        self._pictures = widgets.Thumbnails(tr("Your drawings"), gap=4, largest=40)
        self._remove = widgets.button(tr("Remove"), "trash-can-outline")
        self._remove_all = widgets.button(tr("Remove all"))
        self._pictures.chosen.connect(self._choose)
        self._remove.clicked.connect(self._remove_chosen)
        self._remove_all.clicked.connect(lambda: self._keep(()))
        self.setLayout(
            widgets.column(
                self._head,
                self._pictures,
                widgets.row(self._remove, self._remove_all),
            )
        )
        self.hide()

    def show_source(self, source: DataSource) -> None:
        """Show the drawings of a source, the newest first; nothing at all if it has none."""
        old = self._source
        self._source = source if isinstance(source, ImageSource) and source.drawn else None
        self.setVisible(self._source is not None)
        if self._source is None or (old is not None and old.drawn == self._source.drawn):
            return
        self._pictures.show_images(np.stack([drawing.image() for drawing in self._shown()]))
        self._head.set_detail(grouped(len(self._source.drawn)))
        self._choose(None)

    def _shown(self) -> list[Drawing]:
        return list(reversed(self._source.drawn))[:_MOST] if self._source else []

    def _choose(self, index: int | None) -> None:
        self._chosen = index
        self._pictures.set_current(index)
        self._remove.setEnabled(index is not None)
        words = tr("Choose a drawing above first")
        if index is not None:
            words = tr("Remove this drawing of {0}").format(self._shown()[index].label)
        self._remove.setToolTip(words)

    def _remove_chosen(self) -> None:
        if self._source is not None and self._chosen is not None:
            at = len(self._source.drawn) - 1 - self._chosen
            self._keep((*self._source.drawn[:at], *self._source.drawn[at + 1 :]))

    def _keep(self, drawn: tuple[Drawing, ...]) -> None:
        if self._source is not None:
            self.changed.emit(replace(self._source, drawn=drawn))
