"""Whatever is in a file, the app says what is wrong with it, soon and with little memory.

Each number is a file of its own, the same on every machine. The memory is the process's peak of
resident memory (Linux tells it) beyond what it held before the file; the seconds are those of the
processor. 20,000 files of each format: ``run.py test -m soak tests/fuzz``.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.attack import MEMORY, SECONDS, attack
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
FILES = 20_000


@pytest.mark.parametrize("name", TARGETS)
def test_mutated_files_are_refused_with_a_sentence_or_loaded(name):
    report = attack(name, 0, 250)
    assert report.harm == {}
    assert min(report.loaded, report.refused) > 0  # the mutations are neither too many nor too few


@pytest.mark.soak
@pytest.mark.parametrize("name", TARGETS)
def test_20_000_mutated_files_do_no_harm(name):
    command = (sys.executable, "-m", "tests.fuzz.attack", name, "0", str(FILES))
    process = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    report = json.loads(process.stdout)
    assert report["harm"] == {}
    assert report["loaded"] + report["refused"] == FILES
    assert report["slowest"] < SECONDS
    assert report["most_memory"] < MEMORY + 4 * 200_000
