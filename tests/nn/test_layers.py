"""Contracts that every registered layer keeps, whoever wrote it."""

import numpy as np
import pytest

from playground.component import Kind, from_config, parameters, to_config
from playground.errors import ConfigError, ShapeError
from playground.nn.activations import ActivationFunction
from playground.nn.layers import Context, Layer
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.layers.depthwise_conv2d import DepthwiseConv2D
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.gaussian_noise import GaussianNoise
from playground.nn.layers.global_pooling import GlobalAveragePooling2D, GlobalMaxPooling2D
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D
from playground.nn.layers.rescaling import Normalization, Rescaling
from playground.nn.layers.reshape import Reshape
from playground.nn.layers.separable_conv2d import SeparableConv2D
from playground.nn.losses import BinaryCrossentropy
from playground.nn.model import Sequential
from playground.nn.parameters import Layout
from playground.nn.plan import Batch, Plan
from playground.nn.regularizers import L2, Regularizer
from tests.nn.gradients import assert_gradients, inputs_for, same_draws

INPUT_SHAPES = [(5,), (6, 5, 2)]


@pytest.fixture(params=Layer.registry.values(), ids=Layer.registry.keys())
def layer(request):
    return request.param()


@pytest.fixture
def fitting_shape(layer):
    for shape in INPUT_SHAPES:
        if fits(layer, shape):
            return shape
    return pytest.fail(f"{layer} takes none of {INPUT_SHAPES}")


def test_output_has_the_promised_shape(layer, fitting_shape, rng):
    x = inputs_for(layer, fitting_shape, rng).astype(np.float32)
    y, _ = layer.forward(layer.build(fitting_shape, rng), x, same_draws())
    assert y.shape == (3, *layer.output_shape(fitting_shape))
    assert y.dtype == np.float32


def test_gradients_match_finite_differences(layer, fitting_shape, rng):
    assert_gradients(layer, fitting_shape, rng)


def test_gradients_at_inference_match_finite_differences(layer, fitting_shape, rng):
    assert_gradients(layer, fitting_shape, rng, Context(training=False))


def test_inputs_are_never_written(layer, fitting_shape, rng):
    x = inputs_for(layer, fitting_shape, rng).astype(np.float32)
    x.flags.writeable = False
    y, backward = layer.forward(layer.build(fitting_shape, rng), x, same_draws())
    dy = np.ones_like(y)
    dy.flags.writeable = False
    backward(dy)


def test_config_round_trip(layer):
    assert from_config(Layer, to_config(layer)) == layer


@pytest.mark.parametrize("name", ActivationFunction.registry)
@pytest.mark.parametrize("cls", [Dense, Conv2D])
def test_gradients_pass_through_every_activation(cls, name, rng):
    shape = (5,) if cls is Dense else (4, 4, 2)
    size = {"units": 3} if cls is Dense else {"filters": 3, "kernel_size": (2, 2)}
    assert_gradients(cls(activation=name, **size), shape, rng)


WINDOWS = {
    cls: field
    for cls in Layer.registry.values()
    for field in ("kernel_size", "pool_size")
    if field in {parameter.name for parameter in parameters(cls)}
}


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [(1, 1), (2, 1), (3, 3)])
@pytest.mark.parametrize("window", [(1, 1), (2, 3), (5, 4)])
@pytest.mark.parametrize("cls", WINDOWS)
def test_gradients_of_windows_of_all_kinds(cls, window, strides, padding, rng):
    layer = cls(**{WINDOWS[cls]: window, "strides": strides, "padding": padding}, **small(cls))
    assert_gradients(layer, (7, 6, 2), rng)


def small(cls):
    """A few filters only, so that finite differences take no time."""
    return {"filters": 3} if "filters" in {p.name for p in parameters(cls)} else {}


CONVOLUTIONS = [cls for cls in WINDOWS if "dilation_rate" in {p.name for p in parameters(cls)}]


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("strides", [(1, 1), (2, 3)])
@pytest.mark.parametrize("cls", CONVOLUTIONS)
def test_gradients_of_dilated_windows(cls, strides, padding, rng):
    layer = cls(
        kernel_size=(3, 2), dilation_rate=(2, 3), strides=strides, padding=padding, **small(cls)
    )
    assert layer.output_shape((8, 9, 2))[:2] == layer.windows.output_shape((8, 9, 2))
    assert_gradients(layer, (8, 9, 2), rng)


@pytest.mark.parametrize(
    "cls", [cls for cls in Layer.registry.values() if hasattr(cls, "use_bias")]
)
def test_without_a_bias_there_is_none(cls, rng):
    shape = (5,) if cls is Dense else (4, 4, 2)
    layer = cls(use_bias=False)
    weights, with_bias = layer.build(shape, rng), cls().build(shape, rng)
    assert with_bias.keys() - weights.keys() == {"bias"}
    x = rng.normal(size=(2, *shape))
    with_bias = {**weights, "bias": np.zeros_like(with_bias["bias"])}
    np.testing.assert_array_equal(
        layer.forward(weights, x, same_draws())[0], cls().forward(with_bias, x, same_draws())[0]
    )
    assert_gradients(layer, shape, rng)


def test_a_dilated_kernel_is_a_larger_one_with_holes(rng):
    x, holes = rng.normal(size=(2, 9, 8, 3)), np.zeros((5, 4, 3, 2))
    kernel = rng.normal(size=(3, 2, 3, 2))
    holes[::2, ::3] = kernel
    bias = np.zeros(2)
    for padding in ("valid", "same"):
        dilated = Conv2D(2, (3, 2), padding=padding, dilation_rate=(2, 3))
        plain = Conv2D(2, (5, 4), padding=padding)
        y, _ = dilated.forward({"kernel": kernel, "bias": bias}, x, same_draws())
        expected, _ = plain.forward({"kernel": holes, "bias": bias}, x, same_draws())
        np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)


def test_groups_are_convolutions_side_by_side(rng):
    x, kernel, bias = rng.normal(size=(2, 5, 5, 6)), rng.normal(size=(3, 3, 2, 9)), np.arange(9.0)
    y, _ = Conv2D(9, 3, groups=3).forward({"kernel": kernel, "bias": bias}, x, same_draws())
    for group in range(3):
        seen, own = slice(2 * group, 2 * group + 2), slice(3 * group, 3 * group + 3)
        weights = {"kernel": kernel[..., own], "bias": bias[own]}
        alone, _ = Conv2D(3, 3).forward(weights, x[..., seen], same_draws())
        np.testing.assert_array_equal(y[..., own], alone)


@pytest.mark.parametrize("groups", [2, 4])
def test_gradients_of_groups(groups, rng):
    assert_gradients(Conv2D(4, (2, 3), groups=groups, strides=(1, 2)), (4, 6, 4), rng)


def test_groups_that_do_not_divide_are_refused_with_the_numbers():
    with pytest.raises(ShapeError, match=r"3 equal groups; .*both. Received: 4 channels, 6 filt"):
        Conv2D(6, groups=3).output_shape((5, 5, 4))


@pytest.mark.parametrize("multiplier", [1, 3])
def test_depthwise_is_a_convolution_with_a_group_for_each_channel(multiplier, rng):
    layer = DepthwiseConv2D((2, 3), depth_multiplier=multiplier, padding="same")
    weights = layer.build((6, 5, 4), rng)
    x = rng.normal(size=(2, 6, 5, 4))
    y, _ = layer.forward(weights, x, same_draws())
    grouped = Conv2D(4 * multiplier, (2, 3), padding="same", groups=4)
    kernel = weights["depthwise_kernel"].reshape(2, 3, 1, -1)
    expected, _ = grouped.forward({"kernel": kernel, "bias": weights["bias"]}, x, same_draws())
    np.testing.assert_allclose(y, expected, rtol=1e-12, atol=1e-12)
    assert layer.multiply_adds((6, 5, 4)) == grouped.multiply_adds((6, 5, 4))
    assert_gradients(layer, (6, 5, 4), rng)


def test_separable_is_depthwise_and_then_one_by_one(rng):
    layer = SeparableConv2D(5, 3, strides=2, depth_multiplier=2)
    weights, x = layer.build((7, 7, 3), rng), rng.normal(size=(2, 7, 7, 3))
    y, _ = layer.forward(weights, x, same_draws())
    first = DepthwiseConv2D(3, strides=2, depth_multiplier=2, use_bias=False)
    maps, _ = first.forward(weights, x, same_draws())
    second = {"kernel": weights["pointwise_kernel"], "bias": weights["bias"]}
    expected, _ = Conv2D(5, 1).forward(second, maps, same_draws())
    np.testing.assert_allclose(y, expected, rtol=1e-6, atol=1e-7)


REGULARIZED = [
    (cls, parameter.name)
    for cls in Layer.registry.values()
    for parameter in parameters(cls)
    if parameter.kind is Kind.COMPONENT and parameter.family is Regularizer
]


@pytest.mark.parametrize(("cls", "field"), REGULARIZED)
def test_every_regularizer_watches_its_weight(cls, field, rng):
    layer = cls(**{field: L2(0.5)})
    shape = next(shape for shape in INPUT_SHAPES if fits(layer, shape))
    weights = {name: array + 1 for name, array in layer.build(shape, rng).items()}
    charge, gradients = layer.penalty(weights)
    (name,) = gradients
    assert field.removesuffix("_regularizer") in (name, name.removesuffix("_kernel"))
    assert charge == pytest.approx(0.5 * np.square(weights[name]).sum(), rel=1e-5)
    np.testing.assert_allclose(gradients[name], weights[name], rtol=1e-6)


def fits(layer, shape):
    try:
        layer.output_shape(shape)
    except ShapeError:
        return False
    return True


def test_dense_neurons_look_at_every_place_of_a_sequence(rng):
    layer, x = Dense(units=3, activation="tanh"), rng.normal(size=(2, 4, 5))
    weights = layer.build((4, 5), rng)
    y, _ = layer.forward(weights, x, same_draws())
    assert layer.output_shape((4, 5)) == (4, 3)
    assert layer.multiply_adds((4, 5)) == 4 * 5 * 3
    np.testing.assert_allclose(y[:, 1], layer.forward(weights, x[:, 1], same_draws())[0])
    assert_gradients(layer, (4, 5), rng)


def test_convolution_is_the_sum_over_the_window():
    """A published example: Goodfellow et al. 2016, figure 9.1, with numbers for its letters."""
    image = np.arange(1.0, 13.0).reshape(1, 3, 4, 1)
    kernel = np.array([[1.0, 10.0], [100.0, 1000.0]]).reshape(2, 2, 1, 1)
    layer = Conv2D(filters=1, kernel_size=(2, 2))
    y, _ = layer.forward({"kernel": kernel, "bias": np.zeros(1)}, image, same_draws())
    expected = [[1 + 20 + 500 + 6000, 2 + 30 + 600 + 7000, 3 + 40 + 700 + 8000]]
    expected += [[5 + 60 + 900 + 10000, 6 + 70 + 1000 + 11000, 7 + 80 + 1100 + 12000]]
    np.testing.assert_array_equal(y[0, :, :, 0], expected)


def test_same_padding_puts_the_odd_pixel_at_the_bottom_right():
    layer = AveragePooling2D(pool_size=(2, 2), strides=(2, 2), padding="same")
    y, _ = layer.forward({}, np.arange(9.0).reshape(1, 3, 3, 1), same_draws())
    np.testing.assert_array_equal(y[0, :, :, 0], [[2, 3.5], [6.5, 8]])


def test_of_equal_maxima_the_first_gets_the_gradient():
    _, backward = MaxPooling2D().forward({}, np.ones((1, 2, 2, 1)), same_draws())
    dx, _ = backward(np.full((1, 1, 1, 1), 5.0))
    np.testing.assert_array_equal(dx[0, :, :, 0], [[5, 0], [0, 0]])


def test_dropout_keeps_the_mean_and_rests_at_inference(rng):
    x = np.ones((200, 200), np.float32)
    y, _ = Dropout(rate=0.25).forward({}, x, Context(training=True, key=(3,)))
    assert abs((y == 0).mean() - 0.25) < 0.01
    assert abs(y.mean() - 1) < 0.01
    assert Dropout(rate=0.25).forward({}, x, Context(training=False))[0] is x


def test_dropout_drops_the_share_it_scales_by():
    """16 bits a number: 1/65,536 of them at the least."""
    x = np.ones((1000, 1000), np.float32)
    y, backward = Dropout(rate=0.1).forward({}, x, Context(training=True, key=(3,)))
    dropped = round(0.1 * 65536) / 65536
    assert (y == 0).mean() == pytest.approx(dropped, abs=0.001)
    assert np.unique(y) == pytest.approx([0, 1 / (1 - dropped)])
    np.testing.assert_array_equal(backward(x)[0], y)


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (2, 7, 3)])
def test_dropout_draws_for_any_number_of_numbers(shape):
    x = np.ones(shape, np.float32)
    y, _ = Dropout(rate=0.5).forward({}, x, Context(training=True, key=(1,)))
    assert y.shape == shape
    assert set(np.unique(y)) <= {0, 2}


def test_gaussian_noise_has_its_deviation_and_rests_at_inference():
    x = np.full((300, 300), 5, np.float32)
    layer = GaussianNoise(stddev=0.5)
    y, _ = layer.forward({}, x, Context(training=True, key=(3,)))
    assert y.mean() == pytest.approx(5, abs=0.01)
    assert y.std() == pytest.approx(0.5, rel=0.01)
    assert layer.forward({}, x, Context(training=False))[0] is x


@pytest.mark.parametrize("keepdims", [False, True])
@pytest.mark.parametrize(
    ("cls", "expected"), [(GlobalAveragePooling2D, np.mean), (GlobalMaxPooling2D, np.max)]
)
def test_global_pooling_says_one_number_a_map(cls, expected, keepdims, rng):
    layer, x = cls(keepdims=keepdims), rng.normal(size=(2, 3, 4, 5))
    y, _ = layer.forward({}, x, same_draws())
    np.testing.assert_allclose(y, expected(x, axis=(1, 2), keepdims=keepdims), rtol=1e-12)
    assert layer.output_shape((3, 4, 5)) == y.shape[1:]
    assert_gradients(layer, (3, 4, 5), rng)


@pytest.mark.parametrize(
    ("target", "shape"), [((3, 4, 2), (3, 4, 2)), ((-1, 6), (4, 6)), ((24,), (24,)), ((-1,), (24,))]
)
def test_reshape_keeps_the_numbers_in_order(target, shape):
    x = np.arange(48.0).reshape(2, 6, 4)
    y, backward = Reshape(target).forward({}, x, same_draws())
    assert Reshape(target).output_shape((6, 4)) == shape
    np.testing.assert_array_equal(y, x.reshape(2, *shape))
    np.testing.assert_array_equal(backward(y)[0], x)


@pytest.mark.parametrize("target", [(5, 5), (-1, 7), (-1, -1), (0, 24), (), (-1, 0)])
def test_reshape_refuses_sides_that_do_not_multiply_to_the_numbers(target):
    with pytest.raises(ShapeError, match=r"cannot give 24 numbers the shape .*product is 24"):
        Reshape(target).output_shape((6, 4))


def test_an_embedding_looks_its_vectors_up_and_learns_those_it_used():
    layer = Embedding(input_dim=4, output_dim=2)
    vectors = np.arange(8.0).reshape(4, 2)
    y, backward = layer.forward({"embeddings": vectors}, np.array([[3.0, 0, 3]]), same_draws())
    np.testing.assert_array_equal(y, [[[6, 7], [0, 1], [6, 7]]])
    dx, gradients = backward(np.array([[[1.0, 2], [3, 4], [10, 20]]]))
    np.testing.assert_array_equal(gradients["embeddings"], [[3, 4], [0, 0], [0, 0], [11, 22]])
    assert (dx == 0).all()


@pytest.mark.parametrize(("token", "received"), [(1000, "1,000"), (-1, "-1")])
def test_an_embedding_says_which_token_it_does_not_know(token, received, rng):
    layer = Embedding()
    with pytest.raises(ShapeError, match=rf"tokens 0 to 999; raise .* Received: {received}\."):
        layer.forward(layer.build((1,), rng), np.array([[float(token)]]), same_draws())


def test_a_text_is_classified_by_its_tokens(rng):
    """Which of two kinds of words there are more of: embedding, dense at every place, flatten."""
    model = Sequential(
        (
            Embedding(input_dim=20, output_dim=4),
            Dense(units=3, activation="tanh"),
            Flatten(),
            Dense(units=1, activation="sigmoid"),
        )
    )
    x = rng.integers(0, 20, (200, 9)).astype(np.float32)
    targets = ((x < 10).sum(axis=1, keepdims=True) > 4).astype(np.float32)
    weights = model.build((9,), rng)
    layout = Layout(model, weights)
    flat = layout.flatten(weights)
    plan = Plan(model, BinaryCrossentropy(), (9,), layout.views(flat))
    for step in range(300):
        plan.gradients(Batch.whole(x, targets), key=(step,))
        flat -= 1.0 * plan.gradient
    right = (model.predict(layout.views(flat), x) > 0.5) == (targets > 0.5)
    assert right.mean() > 0.95


def test_rescaling_and_normalization_compute_their_formulas(rng):
    x = rng.normal(size=(4, 3, 2))
    y, _ = Rescaling(scale=2, offset=-1).forward({}, x, same_draws())
    np.testing.assert_allclose(y, 2 * x - 1)
    y, _ = Normalization((1, 2), (4, 0.25)).forward({}, x, same_draws())
    np.testing.assert_allclose(y, (x - [1, 2]) / [2, 0.5])
    y, _ = Normalization((1,), (0,)).forward({}, np.ones((1, 2)), same_draws())
    np.testing.assert_array_equal(y, [[0, 0]])


def test_normalization_wants_a_figure_for_each_column():
    with pytest.raises(ShapeError, match=r"one mean, or 3, one for each .* Received: 2"):
        Normalization(mean=(1, 2)).output_shape((4, 3))
    with pytest.raises(ConfigError, match="at least one mean"):
        Normalization(mean=())


def test_dense_asks_for_a_flatten():
    with pytest.raises(ShapeError, match=r"put a Flatten before it. Received: \(28, 28, 1\)"):
        Dense().output_shape((28, 28, 1))


def test_a_window_larger_than_the_image_is_refused_with_the_mends():
    with pytest.raises(ShapeError, match=r"5 x 5 window does not fit on a 3 x 3 image; make it"):
        Conv2D(kernel_size=(5, 5)).output_shape((3, 3, 1))


def test_convolution_asks_for_images():
    with pytest.raises(ShapeError, match=r"Conv2D needs images, .* Received: \(5,\)"):
        Conv2D().output_shape((5,))
