"""Measure the playground beside its peers: ``python3 packaging/run.py bench [WORKLOAD ...]``."""

import argparse
import importlib
import pkgutil
import sys
import traceback
from pathlib import Path

from tests.benchmarks import workloads
from tests.benchmarks.bench import Bench
from tests.benchmarks.report import circumstances, keep, table


def names():
    """Return the workloads, each a file in the folder of that name."""
    return sorted(module.name for module in pkgutil.iter_modules(workloads.__path__))


def options():
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("workload", nargs="*", help=f"one of {', '.join(names())}; default: all")
    parser.add_argument("--quick", action="store_true", help="a look of some seconds; not kept")
    parser.add_argument("--rounds", type=int, help="rounds in which all sides take their turn")
    parser.add_argument("--seconds", type=float, help="how long each side computes in a round")
    parser.add_argument("--peers", type=Path, help="environment of the peers (made by run.py)")
    parser.add_argument("--nn-ts", type=Path, help="TensorFlow Playground's nn.ts, compiled")
    chosen = parser.parse_args()
    unknown = set(chosen.workload) - set(names())
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}. Known: {', '.join(names())}")
    return chosen


def bench_for(chosen):
    places = {"peers": chosen.peers, "nn_ts": chosen.nn_ts}
    changes = {"rounds": chosen.rounds, "block": chosen.seconds}
    changes = {name: value for name, value in changes.items() if value is not None}
    if chosen.quick:
        return Bench.a_look(**places, **changes)
    return Bench(**places, **changes)


def measure(bench, name):
    """Print what a workload's parts come to, one after the other; return the results."""
    results = []
    for part in importlib.import_module(f"{workloads.__name__}.{name}").PARTS:
        result = part.measure(bench)
        results.append(result)
        print("", f"### {result.title}", "", *table(result.as_json()), sep="\n", flush=True)
    return results


def main():
    chosen = options()
    bench = bench_for(chosen)
    for name, value in circumstances().items():
        print(f"{name}: {value}")
    failed = []
    for name in chosen.workload or names():
        print("", f"## {name}", sep="\n", flush=True)
        before = circumstances()
        try:
            results = measure(bench, name)
        except Exception:  # noqa: BLE001  one workload that fails shall not lose the others
            traceback.print_exc()
            failed.append(name)
        else:
            if not bench.quick:
                keep(name, results, before)
    if failed:
        print(f"Failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
