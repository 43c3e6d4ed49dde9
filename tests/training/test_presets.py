import json
from dataclasses import replace

import numpy as np
import pytest

from playground.component import from_config, to_config
from playground.data.sources.mnist import MnistDigits
from playground.data.texts.bigram import Bigram
from playground.errors import ConfigError
from playground.nn.metrics import Perplexity
from playground.nn.model import parameter_count
from playground.resources import resource_path
from playground.training.presets import load_preset, preset_names
from playground.training.project import Project
from playground.training.snapshot import Status
from playground.training.trainer import Trainer


def test_the_presets_of_the_gallery_are_there():
    assert {"digits-cnn", "digits-8x8", "fashion-cnn", "spiral", "iris"} <= set(preset_names())


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_is_a_project_that_survives_saving(name):
    project = load_preset(name)
    assert from_config(Project, json.loads(json.dumps(to_config(project)))) == project


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_names_no_file_of_this_machine(name):
    text = resource_path("projects", f"{name}.json").read_text(encoding="utf-8")
    assert '"/' not in text


def test_an_unknown_preset_names_the_known_ones():
    with pytest.raises(ConfigError, match=r"No preset 'x'|no preset 'x'.*digits-cnn.*\.nnproj"):
        load_preset("x")


def parameters_of(name, input_shape):
    weights = load_preset(name).model.build(input_shape, np.random.default_rng(0))
    return sum(map(parameter_count, weights))


def test_the_convnet_is_keras_s_simple_mnist_convnet():
    assert parameters_of("digits-cnn", (28, 28, 1)) == 34_826  # as Keras's example prints


def test_the_dense_network_for_digits_has_784_128_10_neurons():
    assert parameters_of("digits-mlp", (28, 28, 1)) == 784 * 128 + 128 + 128 * 10 + 10


def validated(name, **changes):
    """The validation metric after every epoch."""
    project = replace(load_preset(name), **changes)
    trainer = Trainer(project, project.source.load())
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    return trainer.snapshot().curves.validation_metric


@pytest.mark.parametrize(("name", "least"), [("spiral", 0.95), ("iris", 0.9)])
def test_a_preset_learns_its_data(name, least):
    assert validated(name)[-1] >= least


@pytest.mark.parametrize("name", [one for one in preset_names() if one.startswith("digits")])
def test_a_network_of_digits_learns_within_a_few_batches(name):
    few = MnistDigits(examples=1500)
    assert validated(name, source=few, epochs=3, batch_size=32)[-1] > 0.8


def test_one_neuron_cannot_learn_a_circle():
    assert 0.4 < validated("circle-logistic")[-1] < 0.65


@pytest.mark.parametrize("name", ["next-word-english", "next-word-italian", "next-character"])
def test_the_next_word_is_predicted_better_than_by_counting_pairs(name):
    project = load_preset(name)
    dataset = project.source.load()
    trainer = Trainer(project, dataset)
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    perplexity = trainer.evaluate(dataset.test)[1][Perplexity()]
    # both chose their settings on the validation part, and neither has seen the test part
    words = len(dataset.classes)
    pairs = Bigram.counted(dataset.train.x[:, -1].astype(int), dataset.train.y, words)
    best = pairs.fitted(dataset.validation.x[:, -1].astype(int), dataset.validation.y)
    counted = best.perplexity(dataset.test.x[:, -1].astype(int), dataset.test.y)
    assert perplexity < 0.8 * counted
    assert trainer.evaluate(dataset.validation)[1][Perplexity()] < 0.8 * dataset.language.bigram


@pytest.mark.parametrize("name", ["next-word-english", "next-word-italian", "next-character"])
def test_the_embedding_has_a_row_for_each_token(name):
    project = load_preset(name)
    language = project.source.load().language
    assert project.model.layers[0].input_dim == language.inputs
    assert project.model.layers[-1].units == len(language.words)
