"""ONNX's convolutions and pools as our layers, and what the whole adapter shares."""

import dataclasses

import numpy as np

from playground.nn.layers import Context
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.depthwise_conv2d import DepthwiseConv2D
from playground.nn.layers.pooling import AveragePooling2D, MaxPooling2D


class UnsupportedError(Exception):
    """Say what an operator asks for that our layers do not have."""


def refuse(reason, condition):
    if condition:
        raise UnsupportedError(reason)


def run(layer, x, weights=None, *, training=False):
    """Return the layer's outputs for a batch; statistics among the weights are updated."""
    return layer.forward(weights or {}, x, Context(training))[0]


def channels_last(x):
    return np.moveaxis(x, 1, -1)


def channels_first(y):
    return np.moveaxis(y, -1, 1)


@dataclasses.dataclass
class Window:
    """The geometry of a node, in two dimensions: rows of numbers are images one pixel high."""

    size: tuple
    strides: tuple
    dilation: tuple
    pads: tuple
    """Before and after, of each side."""
    auto_pad: str
    ceil: bool

    @classmethod
    def of(cls, attributes, size):
        sides = len(size)
        refuse("volumes are no images", sides > 2)
        ones, pads = [1] * sides, attributes.get("pads", [0] * 2 * sides)
        pairs = list(zip(pads[:sides], pads[sides:], strict=True))
        return cls(
            as_pair(size, 1),
            as_pair(attributes.get("strides", ones), 1),
            as_pair(attributes.get("dilations", ones), 1),
            as_pair(pairs, (0, 0)),
            attributes.get("auto_pad", b"NOTSET").decode(),
            bool(attributes.get("ceil_mode", 0)),
        )

    def same_margins(self, sides):
        """Return what padding "same" adds; the odd pixel after the image."""
        for n, k, s, d in zip(sides, self.size, self.strides, self.dilation, strict=True):
            total = max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
            yield total // 2, total - total // 2

    def padding(self, sides):
        """Return our word for the padding; None if the image must be padded beforehand."""
        same = tuple(self.same_margins(sides))
        if self.auto_pad == "SAME_LOWER":
            uneven = any(before != after for before, after in same)
            refuse("the odd pixel of padding is at the bottom right, as in Keras", uneven)
        if self.auto_pad.startswith("SAME") or (any(map(any, self.pads)) and self.pads == same):
            return "same"
        self.check_ceil(sides)
        return None if any(map(any, self.pads)) else "valid"

    def check_ceil(self, sides):
        for n, k, s, pads in zip(sides, self.size, self.strides, self.pads, strict=True):
            hangs_over = self.ceil and (n + sum(pads) - k) % s != 0
            refuse("windows stay inside the padded image (no ceil_mode)", hangs_over)

    def pad(self, x, value):
        return np.pad(x, ((0, 0), *self.pads, (0, 0)), constant_values=value)


def as_pair(values, missing):
    return tuple([missing, *values][-2:])


def as_images(x):
    """Return the batch as images, channels last."""
    return channels_last(x[:, :, None] if x.ndim == 3 else x)


def as_before(y, x):
    """Return images as the batch that they came from, with one side or two."""
    return channels_first(y)[:, :, 0] if x.ndim == 3 else channels_first(y)


def max_pool(attributes, x):
    window = Window.of(attributes, attributes["kernel_shape"])
    refuse("the windows of pools have no gaps", window.dilation != (1, 1))
    images = as_images(x.astype(float))
    padding = window.padding(images.shape[1:3])
    if padding is None:
        images, padding = window.pad(images, -np.inf), "valid"
    return as_before(run(MaxPooling2D(window.size, window.strides, padding), images), x)


def average_pool(attributes, x):
    window = Window.of(attributes, attributes["kernel_shape"])
    refuse("the windows of pools have no gaps", window.dilation != (1, 1))
    images = as_images(x)
    counts_padding = attributes.get("count_include_pad", 0)
    padding = window.padding(images.shape[1:3])
    if padding is None or (padding == "same" and counts_padding):
        refuse('other padding than "same" cannot be left out of the mean', not counts_padding)
        images, padding = window.pad(images, 0), "valid"
    return as_before(run(AveragePooling2D(window.size, window.strides, padding), images), x)


def conv(attributes, x, w, bias=None):
    window = Window.of(attributes, w.shape[2:])
    images, kernel = as_images(x), w[:, :, None] if w.ndim == 3 else w
    padding = window.padding(images.shape[1:3])
    if padding is None:
        images, padding = window.pad(images, 0), "valid"
    groups, channels = attributes.get("group", 1), images.shape[3]
    settings = {
        "kernel_size": window.size,
        "strides": window.strides,
        "dilation_rate": window.dilation,
        "padding": padding,
        "use_bias": bias is not None,
    }
    weights = {} if bias is None else {"bias": bias}
    if groups == channels > 1:
        own = kernel.reshape(channels, -1, *window.size).transpose(2, 3, 0, 1)
        layer = DepthwiseConv2D(depth_multiplier=own.shape[3], **settings)
        weights["depthwise_kernel"] = own
    else:
        layer = Conv2D(filters=len(kernel), groups=groups, **settings)
        weights["kernel"] = kernel.transpose(2, 3, 1, 0)
    return as_before(run(layer, images, weights), x)


def global_pool(layer):
    return lambda attributes, x: channels_first(run(layer(keepdims=True), channels_last(x)))
