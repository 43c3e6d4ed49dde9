"""Tables of the user's, from a text file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from playground.component import param
from playground.data.dataset import Dataset, Examples, Scaling, split_rows
from playground.data.progress import Progress, part, unwatched
from playground.data.sources.base import DataSource
from playground.data.tables.columns import Column, ColumnKind, NumberColumn, Rows
from playground.data.tables.inputs import inputs_from
from playground.data.tables.plan import ColumnPlan, ScalingMethod
from playground.data.tables.summary import CsvColumn, CsvSummary, describe
from playground.data.tables.table import RowSample, Table, read_table
from playground.data.tables.text import MISSING, Decimal, Header, Quote, TextEncoding, TextOptions
from playground.data.tables.weights import row_weights
from playground.errors import DataError

__all__ = ["ColumnKind", "CsvColumn", "CsvFile", "CsvSummary", "describe"]

_MOST_CLASSES = 100


@dataclass(frozen=True)
class CsvFile(DataSource):
    """A CSV file with a header line: one column is predicted from the others."""

    title: ClassVar[str] = "CSV file"

    path: Path = param(Path(), doc="The file to read.")
    targets: tuple[str, ...] = param(
        (), doc="The columns to predict, several only if they are numbers; empty for the last one."
    )
    weight_column: str = param(
        "", doc="The column that says how much each row counts in the loss; empty for none."
    )
    task: Literal["auto", "classification", "regression"] = param(
        "auto", doc="Predict a class or a number; auto: texts and few whole numbers are classes."
    )
    columns: tuple[ColumnPlan, ...] = param(
        (), doc="What becomes of single columns; those not named are used as they look."
    )
    scaling: ScalingMethod = param(
        "standard",
        doc="What becomes of columns of numbers: nothing, 0 to 1 (unit), or mean 0 and deviation "
        "1 (standard), measured on the training rows.",
    )
    target_scaling: ScalingMethod = param(
        "standard", doc="The same for numbers to predict; results are shown in their own unit."
    )
    test_split: float = param(0.2, low=0.0, high=0.8, doc="Share of the rows for the last test.")
    encoding: TextEncoding = param("auto", doc="How the bytes of the file stand for letters.")
    delimiter: str = param(
        "auto",
        doc="What stands between two values: auto, comma, semicolon, tab, bar, space, or any one "
        "character.",
    )
    quote: Quote = param("auto", doc="What stands around a value that has the delimiter in it.")
    decimal: Decimal = param("auto", doc="What stands before the decimals of a number.")
    header: Header = param("auto", doc="Whether the first line names the columns.")
    missing_values: tuple[str, ...] = param(
        MISSING, doc="What stands for a missing value, beside the empty cell."
    )
    most_rows: int = param(
        0,
        low=0,
        high=100_000_000,
        doc="Rows to take, chosen at random, of a file that has more; 0 for all.",
    )

    def __post_init__(self) -> None:
        super().__post_init__()
        self.options  # noqa: B018  raises what is wrong with them

    @property
    def options(self) -> TextOptions:
        """How the text of the file is to be read."""
        return TextOptions(
            self.encoding,
            self.delimiter,
            self.quote,
            self.decimal,
            self.header,
            self.missing_values,
        )

    def load(self, progress: Progress = unwatched) -> Dataset:
        table = read_table(
            self.path, self.options, part(progress, 0, 0.9), RowSample(self.most_rows, self.seed)
        )
        target = table.column(self.targets[0] if self.targets else "")
        table.check(target)
        rows = np.flatnonzero(~target.missing)
        classes, y = self._answers(table.path.name, target, rows)
        parts = self._parts(table.path.name, y if classes else None, len(rows))
        weights = row_weights(table, self.weight_column, target, rows, rows[parts[0]])
        answers = (target,) if weights is None else (target, table.column(self.weight_column))
        inputs = inputs_from(
            table, answers, rows, rows[parts[0]], self.scaling != "none", part(progress, 0.9, 1)
        )
        scaling = self._target_scaling(classes, y[parts[0]])
        y = y if classes else (scaling or Scaling.none(1)).apply(y)
        examples = Examples(inputs.x, y, weights, rows)
        train, validation, test = (examples.take(numbers) for numbers in parts)
        return Dataset(
            table.path.name,
            train,
            validation,
            test,
            classes=classes,
            features=inputs.names,
            targets=() if classes else (target.name,),
            scaling=None if self.scaling == "none" else inputs.scaling,
            target_scaling=scaling,
            notes=(*_dropped(table, target), *inputs.notes),
            columns=table.columns,
        )

    def _target_scaling(self, classes: tuple[str, ...], y: NDArray[Any]) -> Scaling | None:
        return None if classes or self.target_scaling == "none" else Scaling.standardizing(y)

    def _answers(
        self, file: str, target: Column, rows: Rows
    ) -> tuple[tuple[str, ...], NDArray[Any]]:
        """Return the classes and the class numbers; or no classes, and numbers ``(rows, 1)``."""
        place = f"{file}, column {target.position} ({target.name})"
        if not len(rows):
            raise DataError(f"{place} is empty, so it cannot be learnt; choose another target.")
        task = target.task if self.task == "auto" else self.task
        if task == "regression":
            if not isinstance(target, NumberColumn):
                raise DataError(f"{place} has texts, not numbers; predict it as classes instead.")
            return (), target.values[rows, None]
        classes, y = target.classes(rows)
        if len(classes) < 2:
            raise DataError(
                f"{place} has only one class, {classes[0]}; choose another target, or add rows of "
                "another class."
            )
        if target.kind is ColumnKind.TEXT or len(classes) > _MOST_CLASSES:
            raise DataError(
                f"{place} has {len(classes):,} different values in {len(rows):,} rows, too many to "
                "be classes; choose another target."
            )
        return classes, y

    def _parts(self, file: str, labels: NDArray[np.int64] | None, count: int) -> tuple[Rows, ...]:
        shares = (self.validation_split, self.test_split)
        parts = split_rows(labels, count, shares, self.seed)
        wanted = (1.0, *shares)
        if any(share and not len(rows) for share, rows in zip(wanted, parts, strict=True)):
            raise DataError(
                f"{file}: {count} rows with an answer are too few to split into training, "
                "validation and test; add rows, or set a split to 0."
            )
        return parts


def _dropped(table: Table, target: Column) -> tuple[str, ...]:
    count = int(np.count_nonzero(target.missing))
    rows = "1 row" if count == 1 else f"{count:,} rows"
    return (f"Left out: {rows} without a value of {target.name}.",) if count else ()
