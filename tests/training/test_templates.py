import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.points import Spiral
from playground.nn.activations import Linear, Sigmoid, Softmax
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError
from playground.training.project import check_fit
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
