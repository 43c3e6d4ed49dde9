"""The same network with a layer or a branch more, less, or elsewhere; see ``paths``."""

from __future__ import annotations

from playground.nn.layers.base import Layer
from playground.nn.layers.branches import Branches
from playground.nn.model import Sequential
from playground.nn.paths import LayerPath, layer_at


def inserted(model: Sequential, path: LayerPath, layer: Layer) -> Sequential:
    """Return the network with one layer more, which has this path then."""
    return _spliced(model, path, 0, (layer,))


def replaced(model: Sequential, path: LayerPath, layer: Layer) -> Sequential:
    """Return the network with another layer at a path."""
    return _spliced(model, path, 1, (layer,))


def without(model: Sequential, path: LayerPath) -> Sequential:
    """Return the network without the layer at a path."""
    return _spliced(model, path, 1, ())


def slots(model: Sequential) -> list[LayerPath]:
    """Return all paths at which a layer could be put in, in reading order."""
    found: list[LayerPath] = [(0,)]
    for index, layer in enumerate(model.layers):
        for branch, chain in enumerate(layer.chains):
            found += [(index, branch, *path) for path in slots(chain)]
        found.append((index + 1,))
    return found


def moved(model: Sequential, path: LayerPath, goal: LayerPath) -> tuple[Sequential, LayerPath]:
    """Return the network with the layer at ``path`` put in at ``goal``, and its path then.

    ``goal`` counts as before the move; within the layer itself it changes nothing.
    """
    layer = layer_at(model, path)
    if layer is None or goal[: len(path)] == path:
        return model, path
    goal = _after_removal(goal, path)
    return inserted(without(model, path), goal, layer), goal


def shifted(model: Sequential, path: LayerPath, steps: int) -> tuple[Sequential, LayerPath]:
    """Return the network with a layer moved down by so many places, into branches and out.

    At either end it stays as it is.
    """
    layer = layer_at(model, path)
    if layer is None:
        return model, path
    rest = without(model, path)
    places = slots(rest)
    place = places.index(path) + steps
    if not 0 <= place < len(places):
        return model, path
    return inserted(rest, places[place], layer), places[place]


def gaps(model: Sequential, above: LayerPath, below: LayerPath) -> list[LayerPath]:
    """Return the paths that a layer put in between two neighbours may have, the deepest first.

    The neighbours stand in reading order, layers and branches: ``()`` is the input above, or
    nothing below. Behind the last layer of a branch one may stay in it or leave it.
    """
    layer = layer_at(model, above)
    if len(above) % 2 == 0:
        found = [(*above, 0)]
    elif layer is not None and layer.chains:
        found = [(*above, 0, 0)]
    else:
        found = [(*above[:-1], above[-1] + 1)]
    while len(found[-1]) > 1 and below[: len(found[-1]) - 2] != found[-1][:-2]:
        outer = found[-1][:-2]
        found.append((*outer[:-1], outer[-1] + 1))
    return found


def with_branches(layer: Layer) -> Layer:
    """Return a layer as it is put in: one that may branch has two branches at least."""
    if not can_branch(layer):
        return layer
    return layer.with_chains((*layer.chains, *[Sequential()] * (2 - len(layer.chains))))


def can_branch(layer: Layer | None) -> bool:
    """Return whether a layer may have more or fewer branches."""
    return isinstance(layer, Branches)


def with_branch(model: Sequential, path: LayerPath) -> Sequential:
    """Return the network with an empty branch put in at a path of even length."""
    return _rebranched(model, path, 0, (Sequential(),))


def without_branch(model: Sequential, path: LayerPath) -> Sequential:
    """Return the network without the branch at a path of even length."""
    return _rebranched(model, path, 1, ())


def _rebranched(
    model: Sequential, path: LayerPath, count: int, put: tuple[Sequential, ...]
) -> Sequential:
    layer = layer_at(model, path[:-1])
    assert layer is not None
    chains = layer.chains
    return replaced(
        model,
        path[:-1],
        layer.with_chains((*chains[: path[-1]], *put, *chains[path[-1] + count :])),
    )


def _spliced(model: Sequential, path: LayerPath, count: int, put: tuple[Layer, ...]) -> Sequential:
    """Return the network with ``count`` layers from a path on replaced by others."""
    layers, index = model.layers, path[0]
    if len(path) == 1:
        return Sequential((*layers[:index], *put, *layers[index + count :]))
    layer, branch = layers[index], path[1]
    chain = _spliced(layer.chains[branch], path[2:], count, put)
    chains = (*layer.chains[:branch], chain, *layer.chains[branch + 1 :])
    return Sequential((*layers[:index], layer.with_chains(chains), *layers[index + 1 :]))


def _after_removal(goal: LayerPath, gone: LayerPath) -> LayerPath:
    """Return what a path becomes when a layer is taken out: those behind it move up."""
    depth = len(gone) - 1
    if goal[:depth] == gone[:depth] and len(goal) > depth and goal[depth] > gone[depth]:
        return (*goal[:depth], goal[depth] - 1, *goal[depth + 1 :])
    return goal
