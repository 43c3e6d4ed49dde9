"""What the help says of Keras can be written there."""

import re

import keras
import numpy as np
import pytest

from playground.component import Component, parameters
from playground.gui.help.topics import Part, component_topic, read_topic, topic_names
from playground.gui.help.values import keras as written
from playground.training.project import Project

pytestmark = pytest.mark.oracle

NAMES = {
    "keras": keras,
    "rate": 0.1,
    "steps": 10,
    "boundaries": [10],
    "values": [0.1, 0.01],
    "branch_1": keras.Input((4, 4, 1)),
    "branch_2": keras.Input((4, 4, 1)),
    "x_train": np.ones((4, 2)),
    "y": np.array([0, 1]),
}
"""What stands in such a line for something that was made before."""


def classes(cls=Component):
    for sub in cls.__subclasses__():
        if sub.__module__.startswith("playground."):
            yield sub
            yield from classes(sub)


def is_member(cls):
    return cls.registry.get(cls.__name__) is cls


def values_of(topic):
    """Return the usual values of a component; of a field, that of the first class that has it."""
    members = [cls for cls in classes() if is_member(cls)]
    own = [cls for cls in members if component_topic(cls) == topic]
    name = re.split(r"[/.]", topic)[-1]
    fields = [p for cls in own or [*members, Project] for p in parameters(cls)]
    return {p.name: p.default for p in reversed(fields) if own or p.name == name}


def lines():
    for topic in topic_names():
        for paragraph in read_topic(topic, "en").paragraphs:
            if paragraph.part is Part.KERAS:
                yield topic, paragraph.text.strip("`")


def filled(topic, line):
    for name, value in values_of(topic).items():
        line = line.replace("{" + name + "}", written(value))
    return line


@pytest.mark.parametrize(("topic", "line"), [pair for pair in lines() if "keras." in pair[1]])
def test_a_line_of_the_help_runs_in_keras(topic, line):
    eval(filled(topic, line), NAMES)


@pytest.mark.parametrize(
    ("topic", "line"), [pair for pair in lines() if pair[1].startswith("activation=")]
)
def test_keras_knows_the_activation(topic, line):
    name = re.search(r'activation="(\w+)"', line)[1]
    assert callable(keras.activations.get(name))
