from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.points import Spiral
from playground.data.sources.text import TextSample
from playground.errors import ShapeError
from playground.nn.activations import Linear, Sigmoid, Softmax
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.embedding import Embedding
from playground.nn.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from playground.nn.metrics import Perplexity
from playground.nn.model import Sequential
from playground.training.adapt import adapted
from playground.training.project import Project, check_fit
from playground.training.snapshot import Status
from playground.training.templates import project_for
from playground.training.trainer import Trainer


def dataset(rows=300, shape=(4,), classes=(), targets=()):
    rng = np.random.default_rng(0)
    x = rng.normal(size=(rows, *shape)).astype(np.float32)
    y = np.arange(rows) % len(classes) if classes else rng.normal(size=(rows, len(targets)))
    examples = Examples(x, y if classes else y.astype(np.float32))
    return Dataset("Data", examples, examples, examples, classes=classes, targets=targets)


@pytest.mark.parametrize(
    ("data", "activation", "loss"),
    [
        (dataset(classes=("no", "yes")), Sigmoid(), BinaryCrossentropy()),
        (dataset(classes=("a", "b", "c")), Softmax(), CategoricalCrossentropy()),
        (dataset(targets=("y",)), Linear(), MeanSquaredError()),
        (dataset(targets=("y", "z")), Linear(), MeanSquaredError()),
    ],
)
def test_the_end_and_the_loss_go_with_the_answers(data, activation, loss):
    project = project_for(Spiral(), data)
    assert project.model.layers[-1] == Dense(units=data.outputs, activation=activation)
    assert project.loss == loss


@pytest.mark.parametrize("side", [1, 3, 5, 7, 8, 10, 12, 17, 18, 28, 64])
def test_images_of_any_size_get_a_network_that_fits(side):
    data = dataset(rows=20, shape=(side, side, 1), classes=("a", "b", "c"))
    check_fit(project_for(Spiral(), data), data)


@pytest.mark.parametrize(("rows", "batch_size"), [(30, 8), (10_000, 128)])
def test_few_images_are_learnt_in_small_batches_many_times(rows, batch_size):
    project = project_for(Spiral(), dataset(rows, (8, 8, 1), tuple("abc")))
    assert project.batch_size == batch_size
    assert project.epochs * rows >= 500 * min(batch_size, 6)


def test_images_of_28_pixels_get_the_simple_convnet():
    data = dataset(rows=20, shape=(28, 28, 1), classes=tuple("0123456789"))
    layers = project_for(Spiral(), data).model.layers
    assert [layer.filters for layer in layers if isinstance(layer, Conv2D)] == [32, 64]


def test_more_rows_get_a_larger_network_and_fewer_epochs():
    small = project_for(Spiral(), dataset(rows=100, targets=("y",)))
    large = project_for(Spiral(), dataset(rows=20_000, targets=("y",)))
    assert large.model.layers[0].units > small.model.layers[0].units
    assert large.epochs < small.epochs
    assert large.batch_size > small.batch_size


def learnt(source):
    data = source.load()
    trainer = Trainer(project_for(source, data), data)
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    return next(iter(trainer.evaluate(data.test)[1].values()))


@pytest.mark.parametrize(
    "cls",
    [cls for cls in DataSource.registry.values() if cls.__module__.endswith(".points")],
)
def test_the_points_of_the_box_are_learnt(cls):
    assert learnt(cls()) > 0.9


def test_a_table_with_numbers_to_predict_is_learnt(tmp_path):
    rng = np.random.default_rng(0)
    a, b = rng.uniform(0, 100, (2, 300))
    rows = "".join(f"{u},{v},{1000 + 3 * u - 2 * v}\n" for u, v in zip(a, b, strict=True))
    (tmp_path / "t.csv").write_text("a,b,price\n" + rows)
    rmse = learnt(CsvFile(path=tmp_path / "t.csv", targets=["price"]))
    assert rmse < 0.1 * np.std(1000 + 3 * a - 2 * b)  # in its own unit


@pytest.mark.parametrize("unit", ["word", "character"])
def test_a_text_gets_an_embedding_of_all_its_tokens(unit):
    source = TextSample(unit=unit)
    data = source.load()
    project = project_for(source, data)
    check_fit(project, data)
    first, *_, last = project.model.layers
    assert (first.input_dim, last.units) == (data.language.inputs, len(data.classes))
    assert project.metrics == (Perplexity(),)


def test_an_embedding_too_small_for_a_text_is_told_and_mended():
    source = TextSample(vocabulary=50)
    project = project_for(source, source.load())
    larger = TextSample(vocabulary=100).load()
    head = replace(project.model.layers[-1], units=101)
    small = replace(project, model=Sequential((*project.model.layers[:-1], head)))
    with pytest.raises(ShapeError, match="Layer 1: Embedding has rows for 52 tokens"):
        check_fit(small, larger)
    check_fit(adapted(small, larger), larger)


def test_a_network_of_numbers_gets_an_embedding_for_a_text():
    data = TextSample().load()
    fitting = adapted(Project(model=Sequential((Dense(units=8), Dense(units=2)))), data)
    check_fit(fitting, data)
    assert isinstance(fitting.model.layers[0], Embedding)
