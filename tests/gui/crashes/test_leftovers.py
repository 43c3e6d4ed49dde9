"""What is said of work that was left behind."""

import json
import os
from pathlib import Path

import pytest

from playground.gui.crashes.leftovers import leftover, report_of
from playground.language import speak


@pytest.fixture
def italian():
    speak("it")
    yield
    speak("en")


def left(run, about, at=1_700_000_000):
    """Return what is found of a run that has left this."""
    run.work.write_bytes(b"work")
    run.about.write_bytes(about if isinstance(about, bytes) else json.dumps(about).encode())
    os.utime(run.work, (at, at))
    return leftover(run)


def test_work_that_was_saved_once_goes_by_the_name_of_its_file(run):
    work = left(run, {"title": "Spiral", "step": 1234, "original": "/home/anna/mine.nnproj"})
    assert work.told().startswith("mine.nnproj, step 1,234, kept on ")
    assert work.original == Path("/home/anna/mine.nnproj")


def test_other_work_goes_by_its_title_in_the_language_in_force(run, italian):
    told = left(run, {"title": "Digits with a CNN", "step": 7, "original": ""}).told()
    assert told.startswith("Cifre con una CNN, passo 7")
    assert "/11/23" in told  # the day before the month


@pytest.mark.parametrize(
    "about", [b"", b"\xff{", b"[]", {"title": 3, "step": "x", "original": []}, {"step": True}]
)
def test_work_is_offered_whatever_is_known_of_it(run, about):
    work = left(run, about)
    assert work.told().startswith("Untitled, step 0, kept on ")
    assert work.original is None


def test_a_run_without_work_has_none(run):
    assert leftover(run) is None


def test_a_run_that_was_killed_from_outside_has_no_report(run):
    assert report_of(run) == ""


def test_a_report_needs_nothing_but_the_fault(run):
    run.fault.write_text("Fatal Python error: Aborted\n\nThread 1:\n")
    run.work.write_bytes(b"no zip at all")
    text = report_of(run)
    assert text.startswith("Fatal Python error: Aborted\n")
    assert "numpy: " in text
