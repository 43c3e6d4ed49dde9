"""Files that are nearly right: sound ones with bytes changed, cut, repeated and mixed."""

import numpy as np

LONGEST = 200_000
"""Bytes of a mutated file."""


def mutated(seeds, tokens, rng):
    """Return one of the seeds after some mutations; ``tokens`` are bytes that mean something."""
    data = bytearray(_one_of(seeds, rng))
    for _ in range(rng.choice([1, 1, 2, 3])):
        data = _one_of(MUTATIONS, rng)(data, seeds, tokens, rng)[:LONGEST]
    return bytes(data)


def _flip(data, _seeds, _tokens, rng):
    for at in rng.integers(0, max(1, len(data)), rng.integers(1, 8)):
        data[at : at + 1] = bytes([rng.integers(256)])
    return data


def _truncate(data, _seeds, _tokens, rng):
    return data[: rng.integers(0, len(data) + 1)]


def _repeat(data, _seeds, _tokens, rng):
    start, stop = _slice(data, rng)
    times = int(rng.choice([2, 10, 1000]))
    return data[:start] + data[start:stop] * times + data[stop:]


def _delete(data, _seeds, _tokens, rng):
    start, stop = _slice(data, rng)
    del data[start:stop]
    return data


def _splice(data, seeds, _tokens, rng):
    other = _one_of(seeds, rng)
    return data[: rng.integers(0, len(data) + 1)] + other[rng.integers(0, len(other)) :]


def _insert(data, _seeds, tokens, rng):
    at = rng.integers(0, len(data) + 1)
    data[at:at] = _one_of(tokens, rng)
    return data


def _overwrite_start(data, _seeds, tokens, rng):
    """Lie in the header."""
    at, token = rng.integers(0, 32), _one_of(tokens, rng)
    data[at : at + len(token)] = token
    return data


MUTATIONS = (
    *(_flip,) * 4,
    _truncate,
    _repeat,
    _delete,
    _splice,
    _insert,
    _insert,
    _overwrite_start,
)


def _slice(data, rng):
    start, stop = np.sort(rng.integers(0, len(data) + 1, 2)).tolist()
    return start, stop


def _one_of(choices, rng):
    return choices[rng.integers(len(choices))]
