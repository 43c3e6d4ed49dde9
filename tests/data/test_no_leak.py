"""Nothing of validation and test reaches the training: not a mean, not a level, not a filling."""

import csv

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from playground.data.sources.csv_file import CsvFile
from playground.data.tables.plan import ColumnPlan

COUNT = 30
NUMBERS = st.one_of(st.just(""), st.integers(-1000, 1000), st.floats(-1e3, 1e3), st.just(1e20))
LEVELS = st.sampled_from(["", "a", "b", "c", "d", "e"])
DATES = st.one_of(st.just(""), st.dates().map(str))
MISSING = st.sampled_from(["mean", "median", "most_frequent", "category"])
SCALINGS = st.sampled_from(["none", "unit", "standard"])


@st.composite
def cells(draw):
    """A row of inputs: a number, two categories, a date."""
    return [draw(NUMBERS), draw(LEVELS), draw(LEVELS), draw(DATES)]


@st.composite
def sources(draw):
    """How a table is prepared; every type of column and every measure on the training rows."""
    rest = st.sampled_from(["most_frequent", "category"])
    return {
        "columns": (
            ColumnPlan("number", "number", missing=draw(MISSING)),
            ColumnPlan("one", "category", missing=draw(rest)),
            ColumnPlan("order", "category", "ordinal", missing=draw(MISSING)),
            ColumnPlan("date", "date", missing=draw(MISSING)),
        ),
        "scaling": draw(SCALINGS),
        "target_scaling": draw(SCALINGS),
        "seed": draw(st.integers(0, 9)),
        "targets": ("answer",),
        "task": "regression",
    }


def loaded(folder, rows, answers, source):
    with (folder / "t.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["i", "number", "one", "order", "date", "answer"])
        lines = enumerate(zip(rows, answers, strict=True))
        writer.writerows([i, *row, answer] for i, (row, answer) in lines)
    return CsvFile(path=folder / "t.csv", **source).load()


def by_row(dataset, name):
    """The inputs or the answers of all parts, in the order of the file."""
    parts = (dataset.train, dataset.validation, dataset.test)
    order = np.argsort(np.concatenate([part.rows for part in parts]))
    return np.concatenate([getattr(part, name) for part in parts])[order]


@given(
    st.lists(cells(), min_size=COUNT, max_size=COUNT),
    st.lists(cells(), min_size=COUNT, max_size=COUNT),
    st.sets(st.integers(0, COUNT - 1), min_size=1),
    sources(),
)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_other_values_outside_of_training_change_their_own_rows_only(
    tmp_path, rows, others, chosen, source
):
    answers = [str(i * i % 17) for i in range(COUNT)]
    before = loaded(tmp_path, rows, answers, source)
    outside = {*before.validation.rows.tolist(), *before.test.rows.tolist()}
    changed = sorted(chosen & outside)
    for i in changed:
        rows[i], answers[i] = others[i], str(float(answers[i]) + 1000)
    after = loaded(tmp_path, rows, answers, source)

    assert after.features == before.features
    for scaling in ("scaling", "target_scaling"):
        fitted, again = getattr(before, scaling), getattr(after, scaling)
        assert (fitted is None) == (again is None)
        if fitted is not None:
            np.testing.assert_array_equal(fitted.offset, again.offset)
            np.testing.assert_array_equal(fitted.scale, again.scale)
    for name in ("x", "y"):
        same = [np.delete(by_row(dataset, name), changed, axis=0) for dataset in (before, after)]
        np.testing.assert_array_equal(*same)
    np.testing.assert_array_equal(before.train.rows, after.train.rows)
