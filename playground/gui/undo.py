"""Undo and redo. Projects are values, so the history is two lists of them."""

from __future__ import annotations

import time

from playground.training.project import Project

MERGE_SECONDS = 1.0
"""Edits of the same field within this time, as of a dragged slider, are one step."""


class UndoHistory:
    """The projects before and after the present one."""

    def __init__(self) -> None:
        self._undo: list[Project] = []
        self._redo: list[Project] = []
        self._last_fields: tuple[str, ...] = ()
        self._last_time = 0.0
        self._last_stroke: int | None = None

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undo to take back."""
        return bool(self._redo)

    def record(self, present: Project, fields: tuple[str, ...], stroke: int | None = None) -> None:
        """Keep the project as it is before an edit of ``fields``.

        An edit that goes on with the one before is part of it: if both are of the same stroke, or
        of none and soon after each other.
        """
        now = time.monotonic()
        goes_on = fields == self._last_fields and stroke == self._last_stroke
        if stroke is None:
            goes_on = goes_on and now - self._last_time <= MERGE_SECONDS
        if not (goes_on and self._undo):
            self._undo.append(present)
        self._redo.clear()
        self._last_fields, self._last_time, self._last_stroke = fields, now, stroke

    def undo(self, present: Project) -> Project | None:
        """Return the project before the last edit."""
        return self._step(present, self._undo, self._redo)

    def redo(self, present: Project) -> Project | None:
        """Return the project before the last undo."""
        return self._step(present, self._redo, self._undo)

    def _step(self, present: Project, off: list[Project], onto: list[Project]) -> Project | None:
        self._last_fields = ()
        if not off:
            return None
        onto.append(present)
        return off.pop()
