"""A few examples, followed through training wherever they are."""

import json
from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples, Scaling
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.curves import Sine
from playground.data.sources.points import Circle
from playground.errors import ConfigError, FileError
from playground.nn.layers.dense import Dense
from playground.nn.model import Sequential
from playground.training import traces
from playground.training.archive import dump_array, parse_array, read_archive, write_archive
from playground.training.inspection import followed, same_examples, sample, toggled
from playground.training.presets import load_preset
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.storage import _NAMES, fitting_state, load_project, save_project
from playground.training.traces import REMEMBERED, TraceBook, Traces
from playground.training.trainer import Trainer

PROJECT = Project(
    source=Circle(samples=100),
    model=Sequential((Dense(units=6, activation="tanh"), Dense(units=1, activation="sigmoid"))),
    batch_size=16,
    epochs=6,
    threads=1,
    inspected=(3, 50, 99, 7),
)
DATASET = PROJECT.source.load()


def trained(project, dataset=DATASET, steps=10_000, state=None):
    trainer = Trainer(project, dataset, state)
    trainer.play()
    while trainer.status is Status.RUNNING and steps:
        trainer.train_step()
        steps -= 1
    return trainer


def traced(trainer):
    return trainer.snapshot().curves.traces


def probability(trainer, number):
    """What the network says now of an example of any part, by the readable layers."""
    parts = (DATASET.train, DATASET.validation, DATASET.test)
    part = next(part for part in parts if number in part.rows)
    at = part.rows.tolist().index(number)
    snapshot = trainer.snapshot()
    outputs, _ = snapshot.model.forward(snapshot.weights, part.x[[at]])
    share = float(outputs[0, 0])
    return share if part.y[at] == 1 else 1 - share


def test_an_example_is_found_in_whichever_part_it_is():
    numbers = tuple(range(100))
    found = followed(DATASET, numbers)
    assert found.numbers == numbers
    for number, part, place, x in zip(
        found.numbers, found.parts, found.places, found.examples.x, strict=True
    ):
        examples = getattr(DATASET, part)
        assert examples.rows[place] == number
        assert np.array_equal(examples.x[place], x)


def test_what_the_data_does_not_have_is_left_out():
    assert followed(DATASET, (5, 100, 3)).numbers == (5, 3)


def test_from_the_start_on_every_epoch_has_the_probability_of_the_right_class():
    trainer = trained(PROJECT)
    found = traced(trainer)
    assert found.epoch.tolist() == [0, 1, 2, 3, 4, 5, 6]
    assert list(found.answers) == [3, 50, 99, 7]
    for number, trace in found.answers.items():
        assert trace[-1] == pytest.approx(probability(trainer, number), abs=1e-5)
    untrained = Trainer(PROJECT, DATASET)
    assert found.answers[50][0] == pytest.approx(probability(untrained, 50), abs=1e-5)


def test_of_many_classes_it_is_the_right_one_s_share():
    project = load_preset("iris")
    dataset = project.source.load()
    project = replace(project, inspected=(0, 60, 140), epochs=2)
    trainer = trained(project, dataset)
    snapshot, found = trainer.snapshot(), followed(dataset, (0, 60, 140))
    outputs, _ = snapshot.model.forward(snapshot.weights, found.examples.x)
    right = outputs[np.arange(3), found.examples.y]
    np.testing.assert_allclose(traced(trainer).table()[:, -1], right, atol=1e-5)


def test_of_numbers_it_is_the_prediction_in_the_units_of_the_data():
    part = DATASET.train
    y = np.arange(len(part), dtype=np.float32)[:, None]
    scaling = Scaling.standardizing(y)
    scaled = Examples(part.x, scaling.apply(y))
    dataset = Dataset("n", scaled, scaled, scaled, (), ("a", "b"), ("y",), None, scaling)
    model = Sequential((Dense(units=1, kernel_initializer="zeros"),))
    project = replace(PROJECT, model=model, loss="mean_squared_error", inspected=(4,))
    trainer = trained(project, dataset, steps=1)
    assert traced(trainer).answers[4][0] == pytest.approx(y.mean())


def test_following_examples_changes_nothing_in_training():
    with_set, without = trained(PROJECT).state(), trained(replace(PROJECT, inspected=())).state()
    for ours, theirs in zip(with_set.weights, without.weights, strict=True):
        assert all(np.array_equal(ours[name], theirs[name]) for name in ours)


def test_examples_added_in_the_middle_begin_there():
    trainer = trained(PROJECT, steps=8)  # two epochs of four batches
    trainer.apply(replace(PROJECT, inspected=(3, 20)))
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    found = traced(trainer)
    assert np.isfinite(found.answers[3]).all()
    assert np.isnan(found.answers[20]).tolist() == [True, True] + 5 * [False]


def test_the_weights_stay_when_the_set_changes():
    trainer = trained(PROJECT, steps=9)
    before = trainer.state().weights[0]["kernel"]
    trainer.apply(replace(PROJECT, inspected=(1,)))
    assert trainer.step == 9
    assert np.array_equal(trainer.state().weights[0]["kernel"], before)


def test_an_example_that_comes_back_keeps_its_past():
    trainer = trained(PROJECT, steps=8)
    trainer.apply(replace(PROJECT, inspected=(3,)))
    trainer.apply(PROJECT)
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    for trace in traced(trainer).answers.values():
        assert np.isfinite(trace).all()


@pytest.mark.parametrize("stop", [1, 8, 13])
def test_a_saved_run_s_traces_go_on_as_if_it_had_never_stopped(stop, tmp_path):
    save_project(tmp_path / "p.nnproj", PROJECT, trained(PROJECT, steps=stop).state())
    saved = load_project(tmp_path / "p.nnproj")
    resumed = trained(saved.project, state=fitting_state(saved, DATASET))
    assert traced(resumed).table().tobytes() == traced(trained(PROJECT)).table().tobytes()


def test_too_many_are_refused_in_words():
    with pytest.raises(ConfigError, match=r"At most 64 examples can be followed; .*Received: 65"):
        replace(PROJECT, inspected=tuple(range(65)))


def test_each_is_there_once():
    assert replace(PROJECT, inspected=(4, 4, 2)).inspected == (4, 2)


def test_toggling_adds_at_the_end_and_takes_out():
    assert toggled((4, 2), 9) == (4, 2, 9)
    assert toggled((4, 2), 4) == (2,)


@pytest.mark.parametrize("part", ["train", "validation", "test"])
def test_five_of_each_class_are_drawn_from_a_part(part):
    numbers = sample(DATASET, part, seed=1)
    found = followed(DATASET, numbers)
    assert set(found.parts) == {part}
    assert found.examples.y.tolist() == [0] * 5 + [1] * 5
    assert numbers == sample(DATASET, part, seed=1)
    assert numbers != sample(DATASET, part, seed=2)


def test_of_very_many_classes_there_are_fewer_each():
    y = np.arange(600) % 40
    part = Examples(np.zeros((600, 2), np.float32), y)
    dataset = Dataset("many", part, part, part, tuple(map(str, range(40))))
    found = followed(dataset, sample(dataset, "validation", seed=0))
    assert found.examples.y.tolist() == list(range(40))


def test_of_numbers_ten_are_taken_from_the_smallest_to_the_largest():
    dataset = Sine(samples=200).load()
    y = followed(dataset, sample(dataset, "validation", seed=0)).examples.y[:, 0]
    assert len(y) == 10
    assert (np.diff(y) >= 0).all()
    assert (y[0], y[-1]) == (dataset.validation.y.min(), dataset.validation.y.max())


def test_a_number_means_the_same_example_while_kind_and_files_stay(tmp_path):
    assert same_examples(Circle(samples=50), Circle(noise=0.1))
    assert not same_examples(Circle(), Sine())
    assert not same_examples(CsvFile(path=tmp_path / "a.csv"), CsvFile(path=tmp_path / "b.csv"))


# The growing record


def book_of(epochs, numbers=(1, 2)):
    book = TraceBook(Traces())
    for epoch in range(epochs):
        if book.wants(epoch):
            book.add(epoch, {number: number + epoch / 100 for number in numbers})
    return book


@pytest.mark.parametrize("epochs", [9, 100, 1000])
def test_it_stays_bounded_and_even(epochs, monkeypatch):
    monkeypatch.setattr(traces, "CAPACITY", 8)
    found = book_of(epochs).traces()
    assert 4 <= len(found.epoch) <= 8
    assert set(np.diff(found.epoch)) == {found.stride}
    np.testing.assert_allclose(found.answers[2], 2 + found.epoch / 100)


def test_it_goes_on_from_what_it_was(monkeypatch):
    monkeypatch.setattr(traces, "CAPACITY", 8)
    book = TraceBook(book_of(21).traces())
    for epoch in range(21, 50):
        if book.wants(epoch):
            book.add(epoch, {1: 1 + epoch / 100, 2: 2 + epoch / 100})
    np.testing.assert_array_equal(book.traces().table(), book_of(50).traces().table())


def test_what_was_handed_out_never_changes(monkeypatch):
    monkeypatch.setattr(traces, "CAPACITY", 8)
    book = book_of(6)
    before = book.traces()
    copy = before.table()
    for epoch in range(6, 20):
        book.add(epoch, {1: 0.5, 3: 0.5})
    np.testing.assert_array_equal(before.table(), copy)


def test_traces_of_examples_taken_out_are_bounded_too():
    book = TraceBook(Traces())
    for number in range(3 * REMEMBERED):
        book.add(0, {number: 0.5, 10_000: 0.1})
    found = book.traces().answers
    assert len(found) == REMEMBERED
    assert {10_000, 3 * REMEMBERED - 1} <= set(found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"followed": None}, "not a list of their numbers"),
        ({"followed": [3, 50, 99, -7]}, "not a list of their numbers"),
        ({"followed": [3, 50, 99, 3]}, "not at most 128 different"),
        ({"followed": [3, 50, 99]}, "not one row for each"),
        ({"trace_stride": 3}, "trace_stride is not a power of two"),
    ],
)
def test_a_file_with_other_traces_is_refused(change, reason, tmp_path):
    path = tmp_path / "p.nnproj"
    save_project(path, PROJECT, trained(PROJECT, steps=9).state())
    entries = read_archive(path, _NAMES)
    entries["state.json"] = json.dumps(json.loads(entries["state.json"]) | change).encode()
    path.write_bytes(write_archive(entries))
    with pytest.raises(FileError, match=rf"cannot be opened: .*{reason}"):
        load_project(path)


def test_traces_of_epochs_to_come_are_refused(tmp_path):
    path = tmp_path / "p.nnproj"
    save_project(path, PROJECT, trained(PROJECT, steps=9).state())
    entries = read_archive(path, _NAMES)
    table = parse_array(entries["history/traces.npy"], np.float64).copy()
    table[0, -1] = 5
    entries["history/traces.npy"] = dump_array(table)
    path.write_bytes(write_archive(entries))
    with pytest.raises(FileError, match="its traces do not follow its epochs"):
        load_project(path)
