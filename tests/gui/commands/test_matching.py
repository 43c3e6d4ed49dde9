"""How names are found by a few letters."""

import pytest

from playground.gui.commands.matching import match


def best(typed, *names):
    return max(names, key=lambda name: match(typed, name).score)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("learn", "Learning rate"),
        ("LEARN", "Learning rate"),
        ("rate", "Learning rate"),
        ("rate learn", "Learning rate"),
        ("lr", "Learning rate"),
        ("earn", "Learning rate"),
        ("lrnrt", "Learning rate"),
        ("opt sgd", "Optimizer: SGD"),
        ("optimizer:sgd", "Optimizer: SGD"),
        ("velocita", "Velocità di apprendimento"),
    ],
)
def test_what_was_typed_finds_the_name(typed, name):
    assert match(typed, name).score > 0


@pytest.mark.parametrize("typed", ["xyz", "rates", "gninrael", "lgrlgr", "", "   "])
def test_what_is_not_in_the_name_does_not(typed):
    assert match(typed, "Learning rate").score == 0


def test_letters_far_apart_are_no_match():
    assert match("ae", "a" + 20 * "x" + "e").score == 0


def test_a_beginning_beats_the_beginning_of_a_later_word():
    assert best("rat", "Learning rate", "Rate of dropout") == "Rate of dropout"


def test_the_beginning_of_a_word_beats_the_middle_of_one():
    assert best("tan", "Constant", "Add Tanh") == "Add Tanh"


def test_initials_beat_letters_here_and_there():
    assert best("sp", "Save project", "Set the shape") == "Save project"


def test_of_two_alike_the_shorter_wins():
    assert best("open", "Open project", "Open") == "Open"


def test_it_says_which_letters_were_typed():
    assert match("opt sg", "Optimizer: SGD").places == (0, 1, 2, 11, 12)
    assert match("lr", "Learning rate").places == (0, 9)
    assert match("velocità", "Velocita").places == tuple(range(8))
