import numpy as np
import pytest

from playground.probes.activations import shown_examples
from playground.probes.predictions import Predictions, class_probabilities


def answer(snapshot, **settings):
    *_, page = Predictions(**settings).compute(snapshot)
    return page


def all_answers(snapshot):
    examples = shown_examples(snapshot.dataset)
    return examples.y, snapshot.model.predict(snapshot.weights, examples.x)


def test_a_page_holds_the_answers_to_its_examples(digits_snapshot):
    page = answer(digits_snapshot, first=20, count=7)
    _, expected = all_answers(digits_snapshot)
    assert page.rows.tolist() == list(range(20, 27))
    np.testing.assert_allclose(page.answers, expected[20:27], rtol=1e-4)


def test_the_last_page_is_shorter(digits_snapshot):
    examples = len(shown_examples(digits_snapshot.dataset))
    page = answer(digits_snapshot, first=examples - 3, count=20)
    assert len(page.rows) == 3
    assert page.scanned == examples


def test_a_page_past_the_end_is_the_last_example(digits_snapshot):
    page = answer(digits_snapshot, first=10**6, count=5)
    assert page.rows.tolist() == [len(shown_examples(digits_snapshot.dataset)) - 1]


@pytest.mark.parametrize("count", [1, 5, 1000])
def test_pages_of_mistakes_hold_every_mistake_once(digits_snapshot, count):
    truth, outputs = all_answers(digits_snapshot)
    found, first = [], 0
    while first < len(truth):
        page = answer(digits_snapshot, first=first, count=count, mistakes_only=True)
        assert len(page.rows) <= count
        found += page.rows.tolist()
        first = page.scanned
    assert found == np.flatnonzero(outputs.argmax(axis=1) != truth).tolist()


def test_a_search_for_mistakes_goes_on_in_small_steps(digits_snapshot):
    *partial, last = Predictions(count=2000, mistakes_only=True).compute(digits_snapshot)
    assert partial
    assert not any(page.finished for page in partial)
    assert last.finished


def test_one_output_gives_the_probabilities_of_two_classes():
    np.testing.assert_allclose(
        class_probabilities(np.array([[0.2], [1.0]])), [[0.8, 0.2], [0.0, 1.0]]
    )


def test_outputs_that_are_no_probabilities_are_cut_off():
    np.testing.assert_array_equal(class_probabilities(np.array([[-3.0, 4.0]])), [[0, 1]])
