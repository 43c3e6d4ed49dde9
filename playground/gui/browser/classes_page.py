"""How many examples each class has, and what its images have in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.data.browse.catalogue import Catalogue
from playground.data.browse.pictures import ClassImages
from playground.gui import widgets
from playground.gui.browser.bars import Bar, BarList
from playground.gui.browser.class_pictures import ClassPictures
from playground.gui.browser.fields import part_name
from playground.gui.browser.legend import PartLegend
from playground.gui.charts.scales import percent
from playground.gui.help.subjects import explain
from playground.language import grouped, tr


class ClassesPage(QWidget):
    """A bar for each class; below, of images, their mean and their standard deviation."""

    class_chosen = Signal(int)
    """A class to show alone, or no longer."""

    def __init__(self) -> None:
        super().__init__()
        self._images: ClassImages | None = None
        self._names: tuple[str, ...] = ()
        self._legend = PartLegend()
        self._bars = BarList(tr("Examples of each class"))
        self._bars.chosen.connect(self.class_chosen)
        labels = {"mean": tr("Mean image"), "deviation": tr("Deviation")}
        tips = {
            "mean": tr("The mean of each pixel over the training images of a class."),
            "deviation": tr(
                "The standard deviation of each pixel over the training images of a class: "
                "where they differ. White is 0, black the largest there is."
            ),
        }
        self._what = widgets.Segments(labels, tr("What the pictures show"), tips=tips)
        self._what.set_choice("mean")
        self._what.chosen.connect(self._draw)
        self._pictures = ClassPictures(tr("An image for each class"))
        for one in (self._what, self._pictures):
            explain(one, "class-pictures")
        self._pictures.chosen.connect(self.class_chosen)
        self.setLayout(
            widgets.column(self._legend, self._bars, 8, self._what, self._pictures, widgets.STRETCH)
        )

    def show_counts(self, catalogue: Catalogue, counts: NDArray[np.int64]) -> None:
        """Show how many examples of each class each part has: ``(parts, classes)``."""
        self._names = catalogue.dataset.classes
        sums = np.maximum(counts.sum(axis=1), 1)
        bars = []
        for number, name in enumerate(self._names):
            own = counts[:, number].tolist()
            words = [
                f"{part_name(part)}: {grouped(count)} ({percent(count / int(sums[part]))})"
                for part, count in enumerate(own)
                if counts[part].any()
            ]
            tip = "\n".join((name, *words))
            bars.append(Bar(name, tuple(own), grouped(sum(own)), tip))
        self._legend.show_parts([bool(part.any()) for part in counts])
        self._bars.show_bars(bars)
        for part in (self._what, self._pictures):
            part.setVisible(catalogue.is_images)
        if not catalogue.is_images:
            self._images = None

    def show_images(self, images: ClassImages) -> None:
        """Show what the images of each class have in common."""
        self._images = images
        self._draw()

    def mark(self, classes: frozenset[int]) -> None:
        """Tint the classes that the filter asks for."""
        self._bars.mark(classes)
        self._pictures.mark(classes)

    def _draw(self) -> None:
        if self._images is None:
            return
        pixels = self._images.means
        if self._what.choice() == "deviation":
            pixels = self._images.deviations
            pixels = pixels / (float(pixels.max()) or 1.0)
        self._pictures.show_pictures(pixels, self._names)


def class_counts(catalogue: Catalogue) -> NDArray[np.int64]:
    """Return how many examples of each class each part has, ``(parts, classes)``."""
    classes = len(catalogue.dataset.classes)
    counts = [np.bincount(part.y, minlength=classes) for part in catalogue.split]
    return np.stack(counts).astype(np.int64)
