"""Contracts that everything choosable keeps: it can be built, saved, compared and edited."""

import dataclasses
from pathlib import Path

import pytest

from playground.cli.settings import with_setting
from playground.component import (
    Component,
    Kind,
    from_config,
    param,
    parameters,
    to_config,
)
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.errors import ConfigError
from playground.exporters import Exporter
from playground.nn.activations import ActivationFunction, LeakyReLU, ReLU, Tanh
from playground.nn.initializers import GlorotUniform, Initializer
from playground.nn.layers import Layer
from playground.nn.layers.activation import Activation
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.losses import Loss
from playground.nn.metrics import Metric
from playground.nn.optimizers import SGD, Adam, Optimizer
from playground.probes import Probe
from playground.training.class_weights import ClassWeights, GivenClassWeights
from playground.training.project import Project


def families(cls=Component):
    """Every class that opened a registry of its own."""
    for sub in cls.__subclasses__():
        if "registry" in sub.__dict__ and sub.__module__.startswith("playground."):
            yield sub
        yield from families(sub)


FAMILIES = list(families())
MEMBERS = [(family, cls) for family in FAMILIES for cls in family.registry.values()]


@pytest.fixture(params=MEMBERS, ids=lambda pair: pair[1].__name__)
def member(request):
    return request.param


def test_all_families_are_found():
    known = {ActivationFunction, DataSource, Exporter, Initializer, Layer, Loss, Metric, Optimizer}
    assert known | {Probe} <= set(FAMILIES)


def test_defaults_are_valid_and_survive_saving(member):
    family, cls = member
    assert from_config(family, to_config(cls())) == cls()


def test_every_member_is_a_frozen_dataclass_of_its_own(member):
    assert "__dataclass_params__" in member[1].__dict__
    with pytest.raises(dataclasses.FrozenInstanceError):
        member[1]().anything = 1


def test_every_member_and_field_is_documented(member):
    summary = member[1].__doc__.split("\n\n")[0]
    assert not summary.startswith(f"{member[1].__name__}("), "dataclass wrote this one"
    assert "." in summary
    for parameter in parameters(member[1]):
        assert parameter.doc.endswith("."), parameter.name


def test_every_field_refuses_nonsense(member):
    _, cls = member
    for parameter in parameters(cls):
        if parameter.kind not in {Kind.TEXT, Kind.PATH}:
            with pytest.raises(ConfigError):
                cls(**{parameter.name: "no such thing"})


def test_a_project_survives_saving():
    project = Project(optimizer=SGD(momentum=0.5))
    assert from_config(Project, to_config(project)) == project


def test_out_of_range_value_is_refused_with_both_bounds():
    with pytest.raises(ConfigError, match=r"momentum must be between 0\.0 and 1\.0\. Received: 2"):
        SGD(momentum=2)


def test_a_learning_rate_of_a_billion_is_refused():
    with pytest.raises(ConfigError, match=r"learning_rate must be between 0\.0 and 100\.0\."):
        Adam(learning_rate=1e9)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "0.1", None, True])
def test_only_finite_numbers_are_numbers(value):
    with pytest.raises(ConfigError, match="learning_rate must be a finite number"):
        Adam(learning_rate=value)


def test_a_field_may_hold_texts():
    @dataclasses.dataclass(frozen=True)
    class Named(Component, abstract=True):
        """Something with names."""

        names: tuple[str, ...] = param((), doc="What it is called.")

    assert parameters(Named)[0].kind is Kind.TEXTS
    assert Named(names=["a", "b, c"]).names == ("a", "b, c")
    with pytest.raises(ConfigError, match="names must be a list of texts"):
        Named(names="a")
    with pytest.raises(ConfigError, match="names must be text"):
        Named(names=[1])


def test_unknown_name_lists_the_known_ones():
    with pytest.raises(ConfigError, match=r"No Optimizer named 'Adan'\. Known: .*Adam"):
        from_config(Optimizer, {"class_name": "Adan", "config": {}})


def test_unknown_setting_lists_the_known_ones():
    with pytest.raises(
        ConfigError, match=r"SGD has no setting 'beta'\. Known: learning_rate, .*mo"
    ):
        from_config(Optimizer, {"class_name": "SGD", "config": {"beta": 1}})


def test_names_may_be_written_as_in_keras():
    assert from_config(ActivationFunction, "relu") == ReLU()
    assert from_config(Initializer, "glorot_uniform") == GlorotUniform()


@pytest.mark.parametrize("name", ["LeakyReLU", "leaky_relu"])
def test_an_activation_that_is_a_layer_in_keras_is_found_as_one(name):
    described = {"class_name": name, "config": {"negative_slope": 0.1}}
    assert from_config(Layer, described) == Activation(LeakyReLU(negative_slope=0.1))
    assert from_config(Layer, name) == Activation(LeakyReLU())


def test_a_layer_nobody_knows_is_refused_as_such():
    with pytest.raises(ConfigError, match=r"No Layer named 'LeakyRELUU'\. Known: Activation"):
        from_config(Layer, "LeakyRELUU")


def test_one_number_is_a_square():
    assert Conv2D(kernel_size=5).kernel_size == (5, 5)


@pytest.mark.parametrize(
    ("path", "text", "read"),
    [
        ("optimizer.learning_rate", "0.5", lambda p: p.optimizer.learning_rate == 0.5),
        ("optimizer", "sgd", lambda p: p.optimizer == SGD()),
        ("epochs", "7", lambda p: p.epochs == 7),
        (
            "class_weights",
            '{"class_name": "GivenClassWeights", "config": {"weights": [1, 5]}}',
            lambda p: p.class_weights == GivenClassWeights(weights=(1, 5)),
        ),
        ("model.layers.0.units", "64", lambda p: p.model.layers[0].units == 64),
        ("model.layers.0.activation", "tanh", lambda p: p.model.layers[0].activation == Tanh()),
    ],
)
def test_settings_are_reached_by_path(path, text, read):
    project = with_setting(Project(), "model.layers", '["Dense"]')
    assert read(with_setting(project, path, text))


@pytest.mark.parametrize("path", ["optimiser", "optimizer.rate", "model.layers.9", "epochs.x"])
def test_an_unknown_path_is_refused(path):
    with pytest.raises(ConfigError):
        with_setting(Project(), path, "1")


def test_a_list_of_numbers_survives_saving():
    weights = GivenClassWeights(weights=[1, 2.5])
    assert weights.weights == (1.0, 2.5)
    assert from_config(ClassWeights, to_config(weights)) == weights


@pytest.mark.parametrize("value", [1, "1, 2", [1, "2"], [1, None], [-1.0]])
def test_what_is_no_list_of_numbers_within_bounds_is_refused(value):
    with pytest.raises(ConfigError, match=r"GivenClassWeights\.weights must be "):
        GivenClassWeights(weights=value)


def test_a_path_stays_a_path():
    source = CsvFile(path=Path("a/b.csv"))
    assert from_config(DataSource, to_config(source)).path == Path("a/b.csv")


def test_dense_is_comparable_and_hashable():
    assert {Dense(units=3): 1}[Dense(units=3)] == 1
