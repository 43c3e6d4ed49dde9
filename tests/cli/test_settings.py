import pytest

from playground.cli import main
from playground.cli.settings import settings_help, with_settings
from playground.component import parameters
from playground.nn.losses import Loss
from playground.nn.metrics import AUC, Metric, TopKCategoricalAccuracy
from playground.nn.optimizers import SGD, Optimizer
from playground.training.class_weights import ClassWeights
from playground.training.project import Project


def test_settings_are_applied_in_order():
    settings = ["optimizer=SGD", "optimizer.momentum = 0.9", "optimizer.learning_rate=0.5"]
    project = with_settings(Project(), settings)
    assert project.optimizer == SGD(learning_rate=0.5, momentum=0.9)


def test_the_help_lists_every_optimizer_and_loss_with_its_fields():
    text = settings_help()
    for family, name in ((Optimizer, "optimizer"), (Loss, "loss")):
        for member, cls in family.registry.items():
            assert f"{member}: " in text
            for field in parameters(cls):
                assert f"{name}.{field.name}={field.default}  {field.doc}" in text


def test_the_help_lists_every_metric_and_class_weight():
    text = settings_help()
    assert 'metrics=["NAME", ...]' in text
    assert "metrics.0.k=5" in text
    for member in (*Metric.registry, *ClassWeights.registry):
        assert f"{member}: " in text


def test_the_help_lists_the_settings_of_data_from_files():
    text = settings_help()
    assert "source.context=4  How many tokens" in text
    fit = next(line for line in text.splitlines() if line.strip().startswith("source.fit="))
    assert fit.endswith("One of: pad, crop, stretch, as_is.")


def test_metrics_are_a_list_of_names():
    settings = ['metrics=["top_k_categorical_accuracy", "AUC"]', "metrics.0.k=3"]
    metrics = with_settings(Project(), settings).metrics
    assert metrics == (TopKCategoricalAccuracy(k=3), AUC())


def test_help_is_printed_and_is_no_failure(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["train", "--help"])
    assert exit_.value.code == 0
    assert "optimizer.learning_rate" in capsys.readouterr().out
