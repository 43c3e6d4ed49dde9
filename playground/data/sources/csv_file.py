"""Tables of the user's, from a text file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

import numpy as np

from playground.component import param
from playground.data.dataset import Dataset, Examples, ScalingMethod, split_rows
from playground.data.progress import Progress, part, unwatched
from playground.data.sources.base import DataSource
from playground.data.tables.answers import Answers, answers_from, rare_classes
from playground.data.tables.columns import Rows
from playground.data.tables.inputs import inputs_from
from playground.data.tables.plan import ColumnPlan
from playground.data.tables.planned import Planned, read_as_text
from playground.data.tables.recent import recent_table
from playground.data.tables.roles import Roles, roles_in
from playground.data.tables.table import ALL_ROWS, RowSample, Table, read_table
from playground.data.tables.text import MISSING, Decimal, Header, Quote, TextEncoding, TextOptions
from playground.data.tables.weights import row_weights
from playground.errors import ConfigError, DataError
from playground.language import Told, grouped, tr, tr_n


@dataclass(frozen=True)
class CsvFile(DataSource):
    """A CSV file: one column, or several of numbers, is predicted from the others."""

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
        names = [plan.name for plan in self.columns]
        if twice := [name for name, count in Counter(names).items() if count > 1]:
            raise ConfigError(
                tr("There are two plans for the column {0}; take one out.").format(twice[0])
            )
        _ = self.options  # raises what is wrong with them

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
        table = self._table(part(progress, 0, 0.9))
        return self._prepared(table, part(progress, 0.9, 1))

    def _prepared(self, table: Table, progress: Progress) -> Dataset:
        """Return the examples in a table."""
        roles = roles_in(table, self.columns, self.targets, self.weight_column)
        rows, dropped = _complete_rows(table, roles)
        progress(0.1)
        answers = answers_from(table, roles.targets, rows, self.task)
        progress(0.2)
        places = self._split(table.path.name, answers, len(rows))
        # mostly all rows are used, and then both are the same arrays
        parts = [rows[part] for part in places] if len(rows) < table.rows else places
        weights = row_weights(table, roles.weights, rows, parts[0]) if roles.weights else None
        progress(0.3)
        inputs = inputs_from(
            table.path.name, roles.inputs, parts, self.scaling, part(progress, 0.3, 1)
        )
        scaling = answers.scaling(parts[0], self.target_scaling)
        train, validation, test = (
            Examples(
                x,
                answers.take(row, place, scaling),
                None if weights is None else weights[row],
                row,
            )
            for x, row, place in zip(inputs.parts, parts, places, strict=True)
        )
        return Dataset(
            table.path.name,
            train,
            validation,
            test,
            classes=answers.classes,
            features=inputs.names,
            targets=answers.targets,
            scaling=inputs.scaling if inputs.scaling.changes else None,
            target_scaling=scaling,
            told=(*table.told, *dropped, *rare_classes(answers), *inputs.told),
            columns=table.columns,
        )

    def _table(self, progress: Progress) -> Table:
        """Read the file, if it is not at hand."""
        sample = RowSample(self.most_rows, self.seed) if self.most_rows else ALL_ROWS
        texts = read_as_text(self.columns)

        def read() -> Table:
            return read_table(self.path, self.options, progress, sample, texts)

        return recent_table(self.path, (self.options, sample, texts), read)

    def _split(self, file: str, answers: Answers, count: int) -> tuple[Rows, ...]:
        """Return the places among the rows that are used for training, validation and test."""
        shares = (self.validation_split, self.test_split)
        parts = split_rows(answers.labels, count, shares, self.seed)
        wanted = (1.0, *shares)
        if any(share and not len(rows) for share, rows in zip(wanted, parts, strict=True)):
            raise DataError(
                tr(
                    "{file}: {count} rows with an answer are too few to split into training, "
                    "validation and test; add rows, or set a split to 0."
                ).format(file=file, count=count)
            )
        return parts


def _complete_rows(table: Table, roles: Roles) -> tuple[Rows, list[Told]]:
    """Return the rows that have an answer, and no missing value where the plan drops those.

    The notes say how many others were left out.
    """
    keep = np.ones(table.rows, bool)
    for planned in roles.targets:
        keep &= ~planned.column.missing
    notes = _dropped(int(np.count_nonzero(~keep)), roles.targets)
    answered = int(np.count_nonzero(keep))
    dropping = [planned for planned in roles.inputs if planned.plan.missing == "drop"]
    for planned in dropping:
        keep &= ~planned.column.missing
    notes += _dropped(answered - int(np.count_nonzero(keep)), dropping)
    if answered and not keep.any():
        raise DataError(
            tr(
                "{name}: every row lacks a value of {0}; fill missing values in rather than "
                "leaving rows out."
            ).format(_either([column.name for column in dropping]), name=table.path.name)
        )
    return np.flatnonzero(keep), notes


def _dropped(count: int, columns: Sequence[Planned]) -> list[Told]:
    names = [column.name for column in columns]

    def told() -> str:
        return tr_n(
            "Left out: {rows} row without a value of {names}.",
            "Left out: {rows} rows without a value of {names}.",
            count,
        ).format(rows=grouped(count), names=_either(names))

    return [told] if count else []


def _either(names: Sequence[str]) -> str:
    return tr(" or ").join(names)
