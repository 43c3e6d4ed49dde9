"""All examples in one list, in the order of their source."""

from dataclasses import replace

import numpy as np

from playground.data.browse.answers import Answers
from playground.data.browse.catalogue import Catalogue, Part
from playground.data.sources.mnist import MnistDigits
from playground.data.sources.text import TextSample
from playground.training.presets import load_preset


def test_examples_of_all_parts_stand_as_in_the_file(flowers):
    assert flowers.rows.tolist() == list(range(10))
    assert [flowers.text(position, 0) for position in range(3)] == ["1.5", "2.5", "3.5"]


def test_it_knows_which_part_each_example_is_in(flowers):
    dataset = flowers.dataset
    for part, examples in zip(Part, (dataset.train, dataset.validation, dataset.test), strict=True):
        assert set(flowers.rows[flowers.parts == part]) == set(examples.rows)


def test_a_position_is_found_by_part_and_place(flowers):
    place = flowers.position_of(Part.TRAINING, 3)
    assert (flowers.parts[place], flowers.places[place]) == (Part.TRAINING, 3)


def test_the_columns_of_a_file_are_those_of_the_file(flowers):
    assert [shelf.name for shelf in flowers.columns] == ["petal", "leaf", "note", "species"]
    assert [shelf.is_answer for shelf in flowers.columns] == [False, False, False, True]


def test_a_missing_cell_reads_like_nothing(flowers):
    assert flowers.text(1, 1) == ""
    assert flowers.series(1).missing.tolist() == [False, True] + 8 * [False]


def test_a_cell_reads_like_its_column(flowers, heights):
    for catalogue in (flowers, heights):
        numbers = [n for n, shelf in enumerate(catalogue.columns) if shelf.is_number]
        for number in numbers:
            cells = [catalogue.text(position, number) for position in range(len(catalogue))]
            values = [float(cell) if cell else np.nan for cell in cells]
            np.testing.assert_allclose(values, catalogue.series(number).keys)


def test_data_without_a_file_shows_its_inputs_and_answers(heights):
    assert [shelf.name for shelf in heights.columns] == ["a", "b", "height"]
    assert heights.series(1).keys.tolist() == [1, 3, 5, 7, 9, 11]
    np.testing.assert_allclose(heights.series(2).keys, np.arange(6) / 10)


def test_scaled_inputs_are_shown_in_their_own_units():
    dataset = load_preset("iris").source.load()
    with_file, without = Catalogue(dataset), Catalogue(replace(dataset, columns=()))
    for number in range(4):
        np.testing.assert_allclose(
            without.series(number).keys, with_file.series(number).keys, atol=1e-5
        )
        assert without.text(0, number) == with_file.text(0, number)


def test_images_have_no_column_but_their_class():
    catalogue = Catalogue(MnistDigits(examples=500, validation_split=0.2).load())
    assert [shelf.name for shelf in catalogue.columns] == ["class"]


def test_pictures_are_those_of_the_positions():
    dataset = MnistDigits(examples=500, validation_split=0.2).load()
    catalogue = Catalogue(dataset)
    places = [catalogue.position_of(Part.TRAINING, 7), catalogue.position_of(Part.VALIDATION, 2)]
    found = catalogue.pictures(np.array(places))
    np.testing.assert_array_equal(found[0], dataset.train.x[7])
    np.testing.assert_array_equal(found[1], dataset.validation.x[2])


def test_answers_are_put_in_the_order_of_the_list(heights):
    dataset = heights.dataset
    losses = np.concatenate([part.rows for part in (dataset.train, dataset.validation)])
    told = heights.sorted(Answers(3, 6, losses.astype(float)))
    assert told.losses.tolist() == heights.rows.tolist()


def test_a_text_shows_the_words_of_each_context():
    dataset = TextSample(context=3).load()
    catalogue, language = Catalogue(dataset), dataset.language
    assert language is not None
    place = catalogue.position_of(Part.TRAINING, 11)
    words = [catalogue.text(place, number) for number in range(4)]
    numbers = [*dataset.train.x[11].astype(int).tolist(), int(dataset.train.y[11])]
    assert words == [(*language.words, "⊢")[number] for number in numbers]
