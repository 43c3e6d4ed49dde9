"""Why a command cannot be done now, in words that say what to do; nothing if it can."""

from __future__ import annotations

from playground.gui.session import Session
from playground.language import tr
from playground.nn.paths import layer_at
from playground.training.snapshot import Status


class Needs:
    """What commands ask of a session before they can be done."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def project(self) -> str:
        """Ask for an open project."""
        return "" if self._session.project else tr("Open data or a project first.")

    def layer(self) -> str:
        """Ask for a layer that is selected."""
        project, at = self._session.project, self._session.selection.layer
        if project and (at is None or layer_at(project.model, at) is None):
            return tr("Choose a layer first: click it in the network or in the list of layers.")
        return self.project()

    def edit(self) -> str:
        """Ask for something to undo."""
        return "" if self._session.can_undo else tr("Nothing has been changed yet.")

    def undone(self) -> str:
        """Ask for something to redo."""
        return "" if self._session.can_redo else tr("Nothing has been undone.")

    def divergence(self) -> str:
        """Ask for a run that has diverged."""
        return self.project() or (
            "" if self._session.status is Status.DIVERGED else tr("The training has not diverged.")
        )
