"""Who lives is told from who does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from playground.gui.crashes.lock import hold
from playground.gui.crashes.run_folder import KEPT, abandoned, new_run

ROOT = Path(__file__).parents[3]
LIVE = (
    "import sys, time, pathlib; from playground.gui.crashes.run_folder import new_run;"
    "run = new_run(pathlib.Path(sys.argv[1])); run.work.write_bytes(b'work');"
    "print('ready', flush=True); time.sleep(60)"
)


def waiting(runs):
    """Return the folders that were abandoned, and leave them to others."""
    found = abandoned(runs)
    for run in found:
        run.release()
    return [run.path for run in found]


def killed(run):
    """Let go of a run as the system does when a process is killed."""
    run.release()
    return run.path


@pytest.fixture
def runs(tmp_path):
    return tmp_path / "state" / "runs"


def test_a_file_is_held_once(tmp_path):
    first = hold(tmp_path / "x.lock")
    assert hold(tmp_path / "x.lock") is None
    first.close()
    again = hold(tmp_path / "x.lock")
    assert again is not None
    again.close()


def test_nothing_is_abandoned_where_there_was_never_a_run(runs):
    assert abandoned(runs) == []


def test_a_run_that_lives_is_not_abandoned(runs):
    mine = new_run(runs)
    other = new_run(runs)
    assert mine.path != other.path
    assert abandoned(runs) == []
    mine.remove()
    other.remove()


def test_a_clean_end_leaves_nothing(runs):
    run = new_run(runs)
    run.work.write_bytes(b"work")
    run.remove()
    assert list(runs.iterdir()) == []


def test_a_killed_process_leaves_its_work_to_one_heir(runs):
    child = [sys.executable, "-c", LIVE, str(runs)]
    with subprocess.Popen(child, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        assert abandoned(runs) == []
        process.kill()
    (heir,) = abandoned(runs)
    assert heir.work.read_bytes() == b"work"
    assert abandoned(runs) == []
    heir.release()
    assert waiting(runs) == [heir.path]


def test_only_the_newest_works_wait(runs):
    paths = []
    for number in range(KEPT + 2):
        run = new_run(runs)
        run.work.write_bytes(b"%d" % number)
        paths.append(killed(run))
    assert waiting(runs) == sorted(paths, reverse=True)[:KEPT]
    assert sum(path.is_dir() for path in paths) == KEPT
