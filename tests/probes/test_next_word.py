"""What a network says next, against its outputs asked one by one."""

from dataclasses import replace

import numpy as np
import pytest

from playground.probes.next_word import NextWord, drawn


def answer(snapshot, **settings):
    *_, last = NextWord(**settings).compute(snapshot)
    return last


def test_the_shares_are_those_of_the_network(words_snapshot):
    found = answer(words_snapshot, beginning="In the morning", most=1000)
    language = words_snapshot.dataset.language
    x = language.context_of(["in", "the", "morning"])[None]
    outputs = words_snapshot.model.predict(words_snapshot.weights, x)[0]
    np.testing.assert_allclose(found.shares, outputs[found.words], rtol=1e-6)
    assert (np.diff(found.shares) <= 0).all()
    assert sorted(found.words) == list(range(len(language.words)))


def test_what_is_unknown_and_what_is_in_sight_is_told(words_snapshot):
    found = answer(words_snapshot, beginning="The cat xyzzy sees the old dog")
    assert found.known == (True, True, False, *found.known[3:])
    assert found.seen == words_snapshot.dataset.language.context


def test_the_probabilities_come_before_the_text(words_snapshot):
    first, *_, last = NextWord(beginning="the", count=30).compute(words_snapshot)
    assert (first.written, first.finished) == ((), False)
    assert (len(last.written), last.finished) == (30, True)


def test_the_same_seed_writes_the_same(words_snapshot):
    one, again, other = (
        answer(words_snapshot, beginning="the", count=30, seed=seed).written for seed in (1, 1, 2)
    )
    assert one == again != other


def test_nothing_unknown_is_written(words_snapshot):
    written = answer(words_snapshot, beginning="the", count=200, temperature=2.0).written
    assert set(written) <= set(words_snapshot.dataset.language.words[1:])


def test_a_cold_text_takes_the_most_probable_word(rng):
    shares = np.array([0.5, 0.05, 0.4, 0.05])
    assert {drawn(shares, 0.1, rng) for _ in range(100)} == {2}


def test_at_temperature_1_words_come_as_often_as_they_are_probable(rng):
    shares = np.array([0.0, 0.1, 0.6, 0.3])
    counts = np.bincount([drawn(shares, 1.0, rng) for _ in range(5000)], minlength=4)
    np.testing.assert_allclose(counts / 5000, shares, atol=0.03)


def test_a_diverged_network_writes_nothing(words_snapshot):
    lost = tuple(
        {name: np.full_like(w, np.nan) for name, w in own.items()} for own in words_snapshot.weights
    )
    found = answer(replace(words_snapshot, weights=lost), beginning="the", count=20)
    assert (found.written, found.finished) == ((), True)


def test_other_data_has_no_next_word(iris_snapshot):
    assert list(NextWord().compute(iris_snapshot)) == []


@pytest.mark.parametrize("shares", [np.zeros(4), np.array([1.0, 0, 0, 0])])
def test_where_nothing_is_probable_any_word_is_drawn(shares, rng):
    assert {drawn(shares, 0.7, rng) for _ in range(100)} == {1, 2, 3}
