"""The app that is downloaded, built from a clean clone and used where there is no Python.

``python3 packaging/run.py test -m bundle``; it takes some ten minutes. The place is a Debian with
nothing but its base system and, later, what the package depends on: made by debootstrap, entered by
chroot, and without a network while the app runs.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from playground.training.storage import load_project
from tests.screen import start_page, window_named, xdotool

pytestmark = pytest.mark.bundle

ROOT = Path(__file__).resolve().parents[2]
STEPS = 100
WAYS = {"installed": "/usr/bin/neural-playground", "folder": "/bundle/neural-playground"}
ENTER = """
mount -t proc proc "$0/proc"
mount -t tmpfs tmpfs "$0/dev/shm"
mkdir -p "$0/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$0/tmp/.X11-unix"
exec chroot "$0" /usr/bin/env -i "$@"
"""
"""The mounts are this process's own, and go with it."""


def done(*command, **options):
    """Run a program that must succeed; return what it said."""
    process = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, **options
    )
    assert process.returncode == 0, process.stdout + process.stderr
    return process.stdout


@pytest.fixture(scope="session")
def clone(tmp_path_factory):
    """The bundle and the package, built from what is committed."""
    place = tmp_path_factory.mktemp("clean") / "clone"
    done("git", "clone", "-q", ROOT, place)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done(sys.executable, "packaging/build.py", "deb", cwd=place, env=environment)
    return place


@pytest.fixture(scope="session")
def package(clone):
    (path,) = (clone / "dist").glob("*.deb")
    return path


def mirror():
    """Return where this Debian gets its packages from."""
    return done(
        "apt-get", "indextargets", "--format", "$(REPO_URI)", "Created-By: Packages"
    ).split()[0]


@pytest.fixture(scope="session")
def bare(tmp_path_factory):
    """A Debian with its base system only."""
    if os.geteuid() != 0:
        pytest.fail("The proof makes a system of its own, which only root can: start it with sudo.")
    place = tmp_path_factory.mktemp("bare") / "root"
    codename = platform.freedesktop_os_release()["VERSION_CODENAME"]
    done("debootstrap", "--variant=minbase", codename, place, mirror())
    for file in ("resolv.conf", "hosts"):
        shutil.copyfile(Path("/etc", file), place / "etc" / file)
    return place


@pytest.fixture(scope="session")
def installed(bare, clone, package):
    """That Debian with the package and what it depends on, and the folder beside it."""
    shutil.copyfile(package, bare / "app.deb")
    quiet = {
        "env": {"PATH": os.environ["PATH"], "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    }
    done("chroot", bare, "apt-get", "-qq", "update", **quiet)
    line = ("apt-get", "-qq", "install", "-y", "--no-install-recommends", "/app.deb")
    done("chroot", bare, *line, **quiet)
    shutil.copytree(clone / "dist" / "neural-playground", bare / "bundle", symlinks=True)
    (bare / "work").mkdir()
    return bare


def within(place, *command, **variables):
    """Return the line that runs a command in a place, without a network."""
    settings = {"PATH": "/usr/bin:/bin", "HOME": "/work", "LC_ALL": "C.UTF-8", **variables}
    assignments = [f"{name}={value}" for name, value in settings.items()]
    isolated = ["unshare", "--net", "--mount", "sh", "-ec", ENTER, str(place)]
    return [*isolated, *assignments, "sh", "-c", 'cd /work && exec "$@"', "sh", *command]


def test_there_is_neither_python_nor_a_network(installed):
    found = done(*within(installed, "find", "/usr", "-name", "python3*", "-path", "*bin*"))
    assert found == ""
    assert "default" not in done(*within(installed, "cat", "/proc/net/route"))
    assert len(done(*within(installed, "cat", "/proc/net/dev")).splitlines()) == 3  # only lo


@pytest.mark.parametrize("way", WAYS)
def test_the_registries_are_those_of_the_source(installed, way):
    ours = done(sys.executable, "-m", "playground", "info", "--json", cwd=ROOT)
    theirs = done(*within(installed, WAYS[way], "info", "--json"))

    assert json.loads(theirs) == json.loads(ours)


@pytest.mark.parametrize("way", WAYS)
def test_the_command_line_trains_and_exports(installed, way):
    name = f"{way}.npz"
    told = done(*within(installed, WAYS[way], "train", "iris", "--epochs", "2", "--export", name))

    assert "test loss" in told
    with np.load(installed / "work" / name) as weights:
        assert all(np.isfinite(weights[key]).all() for key in weights.files)


def saved_step(path):
    state = load_project(path).state if path.exists() else None
    return state.step if state else 0


@pytest.mark.parametrize("way", WAYS)
def test_a_window_in_which_digits_are_learnt_saved_and_exported(installed, way):
    project, weights = f"/work/{way}.nnproj", f"/work/{way}-digits.npz"
    command = within(installed, WAYS[way], DISPLAY=os.environ["DISPLAY"], QT_QPA_PLATFORM="xcb")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as app:
        try:
            learn_and_save(installed, project)
            press("ctrl+e", "Export weights", weights)
            quit_without_saving()
            assert app.wait(timeout=30) == 0, app.stdout.read()
        finally:
            app.kill()
    assert app.stdout.closed or not app.stdout.read()
    assert saved_step(installed / project[1:]) >= STEPS
    with np.load(installed / weights[1:]) as arrays:
        assert arrays["conv2d/kernel"].shape[:2] == (3, 3)


def learn_and_save(place, project):
    """Begin with the first card, and save until so many steps are in the file."""
    start_page()
    xdotool("key", "Return")  # the first card has the focus
    window_named("Digits.* - Neural Playground")
    press("ctrl+s", "Save project", project)
    deadline = time.monotonic() + 120
    while saved_step(place / project[1:]) < STEPS and time.monotonic() < deadline:
        xdotool("windowactivate", "--sync", window_named(" - Neural Playground"))
        xdotool("key", "ctrl+s")
        time.sleep(2)


def press(key, title, answer):
    """Press a key and type an answer into the dialog that appears."""
    xdotool("windowactivate", "--sync", window_named(" - Neural Playground"))
    xdotool("key", key)
    xdotool("windowactivate", "--sync", window_named(title))
    xdotool("key", "ctrl+a")
    xdotool("type", "--delay", "30", answer)
    xdotool("key", "Return")


def quit_without_saving():
    xdotool("windowactivate", "--sync", window_named(" - Neural Playground"))
    xdotool("key", "ctrl+q")
    xdotool("windowactivate", "--sync", window_named("Save the project"))
    xdotool("key", "Tab", "space")  # from Save to Discard


def test_the_desktop_files_are_valid(installed, tmp_path):
    share = installed / "usr/share"
    done("desktop-file-validate", share / "applications/neural-playground.desktop")
    done("appstreamcli", "validate", "--no-net", share / "metainfo/neural-playground.metainfo.xml")
    (tmp_path / "packages").mkdir()
    shutil.copy(share / "mime/packages/neural-playground.xml", tmp_path / "packages")
    done("update-mime-database", tmp_path)
    assert "*.nnproj" in (tmp_path / "globs").read_text()


def test_the_package_has_no_errors(package):
    done("lintian", "--fail-on", "error", package)


def test_removing_the_package_leaves_nothing_of_it(installed):
    done(
        "chroot",
        installed,
        "dpkg",
        "--purge",
        "neural-playground",
        env={"PATH": os.environ["PATH"]},
    )

    assert not list((installed / "usr").rglob("neural-playground*"))
