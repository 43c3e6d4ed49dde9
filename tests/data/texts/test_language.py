"""From what somebody typed to an input, and back."""

import pytest

from playground.data.sources.text import PastedText, TextSample

TEXT = "The cat sleeps. The dog sleeps. The cat eats. A dog eats the fish. " * 3


def language(**settings):
    source = PastedText(text=TEXT, min_count=1, validation_split=0, test_split=0, **settings)
    return source.load().language


def words(language, x):
    return [language.words[int(k)] if k < len(language.words) else "START" for k in x]


def test_a_beginning_is_filled_up_to_a_context():
    here = language(context=3)
    assert words(here, here.context_of(["the"])) == ["START", "START", "the"]
    assert words(here, here.context_of(["a", "dog", "eats", "the"])) == ["dog", "eats", "the"]


def test_nothing_is_seen_of_the_sentence_before():
    here = language(context=3)
    tokens = here.split("The dog eats. The cat")
    assert words(here, here.context_of(tokens)) == ["START", "the", "cat"]
    assert here.in_sight(here.split("The dog eats.")) == []


def test_characters_after_a_sentence_begin_without_a_blank():
    here = language(unit="character", context=4)
    assert here.in_sight(here.split("The end. A")) == ["a"]


def test_what_is_not_in_the_vocabulary_is_unknown():
    here = language(context=2)
    assert here.numbers_of(["zebra", "cat"]) == [0, here.words.index("cat")]


def test_an_input_is_read_back_without_what_fills_it_up():
    here = language(context=3)
    assert here.read(here.context_of(["the", "cat"])) == ["the", "cat"]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("the", "cat", "the cat"),
        ("the cat ", "sleeps", "the cat sleeps"),
        ("The cat sleeps", ".", "The cat sleeps."),
        ("", "the", "the"),
    ],
)
def test_a_word_is_written_behind_a_text(text, word, expected):
    here = language()
    assert here.followed(text, here.words.index(word)) == expected


def test_a_word_behind_an_apostrophe_has_no_blank_before_it():
    here = TextSample(language="italian").load().language
    assert here.followed("dov'", here.words.index("è")) == "dov'è"


def test_sentences_of_characters_have_a_blank_between_them():
    here = language(unit="character")
    assert here.text(list("a b.c d...e")) == "a b. c d... e"
