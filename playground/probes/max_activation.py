"""The image that each unit of a layer answers to most."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from playground.component import Pair, param
from playground.nn.arrays import Array, Shape
from playground.nn.kernels import Program
from playground.nn.layers.base import INFERENCE, Layer
from playground.nn.layers.conv2d import Conv2D
from playground.nn.layers.dense import Dense
from playground.nn.model import ModelWeights, Sequential
from playground.nn.parameters import Layout
from playground.nn.paths import LayerPath, layer_at, line_to, line_weights, parse_path, weights_at
from playground.nn.windows import Windows
from playground.probes.activations import shown_examples
from playground.probes.base import Probe
from playground.training.snapshot import Snapshot

GREY, NOISE = 0.5, 0.125
"""Where the climb starts: grey, give or take as much at random."""
REAL_IMAGES = 500
"""Images of the data that a maximal image is compared with."""
CHUNK = 16
"""Images that go through the network at once: their feature maps fit in the cache."""
YIELD_AFTER = 0.03
"""Seconds of computing between two results."""
LEAK = 0.01
"""Slope at positions that answer no more than the average, as the only one of a map does."""
Units = NDArray[np.intp]
Question = Callable[[Array], tuple[Array, Callable[[], Array]]]
"""What one unit each answers to images, and the function that gives the gradients."""


@dataclass(frozen=True, eq=False)
class MaxActivationResult:
    """One maximal image for each unit looked at, and what its response compares with.

    ``images`` ``(n, height, width, channels)`` lie between 0 and 1; all others are ``(n,)``.
    A response is the neuron's sum before its activation function, or the mean of a feature map's
    positive sums.
    """

    probe: MaxActivation
    images: Array
    responses: Array
    noise_responses: Array
    """Of the images that the climb started from."""
    best_real_responses: Array
    best_real_index: Units
    """Rows of ``shown_examples``."""
    step: int
    steps: int

    @property
    def finished(self) -> bool:
        """Whether nothing better will follow."""
        return self.step == self.steps


@dataclass(frozen=True)
class MaxActivation(Probe):
    """Climb from grey noise to the image that excites a unit most (Erhan et al. 2009, section 3).

    Every unit of a layer gets an image of its own, that goes up the normalised gradient of the
    unit's response by the same length at each step and is kept between black and white.

    What is climbed is the sum *before* the activation function: a saturated sigmoid has no slope,
    and a softmax rises as well by making the other classes smaller. Of a feature map it is the
    mean of the positive sums, that is, the mean activation if the activation is ReLU. The plain
    mean would not depend on the filter's pattern, for each pixel passes under all its weights;
    for the same reason only the positions that answer more than the average climb.
    """

    layer: str = param("0", doc="Which layer: its place from 0, in a branch layer/branch/layer.")
    first: int = param(0, low=0, high=100_000, doc="The first filter or neuron to look at.")
    count: int = param(64, low=1, high=256, doc="How many filters or neurons to look at.")
    steps: int = param(25, low=1, high=1000, doc="Steps up the gradient.")
    rate: float = param(0.08, low=0.001, high=1.0, log=True, doc="How far each step goes.")
    blur: float = param(0.4, low=0.0, high=5.0, doc="Smooth after each step: sigma in pixels.")
    decay: float = param(0.05, low=0.0, high=0.5, doc="How far each step fades towards grey.")
    jitter: int = param(1, low=0, high=16, doc="Shift the image by up to so many pixels.")
    seed: int = param(0, low=0, high=2**31 - 1, doc="Fixes the noise and the shifts.")

    @property
    def path(self) -> LayerPath:
        """Where the layer lies."""
        return parse_path(self.layer)

    def units(self, snapshot: Snapshot) -> Units:
        """Return the filters or neurons looked at; none if the layer has no such units."""
        count = unit_count(layer_at(snapshot.model, self.path))
        return np.arange(count)[self.first : self.first + self.count]

    def compute(self, snapshot: Snapshot) -> Iterator[MaxActivationResult]:
        units = self.units(snapshot)
        if not len(units) or len(snapshot.input_shape) != 3:
            return
        target = _Target(snapshot, self.path)
        noise = self._noise(len(units), snapshot.input_shape)
        noise_responses, _ = target.respond(noise, units)
        rows, best = np.zeros(len(units), np.intp), np.full(len(units), -np.inf, np.float32)
        result = MaxActivationResult(
            self, noise, noise_responses, noise_responses, best, rows, 0, self.steps
        )
        for best, rows in target.best_real(snapshot, units):
            result = replace(result, best_real_responses=best, best_real_index=rows)
            yield result
        yield from self._climb(target, result, units)

    def _noise(self, count: int, shape: Shape) -> Array:
        rng = np.random.default_rng(self.seed)
        return rng.uniform(GREY - NOISE, GREY + NOISE, (count, *shape)).astype(np.float32)

    def _climb(
        self, target: _Target, start: MaxActivationResult, units: Units
    ) -> Iterator[MaxActivationResult]:
        """Yield what the climb has come to, now and then and at the end."""
        images, responses = start.images.copy(), start.responses.copy()
        parts = [slice(begin, begin + CHUNK) for begin in range(0, len(units), CHUNK)]
        questions = [target.question(units[part]) for part in parts]
        shown = time.perf_counter()
        for step in range(self.steps):
            shift = self._shift(step)
            for part, question in zip(parts, questions, strict=True):
                images[part], responses[part] = self._step(question, images[part], shift)
                if time.perf_counter() - shown > YIELD_AFTER:
                    yield replace(
                        start, step=step, images=images.copy(), responses=responses.copy()
                    )
                    shown = time.perf_counter()
        responses, _ = target.respond(images, units)
        yield replace(start, step=self.steps, images=images, responses=responses)

    def _step(self, question: Question, images: Array, shift: Pair) -> tuple[Array, Array]:
        """Return the images one step further up, and the responses to those before it."""
        down, across = shift
        moved = np.roll(images, shift, (1, 2)) if any(shift) else images
        responses, backward = question(moved)
        moved = moved + self.rate * _normalised(backward())
        if any(shift):
            moved = np.roll(moved, (-down, -across), (1, 2))
        if self.blur:
            moved = _blurred(moved, self.blur)
        if self.decay:
            moved = GREY + (1 - self.decay) * (moved - GREY)
        return moved.clip(0, 1), responses

    def _shift(self, step: int) -> Pair:
        if not self.jitter:
            return 0, 0
        rng = np.random.default_rng((self.seed, step))
        down, across = rng.integers(-self.jitter, self.jitter + 1, 2)
        return int(down), int(across)


def unit_count(layer: Layer | None) -> int:
    """Return how many units of a layer a maximal image can be found for."""
    if isinstance(layer, Conv2D):
        return layer.filters
    return layer.units if isinstance(layer, Dense) else 0


class _Target:
    """The layers up to the one looked at, and that one without its activation function."""

    def __init__(self, snapshot: Snapshot, path: LayerPath) -> None:
        model, weights = snapshot.model, snapshot.weights
        last, line = layer_at(model, path), line_to(model, path)
        assert last is not None
        self._last, self._weights = last, weights_at(model, weights, path)
        self._model = Sequential((*line.layers, last)).without_output_activation()
        before = line_weights(model, weights, path)
        self._model_weights = (*before, self._weights)
        self._body = _Body(line, before, snapshot.input_shape)

    def respond(self, x: Array, units: Units) -> tuple[Array, Callable[[], Array]]:
        """Return the response of one unit to each image, and what gives their gradients.

        These are in a buffer, and of the last images only.
        """
        return self.question(units)(x)

    def question(self, units: Units) -> Question:
        """Return what ``respond`` does for these units, prepared to be asked many times."""
        weights = self._weights
        kernels = weights["kernel"][..., units]
        bias = weights["bias"][units] if "bias" in weights else np.zeros_like(kernels, shape=1)
        if isinstance(self._last, Conv2D):
            kernels = _on_all_channels(self._last, kernels, units)
            unit_each: Question = _OneFilterEach(self._last.windows, kernels, bias)
        else:
            unit_each = partial(_one_neuron_each, kernels, bias)

        def respond(x: Array) -> tuple[Array, Callable[[], Array]]:
            responses, backward = unit_each(self._body.forward(x))
            return responses, lambda: self._body.backward(backward())

        return respond

    def best_real(self, snapshot: Snapshot, units: Units) -> Iterator[tuple[Array, Units]]:
        """Yield the greatest responses to real images, and which these are, ever better."""
        model, weights = self._model, self._model_weights
        x = shown_examples(snapshot.dataset).x[:REAL_IMAGES]
        best, rows = np.full(len(units), -np.inf, np.float32), np.zeros(len(units), np.intp)
        for begin in range(0, len(x), CHUNK):
            z = model.forward(weights, x[begin : begin + CHUNK])[0][..., units]
            answers = np.maximum(z, 0) if z.ndim == 4 else z
            answers = answers.mean(axis=tuple(range(1, z.ndim - 1)))  # over the places, if any
            row = answers.argmax(axis=0)
            answer = answers[row, np.arange(len(units))]
            better = answer > best
            best, rows = np.where(better, answer, best), np.where(better, begin + row, rows)
            yield best, rows


class _Body:
    """Layers as kernels, forward and back to the image; nothing is learnt here."""

    def __init__(self, model: Sequential, weights: ModelWeights, input_shape: Shape) -> None:
        self._model, self._input_shape = model, input_shape
        self._layout = Layout(model, weights)
        self._flat = self._layout.flatten(weights)
        self._programs: dict[int, tuple[Program, Array]] = {}

    def forward(self, x: Array) -> Array:
        """Return the outputs for images, in a buffer."""
        if len(x) not in self._programs:
            self._programs[len(x)] = self._program(x), np.empty_like(x)
        self._last, images = self._programs[len(x)]
        np.copyto(images, x)  # kernels know a buffer that comes again
        return self._last.forward(images, INFERENCE)

    def backward(self, dy: Array) -> Array:
        """Return the gradient at the last images, in a buffer."""
        return self._last.backward(np.require(dy, requirements=["C", "W"]))

    def _program(self, x: Array) -> Program:
        """Return the kernels for chunks like this one."""
        weights = self._layout.views(self._flat.astype(x.dtype))
        gradients = self._layout.views(np.empty(self._layout.size, x.dtype))
        return Program(
            self._model, weights, gradients, self._input_shape, len(x), x.dtype, needs_dx=True
        )


def _on_all_channels(layer: Conv2D, kernels: Array, units: Units) -> Array:
    """Return the kernels with zeros for the channels that the filters' groups do not see."""
    if layer.groups == 1:
        return kernels
    height, width, seen, count = kernels.shape
    whole = np.zeros((height, width, layer.groups, seen, count), kernels.dtype)
    group = units // (layer.filters // layer.groups)
    whole[:, :, group, :, np.arange(count)] = np.moveaxis(kernels, -1, 0)
    return whole.reshape(height, width, -1, count)


def _one_neuron_each(kernels: Array, bias: Array, x: Array) -> tuple[Array, Callable[[], Array]]:
    """Ask one neuron about each input, and of a sequence about the mean of its places."""
    places = x.reshape(len(x), -1, len(kernels))
    responses = np.einsum("npi,in->n", places, kernels) / places.shape[1] + bias

    def backward() -> Array:
        share = kernels.T[:, None] / places.shape[1]
        return np.broadcast_to(share, places.shape).reshape(x.shape)

    return responses, backward


class _OneFilterEach:
    """Slide over each image a filter of its own: all filters over all would cost ``n`` times it.

    ``kernels`` ``(height, width, channels, n)``, ``bias`` ``(n,)``. What a filter answers along a
    row of stops is one product: the strip of image that it sees there, by a matrix that has the
    kernel at every stop in its place.
    """

    def __init__(self, windows: Windows, kernels: Array, bias: Array) -> None:
        self._windows, self._kernels, self._bias = windows, kernels, bias
        self._at_stops: Array | None = None

    def __call__(self, x: Array) -> tuple[Array, Callable[[], Array]]:
        windows = self._windows
        stops = windows.output_shape(x.shape[1:])
        padded = windows.pad(x)
        if self._at_stops is None:
            self._at_stops = self._kernels_at(stops[1], padded.shape[2]).astype(x.dtype)
        at_stops = self._at_stops
        strips = np.empty((len(x), stops[0], windows.size[0], *padded.shape[2:]), x.dtype)
        for i, rows in enumerate(self._rows(stops[0])):
            strips[:, :, i] = padded[:, rows]
        z = strips.reshape(len(x), stops[0], -1) @ at_stops + self._bias[:, None, None]

        def backward() -> Array:
            climbing = z > z.mean(axis=(1, 2), keepdims=True)
            dz = np.where(climbing, 1, LEAK).astype(x.dtype) / (stops[0] * stops[1])
            d_strips = (dz @ at_stops.transpose(0, 2, 1)).reshape(strips.shape)
            d_padded = np.zeros_like(padded)
            for i, rows in enumerate(self._rows(stops[0])):
                d_padded[:, rows] += d_strips[:, :, i]
            return windows.crop(d_padded, x.shape[1:])

        return np.maximum(z, 0).mean(axis=(1, 2)), backward

    def _rows(self, stops: int) -> Iterator[slice]:
        """Yield, for each row of the kernel, the rows of the image that it sees at its stops."""
        down = self._windows.strides[0]
        for i in range(self._windows.size[0]):
            top = i * self._windows.dilation[0]
            yield slice(top, top + (stops - 1) * down + 1, down)

    def _kernels_at(self, stops: int, width: int) -> Array:
        """Return each kernel at every stop of a row, ``(n, rows * width * channels, stops)``."""
        rows, columns, channels, count = self._kernels.shape
        placed = np.zeros((count, rows, width, channels, stops), self._kernels.dtype)
        stop = np.arange(stops)
        for j in range(columns):
            pixel = j * self._windows.dilation[1] + stop * self._windows.strides[1]
            # indexed axes come first: (stops, n, rows, channels)
            placed[:, :, pixel, :, stop] = self._kernels[:, j].transpose(2, 0, 1)
        return placed.reshape(count, -1, stops)


def _normalised(gradient: Array) -> Array:
    """Return each image's gradient with a root mean square of 1."""
    size: Array = np.sqrt(np.square(gradient).mean(axis=(1, 2, 3), keepdims=True))
    return gradient / (size + 1e-12)


def _blurred(images: Array, sigma: float) -> Array:
    """Smooth along the columns and then along the rows."""
    down, across = (_blurring(size, sigma) for size in images.shape[1:3])
    smooth: Array = np.einsum("ij,njkc,lk->nilc", down, images, across, optimize=True)
    return smooth


@lru_cache(maxsize=8)
def _blurring(size: int, sigma: float) -> Array:
    """Return the matrix that smooths a line of pixels, ``(size, size)``, edges included."""
    distance = np.arange(size)[:, None] - np.arange(size)
    weights = np.exp(-0.5 * np.square(distance / sigma))
    weights /= weights.sum(axis=1, keepdims=True)
    return weights.astype(np.float32)
