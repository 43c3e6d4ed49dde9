"""What the network says of each inspected example."""

import numpy as np

from playground.probes.inspected import Inspected


def last(probe, snapshot):
    results = list(probe.compute(snapshot))
    assert [result.finished for result in results] == [False] * (len(results) - 1) + [True]
    return results[-1]


def some_of_each_part(dataset):
    return tuple(int(part.rows[2]) for part in (dataset.train, dataset.validation, dataset.test))


def test_examples_of_all_parts_are_asked_about(digits_snapshot):
    numbers = some_of_each_part(digits_snapshot.dataset)
    found = last(Inspected(inspected=numbers), digits_snapshot)
    assert found.followed.parts == ("train", "validation", "test")
    outputs, _ = digits_snapshot.model.forward(
        digits_snapshot.weights, digits_snapshot.dataset.test.x[[2]]
    )
    np.testing.assert_allclose(found.answers[2], outputs[0], atol=1e-6)


def test_nothing_is_said_of_nothing(digits_snapshot):
    assert list(Inspected().compute(digits_snapshot)) == []
    assert list(Inspected(inspected=(10**9,)).compute(digits_snapshot)) == []


def test_a_single_output_is_two_shares(spiral_snapshot):
    found = last(Inspected(inspected=(0, 1, 2)), spiral_snapshot)
    assert found.answers.shape == (3, 2)
    np.testing.assert_allclose(found.answers.sum(axis=1), 1)
