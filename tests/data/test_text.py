"""Texts as data: what is kept aside, what is known, what is wrong."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.data.dataset import DataKind
from playground.data.loading import LoadingThread
from playground.data.sources.text import MOST_PASTED, PastedText, TextFile, TextSample
from playground.data.texts import corpus, files
from playground.data.texts.language import UNKNOWN
from playground.data.texts.tokens import Tokenizer
from playground.errors import ConfigError, DataError
from playground.resources import resource_path

LANGUAGES = ["english", "italian"]
SENTENCES = [
    f"the {a} sees the {b}." for a in ("cat", "dog", "fish") for b in ("bird", "cow", "ox")
]


TEXT = " ".join(SENTENCES * 3)


def pasted(text=TEXT, **settings):
    return PastedText(text=text, **{"min_count": 1} | settings)


def answers(dataset, examples):
    return [dataset.classes[k] for k in examples.y]


@pytest.mark.parametrize("context", [1, 2, 5])
def test_each_token_is_predicted_from_those_before_it(context):
    dataset = pasted("the cat sees the dog.", context=context, validation_split=0, test_split=0)
    data = dataset.load()
    assert data.kind is DataKind.TEXT
    assert answers(data, data.train) == ["the", "cat", "sees", "the", "dog", "."]
    before = [data.language.read(x) for x in data.train.x]
    words = ["the", "cat", "sees", "the", "dog"]
    assert before == [words[max(0, i - context) : i] for i in range(6)]


def test_without_filling_up_only_whole_contexts_count():
    source = pasted("a b c d. e f. g h i.", context=3, pad_starts=False)
    data = replace(source, validation_split=0, test_split=0).load()
    pairs = zip(map(data.language.read, data.train.x), answers(data, data.train), strict=True)
    assert sorted((*before, after) for before, after in pairs) == [
        ("a", "b", "c", "d"),
        ("b", "c", "d", "."),
        ("g", "h", "i", "."),
    ]
    assert data.language.inputs == len(data.classes)


def test_rows_are_the_places_in_the_text():
    data = pasted().load()
    rows = np.concatenate([data.train.rows, data.validation.rows, data.test.rows])
    assert sorted(rows) == list(range(6 * 27))


@pytest.mark.parametrize("order", ["shuffled", "in order"])
def test_no_sentence_is_in_two_parts(order):
    text = " ".join(f"w{i}a w{i}b w{i}c w{i}d." for i in range(60))  # no two share a word
    data = PastedText(text=text, min_count=1, order=order).load()
    parts = [part.rows // 5 for part in (data.train, data.validation, data.test)]
    whole = [np.bincount(part, minlength=60) for part in parts]
    assert all(set(counts) <= {0, 5} for counts in whole)
    assert np.sum(whole, axis=0).tolist() == [5] * 60


def test_in_order_the_end_of_the_text_is_kept_aside():
    data = pasted(order="in order").load()
    assert data.train.rows.max() < data.validation.rows.min()
    assert data.validation.rows.max() < data.test.rows.min()


def test_the_vocabulary_is_that_of_the_training_part():
    text = " ".join(["the cat sleeps."] * 40 + ["a zebra dances."] * 10)
    data = PastedText(text=text, order="in order", test_split=0).load()
    assert set(data.classes) == {UNKNOWN, "the", "cat", "sleeps", "."}
    assert set(answers(data, data.validation)) == {UNKNOWN, "."}
    assert data.language.unknown == pytest.approx(3 / 4)


def test_only_the_most_frequent_words_are_told_apart():
    text = "a a a a b b b c c d. " * 4
    data = PastedText(text=text, vocabulary=3, validation_split=0, test_split=0).load()
    assert data.classes == (UNKNOWN, "a", "b", "c")
    assert data.language.counts.tolist() == [8, 16, 12, 8]


def test_rare_words_are_unknown():
    data = pasted("a a b b c. a b.", min_count=2, validation_split=0, test_split=0).load()
    assert data.classes == (UNKNOWN, "a", "b", ".")


def test_the_start_of_a_sentence_can_be_an_input_but_no_answer():
    data = pasted(context=2).load()
    assert data.train.x.max() == data.language.start == len(data.classes)
    assert data.train.y.max() < len(data.classes)


def test_another_seed_keeps_other_sentences_aside():
    one, again, other = (pasted(seed=seed).load().test.rows.tolist() for seed in (1, 1, 2))
    assert one == again != other


def test_a_text_without_full_stops_is_cut_into_blocks():
    data = pasted(" ".join(["one two three four"] * 100)).load()
    assert len(data.validation) > 0
    assert any("cut into 40 blocks of 10 words" in note for note in data.notes)


def test_a_short_text_keeps_its_sentences():
    data = pasted(" ".join(f"the {colour} cat sees a dog." for colour in "abcdefgh")).load()
    assert data.language.sentences == 8
    assert not data.notes


def test_of_a_long_text_the_beginning_is_read():
    data = pasted("the cat sees a dog. " * 100, most_tokens=300).load()
    assert data.language.tokens == 300
    assert any("first 300 words" in note for note in data.notes)


def test_the_perplexity_to_beat_is_that_of_counting_pairs():
    data = pasted("a b. " * 100).load()
    assert data.language.bigram == pytest.approx(1, abs=0.2)
    assert pasted(validation_split=0).load().language.bigram is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_of_a_file_is_found(tmp_path, encoding):
    path = tmp_path / "text.txt"
    path.write_bytes(("Perché l'albero è là. Perché? Così è. " * 20).encode(encoding))
    data = TextFile(path=path).load()
    assert {"perché", "l'", "là", "così"} <= set(data.classes)
    assert bool(data.notes) is (encoding == "cp1252")


# The sentences in the box


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_in_the_box_is_there_twice(language):
    text = resource_path("datasets", "texts", f"{language}.txt").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert len(lines) > 400
    assert len(set(lines)) == len(lines)
    assert all(line[0].isupper() and line[-1] in ".!?" for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_line_in_the_box_is_one_sentence(language):
    data = TextSample(language=language).load()
    text = resource_path("datasets", "texts", f"{language}.txt").read_text(encoding="utf-8")
    assert data.language.sentences == len(text.splitlines())
    assert 200 < len(data.classes) < 300


# What is wrong


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", r"text\.txt has no word in it; choose"),
        (b" \n\n \t", r"text\.txt has no word in it; choose"),
        (b"na na na na na", "only one word, 'na', over and over"),
        (b"one\ntwo\0three", r"text\.txt, line 2: a byte 0.*choose a text file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a byte 0"),
        (b"\xff\xfeo\0k\0\0\xd8", r"line 1: not UTF-16.*save it as UTF-8"),
        (b"Just these words here", "fewer than two words.*2 times"),
    ],
)
def test_a_bad_file_is_told_with_the_mend(tmp_path, content, words):
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    with pytest.raises(DataError, match=words):
        TextFile(path=path).load()


def test_a_file_too_large_is_refused_with_the_figures(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MOST_BYTES", 2**20)
    path = tmp_path / "text.txt"
    path.write_bytes(b"word " * 300_000)
    with pytest.raises(DataError, match=r"has 1\.4 MB, more than 1 MB; choose a part"):
        TextFile(path=path).load()


def test_a_text_too_short_for_the_context_is_refused():
    with pytest.raises(DataError, match=r"no sentence has more than 9 tokens.*shorter context"):
        pasted(context=9, pad_starts=False).load()


def test_a_text_too_short_to_split_is_refused():
    with pytest.raises(DataError, match=r"too short to keep sentences aside.*split to 0"):
        pasted("the cat sees the dog.").load()


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(DataError, match="there is no such file"):
        TextFile(path=tmp_path / "no.txt").load()


def test_nothing_pasted_is_told():
    with pytest.raises(DataError, match="no text yet"):
        PastedText().load()


def test_a_pasted_text_is_bounded():
    with pytest.raises(ConfigError, match=r"may have 200,000 characters.*Received: 200,001"):
        PastedText(text="a" * (MOST_PASTED + 1))


def test_a_long_sentence_is_cut():
    found = corpus.read_corpus("t", "a b " * 1000, Tokenizer(), 10_000)
    assert found.lengths.max() <= corpus.LONGEST


def test_loading_can_be_cancelled():
    thread = LoadingThread(pasted("the cat sees a dog. " * 9000, most_tokens=2_000_000))
    thread.cancel()
    thread.run()
    assert thread.outcome() is None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.binary(max_size=300) | st.text(alphabet="ab .!\n'\0é\u2028-", max_size=300).map(str.encode),
    st.sampled_from(["word", "character"]),
    st.integers(1, 5),
    st.booleans(),
)
def test_any_file_is_a_text_or_an_error_of_ours(tmp_path_factory, content, unit, context, pad):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(content)
    source = TextFile(path=path, unit=unit, context=context, pad_starts=pad, min_count=1)
    try:
        data = source.load()
    except DataError:
        return
    assert data.train.x.max() < data.language.inputs
    assert data.train.y.max() < len(data.classes)
    assert data.train.x.shape[1:] == (context,)
