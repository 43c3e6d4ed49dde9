"""What each of our classes is in PyTorch, by its name: a function of tensors.

Images come and go as ours, ``(batch, height, width, channels)``; torch wants the channels first.
"""

import torch
from torch.nn import functional

CHANNELS_FIRST, CHANNELS_LAST = (0, 3, 1, 2), (0, 2, 3, 1)


def same_margins(sides, window, strides, dilation):
    """Return Keras's margins for torch's ``pad``: left, right, top, bottom."""
    margins = []
    for n, k, s, d in zip(sides, window, strides, dilation, strict=True):
        total = max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
        margins = [total // 2, total - total // 2, *margins]
    return margins


def padded(layer, x, window, value=0.0):
    """Return the images channels first, with the layer's padding around them."""
    images = x.permute(CHANNELS_FIRST)
    if layer.padding == "valid":
        return images
    dilation = getattr(layer, "dilation_rate", (1, 1))
    margins = same_margins(x.shape[1:3], window, layer.strides, dilation)
    return functional.pad(images, margins, value=value)


def convolve(layer, x, kernel, groups=1):
    """Convolve with a kernel ``(height, width, channels, filters)``."""
    # Torch refuses a view's odd strides in the gradient of a 1 x 1 kernel.
    filters_first = kernel.permute(3, 2, 0, 1).clone(memory_format=torch.contiguous_format)
    y = functional.conv2d(
        padded(layer, x, kernel.shape[:2]),
        filters_first,
        stride=layer.strides,
        dilation=getattr(layer, "dilation_rate", 1),
        groups=groups,
    )
    return y.permute(CHANNELS_LAST)


def depthwise(layer, x, kernel):
    """Convolve each channel with kernels of its own, ``(height, width, channels, multiplier)``."""
    height, width, channels, multiplier = kernel.shape
    one_each = kernel.reshape(height, width, 1, channels * multiplier)
    return convolve(layer, x, one_each, groups=channels)


def finished(layer, w, z):
    """Add the bias, if there is one, and apply the activation."""
    return activate(layer.activation, z + w["bias"] if "bias" in w else z)


def dense(layer, w, x, training):
    return finished(layer, w, functional.linear(x, w["kernel"].T))


def conv2d(layer, w, x, training):
    return finished(layer, w, convolve(layer, x, w["kernel"], getattr(layer, "groups", 1)))


def depthwise_conv2d(layer, w, x, training):
    return finished(layer, w, depthwise(layer, x, w["depthwise_kernel"]))


def separable_conv2d(layer, w, x, training):
    between = depthwise(layer, x, w["depthwise_kernel"])
    return finished(layer, w, between @ w["pointwise_kernel"][0, 0])


def max_pooling2d(layer, w, x, training):
    images = padded(layer, x, layer.pool_size, -torch.inf)
    return functional.max_pool2d(images, layer.pool_size, layer.strides).permute(CHANNELS_LAST)


def average_pooling2d(layer, w, x, training):
    def total(images):
        seen = padded(layer, images, layer.pool_size)
        return functional.avg_pool2d(seen, layer.pool_size, layer.strides, divisor_override=1)

    return (total(x) / total(torch.ones_like(x))).permute(CHANNELS_LAST)


def batch_normalization(layer, w, x, training):
    """Torch keeps other statistics (unbiased); those are compared with Keras."""
    channels_second = x.movedim(-1, 1)
    y = functional.batch_norm(
        channels_second,
        w["moving_mean"].detach().clone(),
        w["moving_variance"].detach().clone(),
        w.get("gamma"),
        w.get("beta"),
        training=training,
        eps=layer.epsilon,
    )
    return y.movedim(1, -1)


def layer_normalization(layer, w, x, training):
    return functional.layer_norm(x, x.shape[-1:], w.get("gamma"), w.get("beta"), eps=layer.epsilon)


LAYERS = {
    "Activation": lambda layer, w, x, training: activate(layer.activation, x),
    "AuxiliaryOutput": lambda layer, w, x, training: x,
    "AveragePooling2D": average_pooling2d,
    "BatchNormalization": batch_normalization,
    "Conv2D": conv2d,
    "Dense": dense,
    "DepthwiseConv2D": depthwise_conv2d,
    "Dropout": lambda layer, w, x, training: functional.dropout(x, layer.rate, training),
    "Embedding": lambda layer, w, x, training: functional.embedding(x.long(), w["embeddings"]),
    "Flatten": lambda layer, w, x, training: torch.flatten(x, 1),
    "GaussianNoise": lambda layer, w, x, training: x,
    "GlobalAveragePooling2D": lambda layer, w, x, training: x.mean((1, 2), layer.keepdims),
    "GlobalMaxPooling2D": lambda layer, w, x, training: x.amax((1, 2), layer.keepdims),
    "LayerNormalization": layer_normalization,
    "MaxPooling2D": max_pooling2d,
    "Normalization": lambda layer, w, x, training: (
        (x - torch.tensor(layer.mean)) / torch.tensor(layer.variance).sqrt()
    ),
    "Rescaling": lambda layer, w, x, training: x * layer.scale + layer.offset,
    "Reshape": lambda layer, w, x, training: x.reshape(len(x), *layer.target_shape),
    "SeparableConv2D": separable_conv2d,
}

ACTIVATIONS = {
    "ELU": lambda f, z: functional.elu(z, f.alpha),
    "GELU": lambda f, z: functional.gelu(z, approximate="tanh" if f.approximate else "none"),
    "HardSigmoid": lambda f, z: torch.clamp(
        z / 6 + 0.5, 0, 1
    ),  # torch's own rounds 1 / 6 to float32
    "HardStep": lambda f, z: (z >= 0).to(z.dtype) + 0 * z,
    "LeakyReLU": lambda f, z: functional.leaky_relu(z, f.negative_slope),
    "Linear": lambda f, z: z,
    "ReLU": lambda f, z: functional.relu(z),
    "SELU": lambda f, z: functional.selu(z),
    "SiLU": lambda f, z: functional.silu(z),
    "Sigmoid": lambda f, z: torch.sigmoid(z),
    "Softmax": lambda f, z: functional.softmax(z, -1),
    "Softplus": lambda f, z: functional.softplus(z, threshold=100.0),
    "Tanh": lambda f, z: torch.tanh(z),
}


def activate(function, z):
    return ACTIVATIONS[type(function).__name__](function, z)


def binary_crossentropy(loss, z, t):
    smoothing = getattr(loss, "label_smoothing", 0.0)
    smooth = t * (1 - smoothing) + smoothing / 2
    each = functional.binary_cross_entropy_with_logits(z, smooth, reduction="none")
    return each.mean(1)


def categorical_crossentropy(loss, z, t):
    smoothing = getattr(loss, "label_smoothing", 0.0)
    return functional.cross_entropy(z, t, reduction="none", label_smoothing=smoothing)


def categorical_hinge(loss, z, t):
    best_wrong = ((1 - t) * z).max(1).values
    return functional.relu(best_wrong - (t * z).sum(1) + 1)


LOSSES = {
    "BinaryCrossentropy": binary_crossentropy,
    "CategoricalCrossentropy": categorical_crossentropy,
    "CategoricalHinge": categorical_hinge,
    "Hinge": lambda loss, z, t: functional.relu(1 - (2 * t - 1) * z).mean(1),
    "Huber": lambda loss, z, t: functional.huber_loss(
        z, t, reduction="none", delta=loss.delta
    ).mean(1),
    "KLDivergence": lambda loss, z, t: functional.kl_div(
        functional.log_softmax(z, 1), t, reduction="none"
    ).sum(1),
    "MeanAbsoluteError": lambda loss, z, t: functional.l1_loss(z, t, reduction="none").mean(1),
    "MeanSquaredError": lambda loss, z, t: functional.mse_loss(z, t, reduction="none").mean(1),
    "SparseCategoricalCrossentropy": lambda loss, z, t: functional.cross_entropy(
        z, t.argmax(1), reduction="none"
    ),
}
