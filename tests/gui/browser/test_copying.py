"""Rows as text."""

import csv
from dataclasses import replace

import numpy as np

from playground.gui.browser import copying
from playground.gui.browser.copying import as_text, to_file
from playground.gui.browser.fields import fields_of


def last(steps):
    return [step for step in steps if step is not None][-1]


def test_a_file_holds_the_shown_rows_in_their_order(shown, tmp_path):
    some = replace(shown, positions=np.array([5, 1, 3]))
    outcome = last(to_file(tmp_path / "rows.csv", some, fields_of(shown.catalogue)))
    assert outcome.problem == ""
    with (tmp_path / "rows.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header[:5] == ["row", "petal", "leaf", "note", "species"]
    assert [row[:5] for row in rows] == [
        ["6", "5.5", "2", "new", "tulip"],
        ["2", "1.5", "", "old", "tulip"],
        ["4", "3.5", "0", "", "tulip"],
    ]


def test_a_file_that_cannot_be_written_says_why(shown, tmp_path):
    path = tmp_path / "no such folder" / "rows.csv"
    outcome = last(to_file(path, shown, fields_of(shown.catalogue)))
    assert "cannot be written" in outcome.problem
    assert str(path) in outcome.problem


def test_a_file_given_up_leaves_nothing_behind(shown, tmp_path, monkeypatch):
    monkeypatch.setattr(copying, "_AT_ONCE", 20)
    steps = to_file(tmp_path / "rows.csv", shown, fields_of(shown.catalogue))
    next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_the_clipboard_gets_as_many_rows_as_it_can_take(shown, monkeypatch):
    fields = fields_of(shown.catalogue)
    monkeypatch.setattr(copying, "MOST_COPIED", 3 * len(fields))
    text = last(as_text(shown, fields, shown.positions))
    assert text.count("\n") == 4
    assert "\t" in text
