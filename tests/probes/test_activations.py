import numpy as np
import pytest

from playground.nn.model import Sequential
from playground.probes.activations import (
    Activations,
    example_at,
    example_count,
    example_number,
    plane_axes,
    shown_examples,
)


def answer(snapshot, **settings):
    (result,) = Activations(**settings).compute(snapshot)
    return result


def test_every_layer_answers_to_the_example(digits_snapshot):
    result = answer(digits_snapshot, example=3)
    assert [answer.shape for answer in result.answers.values()] == digits_snapshot.shapes


def test_the_last_answer_is_the_prediction(digits_snapshot):
    result = answer(digits_snapshot, example=3)
    x = shown_examples(digits_snapshot.dataset).x[3:4]
    expected = digits_snapshot.model.predict(digits_snapshot.weights, x)[0]
    np.testing.assert_allclose(result.answers[(6,)], expected, rtol=1e-5)


def test_an_example_past_the_end_is_the_last_one(digits_snapshot):
    last = example_count(digits_snapshot.dataset) - 1
    assert answer(digits_snapshot, example=10**9).row == last


def test_numbers_beyond_the_validation_part_mean_the_other_parts(digits_snapshot):
    dataset = digits_snapshot.dataset
    for part, row in ((dataset.train, 5), (dataset.test, 7), (dataset.validation, 0)):
        number = example_number(dataset, part, row)
        assert example_at(dataset, number) == (part, row)
        np.testing.assert_array_equal(answer(digits_snapshot, example=number).x, part.x[row])


def test_the_first_numbers_are_those_of_the_examples_that_views_show(digits_snapshot):
    dataset = digits_snapshot.dataset
    assert example_at(dataset, 3) == (shown_examples(dataset), 3)


def test_images_have_no_plane(digits_snapshot):
    assert answer(digits_snapshot).plane is None


def test_points_give_a_map_for_every_neuron(spiral_snapshot):
    plane = answer(spiral_snapshot, resolution=20).plane
    units = [shape[0] for shape in spiral_snapshot.shapes]
    assert [maps.shape for maps in plane.maps.values()] == [(20, 20, count) for count in units]


def test_a_map_holds_what_the_network_answers_at_that_point(spiral_snapshot):
    plane = answer(spiral_snapshot, resolution=9).plane
    row, column = 2, 7
    x = np.array(
        [
            [
                np.linspace(plane.low[0], plane.high[0], 9)[column],
                np.linspace(plane.high[1], plane.low[1], 9)[row],
            ]
        ],
        np.float32,
    )
    expected = spiral_snapshot.model.predict(spiral_snapshot.weights, x)[0]
    np.testing.assert_allclose(plane.maps[max(plane.maps)][row, column], expected, rtol=1e-4)


def test_a_table_is_cut_along_its_two_most_telling_columns(iris_snapshot):
    names = [iris_snapshot.dataset.features[axis] for axis in plane_axes(iris_snapshot.dataset)]
    assert all(name.startswith("petal") for name in names)


def test_the_other_columns_stay_as_in_the_example(iris_snapshot):
    result = answer(iris_snapshot, example=5)
    others = [i for i in range(4) if i not in result.plane.axes]
    np.testing.assert_array_equal(
        result.plane.maps[()][..., others], np.broadcast_to(result.x[others], (48, 48, 2))
    )


@pytest.mark.parametrize("rows", [1, 7])
def test_the_training_examples_stand_in_where_there_is_no_validation(spiral_snapshot, rows):
    dataset = spiral_snapshot.dataset
    none = type(dataset)(
        dataset.title,
        train=dataset.train.take(np.arange(rows)),
        validation=dataset.train.take(np.arange(0)),
        test=dataset.test,
    )
    assert len(shown_examples(none)) == rows


def test_the_answer_names_the_network_it_is_of(spiral_snapshot):
    assert isinstance(answer(spiral_snapshot).model, Sequential)
    assert answer(spiral_snapshot).model == spiral_snapshot.model
