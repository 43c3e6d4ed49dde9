"""What all sources of labelled images share."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace

from playground.component import param
from playground.data.dataset import Dataset
from playground.data.images.drawing import Drawing
from playground.data.images.drawn import with_drawings, without_drawings
from playground.data.progress import Progress, unwatched
from playground.data.sources.base import DataSource


@dataclass(frozen=True)
class ImageSource(DataSource, abstract=True):
    """Images of classes; what the user draws joins those to train on."""

    validation_split: float = param(
        0.1, low=0.0, high=0.8, doc="Images for validation, as a share of the training images."
    )
    drawn: tuple[Drawing, ...] = param((), doc="Images drawn by hand, which join the training.")

    def load(self, progress: Progress = unwatched) -> Dataset:
        return with_drawings(self.images(progress), self.drawn)

    def made_from(self, other: DataSource, dataset: Dataset) -> Dataset | None:
        if not self.continues(other):
            return None
        return with_drawings(without_drawings(dataset), self.drawn)

    def continues(self, other: DataSource) -> bool:
        return isinstance(other, ImageSource) and replace(self, drawn=()) == replace(
            other, drawn=()
        )

    @abstractmethod
    def images(self, progress: Progress) -> Dataset:
        """Return the images without those drawn by hand."""
