"""ONNX operators as our layers, activations, losses and optimizers.

ONNX has the channels of images second, we have them last; what an operator can say and we cannot
raises ``UnsupportedError`` with the reason.
"""

import math

import numpy as np
import onnx

from playground.nn.activations import (
    ELU,
    GELU,
    SELU,
    HardSigmoid,
    LeakyReLU,
    Linear,
    ReLU,
    Sigmoid,
    SiLU,
    Softmax,
    Softplus,
    Tanh,
)
from playground.nn.layers.activation import Activation
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.branches import Add, Concatenate
from playground.nn.layers.dense import Dense
from playground.nn.layers.dropout import Dropout
from playground.nn.layers.embedding import Embedding
from playground.nn.layers.flatten import Flatten
from playground.nn.layers.global_pooling import GlobalAveragePooling2D, GlobalMaxPooling2D
from playground.nn.layers.layer_normalization import LayerNormalization
from playground.nn.layers.rescaling import Rescaling
from playground.nn.layers.reshape import Reshape
from playground.nn.losses import CategoricalCrossentropy
from playground.nn.model import Sequential
from playground.nn.optimizers import SGD
from playground.nn.regularizers import L1, L2
from tests.oracles.onnx_windows import (
    average_pool,
    channels_first,
    channels_last,
    conv,
    global_pool,
    max_pool,
    refuse,
    run,
)


def activation(make):
    """Return an operator for an activation, made from the node's attributes."""
    return lambda attributes, x: run(Activation(make(**attributes)), x)


def along_axis(make, default):
    """Return an operator for a function over the last axis, which ONNX may put elsewhere."""

    def operator(attributes, x):
        axis = attributes.get("axis", default)
        return np.moveaxis(make(np.moveaxis(x, axis, -1)), -1, axis)

    return operator


def dense(x, kernel, bias=None):
    weights = {"kernel": kernel} if bias is None else {"kernel": kernel, "bias": bias}
    return run(Dense(units=kernel.shape[1], use_bias=bias is not None), x, weights)


def gemm(attributes, a, b, c=None):
    a = a.T if attributes.get("transA") else a
    b = b.T if attributes.get("transB") else b
    kernel = attributes.get("alpha", 1.0) * b
    if c is None:
        return dense(a, kernel)
    refuse("a bias is the same for every example", c.ndim == 2 and len(c) > 1)
    bias = np.broadcast_to(attributes.get("beta", 1.0) * c.reshape(-1), kernel.shape[1:])
    return dense(a, kernel, bias)


def matmul(attributes, a, b):
    refuse("a kernel is one matrix for all examples", b.ndim > 2)
    rows, kernel = a.reshape(-1, a.shape[-1]), b.reshape(len(b), -1)
    return dense(rows, kernel).reshape((*a.shape[:-1], *b.shape[1:]))


def gather(attributes, table, tokens):
    refuse("an embedding looks up rows", attributes.get("axis", 0) != 0)
    refuse("tokens count from 0 on", tokens.min() < 0)
    rows = table.reshape(len(table), -1)
    layer = Embedding(input_dim=len(rows), output_dim=rows.shape[1])
    y = run(layer, tokens.reshape(1, -1).astype(float), {"embeddings": rows})
    return y.reshape(*tokens.shape, *table.shape[1:])


def joined(layer):
    """Return an operator for branches: each takes its own part of all the inputs in a row."""

    def operator(attributes, *parts):
        axis = attributes.get("axis", -1)
        whole = np.broadcast_shapes(*(p.shape for p in parts)) if layer is Add else None
        rows = [np.moveaxis(np.broadcast_to(p, whole or p.shape), axis, -1) for p in parts]
        widths = [row.shape[-1] for row in rows]
        x = np.concatenate([row.reshape(-1, row.shape[-1]) for row in rows], axis=-1)
        taken = np.split(np.eye(sum(widths)), np.cumsum(widths)[:-1], axis=1)
        chains = tuple(Sequential((Dense(units=width, use_bias=False),)) for width in widths)
        kernels = {f"{k}/dense/kernel": kernel for k, kernel in enumerate(taken)}
        y = run(layer(branches=chains), x.astype(float), kernels)
        return np.moveaxis(y.reshape(*rows[0].shape[:-1], -1), -1, axis)

    return operator


def flatten(attributes, x):
    axis = attributes.get("axis", 1) % max(x.ndim, 1)
    refuse("the batch axis stays", axis != 1)
    return run(Flatten(), x)


def reshape(attributes, x, shape=None):
    refuse("the batch axis stays", shape[0] not in (0, len(x)) or len(shape) < 2)
    refuse("every side is written out, but for one", 0 in shape[1:])
    return run(Reshape(target_shape=tuple(int(side) for side in shape[1:])), x)


def batch_normalization(attributes, x, gamma, beta, mean, variance):
    training = bool(attributes.get("training_mode", 0))
    layer = BatchNormalization(
        epsilon=attributes.get("epsilon", 1e-5), momentum=attributes.get("momentum", 0.9)
    )
    weights = {
        "gamma": gamma,
        "beta": beta,
        "moving_mean": mean.copy(),
        "moving_variance": variance.copy(),
    }
    y = channels_first(run(layer, channels_last(x), weights, training=training))
    statistics = (weights["moving_mean"], weights["moving_variance"]) if training else ()
    return (y, *statistics)


def layer_normalization(attributes, x, gamma, beta):
    """Normalise over all the axes from one on, which are one axis of ours."""
    lead = x.shape[: attributes.get("axis", -1) % x.ndim]
    rows = x.reshape(math.prod(lead), -1)
    layer = LayerNormalization(epsilon=attributes.get("epsilon", 1e-5))
    y = run(layer, rows, {"gamma": gamma.reshape(-1), "beta": beta.reshape(-1)})
    return y.reshape(x.shape)


def dropout(attributes, x, ratio=None, training=None):
    rate = float(attributes.get("ratio", 0.5) if ratio is None else ratio)
    training = training is not None and bool(training)
    refuse("random numbers differ from engine to engine", training and rate > 0)
    return run(Dropout(rate=rate), x, training=training)


def log_softmax(z):
    """Return the logarithm of each class's probability: minus what the loss asks for it."""
    rows = z.reshape(-1, z.shape[-1])
    classes = np.eye(rows.shape[1])
    each = [-CategoricalCrossentropy()(rows, np.tile(one, (len(rows), 1)))[0] for one in classes]
    return np.stack(each, axis=-1).reshape(z.shape)


def softmax_cross_entropy(attributes, scores, labels, class_weights=None):
    scores = channels_last(scores)
    rows, right = scores.reshape(-1, scores.shape[-1]), labels.reshape(-1)
    counted = right != attributes.get("ignore_index", np.iinfo(np.int64).min)
    right = np.where(counted, right, 0)
    shares = counted * (1.0 if class_weights is None else class_weights[right])
    losses, _ = CategoricalCrossentropy()(rows, np.eye(rows.shape[1])[right])
    each, log_p = losses * shares, channels_first(log_softmax(scores))
    reductions = {"none": each.reshape(labels.shape), "sum": each.sum()}
    word = attributes.get("reduction", b"mean").decode()
    return reductions[word] if word in reductions else each.sum() / shares.sum(), log_p


def hard_sigmoid(attributes, x):
    """Stretch the input so that our slope, 1 / 6, is the one wanted."""
    slope, middle = attributes.get("alpha", 0.2), attributes.get("beta", 0.5)
    stretched = run(Rescaling(scale=6 * slope, offset=6 * (middle - 0.5)), x)
    return run(Activation(HardSigmoid()), stretched)


def selu(attributes, x):
    refuse("SELU has the two constants of its paper", attributes.get("gamma", 1.05) > 1.06)
    return run(Activation(SELU()), x)


def identity(attributes, x):
    refuse("sequences are no arrays", not isinstance(x, np.ndarray))
    return run(Activation(Linear()), x)


def momentum(attributes, rate, step, *vectors):
    """Take a step of SGD; ONNX leaves the learning rate out of the velocity."""
    count = len(vectors) // 3
    refuse("a gradient counts in full", step > 0 and attributes["beta"] != 1.0)
    optimizer = SGD(momentum=attributes["alpha"], nesterov=attributes["mode"] == b"nesterov")
    new_weights, new_velocities = [], []
    for w, g, v in zip(*(vectors[k * count : (k + 1) * count] for k in range(3)), strict=True):
        w, velocity = w.copy(), -rate * v
        g = g + attributes["norm_coefficient"] * w
        optimizer.update(w, g, {"velocity": velocity}, int(step) + 1, float(rate))
        new_weights.append(w)
        new_velocities.append(velocity / -rate)
    return (*new_weights, *new_velocities)


def total_price(regularizer):
    """Return an operator for the sum over everything that a regularizer charges."""

    def operator(attributes, x, axes=None):
        refuse("regularizers add up all there is", axes is not None and len(axes) > 0)
        refuse("regularizers add up all there is", attributes.get("noop_with_empty_axes", 0))
        price, _ = regularizer(x)
        return np.full((1,) * x.ndim if attributes.get("keepdims", 1) else (), price)

    return operator


OPERATORS = {
    "Add": joined(Add),
    "AveragePool": average_pool,
    "BatchNormalization": batch_normalization,
    "Concat": joined(Concatenate),
    "Conv": conv,
    "Dropout": dropout,
    "Elu": activation(lambda alpha=1.0: ELU(alpha=alpha)),
    "Flatten": flatten,
    "Gather": gather,
    "Gelu": activation(lambda approximate=b"none": GELU(approximate=approximate == b"tanh")),
    "Gemm": gemm,
    "GlobalAveragePool": global_pool(GlobalAveragePooling2D),
    "GlobalMaxPool": global_pool(GlobalMaxPooling2D),
    "HardSigmoid": hard_sigmoid,
    "Identity": identity,
    "LayerNormalization": layer_normalization,
    "LeakyRelu": activation(lambda alpha=0.01: LeakyReLU(negative_slope=alpha)),
    "LogSoftmax": along_axis(log_softmax, -1),
    "MatMul": matmul,
    "MaxPool": max_pool,
    "Momentum": momentum,
    "ReduceL1": total_price(L1(l1=1.0)),
    "ReduceSumSquare": total_price(L2(l2=1.0)),
    "Relu": activation(ReLU),
    "Reshape": reshape,
    "Selu": selu,
    "Sigmoid": activation(Sigmoid),
    "Softmax": along_axis(Softmax(), -1),
    "SoftmaxCrossEntropyLoss": softmax_cross_entropy,
    "Softplus": activation(Softplus),
    "Sum": joined(Add),
    "Swish": activation(lambda alpha=1.0: SiLU()),
    "Tanh": activation(Tanh),
}
"""By ONNX's name: a function of the attributes and the inputs."""

MOVES = {
    "Constant": lambda attributes: onnx.numpy_helper.to_array(attributes["value"]),
    "Squeeze": lambda attributes, x: np.squeeze(x, tuple(attributes["axes"])),
    "Transpose": lambda attributes, x: np.transpose(x, attributes["perm"]),
    "Unsqueeze": lambda attributes, x: np.expand_dims(x, tuple(attributes["axes"])),
}
"""Operators that compute nothing: the glue of exported models."""


def run_model(model, inputs):
    """Return the outputs of an ONNX graph; None for those that our layers do not give."""
    known = {i.name: onnx.numpy_helper.to_array(i) for i in model.graph.initializer}
    names = [i.name for i in model.graph.input if i.name not in known]
    known |= {"": None} | dict(zip(names, inputs, strict=True))
    for node in model.graph.node:
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        operator = (OPERATORS | MOVES)[node.op_type]
        y = operator(attributes, *(known[name] for name in node.input))
        outputs = y if isinstance(y, tuple) else (y,)
        known |= dict(zip(node.output, outputs, strict=False))
    return [known.get(output.name) for output in model.graph.output]
