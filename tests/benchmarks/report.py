"""What the benchmarks found: kept as JSON, shown as Markdown."""

import datetime
import json
import os
import platform
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Entry:
    """The figure of one side, one number a round."""

    name: str
    values: np.ndarray
    unit: str
    steps_before: int | None = None
    memory_mib: float | None = None
    gate: str = ""
    aim: str = ""

    def as_json(self):
        low, median, high = quartiles(self.values)
        return {
            "name": self.name, "unit": self.unit,
            "median": median, "quartiles": [low, high],
            "steps_before": self.steps_before, "peak_memory_mib": self.memory_mib,
            "gate": self.gate, "aim": self.aim,
            "rounds": [float(f"{value:.5g}") for value in self.values],
        }  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """How many times as fast we are, round by round."""

    ours: str
    peer: str
    ratios: np.ndarray
    gate: float | None = None
    aim: float | None = None

    def as_json(self):
        low, median, high = quartiles(self.ratios)
        return {
            "ours": self.ours, "peer": self.peer,
            "ratio": median, "quartiles": [low, high],
            "gate": self.gate, "aim": self.aim,
        }  # fmt: skip


@dataclass(frozen=True)
class Result:
    """All about one workload."""

    title: str
    entries: list[Entry]
    comparisons: list[Comparison] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)

    def as_json(self):
        return {
            "title": self.title,
            "entries": [entry.as_json() for entry in self.entries],
            "comparisons": [comparison.as_json() for comparison in self.comparisons],
            "missing": self.missing,
            "versions": self.versions,
        }


def quartiles(values):
    """Return the lower quartile, the median and the upper quartile."""
    return tuple(float(f"{value:.5g}") for value in np.percentile(values, (25, 50, 75)))


def circumstances():
    """Return when, where and on what the figures were measured."""
    return {
        "date": datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "machine": f"{_processor()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "load": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else [],
    }


def _load(workload):
    """Return the average of the last minute; more than 1 means that others computed, too."""
    return f"{workload['load'][0]:.1f}" if workload["load"] else "unknown"


def _commit():
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        process = subprocess.run(command, cwd=RESULTS.parent, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return process.stdout.strip()


def _processor():
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()


def keep(key, results, before, folder=RESULTS):
    """Put a workload's results in the place of its last ones; ``before`` are the circumstances."""
    folder.mkdir(exist_ok=True)
    path = folder / "results.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    kept[key] = {**before, "results": [result.as_json() for result in results]}
    path.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
    (folder / "results.md").write_text(markdown(kept), "utf-8")


def markdown(kept):
    """Return the page of all kept results."""
    lines = [
        "# Benchmarks", "",
        "Written by `python3 packaging/run.py bench`; every figure is in `results.json`.",
        "Medians of rounds in which all sides compute in turn on the same machine, with the",
        "quartiles in brackets. *Times as fast*: the ratio within a round, so that what disturbs",
        "the machine disturbs both.", "",
    ]  # fmt: skip
    for key, workload in sorted(kept.items()):
        lines += [
            f"## {key}", "",
            f"{workload['date']}, commit {workload['commit'] or 'unknown'}, {workload['machine']}, "
            f"{workload['system']}. Load before the start: {_load(workload)}.", "",
        ]  # fmt: skip
        for result in workload["results"]:
            lines += [f"### {result['title']}", "", *table(result), ""]
    return "\n".join(lines).rstrip() + "\n"


def table(result):
    """Return the lines about one workload."""
    rows = [
        (
            entry["name"],
            f"{spread(entry)} {entry['unit']}",
            _mib(entry),
            entry["gate"],
            entry["aim"],
        )
        for entry in result["entries"]
    ]
    lines = _table(("side", "median", "peak memory", "gate", "aim"), rows)
    if result["comparisons"]:
        lines += ["", *_table(
            ("ours", "beside", "times as fast", "gate", "aim"),
            [
                (c["ours"], c["peer"], spread(c, "ratio"), _times(c["gate"]), _times(c["aim"]))
                for c in result["comparisons"]
            ],
        )]  # fmt: skip
    lines += [line for text in result["missing"] for line in ("", text)]
    if result["versions"]:
        names = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
        lines += ["", names]
    return lines


def _table(head, rows):
    """Return a Markdown table without the columns that are empty."""
    used = [i for i in range(len(head)) if any(row[i] for row in rows)]
    lines = [
        [head[i] for i in used],
        ["---"] * len(used),
        *([row[i] for i in used] for row in rows),
    ]
    return ["| " + " | ".join(line) + " |" for line in lines]


def spread(figure, name="median"):
    """Return ``1.62 (1.58–1.66)``."""
    low, high = figure["quartiles"]
    middle = number(figure[name])
    return middle if low == high else f"{middle} ({number(low)}–{number(high)})"


def number(value):
    """Return three digits that count, and thousands in full."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _mib(entry):
    memory = entry["peak_memory_mib"]
    return f"{memory:,.0f} MiB" if memory else ""


def _times(value):
    return f"{value:g} x" if value else ""
