"""One side of a contest, in a process of its own that computes only while it is asked to.

``python -m tests.benchmarks.side MODULE FUNCTION OPTIONS`` calls ``MODULE.FUNCTION(**OPTIONS)``,
the options being JSON, which returns a ``Contestant``. Then each line of stdin is a question in
JSON, each line of stdout its answer:

    {"do": "check"}               -> {"answers": {name: [...]}}   what all sides must agree on
    {"do": "run", "steps": 100}   -> {"steps": 100, "seconds": 0.8}
    {"do": "memory"}              -> {"mib": 230.5}               the greatest so far

Our environment and that of the peers both run this file: standard library and NumPy only.
"""

import importlib
import json
import os
import sys
import time
import traceback
from typing import Protocol

try:
    import resource
except ImportError:  # Windows counts memory in another way
    resource = None


class Contestant(Protocol):
    """What takes part in a contest; made by a function of a workload."""

    examples: int
    """What one step works off."""
    versions: dict
    """The libraries that do the work."""

    def check(self):
        """Return arrays by name that every side of the contest must have alike."""

    def run(self, steps):
        """Do about so many steps, going on where the last call stopped; return how many."""


def serve(contestant, questions, answers):
    """Answer questions until there are no more."""
    tell(answers, examples=contestant.examples, versions=contestant.versions)
    for line in questions:
        tell(answers, **answer(contestant, json.loads(line)))


def answer(contestant, question):
    if question["do"] == "check":
        return {"answers": {name: to_json(a) for name, a in contestant.check().items()}}
    if question["do"] == "memory":
        return {"mib": peak_memory()}
    started = time.perf_counter()
    steps = contestant.run(question["steps"])
    return {"steps": steps, "seconds": time.perf_counter() - started}


def to_json(array):
    """Return an array as its shape and numbers."""
    return {"shape": list(array.shape), "numbers": array.ravel().tolist()}


def peak_memory():
    """Return the greatest resident set of this process in MiB; None where it is not counted."""
    if resource is None:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def tell(stream, **message):
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def main():
    module, function, options = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints shall not stand between the answers
    try:
        contestant = getattr(importlib.import_module(module), function)(**json.loads(options))
        serve(contestant, sys.stdin, answers)
    except Exception as error:  # noqa: BLE001  whatever it is, the driver reports it
        traceback.print_exc()
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(where.filename)}, line {where.lineno}"  # noqa: PTH119
        tell(answers, failed=f"{type(error).__name__}: {error} ({place})")


if __name__ == "__main__":
    main()
