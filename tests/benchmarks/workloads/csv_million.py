"""A table of a million rows and ten columns of numbers, from its CSV file.

Ours ends as what a network learns from: checked row by row, split, scaled, in single precision.
The others end as the columns they have read.
"""

import os
import tempfile
from pathlib import Path

import numpy as np

from tests.benchmarks.contest import Contest, Peer

ROWS, COLUMNS = 1_000_000, 10
FEW = 20_000


def table(rows):
    """Return a file of random numbers with four decimals; the first one to ask writes it."""
    path = Path(tempfile.gettempdir(), f"playground-benchmark-{rows}x{COLUMNS}.csv")
    if not path.exists():
        rng = np.random.default_rng(0)
        line = ",".join(["%.4f"] * COLUMNS) + "\n"
        part = path.with_suffix(f".{os.getpid()}")
        with part.open("w") as file:
            file.write(",".join(f"c{at}" for at in range(COLUMNS)) + "\n")
            for _ in range(rows):
                file.write(line % tuple(rng.normal(size=COLUMNS).tolist()))
        part.replace(path)
    return path


class Loading:
    """Loads the file, step by step; ``sums`` are those of the columns of the last one."""

    examples = 1

    def __init__(self, rows, load, sums, versions):
        self._path, self._load, self._sums, self.versions = table(rows), load, sums, versions

    def check(self):
        return {"sums": np.asarray(self._sums(self._load(self._path)), float)}

    def run(self, steps):
        for _ in range(steps):
            self._load(self._path)
        return steps


def ours(rows):
    from playground.data.sources.csv_file import CsvFile

    def sums(dataset):
        assert sum(map(len, (dataset.train, dataset.validation, dataset.test))) == rows
        return [column.values.sum() for column in dataset.columns]

    return Loading(rows, lambda path: CsvFile(path=path).load(), sums, {"NumPy": np.__version__})


def pandas(rows):
    import pandas

    return Loading(rows, pandas.read_csv, lambda frame: frame.sum(), {"pandas": pandas.__version__})


def polars(rows):
    import polars

    return Loading(
        rows, polars.read_csv, lambda frame: frame.sum().row(0), {"polars": polars.__version__}
    )


class LoadTime:
    title = f"Load a CSV file of {ROWS:,} rows and {COLUMNS} columns"

    def measure(self, bench):
        """Measure in a file of some rows only if a quick look is enough."""
        rows = FEW if bench.quick else ROWS
        return contest(rows).measure(bench)


def contest(rows):
    return Contest(
        LoadTime.title,
        {"playground": ours},
        (Peer("pandas.read_csv", pandas, aim=0.5), Peer("polars.read_csv", polars)),
        {"rows": rows},
        unit="ms",
        warm_up=2,
    )


PARTS = (LoadTime(),)
