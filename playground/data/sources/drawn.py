"""Points that the user puts into the plane one by one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from playground.component import param
from playground.data.dataset import Dataset, Examples
from playground.data.progress import Progress, unwatched
from playground.data.sources.drawn_source import DIGITS, DrawnSource, numbers_for, rounded
from playground.data.sources.planes import CLASS_NAMES, PlaneSource, class_names
from playground.errors import ConfigError
from playground.language import Told, tr


@dataclass(frozen=True)
class DrawnPoints(DrawnSource, PlaneSource):
    """Your own points: click in the plane to add them, drag or erase them."""

    title: ClassVar[str] = "Your own points"
    columns: ClassVar[tuple[str, ...]] = ("x", "y", "class", "number")

    classes: int = param(2, low=2, high=len(CLASS_NAMES), doc="Number of classes.")

    def __post_init__(self) -> None:
        super().__post_init__()
        if not np.isin(self.table[:, 2], np.arange(self.classes)).all():
            raise ConfigError(
                tr("The classes of {classes} go from 0 to {0}.").format(
                    self.classes - 1, classes=self.classes
                )
            )

    @property
    def class_count(self) -> int:
        return self.classes

    def load(self, progress: Progress = unwatched) -> Dataset:
        table, plane, names = self.table, self.inputs, class_names(self.classes)
        places = table[:, :2].astype(np.float32)
        labels, numbers = table[:, 2].astype(np.int64), table[:, 3].astype(np.intp)
        every = Examples(self.inputs(places), labels, rows=numbers, points=places)
        train, validation, test = self.parts(every)
        progress(1.0)
        return Dataset(
            self.title,
            *(train, validation, test, names),
            features=plane.labels,
            plane=plane,
            lacking=_lacking(train, names),
        )

    def added(self, x: float, y: float, label: int) -> DrawnPoints:
        """Return the points with one more; one of a new class makes room for that class."""
        point = (*rounded(x, y), float(label), float(self.next_number))
        classes = max(self.classes, label + 1)
        return replace(self, points=(*self.points, *point), classes=classes)

    @classmethod
    def begun_from(cls, source: PlaneSource, dataset: Dataset) -> DrawnPoints:
        """Return the points of a data set, to be changed; each stays in its part.

        Raises ``DataError`` if they are too many.
        """
        parts = (dataset.train, dataset.validation, dataset.test)
        shares = (source.validation_split, source.test_split)
        numbers = numbers_for([len(part) for part in parts], shares, source.seed)
        places = np.concatenate([dataset.points_of(part) for part in parts])
        labels = np.concatenate([part.y for part in parts])
        table = np.column_stack([places.astype(np.float64).round(DIGITS), labels, numbers])
        return cls(
            validation_split=source.validation_split,
            seed=source.seed,
            test_split=source.test_split,
            features=source.features,
            classes=source.class_count,
            points=tuple(table.ravel().tolist()),
        )


def _lacking(train: Examples, names: tuple[str, ...]) -> Told | None:
    """Return what is missing before there is something to learn."""
    present = np.unique(train.y).tolist()
    if not present:
        return lambda: tr(
            "There are no points to train on yet. Choose Add and a class, then click in the "
            "plane; it takes two classes at least."
        )
    if len(present) == 1:
        return lambda: tr(
            "All points to train on are {0}. Add points of another class: there is nothing to "
            "tell apart yet."
        ).format(names[present[0]])
    return None
