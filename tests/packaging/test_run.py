"""packaging/run.py: what it decides; that it works is proved by starting it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import run

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "run.py"


def test_an_old_python_can_read_the_script():
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 6))


def test_an_old_python_is_refused_before_anything_new_is_imported():
    statements = ast.parse(SCRIPT.read_text("utf-8")).body
    check = next(i for i, node in enumerate(statements) if isinstance(node, ast.If))

    assert [ast.unparse(node) for node in statements[1:check]] == ["import sys"]


def test_an_unsuitable_python_gets_one_sentence():
    program = (
        "import collections, runpy, sys\n"
        "sys.version_info = (3, 9, 0)\n"
        f"runpy.run_path({str(SCRIPT)!r})"
    )

    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert process.returncode == 1
    assert process.stderr.startswith("The playground needs Python 3.11 to 3.14.")
    assert len(process.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "marker", "wanted"),
    [
        (["-m", "oracle"], "oracle", True),
        (["-moracle"], "oracle", True),
        (["tests/nn", "-m", "oracle and not soak", "-x"], "oracle", True),
        (["-m", "not oracle"], "oracle", False),
        (["-m", "not oracle and not soak"], "soak", False),
        (["-m", "screen or oracle"], "screen", True),
        (["-m", "oracle", "-m", "soak"], "oracle", False),
        (["tests/oracle"], "oracle", False),
        (["-k", "oracle"], "oracle", False),
        ([], "screen", False),
    ],
)
def test_markers_are_read_from_the_last_m_option(arguments, marker, wanted):
    assert run.selects(arguments, marker) is wanted


def test_a_foreseen_failure_is_a_sentence_not_a_traceback(monkeypatch, capsys):
    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "start", fail)

    assert run.main([]) == 1
    assert "No space left on device" in capsys.readouterr().err
