import contextlib
import dataclasses
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.component import to_config
from playground.data.dataset import Examples
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.points import Circle
from playground.data.tables.plan import ColumnPlan
from playground.errors import FileError
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD, Adam
from playground.nn.parameters import flatten
from playground.training.archive import dump_array, read_archive, write_archive
from playground.training.history import SERIES_NAMES
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.storage import (
    _NAMES,
    VERSION,
    fitting_state,
    is_project,
    load_project,
    save_project,
)
from playground.training.trainer import Trainer

PROJECT = Project(
    title="Cerchio è",
    source=Circle(samples=100),
    model=Sequential(
        (Dense(units=6, activation="tanh"), Dropout(), Dense(units=1, activation="sigmoid"))
    ),
    batch_size=16,
    epochs=4,
    metrics=("auc", "f1_score"),
)
DATASET = PROJECT.source.load()


def trained(steps, project=PROJECT, state=None):
    trainer = Trainer(project, DATASET, state)
    trainer.play()
    while steps > 0 and trainer.status is Status.RUNNING:
        trainer.train_step()
        steps -= 1
    return trainer


@pytest.fixture(scope="module")
def state():
    return trained(7).state()


@pytest.fixture
def path(tmp_path, state):
    path = tmp_path / "p.nnproj"
    save_project(path, PROJECT, state)
    return path


def test_the_choices_come_back(path):
    assert load_project(path).project == PROJECT


def test_the_run_comes_back_bit_by_bit(path, state):
    read = load_project(path).state
    assert (read.step, read.epoch, read.position) == (state.step, state.epoch, state.position)
    assert flatten(read.weights).tobytes() == flatten(state.weights).tobytes()
    assert read.slots.keys() == state.slots.keys() == {"m", "v"}
    for name, slot in state.slots.items():
        assert flatten(read.slots[name]).tobytes() == flatten(slot).tobytes()
    for name in SERIES_NAMES:
        np.testing.assert_array_equal(getattr(read.curves, name), getattr(state.curves, name))


@pytest.mark.parametrize("optimizer", [Adam(), SGD(momentum=0.9)])
def test_a_run_goes_on_as_if_it_had_never_stopped(optimizer, tmp_path):
    """In the middle of an epoch, with dropout and the optimizer's memory."""
    project = dataclasses.replace(PROJECT, optimizer=optimizer)
    save_project(tmp_path / "p.nnproj", project, trained(7, project).state())
    saved = load_project(tmp_path / "p.nnproj")
    resumed = trained(99, saved.project, fitting_state(saved, DATASET)).state()
    at_once = trained(99, project).state()
    assert resumed.epoch == at_once.epoch == 4
    assert flatten(resumed.weights).tobytes() == flatten(at_once.weights).tobytes()
    np.testing.assert_array_equal(resumed.curves.loss, at_once.curves.loss)


def test_a_project_that_never_trained_has_no_state(tmp_path):
    save_project(tmp_path / "p.nnproj", PROJECT, None)
    assert load_project(tmp_path / "p.nnproj").state is None


def test_saving_again_keeps_the_version_before(path, state):
    save_project(path, dataclasses.replace(PROJECT, title="Second"), state)
    assert load_project(path).project.title == "Second"
    assert load_project(path.with_name("p.nnproj~")).project == PROJECT


def test_a_damaged_file_points_to_the_version_before(path, state):
    save_project(path, PROJECT, state)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(FileError, match=r"p\.nnproj cannot be opened.*still there: p\.nnproj~"):
        load_project(path)


def test_equal_projects_give_equal_files(path, state, tmp_path):
    save_project(tmp_path / "q.nnproj", PROJECT, state)
    assert (tmp_path / "q.nnproj").read_bytes() == path.read_bytes()


def test_numpy_reads_the_weights_inside(path, state):
    with zipfile.ZipFile(path) as archive, archive.open("weights/dense/kernel.npy") as file:
        np.testing.assert_array_equal(np.load(file), state.weights[0]["kernel"])


@pytest.mark.parametrize(
    ("name", "known"), [("a.nnproj", True), ("A.NNPROJ", True), ("a.nnproj~", True), ("a", False)]
)
def test_project_files_are_known_by_their_name(name, known):
    assert is_project(Path(name)) is known


def altered(path, name, change):
    """Write the file anew with one entry changed; None leaves it out."""
    entries = read_archive(path, _NAMES)
    content = change(entries.pop(name))
    path.write_bytes(write_archive(entries | ({} if content is None else {name: content})))


def altered_json(path, name, change):
    def rewrite(content):
        value = json.loads(content)
        change(value)
        return json.dumps(value).encode()

    altered(path, name, rewrite)


def refused(path, reason):
    with pytest.raises(FileError, match=rf"p\.nnproj cannot be opened: .*{reason}"):
        load_project(path)


def test_a_run_of_format_1_goes_on(path):
    """It had no rates, no means and no early stopping, and the memory was the optimizer's own."""
    entries = read_archive(path, _NAMES)
    for name in ("rate", "accepted", "mean_loss", "mean_metric", "pending", "sums"):
        del entries[f"history/{name}.npy"]
    path.write_bytes(write_archive(entries))
    altered_json(path, "project.json", lambda value: value.update(version=1))
    altered(
        path,
        "state.json",
        lambda _: b'{"step": 7, "epoch": 1, "position": 48, "slots": ["m", "v"]}',
    )
    saved = load_project(path)
    resumed = trained(99, saved.project, fitting_state(saved, DATASET)).state()
    assert flatten(resumed.weights).tobytes() == flatten(trained(99).state().weights).tobytes()
    assert np.isnan(resumed.curves.rate[:7]).all()
    assert (resumed.curves.rate[7:] == 0.001).all()


@pytest.mark.parametrize("version", [1, 2])
def test_a_table_of_an_older_format_is_read_with_its_settings(tmp_path, version):
    path = tmp_path / "p.nnproj"
    source = CsvFile(path="t.csv", weight_column="w", scaling="none")
    save_project(path, dataclasses.replace(PROJECT, source=source), None)

    def before(value):
        config = value["project"]["config"]["source"]["config"]
        for name in ("targets", "columns", "scaling", "target_scaling"):
            del config[name]
        config.update(target="kind", standardize=False, standardize_target=True)
        value.update(version=version)

    altered_json(path, "project.json", before)
    wanted = dataclasses.replace(source, targets=("kind",), target_scaling="standard")
    assert load_project(path).project.source == wanted


def test_plans_for_ten_thousand_columns_survive_saving(tmp_path):
    plans = tuple(ColumnPlan(f"column {n}", "number") for n in range(10_000))
    project = dataclasses.replace(PROJECT, source=CsvFile(path="t.csv", columns=plans))
    save_project(tmp_path / "p.nnproj", project, None)
    assert load_project(tmp_path / "p.nnproj").project == project


def test_a_description_too_long_to_be_opened_is_not_saved(tmp_path):
    project = dataclasses.replace(PROJECT, title="x" * 2**23)
    with pytest.raises(FileError, match="larger than 8 MB"):
        save_project(tmp_path / "p.nnproj", project, None)


@pytest.mark.parametrize("target", [5, None, ["kind"]])
def test_a_table_of_an_older_format_with_nonsense_is_refused(path, target):
    def before(value):
        config = {"target": target, "standardize": "much"}
        value["project"]["config"]["source"] = {"class_name": "CsvFile", "config": config}
        value.update(version=2)

    altered_json(path, "project.json", before)
    refused(path, "must be")


def test_a_newer_format_says_so(path):
    altered_json(path, "project.json", lambda value: value.update(version=VERSION + 1))
    refused(path, f"format {VERSION + 1} and this playground.*newest version")


def test_another_program_s_zip_is_refused(path):
    altered_json(path, "project.json", lambda value: value.update(format="something"))
    refused(path, "not a project")


@pytest.mark.parametrize("project", [None, 3, [], {"class_name": "Dense"}, {"class_name": []}])
def test_a_project_that_is_none_is_refused(path, project):
    altered_json(path, "project.json", lambda value: value.update(project=project))
    refused(path, "")


def test_a_setting_out_of_bounds_is_refused_with_its_name(path):
    altered_json(path, "project.json", lambda v: v["project"]["config"].update(batch_size=0))
    refused(path, r"Project\.batch_size must be between")


@pytest.mark.parametrize("name", ["project.json", "history/loss.npy"])
def test_a_missing_part_is_named(path, name):
    altered(path, name, lambda _content: None)
    refused(path, f"{name} is missing")


def test_an_entry_of_no_layer_is_refused(path):
    entries = read_archive(path, _NAMES)
    entries["weights/dense_9/kernel.npy"] = entries["weights/dense/kernel.npy"]
    path.write_bytes(write_archive(entries))
    refused(path, "dense_9/kernel.npy belongs to no layer")


@pytest.mark.parametrize(
    "change",
    [
        {"step": -1},
        {"step": 2.0},
        {"step": True},
        {"step": 8},
        {"position": None},
        {"slots": 3},
        {"slots": ["m/dense"]},
        {"slots": [f"s{number}" for number in range(100)]},
        {"watched_since": 9},
        {"best_epoch": -1},
        {"stride": 3},
        {"stride": 2},
    ],
)
def test_counters_and_slots_are_checked(path, change):
    altered_json(path, "state.json", lambda value: value.update(change))
    refused(path, "")


def test_curves_of_different_lengths_are_refused(path):
    altered(
        path,
        "history/validation_loss.npy",
        lambda c: read_archive(path, _NAMES)["history/loss.npy"],
    )
    refused(path, "validation curves")


def test_the_curves_of_the_metrics_come_back(path, state):
    read = load_project(path).state.curves.validation_metrics
    assert list(read) == ["auc", "f1_score"]
    for name, values in state.curves.validation_metrics.items():
        np.testing.assert_array_equal(read[name], values)


def test_a_metric_measured_too_seldom_is_refused(path):
    altered(path, "history/validation_metrics/auc.npy", lambda _: dump_array(np.zeros(9)))
    refused(path, "validation curves are not equally long")


def test_weights_of_another_shape_are_refused_when_the_data_is_known(path):
    saved = load_project(path)
    three_columns = Examples(np.zeros((len(DATASET.train), 3), np.float32), DATASET.train.y)
    with pytest.raises(FileError, match=r"weights of layer dense do not fit.*anew"):
        fitting_state(saved, dataclasses.replace(DATASET, train=three_columns))


def test_a_position_past_the_end_of_the_data_is_refused(path):
    altered_json(path, "state.json", lambda value: value.update(position=10_000))
    with pytest.raises(FileError, match=r"10,000 examples.*anew"):
        fitting_state(load_project(path), DATASET)


def test_the_order_of_the_entries_does_not_matter(path, state):
    entries = read_archive(path, _NAMES)
    path.write_bytes(write_archive(dict(reversed(entries.items()))))
    fitting = fitting_state(load_project(path), DATASET)
    np.testing.assert_array_equal(flatten(fitting.weights), flatten(state.weights))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_the_description_says_the_answer_is_a_project_or_a_file_error(path, data):
    """Replace one value, somewhere in the description, by something else."""
    config = {"format": "neural-playground project", "version": 1, "project": to_config(PROJECT)}
    places = list(_places(config))
    holder, key = data.draw(st.sampled_from(places))
    holder[key] = data.draw(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(allow_nan=False),
            st.text(),
            st.just([]),
            st.just({}),
            st.just({"class_name": "Dense"}),
            st.just("Adam"),
        )
    )
    try:
        content = json.dumps(config, allow_nan=False).encode()
    except ValueError:
        return
    path.write_bytes(write_archive({"project.json": content}))
    with contextlib.suppress(FileError):
        load_project(path)


def _places(value):
    """Yield every (container, key) in a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in list(pairs):
        yield value, key
        if isinstance(item, (dict, list)):
            yield from _places(item)


TABLE = "a,b,kind\n" + "".join(f"{n},{n % 3},{'xy'[n % 2]}\n" for n in range(40))


def test_a_data_file_that_moved_with_its_project_is_found(tmp_path):
    project = dataclasses.replace(PROJECT, source=CsvFile(path="gone/table.csv", targets=["kind"]))
    save_project(tmp_path / "p.nnproj", project, None)
    (tmp_path / "table.csv").write_text(TABLE)
    source = load_project(tmp_path / "p.nnproj").project.source
    assert source.path == tmp_path / "table.csv"
    assert source.load().classes == ("x", "y")


def test_a_data_file_of_another_system_is_found_beside_the_project(tmp_path):
    project = dataclasses.replace(PROJECT, source=CsvFile(path=r"C:\school\table.csv"))
    save_project(tmp_path / "p.nnproj", project, None)
    (tmp_path / "table.csv").write_text(TABLE)
    assert load_project(tmp_path / "p.nnproj").project.source.path == tmp_path / "table.csv"


def test_a_data_file_that_is_where_the_project_says_is_taken_from_there(tmp_path):
    (tmp_path / "data").mkdir()
    for folder in (tmp_path, tmp_path / "data"):
        (folder / "table.csv").write_text(TABLE)
    source = CsvFile(path=tmp_path / "data" / "table.csv")
    save_project(tmp_path / "p.nnproj", dataclasses.replace(PROJECT, source=source), None)
    assert load_project(tmp_path / "p.nnproj").project.source == source
