"""packaging/run.py: what it decides; that it works is proved by starting it."""

import ast
import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "run.py"


@pytest.fixture(scope="module")
def run():
    spec = importlib.util.spec_from_file_location("playground_run", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def environment(run, tmp_path):
    """An environment that looks made: its Python is there."""
    lock = tmp_path / "requirements.txt"
    lock.write_text("numpy==2.4.6\n")
    environment = run.Environment(tmp_path / ".venv", (lock,))
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    return environment


def pins(lock):
    """Return the ``name==version`` lines of a lock."""
    return set(re.findall(r"^([\w.-]+==\S+)", (ROOT / "packaging" / lock).read_text(), re.M))


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


def test_the_test_lock_contains_the_runtime_lock():
    assert pins("requirements.txt")
    assert pins("requirements.txt") <= pins("requirements-test.txt")


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_every_locked_package_has_a_hash_and_no_address(lock):
    text = (ROOT / "packaging" / lock).read_text()

    for requirement in re.split(r"^(?=[\w.-]+==)", text, flags=re.M)[1:]:
        assert "--hash=sha256:" in requirement
    assert "://" not in text


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
def test_markers_are_read_from_the_last_m_option(run, arguments, marker, wanted):
    assert run.selects(arguments, marker) is wanted


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, False),
        ({"DISPLAY": ":0"}, True),
        ({"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}, False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ({"WAYLAND_DISPLAY": "wayland-0", "QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_x11_libraries_are_asked_for_where_qt_uses_x11(run, environ, wanted):
    assert run.uses_x11(environ) is wanted


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get update && sudo apt-get install -y libegl1 libgl1"),
        ("dnf", "sudo dnf install -y libglvnd-egl libglvnd-glx"),
        ("pacman", "sudo pacman -S --needed --noconfirm libglvnd"),
    ],
)
def test_the_install_line_names_each_package_once(run, manager, line):
    assert run.install_line(run.QT[:2], manager) == line


def test_a_missing_library_a_missing_module_and_a_missing_program_are_noticed(run):
    table = "{} apt dnf pacman"

    assert not run.needs(run.loads, table.format("libnowhere.so.9"))[0].is_met()
    assert not run.needs(run.has_module, table.format("nowhere"))[0].is_met()
    assert not run.needs(run.has_program, table.format("nowhere"))[0].is_met()
    assert run.needs(run.has_module, table.format("venv"))[0].is_met()


@pytest.mark.parametrize(
    ("errors", "sentence"),
    [
        ("ERROR: OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "A download is not the file"),
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError'\n"
            "ERROR: Could not find a version that satisfies the requirement numpy",
            "The package index cannot be reached",
        ),
        ("ERROR: Could not find a version that satisfies numpy", "The package index has no"),
        ("ERROR: something new", "The packages could not be installed"),
    ],
)
def test_pips_failures_become_sentences_with_its_last_error(run, errors, sentence):
    said = run.pip_failure(errors + "\n[notice] A new release of pip is available\n")

    assert said.startswith(sentence)
    assert said.endswith(errors.splitlines()[-1])


def test_a_finished_environment_is_left_alone(run, environment, monkeypatch):
    environment.stamp.write_text("\n".join([environment.origin(), *environment.contents()]))
    monkeypatch.setattr(run, "pip_install", lambda *_: pytest.fail("it installs again"))

    run.prepare(environment)


def test_an_interrupted_environment_is_made_again(run, environment, monkeypatch):
    steps = []
    for name in ("make", "pip_install", "try_qt"):
        monkeypatch.setattr(run, name, lambda *_, name=name: steps.append(name))

    run.prepare(environment)

    assert steps == ["make", "pip_install", "try_qt"]
    assert environment.stamped() == [environment.origin(), *environment.contents()]


def test_a_changed_lock_is_installed_into_the_same_environment(run, environment, monkeypatch):
    environment.stamp.write_text("\n".join([environment.origin(), *environment.contents()]))
    environment.locks[0].write_text("numpy==2.4.7\n")
    steps = []
    for name in ("make", "pip_install", "try_qt"):
        monkeypatch.setattr(run, name, lambda *_, name=name: steps.append(name))

    run.prepare(environment)

    assert steps == ["pip_install", "try_qt"]


def test_a_failed_installation_leaves_no_stamp(run, environment, monkeypatch):
    def fail(*_):
        raise run.SetUpError("The disk is full.")

    environment.stamp.write_text(environment.origin())
    monkeypatch.setattr(run, "pip_install", fail)

    with pytest.raises(run.SetUpError):
        run.prepare(environment)

    assert environment.stamped() == []


def test_an_environment_whose_python_is_gone_counts_as_not_made(environment):
    environment.stamp.write_text(environment.origin())
    environment.python.unlink()

    assert environment.stamped() == []


def test_after_test_the_playground_itself_is_ready(run):
    assert run.TEST.folder == run.APP.folder
    assert run.APP.contents()[-1] in run.TEST.contents()


def test_the_oracle_environment_takes_its_engines_from_pyproject(run):
    assert "torch==2.13.0" in run.oracle_environment().unlocked


def test_a_foreseen_failure_is_a_sentence_not_a_traceback(run, monkeypatch, capsys):
    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(run, "start", fail)

    assert run.main([]) == 1
    assert "No space left on device" in capsys.readouterr().err


def test_children_find_the_project_and_what_the_user_had(run, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "mine")

    path = run.variables()["PYTHONPATH"].split(run.os.pathsep)

    assert path == [str(ROOT), "mine"]


def test_the_peers_are_pinned_and_we_are_not_among_them(run):
    peers = run.peer_environment()

    assert peers.locks == ()
    assert all(re.fullmatch(r"[\w-]+==[\w.]+", requirement) for requirement in peers.unlocked)


def test_other_peers_make_another_environment(run, tmp_path):
    old = run.Environment(tmp_path, (), ("torch==2.13.0",))
    new = run.Environment(tmp_path, (), ("torch==2.14.0",))

    assert old.contents() != new.contents()
    assert old.contents() == run.Environment(tmp_path, (), ("torch==2.13.0",)).contents()
