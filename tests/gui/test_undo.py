"""The undo history of projects."""

from dataclasses import replace

from playground.gui.undo import UndoHistory
from playground.training.project import Project

A = Project()
B, C = replace(A, epochs=2), replace(A, epochs=3)


def test_undo_and_redo_walk_through_the_projects():
    history = UndoHistory()
    history.record(A, ("epochs",))
    history.record(B, ("seed",))
    assert history.undo(C) == B
    assert history.undo(B) == A
    assert not history.can_undo
    assert history.redo(A) == B
    assert history.redo(B) == C


def test_a_new_edit_ends_what_could_be_redone():
    history = UndoHistory()
    history.record(A, ("epochs",))
    history.undo(B)
    history.record(A, ("seed",))
    assert not history.can_redo


def test_edits_of_one_field_in_a_row_are_one_step():
    history = UndoHistory()
    history.record(A, ("epochs",))
    history.record(B, ("epochs",))
    assert history.undo(C) == A


def test_after_an_undo_the_same_field_begins_a_new_step():
    history = UndoHistory()
    history.record(A, ("epochs",))
    history.undo(B)
    history.record(A, ("epochs",))
    assert history.undo(C) == A
    assert not history.can_undo


def test_nothing_to_undo_is_nothing():
    assert UndoHistory().undo(A) is None
