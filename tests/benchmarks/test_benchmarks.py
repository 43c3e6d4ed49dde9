"""The benchmarks measure what they say; how fast anything is, no test asks."""

import importlib
import json
from dataclasses import replace

import numpy as np
import pytest

from playground.data.sources.mnist import MnistDigits
from tests.benchmarks.__main__ import names
from tests.benchmarks.bench import Bench, NotBuiltError, our_side
from tests.benchmarks.contest import Contest, Peer, alternate, compare, warm_up
from tests.benchmarks.inputs import ShuffledRows, start_weight
from tests.benchmarks.report import Comparison, Entry, Result, circumstances, keep, table
from tests.benchmarks.workloads import accuracy, csv_million, mlp, neuron_maps, tiny_nets, window

QUICK = Bench.a_look()


class Runner:
    """A side whose steps take a known time, and which notes when it ran."""

    examples = 10

    def __init__(self, name, seconds, log):
        self._name, self.seconds_a_step, self._log = name, seconds, log
        self.versions = {"runner": "1"}

    def run(self, steps):
        self._log.append(self._name)
        return steps, steps * self.seconds_a_step

    def run_for(self, seconds):
        self.run(round(seconds / self.seconds_a_step))
        return self.seconds_a_step

    def ask(self, do):
        return {"mib": 1.0}


def runners(**seconds):
    log = []
    return {name: Runner(name, each, log) for name, each in seconds.items()}, log


@pytest.mark.parametrize("name", names())
def test_every_workload_has_parts_with_titles(name):
    parts = importlib.import_module(f"tests.benchmarks.workloads.{name}").PARTS
    titles = [part.title for part in parts]
    assert titles
    assert len(set(titles)) == len(titles)


def contests():
    """Yield every one of our sides in every contest."""
    for name in names():
        for part in importlib.import_module(f"tests.benchmarks.workloads.{name}").PARTS:
            if isinstance(part, Contest):
                for ours, function in part.ours.items():
                    yield pytest.param(function, part.options, id=f"{part.title}, {ours}")


@pytest.mark.parametrize(("function", "options"), list(contests()))
def test_each_of_our_sides_answers_and_computes(function, options):
    with our_side(function, **options) as side:
        assert all(np.isfinite(array).all() for array in side.check().values())
        steps, _ = side.run(1)
        assert steps == 1


def test_sides_take_turns_and_each_begins_a_round():
    sides, log = runners(ours=0.001, torch=0.002, keras=0.003)
    alternate(Bench(rest=0.0), sides, rounds=3, block=0.01)
    assert log == [
        *("ours", "torch", "keras"),
        *("torch", "keras", "ours"),
        *("keras", "ours", "torch"),
    ]


def test_a_side_is_warm_after_the_steps_wanted():
    sides, _ = runners(ours=0.001)
    assert warm_up(Bench(), sides["ours"], 1500) == 1500


def test_a_slow_side_is_warm_when_patience_ends():
    sides, _ = runners(slow=10.0)
    assert warm_up(Bench(patience=60.0), sides["slow"], 1500) == 6


def test_only_the_fastest_mode_of_a_peer_counts():
    contest = Contest("Race", {"ours": None, "whole run": None}, ())
    sides, _ = runners(ours=1.0, **{"whole run": 2.0, "A, 1 thread": 3.0, "A, 2 threads": 4.0})
    peer = Peer("A", None, gate=1.5)
    result = contest._result(
        sides,
        {name: [side.seconds_a_step] * 3 for name, side in sides.items()},
        dict.fromkeys(sides, 1500),
        {"A, 1 thread": peer, "A, 2 threads": peer},
        [],
    )
    found = {(c.ours, c.peer): (c.ratios.tolist(), c.gate) for c in result.comparisons}
    assert found == {
        ("ours", "A, 1 thread"): ([3.0] * 3, 1.5),
        ("whole run", "A, 1 thread"): ([1.5] * 3, None),
        ("ours", "A, 2 threads"): ([4.0] * 3, None),
        ("whole run", "A, 2 threads"): ([2.0] * 3, None),
    }


def test_other_answers_than_ours_are_an_error():
    ours = {"loss": np.array(1.0), "dense/kernel": np.ones((2, 2))}
    compare(ours, {**ours, "loss": np.array(1.0001)}, 2e-4, "Race")
    with pytest.raises(AssertionError, match="Race: loss"):
        compare(ours, {**ours, "loss": np.array(1.001)}, 2e-4, "Race")
    with pytest.raises(AssertionError, match="Race answers"):
        compare(ours, {"loss": np.array(1.0)}, 2e-4, "Race")


def test_our_side_computes_the_gradient_of_the_common_weights():
    sizes = (2, 3, 1)
    with our_side(tiny_nets.core, sizes=sizes, batch=10) as side:
        answers = side.check()
        x, y = tiny_nets.chequers()
    kernels = [
        (start_weight(f"{name}/kernel", pair), start_weight(f"{name}/bias", pair[1:]))
        for name, pair in zip(tiny_nets.names(sizes), ((2, 3), (3, 1)), strict=True)
    ]
    hidden = np.tanh(x[:10] @ kernels[0][0] + kernels[0][1])
    outputs = np.tanh(hidden @ kernels[1][0] + kernels[1][1])
    slope = 2 * (outputs - y[:10]) / 10 * (1 - outputs**2)
    np.testing.assert_allclose(answers["outputs"], outputs, atol=1e-6)
    np.testing.assert_allclose(answers["loss"], np.mean((outputs - y[:10]) ** 2), rtol=1e-5)
    np.testing.assert_allclose(answers["dense_1/kernel"], hidden.T @ slope, atol=1e-6)


def test_our_side_runs_the_steps_that_it_is_asked_for():
    with our_side(tiny_nets.whole_run, sizes=(2, 2, 1), batch=10) as side:
        steps, seconds = side.run(7)
        assert steps == 7
        assert seconds > 0
        assert side.ask(do="memory")["mib"] > 1


def test_a_side_that_cannot_start_says_why():
    with pytest.raises(NotBuiltError, match="KeyError"):
        our_side(broken)


def broken():
    raise KeyError("some library")


def test_without_their_environment_the_peers_are_told_as_not_built():
    result = neuron_maps.PARTS[0].measure(QUICK)
    assert [entry.name for entry in result.entries] == ["playground"]
    assert [text.split(",")[0] for text in result.missing] == [
        "nn.ts: not built",
        "ConvNetJS: not built",
        "PyTorch: not built",
    ]


def test_shuffled_rows_are_every_row_once_an_epoch():
    rows = ShuffledRows(12, 4, np.random.default_rng(0).permutation)
    epochs = [np.concatenate([rows.next() for _ in range(3)]) for _ in range(2)]
    assert [sorted(epoch) for epoch in epochs] == [list(range(12))] * 2
    assert epochs[0].tolist() != epochs[1].tolist()


def test_a_loaded_table_has_the_sums_that_pandas_finds(monkeypatch, tmp_path):
    monkeypatch.setattr(csv_million.tempfile, "gettempdir", lambda: tmp_path)
    sides = [side(500) for side in (csv_million.ours, csv_million.pandas)]
    sums = [side.check()["sums"] for side in sides]
    np.testing.assert_allclose(*sums)
    assert sides[0].run(2) == 2


def test_learning_tells_the_share_of_right_answers():
    few = MnistDigits(examples=500, validation_split=0.0)
    right, seconds = accuracy.learn(replace(accuracy.MLP, source=few, epochs=3))
    assert 0.5 < right < 0.99
    assert seconds > 0


def test_the_common_data_is_no_easy_one():
    _, labels = mlp.inputs()
    assert np.bincount(labels).min() > 100


def a_result(value):
    entries = [Entry("ours", np.array([value, value]), "examples/s", 1500, 40.0)]
    comparisons = [Comparison("ours", "A", np.array([1.0, 2.0, 4.0]), gate=1.5)]
    return Result("Race", entries, comparisons, ["B: not built, because"], {"a": "1"})


def test_a_workload_replaces_only_its_own_last_results(tmp_path):
    keep("one", [a_result(1.0)], circumstances(), tmp_path)
    keep("two", [a_result(2.0)], circumstances(), tmp_path)
    keep("one", [a_result(3.0)], circumstances(), tmp_path)
    kept = json.loads((tmp_path / "results.json").read_text())
    medians = {name: kept[name]["results"][0]["entries"][0]["median"] for name in kept}
    assert medians == {"one": 3.0, "two": 2.0}
    page = (tmp_path / "results.md").read_text()
    assert page.count("### Race") == 2
    assert "B: not built, because" in page


def test_the_table_shows_median_quartiles_and_gate():
    lines = table(a_result(12345.0).as_json())
    assert "| ours | 12,345 examples/s | 40 MiB |" in lines
    assert "| ours | A | 2 (1.5–3) | 1.5 x |" in lines


def test_the_window_keeps_a_share_of_each_round():
    beside = [(80.0, np.full(100, 11.0), 4), (45.0, np.full(100, 13.0), 4)]
    kept, median, p99 = window.compared("as it opens", np.array([100.0, 50.0]), beside)
    assert kept.values.tolist() == [80.0, 90.0]
    assert median.values.tolist() == p99.values.tolist() == [1.0, 3.0]
