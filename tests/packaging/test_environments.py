"""packaging/environments.py: what is installed, and when."""

import os
import re

import pytest

import environments
from environments import ROOT
from messages import SetUpError


@pytest.fixture
def environment(tmp_path):
    """An environment that looks made: its Python is there."""
    lock = tmp_path / "requirements.txt"
    lock.write_text("numpy==2.4.6\n")
    environment = environments.Environment(tmp_path / ".venv", (lock,))
    environment.python.parent.mkdir(parents=True)
    environment.python.touch()
    return environment


def pins(lock):
    """Return the ``name==version`` lines of a lock."""
    return set(re.findall(r"^([\w.-]+==\S+)", (ROOT / "packaging" / lock).read_text(), re.M))


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
def test_pips_failures_become_sentences_with_its_last_error(errors, sentence):
    said = environments.pip_failure(errors + "\n[notice] A new release of pip is available\n")

    assert said.startswith(sentence)
    assert said.endswith(errors.splitlines()[-1])


def test_a_finished_environment_is_left_alone(environment, monkeypatch):
    environment.stamp.write_text("\n".join([environment.origin(), *environment.contents()]))
    monkeypatch.setattr(environments, "pip_install", lambda *_: pytest.fail("it installs again"))

    environments.prepare(environment)


def test_an_interrupted_environment_is_made_again(environment, monkeypatch):
    steps = []
    for name in ("make", "pip_install", "try_qt"):
        monkeypatch.setattr(environments, name, lambda *_, name=name: steps.append(name))

    environments.prepare(environment)

    assert steps == ["make", "pip_install", "try_qt"]
    assert environment.stamped() == [environment.origin(), *environment.contents()]


def test_a_changed_lock_is_installed_into_the_same_environment(environment, monkeypatch):
    environment.stamp.write_text("\n".join([environment.origin(), *environment.contents()]))
    environment.locks[0].write_text("numpy==2.4.7\n")
    steps = []
    for name in ("make", "pip_install", "try_qt"):
        monkeypatch.setattr(environments, name, lambda *_, name=name: steps.append(name))

    environments.prepare(environment)

    assert steps == ["pip_install", "try_qt"]


def test_a_failed_installation_leaves_no_stamp(environment, monkeypatch):
    def fail(*_):
        raise SetUpError("The disk is full.")

    environment.stamp.write_text(environment.origin())
    monkeypatch.setattr(environments, "pip_install", fail)

    with pytest.raises(SetUpError):
        environments.prepare(environment)

    assert environment.stamped() == []


def test_an_environment_whose_python_is_gone_counts_as_not_made(environment):
    environment.stamp.write_text(environment.origin())
    environment.python.unlink()

    assert environment.stamped() == []


def test_after_test_the_playground_itself_is_ready():
    assert environments.TEST.folder == environments.APP.folder
    assert environments.APP.contents()[-1] in environments.TEST.contents()


def test_the_oracle_environment_takes_its_engines_from_pyproject():
    assert "torch==2.13.0" in environments.oracle_environment().unlocked


def test_children_find_the_project_and_what_the_user_had(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "mine")

    path = environments.variables()["PYTHONPATH"].split(os.pathsep)

    assert path == [str(ROOT), "mine"]


def test_the_peers_are_pinned_and_we_are_not_among_them():
    peers = environments.peer_environment()

    assert peers.locks == ()
    assert all(re.fullmatch(r"[\w-]+==[\w.]+", requirement) for requirement in peers.unlocked)


def test_other_peers_make_another_environment(tmp_path):
    old = environments.Environment(tmp_path, (), ("torch==2.13.0",))
    new = environments.Environment(tmp_path, (), ("torch==2.14.0",))

    assert old.contents() != new.contents()
    assert old.contents() == environments.Environment(tmp_path, (), ("torch==2.13.0",)).contents()
