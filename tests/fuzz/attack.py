"""Load mutated files, and tell which of them did harm.

``python -m tests.fuzz.attack csv 0 20000`` attacks with the files of these numbers and prints the
harm, the longest time and the most memory as JSON.
"""

import gc
import json
import sys
import tempfile
import time
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np

from playground.errors import PlaygroundError
from tests.fuzz.targets import TARGETS

SECONDS = 2.0
"""Of the processor, in all threads: what else the machine does is not the file's fault."""
MEMORY = 64 * 2**20
"""Bytes that a file may take beside four times its size."""

_CLEAR_REFS = Path("/proc/self/clear_refs")
_STATUS = Path("/proc/self/status")


@dataclass
class Report:
    """What came of an attack: ``harm`` by the number of the file."""

    harm: dict[int, str] = field(default_factory=dict)
    loaded: int = 0
    refused: int = 0
    slowest: float = 0.0
    most_memory: int = 0


def attack(name, start, stop):
    """Load the files ``start`` to ``stop`` of a target, each in a folder of its own."""
    report = Report()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for number in range(start, stop):
            with tempfile.TemporaryDirectory() as folder:
                _load(TARGETS[name], number, Path(folder), report)
    return report


def _load(target, number, folder, report):
    rng = np.random.default_rng([*target.name.encode(), number])
    size = target.write(folder, rng)
    before = _peak_memory(forget=True)
    began = time.process_time()
    harm = ""
    try:
        dataset = target.load(folder, rng)
        report.loaded += 1
        if not all(np.isfinite(part.x).all() for part in (dataset.train, dataset.test)):
            harm = "not finite"
    except PlaygroundError as error:
        report.refused += 1
        if not str(error).strip().endswith((".", "?")):
            harm = f"no sentence: {error}"
    except BaseException as error:  # noqa: BLE001  that is what is looked for
        harm = f"{type(error).__name__}: {error}"
    seconds = time.process_time() - began
    memory = _peak_memory() - before
    if seconds > SECONDS:
        harm = harm or f"{seconds:.1f} s"
    if memory > MEMORY + 4 * size:
        harm = harm or f"{memory / 2**20:.0f} MB for a file of {size:,} bytes"
    report.slowest = max(report.slowest, seconds)
    report.most_memory = max(report.most_memory, memory)
    if harm:
        report.harm[number] = harm


def _peak_memory(forget=False):
    """Return the most memory this process has held, from now on if ``forget``; 0 if not Linux."""
    if not _CLEAR_REFS.exists():
        return 0
    if forget:
        gc.collect(0)
        _CLEAR_REFS.write_text("5")
    line = next(text for text in _STATUS.read_text().splitlines() if text.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


if __name__ == "__main__":
    print(json.dumps(asdict(attack(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))  # noqa: T201
