"""We and others at the same work: with the same data, weights and answers, in turn."""

import contextlib
import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tests.benchmarks.bench import JAVASCRIPT, NotBuiltError, Side, our_side, peer_side
from tests.benchmarks.report import Comparison, Entry, Result

TOLERANCE = 2e-4
"""Of an array's greatest number: what float32 may make of the same mathematics in another order."""
FINALISTS = 2
"""Modes of a peer that go on after the heats; the faster one of them counts."""


@dataclass(frozen=True)
class Peer:
    """Another engine at the same work, in each of its modes; the fastest one counts.

    ``gate`` and ``aim``: how many times as fast we want to be. ``function`` of the workload's file
    returns its ``Contestant``; ``variables`` are those of its environment.
    """

    name: str
    function: Callable[..., Any]
    modes: tuple[Mapping[str, Any], ...] = ({},)
    variables: Mapping[str, str] = field(default_factory=dict)
    gate: float | None = None
    aim: float | None = None

    def start(self, bench, mode, options):
        return peer_side(bench, self.function, self.variables, {**options, **mode})


@dataclass(frozen=True)
class JavaScriptPeer:
    """ConvNetJS or nn.ts; ``function`` returns what ``sides/javascript.js`` takes."""

    name: str
    engine: str
    function: Callable[..., dict]
    gate: float | None = None
    aim: float | None = None
    modes: tuple[Mapping[str, Any], ...] = ({},)

    def start(self, bench, mode, options):
        library, version = self._library(bench)
        options = {**self.function(**options), "library": str(library), "version": version}
        return Side(("node", JAVASCRIPT, json.dumps({**options, "engine": self.engine})))

    def _library(self, bench):
        if self.engine == "convnetjs":
            folder, version = bench.package("convnetjs")
            return folder, version
        if bench.nn_ts is None:
            raise NotBuiltError("no registry has a package of it; see --nn-ts")
        return bench.nn_ts, "src/nn.ts"


@dataclass(frozen=True)
class Contest:
    """One workload: our side, more of ours that are compared in passing, and the peers.

    ``ours`` by name; the first one is the side that the gates are for. All sides get ``options``.
    """

    title: str
    ours: Mapping[str, Callable[..., Any]]
    peers: tuple[Peer | JavaScriptPeer, ...]
    options: Mapping[str, Any] = field(default_factory=dict)
    unit: str = "examples/s"
    """Or "ms", for what one asks how long it takes."""
    tolerance: float = TOLERANCE
    warm_up: int | None = None
    """Steps, if not as many as the bench wants."""

    def measure(self, bench):
        """Return what came out."""
        with contextlib.ExitStack() as stack:
            ours = {
                name: stack.enter_context(our_side(function, **self.options))
                for name, function in self.ours.items()
            }
            answers = next(iter(ours.values())).check()
            peers, others, missing = {}, {}, []
            for peer in self.peers:
                try:
                    for name, side in self._finalists(bench, peer, answers, stack).items():
                        peers[name], others[name] = peer, side
                except NotBuiltError as error:
                    missing.append(f"{peer.name}: not built, because {error}")
            sides = {**ours, **others}
            warm = {
                name: warm_up(bench, side, self._warm_up(bench)) for name, side in sides.items()
            }
            seconds = alternate(bench, sides, bench.rounds, bench.block)
            return self._result(sides, seconds, warm, peers, missing)

    def _finalists(self, bench, peer, answers, stack):
        """Return the processes of a peer's fastest modes, whose answers are ours, too."""
        sides = {}
        for mode in peer.modes:
            name = ", ".join([peer.name, *map(_mode_name, mode.items())])
            sides[name] = stack.enter_context(peer.start(bench, mode, self.options))
            compare(answers, sides[name].check(), self.tolerance, f"{self.title}: {name}")
        if len(sides) > FINALISTS:
            for side in sides.values():
                warm_up(bench, side, min(100, self._warm_up(bench)))
            heats = alternate(bench, sides, bench.heats, min(0.3, bench.block))
            for name in sorted(sides, key=lambda name: np.median(heats[name]))[FINALISTS:]:
                sides.pop(name).close()
        return sides

    def _result(self, sides, seconds, warm, peers, missing):
        rates = {name: side.examples / np.asarray(seconds[name]) for name, side in sides.items()}
        entries = [
            Entry(
                name,
                rates[name] if self.unit == "examples/s" else 1000 * np.asarray(seconds[name]),
                self.unit,
                warm[name],
                side.ask(do="memory")["mib"],
            )
            for name, side in sides.items()
        ]
        versions = {}
        for side in sides.values():
            versions |= side.versions
        return Result(self.title, entries, self._comparisons(rates, peers), missing, versions)

    def _warm_up(self, bench):
        return bench.warm_up if self.warm_up is None else min(self.warm_up, bench.warm_up)

    def _comparisons(self, rates, peers):
        """Return how we do beside every mode of every peer; the gates are for the fastest mode."""
        lead, *_ = self.ours
        counts = {}
        for name in sorted(peers, key=lambda name: np.median(rates[name])):
            counts[peers[name].name] = name
        return [
            Comparison(
                our, name, rates[our] / rates[name], *(gates if our == lead else (None, None))
            )
            for name, peer in peers.items()
            for gates in [(peer.gate, peer.aim) if counts[peer.name] == name else (None, None)]
            for our in self.ours
        ]


def _mode_name(item):
    name, value = item
    if name == "threads":
        return f"{value} thread{'s' if value > 1 else ''}"
    words = name.replace("_", " ")
    return words if value else f"no {words}"


def warm_up(bench, side, wanted):
    """Let a side compute for so many steps, or while patience lasts; return the steps."""
    done, spent = 0, 0.0
    while done < wanted and spent < bench.patience:
        affordable = max(1, round((bench.patience - spent) / side.seconds_a_step))
        steps, seconds = side.run(min(wanted - done, affordable if done else 1))
        done, spent = done + steps, spent + seconds
    return done


def alternate(bench, sides, rounds, block):
    """Return the seconds a step of every side in every round; each round begins with another."""
    seconds = {name: [] for name in sides}
    names = list(sides)
    for number in range(rounds):
        first = number % len(names)
        for name in itertools.chain(names[first:], names[:first]):
            time.sleep(bench.rest)
            seconds[name].append(sides[name].run_for(block))
    return seconds


def compare(ours, theirs, tolerance, title):
    """Raise an ``AssertionError`` unless a peer's answers are ours."""
    if ours.keys() != theirs.keys():
        raise AssertionError(f"{title} answers {sorted(theirs)}, not {sorted(ours)}.")
    for name, array in ours.items():
        # The bias before a batch normalisation has no gradient but rounding errors.
        allowed = tolerance * max(np.abs(array).max(), 0.01)
        np.testing.assert_allclose(
            theirs[name], array, rtol=0, atol=allowed, err_msg=f"{title}: {name}"
        )
