"""The images that 32 filters of the first and 64 of the second convolution answer to most.

The gradient climb alone, without the probe's blur, decay and jitter: 100 steps from noise.
"""

import numpy as np

from tests.benchmarks.contest import Contest, Peer
from tests.benchmarks.inputs import Repeated, start_weight

STEPS, RATE = 100, 0.05
LEAK = 0.01
CHECKED_STEPS = 3


def noise(count):
    """Return what the climb starts from, ``(count, 28, 28, 1)``."""
    rng = np.random.default_rng(0)
    return rng.uniform(0.375, 0.625, (count, 28, 28, 1)).astype(np.float32)


def ours(layer, count):
    from dataclasses import replace

    from playground.probes.max_activation import MaxActivation
    from tests.benchmarks.sides import ours

    snapshot = _snapshot()
    probe = MaxActivation(
        layer=str(layer), count=count, steps=STEPS, rate=RATE, blur=0.0, decay=0.0, jitter=0
    )

    def check():
        *_, result = replace(probe, steps=CHECKED_STEPS).compute(snapshot)
        return {"images": result.images}

    return Repeated(ours.VERSIONS, lambda: list(probe.compute(snapshot)), check)


def _snapshot():
    """Return a snapshot of the convnet with the common weights, and with one real image."""
    from dataclasses import replace

    from playground.training.presets import load_preset
    from playground.training.trainer import Trainer
    from tests.benchmarks.sides import ours

    project = load_preset("digits-cnn")
    image = np.zeros((1, 28, 28, 1), np.float32)
    snapshot = Trainer(project, ours.classes(image, np.zeros(1, np.int64))).snapshot()
    dataset = replace(snapshot.dataset, validation=snapshot.dataset.train)
    layout, flat = ours.weights_for(project.model, (28, 28, 1))
    return replace(snapshot, dataset=dataset, weights=layout.views(flat))


def pytorch(layer, count, threads, channels_last, one_filter_each=False):
    from tests.benchmarks.sides import pytorch

    pytorch.set_up(threads)
    sums = _torch_sums(layer, count, pytorch.memory_format(channels_last), one_filter_each)

    def climb(steps):
        x = pytorch.images(noise(count), channels_last)
        for _ in range(steps):
            x = _torch_step(sums, x)
        return x

    def check():
        return {"images": climb(CHECKED_STEPS).permute(0, 2, 3, 1).numpy()}

    return Repeated(pytorch.VERSIONS, lambda: climb(STEPS), check)


def _torch_sums(layer, count, layout, one_filter_each):
    """Return the function that gives the sums of filter k for image k: ``(count, h, w)``."""
    import torch
    from torch.nn.functional import conv2d, max_pool2d, relu

    first = _torch_weights("conv2d", (3, 3, 1, 32), layout)
    last = _torch_weights("conv2d_1", (3, 3, 32, 64), layout) if layer else first
    index = torch.arange(count)

    def body(x):
        return max_pool2d(relu(conv2d(x, *first)), 2) if layer else x

    def all_filters(x):
        return conv2d(body(x), *last)[index, index]

    def own_filter(x):  # the images are groups of channels: no filter sees another's image
        inputs = body(x)
        return conv2d(inputs.reshape(1, -1, *inputs.shape[2:]), *last, groups=count)[0]

    return own_filter if one_filter_each else all_filters


def _torch_weights(name, shape, layout):
    import torch

    kernel = torch.from_numpy(start_weight(f"{name}/kernel", shape)).permute(3, 2, 0, 1)
    bias = torch.from_numpy(start_weight(f"{name}/bias", shape[3:]))
    return kernel.contiguous(memory_format=layout), bias


def _torch_step(sums, x):
    """Return the images one step further up."""
    import torch

    x.requires_grad_(True)
    z = sums(x)
    with torch.no_grad():
        climbing = z > z.mean((1, 2), keepdim=True)
        dz = torch.where(climbing, 1.0, LEAK) / (z.shape[1] * z.shape[2])
    (slope,) = torch.autograd.grad(z, x, dz)
    with torch.no_grad():
        size = slope.square().mean((1, 2, 3), keepdim=True).sqrt()
        return (x + RATE * slope / (size + 1e-12)).clamp(0, 1)


MODES = tuple({"threads": n, "channels_last": last} for n in (2, 1) for last in (True, False))
GROUPED = tuple({**mode, "one_filter_each": True} for mode in MODES)


def contest(layer, count, gate, aim):
    return Contest(
        f"Activation maximisation, {count} filters of convolution {layer // 2 + 1}, {STEPS} steps",
        {"playground": ours},
        (
            Peer("PyTorch", pytorch, MODES, gate=gate, aim=aim),
            Peer("PyTorch by groups", pytorch, GROUPED),
        ),
        {"layer": layer, "count": count},
        unit="ms",
        tolerance=2e-3,
        warm_up=3,
    )


PARTS = (contest(0, 32, gate=6.0, aim=11.0), contest(2, 64, gate=2.0, aim=3.0))
