"""The command ``evaluate`` on networks that ``train`` has saved."""

import json
from pathlib import Path

import numpy as np
import pytest

from playground.cli import main
from playground.nn.metrics import Metric


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def train(*arguments):
    assert main(["train", *arguments, "--save", "p.nnproj", "--metrics", "train.json"]) == 0
    return json.loads(Path("train.json").read_text("utf-8"))


def evaluate(capsys, *arguments):
    capsys.readouterr()
    assert main(["evaluate", "p.nnproj", "--metrics", "m.json", *arguments]) == 0
    return capsys.readouterr().out, json.loads(Path("m.json").read_text("utf-8"))


def test_the_figures_are_those_that_training_ended_with(capsys):
    trained = train("iris", "--epochs", "8")
    text, figures = evaluate(capsys)
    assert figures["metrics"]["accuracy"] == trained["test_accuracy"]
    assert figures["loss"] == pytest.approx(trained["test_loss"])
    assert figures["weights_sha256"] == trained["weights_sha256"]
    assert f"accuracy {100 * trained['test_accuracy']:5.1f} %" in text


def test_every_metric_that_fits_is_told(capsys):
    train("iris", "--epochs", "1")
    _, figures = evaluate(capsys)
    expected = {cls().key for cls in Metric.registry.values() if cls().fits(3)}
    assert set(figures["metrics"]) == expected


def test_the_matrix_counts_the_examples_of_the_part(capsys):
    train("iris", "--epochs", "2")
    text, figures = evaluate(capsys, "--part", "validation")
    matrix = np.array(figures["confusion_matrix"])
    assert figures["classes"] == ["setosa", "versicolor", "virginica"]
    np.testing.assert_array_equal(matrix.sum(axis=1), [10, 10, 10])
    assert figures["metrics"]["accuracy"] == pytest.approx(matrix.trace() / 30)
    assert "30 validation examples" in text
    rows = [line.split() for line in text.splitlines()]
    for name, counts in zip(figures["classes"], matrix.tolist(), strict=True):
        assert [name, *(str(count or ".") for count in counts)] in rows


def test_metrics_of_the_project_are_reported_by_training(capsys):
    figures = train("iris", "--epochs", "2", "--set", 'metrics=["auc", "f1_score"]')
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("epoch")]
    assert all("AUC " in line and "F1 " in line for line in lines)
    assert list(figures["test_metrics"]) == ["accuracy", "auc", "f1_score"]
    assert list(figures["validation_metrics"]) == ["auc", "f1_score"]


def test_a_table_of_numbers_has_no_matrix(capsys):
    rng = np.random.default_rng(0)
    rows = "".join(f"{x:.3f},{3 * x:.3f}\n" for x in rng.normal(size=50))
    Path("line.csv").write_text("x,y\n" + rows, "utf-8")
    train("--csv", "line.csv", "--epochs", "3")
    text, figures = evaluate(capsys)
    assert figures["confusion_matrix"] is None
    assert set(figures["metrics"]) == {
        "root_mean_squared_error",
        "mean_absolute_error",
        "r2_score",
    }
    assert "R²" in text


def test_a_network_that_was_never_trained_is_refused(capsys):
    assert main(["evaluate", "iris"]) == 1
    assert "iris was never trained" in capsys.readouterr().err


def test_a_part_without_examples_is_refused(capsys):
    train("iris", "--epochs", "1", "--set", "source.test_split=0")
    assert main(["evaluate", "p.nnproj"]) == 1
    assert "There are no test examples; keep some aside" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_found_out_first(capsys):
    assert main(["evaluate", "p.nnproj", "--metrics", "nowhere/m.json"]) == 1
    assert "There is no folder nowhere" in capsys.readouterr().err


def test_of_very_many_classes_the_largest_confusions_are_told(capsys):
    train("next-word-english", "--epochs", "1")
    text, figures = evaluate(capsys)
    assert figures["confusion_matrix"] is None
    header, first, second, *_ = text.split("\n\n")[-1].splitlines()
    assert header.split() == ["true", "taken", "for", "times"]
    assert int(first.split()[-1]) >= int(second.split()[-1]) > 0
