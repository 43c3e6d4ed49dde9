"""Runs that an edit put aside, so that taking the edit back brings the weights back."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np

from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.nn.parameters import Layout, Signature
from playground.training.project import Project
from playground.training.state import RunState

Key = tuple[DataSource, int, Signature]
"""What decides whether weights can be kept: the data, the seed and the shapes."""


def key_of(project: Project, dataset: Dataset) -> Key:
    """Return what must not change in an edit if a run is to go on with its weights."""
    weights = project.model.build(dataset.input_shape, np.random.default_rng(0))
    return project.source, project.seed, Layout(project.model, weights).signature


class Shelf:
    """Keeps the states of the latest runs by what decides their weights."""

    def __init__(self, places: int = 12) -> None:
        self._places = places
        self._states: OrderedDict[Key, RunState] = OrderedDict()

    def put(self, key: Key, state: RunState) -> None:
        """Keep a run that has begun; the oldest one goes when the shelf is full."""
        if state.step:
            self._states[key] = state
            self._states.move_to_end(key)
            if len(self._states) > self._places:
                self._states.popitem(last=False)

    def find(self, key: Key) -> RunState | None:
        """Return the run with these weights, or None."""
        return self._states.get(key)

    def forget(self, key: Key) -> None:
        """Drop the run with these weights."""
        self._states.pop(key, None)
