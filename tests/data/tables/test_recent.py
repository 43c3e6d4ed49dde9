import gc
import os
from weakref import ref

import pytest

from playground.data.sources.csv_file import CsvFile

TABLE = "x,y,kind\n" + "".join(f"{i},{i % 7},{'ab'[i % 2]}\n" for i in range(40))


@pytest.fixture
def path(tmp_path):
    (tmp_path / "t.csv").write_text(TABLE)
    return tmp_path / "t.csv"


def test_another_scaling_of_the_same_data_reads_nothing(path):
    first = CsvFile(path=path).load()
    second = CsvFile(path=path, scaling="unit", validation_split=0.4, seed=3).load()
    assert all(a is b for a, b in zip(first.columns, second.columns, strict=True))
    assert second.train.x.max() == 1


def test_a_file_that_changed_is_read_again(path):
    first = CsvFile(path=path).load()
    changed = path.stat().st_mtime_ns + 10**9
    path.write_text(TABLE.replace("39,", "99,"))
    os.utime(path, ns=(changed, changed))
    assert CsvFile(path=path).load().columns[0].values[39] == 99
    assert first.columns[0].values[39] == 39


def test_another_way_of_reading_reads_again(path):
    first = CsvFile(path=path).load()
    assert CsvFile(path=path, decimal="point").load().columns[0] is not first.columns[0]


def test_the_columns_are_not_kept_alive_by_being_recent(path):
    dataset = CsvFile(path=path).load()
    column = ref(dataset.columns[0])
    del dataset
    gc.collect()
    assert column() is None
