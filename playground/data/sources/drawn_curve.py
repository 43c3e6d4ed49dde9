"""Points that the user puts over a line, for a curve through them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from playground.data.dataset import Dataset, Examples
from playground.data.progress import Progress, unwatched
from playground.data.sources.base import DataSource
from playground.data.sources.curves import CurveSource
from playground.data.sources.drawn_source import DIGITS, DrawnSource, numbers_for, rounded
from playground.language import tr


@dataclass(frozen=True)
class DrawnCurve(DrawnSource):
    """Your own curve: click over the line to add points, drag or erase them."""

    title: ClassVar[str] = "Your own curve"
    columns: ClassVar[tuple[str, ...]] = ("x", "y", "number")

    def load(self, progress: Progress = unwatched) -> Dataset:
        table = self.table
        x, y = table[:, :1].astype(np.float32), table[:, 1:2].astype(np.float32)
        train, validation, test = self.parts(Examples(x, y, rows=table[:, 2].astype(np.intp)))
        progress(1.0)
        return Dataset(
            self.title,
            *(train, validation, test),
            features=("x",),
            targets=("y",),
            lacking=None if len(train) else _nothing_yet,
        )

    def continues(self, other: DataSource) -> bool:
        """Return whether drawing leads from one to the other."""
        if not isinstance(other, DrawnCurve | CurveSource):
            return False
        begun = isinstance(other, DrawnCurve) or not self.is_empty
        mine, theirs = ((one.validation_split, one.test_split, one.seed) for one in (self, other))
        return begun and mine == theirs

    def added(self, x: float, y: float, label: int = 0) -> DrawnCurve:
        """Return the points with one more; all are of one kind."""
        return replace(self, points=(*self.points, *rounded(x, y), float(self.next_number)))

    @classmethod
    def begun_from(cls, source: CurveSource, dataset: Dataset) -> DrawnCurve:
        """Return the points of a data set, to be changed; each stays in its part.

        Raises ``DataError`` if they are too many.
        """
        parts = (dataset.train, dataset.validation, dataset.test)
        shares = (source.validation_split, source.test_split)
        numbers = numbers_for([len(part) for part in parts], shares, source.seed)
        places = np.concatenate([np.concatenate([part.x, part.y], axis=1) for part in parts])
        table = np.column_stack([places.astype(np.float64).round(DIGITS), numbers])
        return cls(
            validation_split=source.validation_split,
            seed=source.seed,
            test_split=source.test_split,
            points=tuple(table.ravel().tolist()),
        )


def _nothing_yet() -> str:
    return tr("There are no points to train on yet. Choose Add, then click over the line.")
