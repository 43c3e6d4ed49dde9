"""The tables in the box are learnt as well as by scikit-learn's MLP on the same rows."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from playground.data.sources.csv_file import CsvFile
from playground.training.samples import samples
from playground.training.snapshot import Status
from playground.training.trainer import Trainer

SPLITS = 10
"""Of one table: its test part is small, and one flower more or less is three points."""
TABLES = [s.preset for s in samples() if isinstance(s.project().source, CsvFile)]

pytestmark = pytest.mark.oracle


def learnt(project, dataset):
    """Our figure on the test part: accuracy, or RMSE in the target's own unit."""
    trainer = Trainer(project, dataset)
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    _, figures = trainer.evaluate(dataset.test)
    return next(iter(figures.values()))


def learnt_by_scikit_learn(project, dataset, **settings):
    from sklearn.neural_network import MLPClassifier, MLPRegressor

    kind = MLPClassifier if dataset.is_classification else MLPRegressor
    network = kind(random_state=project.seed, **settings)
    train, test = dataset.train, dataset.test
    with warnings.catch_warnings(action="ignore"):  # that it has not converged: nor have we
        network.fit(train.x, train.y if dataset.is_classification else train.y[:, 0])
    answers = network.predict(test.x)
    if dataset.is_classification:
        return np.mean(answers == test.y)
    error = np.sqrt(np.mean((answers - test.y[:, 0]) ** 2))
    return error * dataset.target_scaling.scale[0]


def same_settings(project):
    """What scikit-learn calls the settings of our project."""
    *hidden, _output = project.model.layers
    return {
        "hidden_layer_sizes": tuple(layer.units for layer in hidden),
        "learning_rate_init": project.optimizer.learning_rate,
        "batch_size": project.batch_size,
        "max_iter": project.epochs,
        "n_iter_no_change": project.epochs,
        "alpha": 0.0,
    }


@pytest.mark.parametrize("preset", TABLES)
def test_a_table_is_learnt_as_well_as_by_scikit_learn(preset, record_property):
    (sample,) = (sample for sample in samples() if sample.preset == preset)
    figures = []
    for split in range(SPLITS):
        project = sample.project()
        project = replace(project, seed=split, source=replace(project.source, seed=split))
        dataset = project.source.load()
        figures.append(
            (
                learnt(project, dataset),
                learnt_by_scikit_learn(project, dataset, **same_settings(project)),
                learnt_by_scikit_learn(project, dataset),  # with its own defaults
            )
        )
    ours, alike, default = np.mean(figures, axis=0)
    record_property("ours, scikit-learn, its defaults", (ours, alike, default))
    if dataset.is_classification:
        assert ours >= max(alike, default) - 0.01
    else:
        assert ours <= 1.05 * min(alike, default)
