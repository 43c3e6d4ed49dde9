"""Runs that an edit put aside, so that taking the edit back brings the weights back."""

from __future__ import annotations

from collections import OrderedDict

from playground.component import Component
from playground.training.project import Project
from playground.training.state import RunState

Key = tuple[Component | int, ...]


class Shelf:
    """Keeps the states of the latest runs by what decides their weights."""

    def __init__(self, places: int = 12) -> None:
        self._places = places
        self._states: OrderedDict[Key, RunState] = OrderedDict()

    @staticmethod
    def key(project: Project) -> Key:
        """Return the choices that cannot change without a new run."""
        return project.source, project.model, project.seed

    def put(self, project: Project, state: RunState) -> None:
        """Keep a run that has begun; the oldest one goes when the shelf is full."""
        if state.step:
            self._states[self.key(project)] = state
            self._states.move_to_end(self.key(project))
            if len(self._states) > self._places:
                self._states.popitem(last=False)

    def find(self, project: Project) -> RunState | None:
        """Return the run of this project, or None."""
        return self._states.get(self.key(project))

    def forget(self, project: Project) -> None:
        """Drop the run of this project."""
        self._states.pop(self.key(project), None)
