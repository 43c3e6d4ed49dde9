"""Principal components of an embedding, against those of another formula."""

from dataclasses import replace

import numpy as np
import pytest

from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential
from playground.probes.word_map import WordMap, has_words, nearest, turned_like


@pytest.fixture(scope="module")
def words(words_snapshot):
    *_, last = WordMap(most=100).compute(words_snapshot)
    return last


def test_the_plane_is_that_of_the_largest_eigenvalues(words, words_snapshot):
    vectors = words_snapshot.weights[0]["embeddings"][1:101].astype(float)
    eigenvalues, directions = np.linalg.eigh(np.cov(vectors.T))
    expected = (vectors - vectors.mean(axis=0)) @ directions[:, [-1, -2]]
    np.testing.assert_allclose(np.abs(words.points), np.abs(expected), atol=1e-6)
    assert words.explained == pytest.approx(eigenvalues[-2:].sum() / eigenvalues.sum())


def test_the_most_frequent_words_are_there_without_the_unknown(words):
    assert words.numbers.tolist() == list(range(1, 101))


def test_likeness_is_the_cosine_between_vectors(words, words_snapshot):
    vectors = words_snapshot.weights[0]["embeddings"][1:101].astype(float)
    first, second = vectors[0], vectors[1:]
    cosines = second @ first / np.linalg.norm(second, axis=1) / np.linalg.norm(first)
    found = nearest(words, 0, 5)
    assert [place for place, _ in found] == (1 + np.argsort(-cosines)[:5]).tolist()
    assert [cosine for _, cosine in found] == pytest.approx(np.sort(cosines)[:-6:-1].tolist())


def test_turned_points_lie_where_they_lay(rng):
    before = rng.normal(size=(30, 2))
    angle = 1.2
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    mirrored = before @ turn * (1, -1)
    np.testing.assert_allclose(turned_like(mirrored, before), before, atol=1e-12)


def test_other_networks_have_no_words(words_snapshot, iris_snapshot):
    assert not has_words(iris_snapshot)
    plain = replace(words_snapshot.project, model=Sequential((Dense(units=249),)))
    assert not has_words(replace(words_snapshot, project=plain))
    assert list(WordMap().compute(iris_snapshot)) == []


def test_a_diverged_embedding_has_no_map(words_snapshot):
    first, *others = words_snapshot.weights
    lost = ({"embeddings": np.full_like(first["embeddings"], np.nan)}, *others)
    assert list(WordMap().compute(replace(words_snapshot, weights=lost))) == []
