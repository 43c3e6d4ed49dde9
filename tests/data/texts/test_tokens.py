"""What a text is cut into, and how it is put together again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.data.texts.tokens import LONGEST, Tokenizer, sentences

WORDS, CHARACTERS = Tokenizer(), Tokenizer("character")


def split(text, tokenizer=WORDS):
    return tokenizer.split(tokenizer.clean(text))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The cat sleeps.", ["the", "cat", "sleeps", "."]),
        ("L'albero è alto.", ["l'", "albero", "è", "alto", "."]),
        ("L’albero, dov’è?", ["l'", "albero", ",", "dov'", "è", "?"]),
        ("un po' d'acqua", ["un", "po'", "d'", "acqua"]),
        ("I don't know, it's Anna's.", ["i", "don't", "know", ",", "it's", "anna's", "."]),
        ("well-known: 3.14 and 10,000", ["well-known", ":", "3.14", "and", "10,000"]),
        ('He said: "Wait..."', ["he", "said", ":", '"', "wait", "...", '"']),
        ("", []),
    ],
)
def test_a_sentence_is_words_and_punctuation(text, tokens):
    assert split(text) == tokens


def test_capital_letters_may_be_kept():
    keeps = Tokenizer(lower_case=False)
    assert keeps.split(keeps.clean("Anna reads.")) == ["Anna", "reads", "."]


def test_letters_that_look_the_same_are_the_same():
    assert split("perche\u0301") == split("perch\u00e9")


def test_characters_have_one_blank_between_words():
    assert split("A  b\n\tc", CHARACTERS) == ["a", " ", "b", " ", "c"]


@pytest.mark.parametrize(
    "text",
    [
        "the cat sleeps on the sofa.",
        "l'albero è alto, dov'è anna?",
        "un po' d'acqua (fredda), per favore!",
        'he said: "wait..." and left.',
        "it's 12:30; don't go!",
    ],
)
@pytest.mark.parametrize("tokenizer", [WORDS, CHARACTERS])
def test_joining_puts_blanks_where_people_do(text, tokenizer):
    assert tokenizer.join(split(text, tokenizer)) == text


def test_sentences_end_with_a_mark_or_an_empty_line():
    text = "One. Two!  Is it 3.5? Yes...\nand so on\n\nA title\n \nThe end"
    assert list(sentences(text)) == [
        "One.",
        "Two!",
        "Is it 3.5?",
        "Yes...",
        "and so on",
        "A title",
        "The end",
    ]


def test_a_quotation_belongs_to_its_sentence():
    assert list(sentences('"Come!" Anna said. «Vieni!»')) == ['"Come!"', "Anna said.", "«Vieni!»"]


@given(st.text())
def test_no_sign_is_lost(text):
    kept = "".join(token for part in sentences(WORDS.clean(text)) for token in WORDS.split(part))
    assert kept == "".join(WORDS.clean(text).split())


def test_a_text_without_full_stops_comes_in_pieces_of_whole_words():
    pieces = list(sentences("word " * 10_000))
    assert max(map(len, pieces)) <= LONGEST
    assert " ".join(pieces).split() == ["word"] * 10_000
    assert sum(map(len, sentences("x" * 25_000))) == 25_000
