"""The images that units answer to most."""

from dataclasses import replace

import numpy as np
import pytest

from playground.data.dataset import Dataset, Examples
from playground.nn.activations import ReLU, Softmax
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.pooling import MaxPooling2D
from playground.nn.layers.reshape import Reshape
from playground.nn.metrics import Accuracy
from playground.nn.model import Sequential
from playground.nn.paths import layer_at, line_to, line_weights, weights_at
from playground.probes.max_activation import LEAK, MaxActivation, _Target
from playground.training.history import Curves
from playground.training.presets import load_preset
from playground.training.project import Project
from playground.training.snapshot import Snapshot, Status
from playground.training.trainer import Trainer

PLAIN = MaxActivation(steps=40, rate=0.05, blur=0, decay=0, jitter=0)
"""Nothing but the gradient."""


def snapshot_of(model, input_shape, seed=0):
    """Return a snapshot of an untrained network beside 40 random images."""
    rng = np.random.default_rng(seed)
    images = Examples(rng.random((40, *input_shape), np.float32), rng.integers(0, 2, 40))
    weights = model.build(input_shape, rng)
    return Snapshot(
        run_id=1,
        status=Status.PAUSED,
        project=Project(model=model),
        dataset=Dataset("Random", images, images, images, classes=("a", "b")),
        metric=Accuracy(),
        weights=weights,
        first_weights=weights,
        step=0,
        epoch=0.0,
        curves=Curves(),
    )


def last(probe, snapshot):
    """Return the last result."""
    *_, result = probe.compute(snapshot)
    return result


def correlation(a, b):
    return np.corrcoef(np.ravel(a), np.ravel(b))[0, 1]


def numeric_gradient(function, x, step=1e-5):
    """Return the central differences of a scalar function of an array."""
    gradient = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[i] += step
        down[i] -= step
        gradient[i] = (function(up) - function(down)) / (2 * step)
    return gradient


@pytest.fixture(scope="module")
def trained_digits():
    """The small network after an epoch on the digits: some 90 % right."""
    project = replace(load_preset("digits-mlp"), epochs=1)
    trainer = Trainer(project, project.source.load())
    trainer.play()
    while trainer.status is Status.RUNNING:
        trainer.train_step()
    return trainer.snapshot()


def test_on_an_image_of_its_size_a_kernel_likes_itself_best():
    snapshot = snapshot_of(Sequential((Conv2D(filters=4, kernel_size=5),)), (5, 5, 1))
    result = last(replace(PLAIN, decay=0.2), snapshot)
    for k in range(4):
        kernel = snapshot.weights[0]["kernel"][..., k]
        assert correlation(result.images[k], kernel) > 0.99


def test_a_neuron_on_the_pixels_likes_its_weights_best():
    model = Sequential((Flatten(), Dense(units=3, activation=ReLU())))
    snapshot = snapshot_of(model, (6, 6, 1))
    result = last(replace(PLAIN, layer="1", decay=0.2), snapshot)
    for k in range(3):
        assert correlation(result.images[k], snapshot.weights[1]["kernel"][:, k]) > 0.99


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [1, 2])
def test_the_response_is_the_mean_of_the_relu_map(padding, strides):
    layer = Conv2D(filters=3, padding=padding, strides=strides, activation=ReLU())
    snapshot = snapshot_of(Sequential((layer,)), (7, 8, 2))
    result = last(PLAIN, snapshot)
    maps = snapshot.model.predict(snapshot.weights, result.images)
    own = [maps[k, :, :, k].mean() for k in range(3)]
    np.testing.assert_allclose(result.responses, own, rtol=1e-5)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [(1, 1), (2, 1)])
def test_the_gradient_is_the_slope_of_the_positions_above_the_average(padding, strides):
    layers = (Conv2D(filters=2, activation=ReLU()), Conv2D(3, (3, 2), strides, padding))
    snapshot = snapshot_of(Sequential(layers), (7, 7, 1))
    weights = tuple(
        {name: array.astype(float) for name, array in own.items()} for own in snapshot.weights
    )
    target = _Target(replace(snapshot, weights=weights), (1,))
    x = np.random.default_rng(1).random((1, 7, 7, 1))

    def sums(image):
        return Sequential(layers).forward(weights, image)[0][..., 2]

    above = np.where(sums(x) > sums(x).mean(), 1, LEAK)
    slope = numeric_gradient(lambda image: (above * sums(image)).mean(), x)
    _, backward = target.respond(x, np.array([2]))
    np.testing.assert_allclose(backward(), slope, atol=1e-7)


@pytest.mark.parametrize("options", [{"groups": 2}, {"dilation_rate": 2}, {"use_bias": False}])
def test_the_response_of_every_kind_of_convolution(options):
    first, last = Conv2D(filters=4, kernel_size=3), Conv2D(filters=6, kernel_size=3, **options)
    snapshot = snapshot_of(Sequential((first, last)), (9, 9, 1))
    x = np.random.default_rng(0).random((6, 9, 9, 1), np.float32)
    units = np.array([0, 5, 2, 3, 1, 4])
    responses, _ = _Target(snapshot, (1,)).respond(x, units)
    answers = np.maximum(snapshot.model.predict(snapshot.weights, x), 0).mean(axis=(1, 2))
    np.testing.assert_allclose(responses, answers[np.arange(6), units], rtol=1e-4, atol=1e-6)


def test_neurons_on_a_sequence_are_asked_for_their_mean():
    """Rows of an image, each looked at by the same neurons, without a bias."""
    rows = Sequential((Conv2D(filters=1, kernel_size=1), Reshape((4, 5)), Dense(3, use_bias=False)))
    snapshot = snapshot_of(rows, (4, 5, 1))
    x, units = np.random.default_rng(0).random((3, 4, 5, 1)), np.arange(3)
    target = _Target(snapshot, (2,))
    responses, backward = target.respond(x, units)
    answers = rows.predict(snapshot.weights, x).mean(axis=1)
    np.testing.assert_allclose(responses, np.diag(answers), rtol=1e-6)
    slope = numeric_gradient(lambda x: target.respond(x, units)[0].sum(), x)
    np.testing.assert_allclose(backward(), slope, atol=1e-6)


def test_a_class_is_climbed_by_its_logit():
    model = Sequential((Flatten(), Dense(units=4, activation=Softmax())))
    snapshot = snapshot_of(model, (5, 5, 1))
    result = last(replace(PLAIN, layer="1"), snapshot)
    logits = model.without_output_activation().predict(snapshot.weights, result.images)
    np.testing.assert_allclose(result.responses, np.diag(logits), rtol=1e-4)


def test_responses_rise_to_far_above_those_of_noise(digits_snapshot):
    for layer in ("0", "2", "6"):
        result = last(MaxActivation(layer=layer), digits_snapshot)
        assert (result.responses > result.noise_responses).mean() > 0.85
        assert result.responses.mean() > 1.2 * result.noise_responses.mean()


def test_more_steps_get_higher(digits_snapshot):
    heights = [
        last(replace(PLAIN, layer="6", steps=steps, rate=0.02), digits_snapshot).responses.mean()
        for steps in (1, 5, 20)
    ]
    assert heights == sorted(heights)


def test_a_trained_network_answers_to_them_more_than_to_any_real_digit(trained_digits):
    for layer in ("1", "2"):
        result = last(MaxActivation(layer=layer), trained_digits)
        assert (result.responses > result.best_real_responses).mean() > 0.9


def test_the_image_of_a_class_is_taken_for_that_class(trained_digits):
    result = last(MaxActivation(layer="2"), trained_digits)
    answers = trained_digits.model.predict(trained_digits.weights, result.images)
    assert answers.argmax(axis=1).tolist() == list(range(10))


def test_the_best_real_image_is_the_best_of_all():
    snapshot = snapshot_of(Sequential((Conv2D(filters=5, activation=ReLU()),)), (6, 6, 1))
    result = last(MaxActivation(), snapshot)
    maps = snapshot.model.predict(snapshot.weights, snapshot.dataset.validation.x)
    answers = maps.mean(axis=(1, 2))
    assert result.best_real_index.tolist() == answers.argmax(axis=0).tolist()
    np.testing.assert_allclose(result.best_real_responses, answers.max(axis=0), rtol=1e-5)


def test_images_stay_between_black_and_white(digits_snapshot):
    for result in MaxActivation(layer="2", count=16, rate=1.0).compute(digits_snapshot):
        assert result.images.min() >= 0
        assert result.images.max() <= 1


def test_the_seed_decides(digits_snapshot):
    probe = MaxActivation(layer="2", count=4, steps=5)
    first = last(probe, digits_snapshot).images
    np.testing.assert_array_equal(first, last(probe, digits_snapshot).images)
    assert not np.array_equal(first, last(replace(probe, seed=1), digits_snapshot).images)


def test_a_unit_gets_the_same_image_alone_as_among_others():
    model = Sequential((Conv2D(filters=6), MaxPooling2D(), Conv2D(filters=40)))
    snapshot = snapshot_of(model, (12, 12, 1))
    probe = replace(PLAIN, layer="2")
    everyone = last(probe, snapshot)
    few = last(replace(probe, first=38, count=10), snapshot)
    assert len(few.images) == 2
    assert few.best_real_index.tolist() == everyone.best_real_index[38:].tolist()


def test_progress_leads_to_the_end(digits_snapshot):
    results = list(MaxActivation(layer="2", count=8, steps=7).compute(digits_snapshot))
    steps = [result.step for result in results]
    assert steps == sorted(steps)
    assert [result.finished for result in results] == [False] * (len(results) - 1) + [True]


def test_a_layer_without_units_has_no_images(digits_snapshot, iris_snapshot):
    assert not list(MaxActivation(layer="1").compute(digits_snapshot))
    assert not list(MaxActivation(layer="99").compute(digits_snapshot))
    assert not list(MaxActivation(layer="0").compute(iris_snapshot))


def test_a_filter_in_a_branch_is_climbed_as_in_the_chain_that_leads_there(inception_snapshot):
    """All branches get the same input: a branch alone, behind what comes before, is a network."""
    snapshot, path = inception_snapshot, (2, 1, 1)
    line, before = (
        line_to(snapshot.model, path),
        line_weights(snapshot.model, snapshot.weights, path),
    )
    found = layer_at(snapshot.model, path)
    alone = replace(
        snapshot,
        project=replace(snapshot.project, model=Sequential((*line.layers, found))),
        weights=(*before, weights_at(snapshot.model, snapshot.weights, path)),
    )
    nested = last(MaxActivation(layer="2/1/1", count=4, steps=3), snapshot)
    chain = last(MaxActivation(layer=str(len(line.layers)), count=4, steps=3), alone)
    np.testing.assert_array_equal(nested.images, chain.images)
    np.testing.assert_array_equal(nested.best_real_index, chain.best_real_index)


def test_a_path_that_leads_nowhere_has_no_images(inception_snapshot):
    for layer in ("2", "2/9/0", "2/0/9", "0/0/0"):
        assert not list(MaxActivation(layer=layer).compute(inception_snapshot))
