"""What a workload needs to know of this run of the benchmarks."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
JAVASCRIPT = Path(__file__).parent / "sides" / "javascript.js"


class NotBuiltError(Exception):
    """Say why a peer cannot take part here."""


@dataclass(frozen=True)
class Bench:
    """How long to measure, and where the peers are installed.

    ``peers`` is the peers' own environment, with their Python and, in ``node_modules``, those in
    JavaScript; None if there is none. ``nn_ts`` is TensorFlow Playground's ``src/nn.ts``, compiled
    to a CommonJS module: no registry has a package of it.
    """

    peers: Path | None = None
    nn_ts: Path | None = None
    quick: bool = False
    rounds: int = 15
    heats: int = 5
    """Rounds that choose the fastest modes of a peer."""
    block: float = 0.7
    """Seconds that each side computes in a round."""
    warm_up: int = 1500
    """Steps before anything is timed: so long it takes until Adam's moments become denormal."""
    patience: float = 60.0
    """Seconds after which a side is warm, whatever its steps."""
    rest: float = 0.05
    """Seconds between two blocks: the threads of the last one stop to spin."""

    @classmethod
    def a_look(cls, **places):
        """Return a short one, whose figures are no more than a first look."""
        short = {"rounds": 3, "heats": 2, "block": 0.1, "warm_up": 20, "patience": 2.0}
        return cls(quick=True, **{**short, **places})

    def python(self):
        """Return the peers' interpreter."""
        name = "Scripts/python.exe" if os.name == "nt" else "bin/python"
        if self.peers is None or not (self.peers / name).exists():
            raise NotBuiltError("there is no environment of the peers")
        return self.peers / name

    def package(self, name):
        """Return the folder and the version of a JavaScript package."""
        if shutil.which("node") is None:
            raise NotBuiltError("there is no Node.js on this machine")
        folder = (self.peers or ROOT) / "node_modules" / name
        if not folder.is_dir():
            raise NotBuiltError(f"npm did not install {name}")
        return folder, json.loads((folder / "package.json").read_text("utf-8"))["version"]


class Side:
    """The process of one side; it computes only within ``ask``."""

    def __init__(self, command, **variables):
        self._process = subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # warnings of the peers; an error comes as an answer
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        )
        try:
            hello = self._answer()
        except NotBuiltError:
            self.close()
            raise
        self.examples, self.versions = hello["examples"], hello["versions"]
        self.seconds_a_step = 1.0

    def ask(self, **question):
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self):
        line = self._process.stdout.readline()
        message = json.loads(line) if line else {"failed": f"exit code {self._process.wait()}"}
        if "failed" in message:
            raise NotBuiltError(message["failed"])
        return message

    def check(self):
        """Return what all sides must have alike, as arrays by name."""
        answers = self.ask(do="check")["answers"]
        return {name: np.reshape(a["numbers"], a["shape"]) for name, a in answers.items()}

    def run(self, steps):
        """Return the seconds that each of about so many steps took."""
        answer = self.ask(do="run", steps=steps)
        self.seconds_a_step = answer["seconds"] / answer["steps"]
        return answer["steps"], answer["seconds"]

    def run_for(self, seconds):
        """Return the seconds that a step takes, from steps that take about so many seconds."""
        self.run(max(1, round(seconds / self.seconds_a_step)))
        return self.seconds_a_step

    def close(self):
        """Let the process end; a second time, nothing happens."""
        for pipe in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
        self._process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def our_side(function, **options):
    """Start one of our sides, in this environment."""
    return Side(_command(sys.executable, function, options))


def peer_side(bench, function, variables, options):
    """Start a peer in the peers' environment."""
    return Side(_command(bench.python(), function, options), **variables)


def _command(python, function, options):
    place = (function.__module__, function.__qualname__, json.dumps(options))
    return (python, "-m", "tests.benchmarks.side", *place)
