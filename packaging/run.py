#!/usr/bin/env python3
"""Set the playground up and start it, or run its checks.

``run.py [ARGUMENTS ...]`` runs ``python -m playground ARGUMENTS ...`` in the current folder.
``run.py test`` runs every check; ``run.py test ARGUMENTS ...`` only ``pytest ARGUMENTS ...``, in
the project's folder. ``run.py bench [WORKLOAD ...]`` measures the playground beside other engines.

The first start makes ``.venv`` beside pyproject.toml from the locked requirements; the later ones
find it ready. Only the standard library is used, and this file keeps to syntax that Python 3.6
can read: an old Python shall answer with a sentence.
"""

import sys

if not (3, 11) <= sys.version_info[:2] < (3, 15):
    sys.exit(f"The playground needs Python 3.11 to 3.14. This is {sys.version.split()[0]}.")

import os
import re
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from environments import (
    APP,
    ROOT,
    TEST,
    oracle_environment,
    peer_environment,
    prepare,
    variables,
)
from messages import SetUpError, say
from system_packages import BARE, ON_LINUX, QT, SCREEN, VENV, XCB, has_program, require, uses_x11
from virtual_screen import virtual_screen

NODE_PEERS = ("convnetjs@0.3.0",)
NODE_ORACLES = ("csv-spectrum@2.0.0", "papaparse@5.7.1")


def start(arguments: Sequence[str]) -> int:
    """Run the playground in the user's folder and return its exit code."""
    if ON_LINUX:
        require(VENV + QT + (XCB if uses_x11(os.environ) else ()))
    prepare(APP)
    # -P: a numpy.py in the user's folder must not become our NumPy.
    command = [str(APP.python), "-P", "-m", "playground", *arguments]
    if os.name == "posix":
        os.execve(command[0], command, variables())  # signals and exit code go straight through
    return subprocess.call(command, env=variables())


CHECKS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "lint-imports": ("-c", "from importlinter.cli import lint_imports_command as run; run()"),
}
NOT_ASIDE = "not screen and not oracle and not soak and not bundle"
NO_TESTS_COLLECTED = 5  # pytest's exit code


def selects(arguments: Sequence[str], marker: str) -> bool:
    """Tell whether the last ``-m`` among pytest's arguments asks for a marker."""
    expressions = re.findall(r"(?:^|\n)-m[\n=]?([^\n]*)", "\n".join(arguments))
    return bool(expressions and re.search(rf"(?<!not ){marker}\b", expressions[-1]))


def test(arguments: Sequence[str]) -> int:
    """Run all checks, or with arguments only pytest; return 0 if nothing failed."""
    on_screen = not arguments or selects(arguments, "screen") or selects(arguments, "bundle")
    if ON_LINUX:
        bare = BARE if selects(arguments, "bundle") else ()
        require(VENV + QT + (XCB + SCREEN if on_screen else ()) + bare)
    environment = oracle_environment() if selects(arguments, "oracle") else TEST
    prepare(environment)
    if environment != TEST:
        npm_install(environment.folder, NODE_ORACLES)
    if not arguments:
        return run_all(environment.python)
    if ON_LINUX and on_screen:
        with virtual_screen() as display:
            return run(environment.python, "-m", "pytest", *arguments, **display)
    return run(environment.python, "-m", "pytest", *arguments)


def bench(arguments: Sequence[str]) -> int:
    """Measure on a virtual screen, or on the real one where there is no virtual one."""
    if ON_LINUX:
        require(VENV + QT + XCB + SCREEN)
    prepare(TEST)
    peers = prepare_peers()
    module = ("-m", "tests.benchmarks", "--peers", str(peers), *arguments)
    if not ON_LINUX:
        return subprocess.call([TEST.python, *module], cwd=ROOT, env=variables())
    with virtual_screen() as display:
        return run(TEST.python, *module, **display)


def prepare_peers() -> Path:
    """Make the environment of the peers as far as it goes; what lacks is told in the report."""
    peers = peer_environment()
    try:
        prepare(peers)
    except SetUpError as error:
        say(f"The peers could not be installed. {error}")
    npm_install(peers.folder, NODE_PEERS)
    return peers.folder


def npm_install(folder: Path, packages: Sequence[str]) -> None:
    """Install packages of npm, where there is npm and they are not there yet."""
    if has_program("npm") and not (folder / "node_modules").exists():
        command = ["npm", "install", "--no-save", "--prefix", str(folder), *packages]
        subprocess.run(command, stdout=sys.stderr, check=False)


def run(python: Path, *arguments: str, **changes: str) -> int:
    """Run a check in the project's folder, without a screen unless the changes name one."""
    settings = {"QT_QPA_PLATFORM": "offscreen"}
    if ON_LINUX:
        settings["LC_ALL"] = "C.UTF-8"  # Qt warns when there is no UTF-8 locale
    return subprocess.call([python, *arguments], cwd=ROOT, env=variables(**{**settings, **changes}))


def run_all(python: Path) -> int:
    """Run every check even if one fails; pytest's summary comes last."""
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        if run(python, *command):
            failed.append(name)
    if ON_LINUX:
        print("== pytest on a screen", flush=True)
        with virtual_screen() as display:
            code = run(python, "-m", "pytest", "-m", "screen", **display)
        if code not in (0, NO_TESTS_COLLECTED):
            failed.append("pytest on a screen")
    print("== pytest", flush=True)
    if failed:
        print(f"Failed before this: {', '.join(failed)}", flush=True)
    code = run(python, "-m", "pytest", "-m", NOT_ASIDE)
    return 1 if failed else code


def told(action: Callable[[], int]) -> int:
    """Return what an action returns; a failure that one can foresee is a sentence, and a 1."""
    try:
        return action()
    except SetUpError as error:
        say(str(error))
    except OSError as error:
        say(f"This cannot go on: {error}. Is the disk full, or {ROOT} not yours to write?")
    except KeyboardInterrupt:
        say("Interrupted. Start again to go on.")
    return 1


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask, and return the exit code."""
    words = {"test": test, "bench": bench}
    if arguments and arguments[0] in words:
        return told(lambda: words[arguments[0]](arguments[1:]))
    return told(lambda: start(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
