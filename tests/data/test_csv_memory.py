"""A large table takes little more memory than it ends as."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS = 1_000_000, 10
LOAD = """
import io, json, sys
from pathlib import Path
import pandas
pandas.read_csv(io.StringIO("a,b\\n1,2\\n"))
from playground.data.sources.csv_file import CsvFile

def kib(key):
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(key)).split()[1])

before = kib("VmRSS")
dataset = CsvFile(path=sys.argv[1]).load()
peak = kib("VmHWM")
parts = (dataset.train, dataset.validation, dataset.test)
size = sum(part.x.nbytes + part.y.nbytes for part in parts)
print(json.dumps([sum(map(len, parts)), size, 1024 * (peak - before)]))
"""


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process's peak")
def test_a_million_rows_take_four_times_the_array_they_end_as(tmp_path):
    rng = np.random.default_rng(0)
    with (tmp_path / "t.csv").open("w") as file:
        file.write(",".join(f"c{at}" for at in range(COLUMNS)) + "\n")
        for _ in range(ROWS):
            file.write(",".join(map("{:.4f}".format, rng.normal(size=COLUMNS))) + "\n")
    command = (sys.executable, "-c", LOAD, str(tmp_path / "t.csv"))
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows, size, growth = json.loads(process.stdout)
    assert (rows, size) == (ROWS, 4 * ROWS * COLUMNS)
    assert growth <= 4 * size
