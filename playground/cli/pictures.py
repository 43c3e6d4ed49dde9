"""Pictures of a finished run, drawn by the window itself. Import it late: it loads Qt."""

from __future__ import annotations

from pathlib import Path

from playground.errors import FileError
from playground.gui.app import opened_window, save_picture
from playground.gui.views import View
from playground.language import tr
from playground.training.snapshot import Snapshot
from playground.training.state import RunState

_CURVES_SIZE = 1000, 560


def draw(snapshot: Snapshot, state: RunState, folder: Path) -> None:
    """Write ``window.png`` and ``curves.png``. Raises ``PlaygroundError`` if that fails."""
    with opened_window(snapshot.project, state) as window:
        save_picture(window, folder / "window.png")
        _draw_curves(snapshot, folder / "curves.png")


def _draw_curves(snapshot: Snapshot, path: Path) -> None:
    view = View.registry["CurvesView"]()
    view.resize(*_CURVES_SIZE)
    view.show_project(snapshot.project)
    view.show_snapshot(snapshot)
    if not view.grab().save(str(path)):
        raise FileError(
            tr("{path} cannot be written; start again in a folder that has room.").format(path=path)
        )
