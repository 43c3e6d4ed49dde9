"""What all sides of a contest begin with: the same data, weights and size of a batch.

Our environment and that of the peers both import this file: standard library and NumPy only.
"""

import gzip
import math
import zlib
from pathlib import Path

import numpy as np

MNIST = Path(__file__).resolve().parents[2] / "resources" / "datasets" / "mnist"


def start_weight(path, shape):
    """Return a weight by Keras's name for it, ``conv2d_1/kernel``, and in Keras's layout."""
    rng = np.random.default_rng(zlib.crc32(path.encode()))
    name = path.rsplit("/", 1)[-1]
    if name in ("gamma", "moving_variance"):
        return rng.uniform(0.9, 1.1, shape).astype(np.float32)
    if len(shape) == 1:
        return rng.uniform(-0.1, 0.1, shape).astype(np.float32)
    fans = math.prod(shape[:-2]) * (shape[-2] + shape[-1])
    limit = math.sqrt(6 / fans)
    return rng.uniform(-limit, limit, shape).astype(np.float32)


def digits(count):
    """Return the first digits of MNIST: images ``(count, 28, 28, 1)`` to 1, labels ``(count,)``."""
    images = idx(MNIST / "train-images-idx3-ubyte.gz", 16, count * 784)
    labels = idx(MNIST / "train-labels-idx1-ubyte.gz", 8, count)
    return images.reshape(count, 28, 28, 1).astype(np.float32) / 255, labels.astype(np.int64)


def idx(path, header, size):
    with gzip.open(path) as stream:
        stream.read(header)
        return np.frombuffer(stream.read(size), np.uint8)


def noise(shape):
    """Return random images to compare answers on, ``(batch, height, width, channels)``.

    The equal pixels of a digit's background come to the kink of a ReLU, or to equal rank in a
    pool, all together: there a rounding error decides for many.
    """
    return np.random.default_rng(1).random(shape, np.float32)


def chequers():
    """Return 500 points of the plane ``(500, 2)``; their targets ``(500, 1)``, -1 or 1, as XOR."""
    x = np.random.default_rng(0).uniform(-6, 6, (500, 2)).astype(np.float32)
    return x, np.sign(x[:, :1] * x[:, 1:])


class ShuffledRows:
    """The rows of one batch after the other, every epoch in an order of its own."""

    def __init__(self, count, batch, permutation):
        self._count, self._batch, self._permutation = count, batch, permutation
        self._position, self._order = count, None

    def next(self):
        if self._position + self._batch > self._count:
            self._order, self._position = self._permutation(self._count), 0
        start = self._position
        self._position += self._batch
        return self._order[start : self._position]


class Repeated:
    """Does one thing over and over; ``check`` is as in ``Contestant``."""

    examples = 1

    def __init__(self, versions, work, check=dict):
        self.versions, self.check, self._work = versions, check, work

    def run(self, steps):
        for _ in range(steps):
            self._work()
        return steps
