"""The yardstick, against counts by hand."""

import numpy as np
import pytest

from playground.data.texts.bigram import Bigram

LAST = np.array([0, 0, 0, 1])
WORD = np.array([1, 1, 2, 2])


def bigram(trust, added):
    counted = Bigram.counted(LAST, WORD, 3)
    return Bigram(
        counted.pairs, counted.pair_counts, counted.last_counts, counted.counts, trust, added
    )


def test_probabilities_are_counts_mixed_with_those_of_the_words():
    found = bigram(0.5, 1.0).probabilities(np.array([0, 1, 0]), np.array([1, 1, 0]))
    alone = np.array([3, 3, 1]) / 7  # counts 2, 2 and 0, one added to each
    np.testing.assert_allclose(found, 0.5 * np.array([2 / 3, 0, 0]) + 0.5 * alone)


def test_after_an_unseen_word_only_the_words_themselves_are_left():
    found = bigram(0.9, 1.0).probabilities(np.array([2, 3]), np.array([2, 0]))
    np.testing.assert_allclose(found, [3 / 7, 1 / 7])


@pytest.mark.parametrize("last", [0, 1, 2, 3])
def test_the_probabilities_behind_a_word_add_up_to_1(last):
    found = bigram(0.7, 0.1).probabilities(np.full(3, last), np.arange(3))
    assert found.sum() == pytest.approx(1)


def test_perplexity_is_how_many_equal_words_it_hesitates_between():
    uniform = bigram(0.0, 1e9)
    assert uniform.perplexity(LAST, WORD) == pytest.approx(3, rel=1e-6)


def test_the_best_settings_are_chosen_on_the_validation_part(rng):
    last = rng.integers(0, 20, 500)
    word = np.where(rng.random(500) < 0.7, (last + 1) % 20, rng.integers(0, 20, 500))
    counted = Bigram.counted(last[:300], word[:300], 20)
    best = counted.fitted(last[300:], word[300:])
    others = [
        Bigram(best.pairs, best.pair_counts, best.last_counts, best.counts, trust, added)
        for trust in (0.0, 0.4, 0.8)
        for added in (0.01, 1.0)
    ]
    perplexities = [other.perplexity(last[300:], word[300:]) for other in others]
    assert best.perplexity(last[300:], word[300:]) <= min(perplexities)
