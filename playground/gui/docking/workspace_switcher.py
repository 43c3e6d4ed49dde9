"""The workspaces in sight: one press, and the panels are laid out for another kind of data."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from playground.data.dataset import DataKind
from playground.gui.docking.arrangement import Arrangement
from playground.gui.docking.docks import DockArea
from playground.gui.docking.layouts import workspace_names
from playground.gui.help.subjects import explain
from playground.gui.widgets import GAP, MARGIN, Segments, row
from playground.language import tr


class WorkspaceSwitcher(QWidget):
    """Shows which workspace there is, and lets another one be chosen."""

    def __init__(self, arrangement: Arrangement, area: DockArea) -> None:
        super().__init__()
        self._arrangement = arrangement
        names = {kind.value: name for kind, (name, _) in workspace_names().items()}
        tips = {kind.value: tip for kind, (_, tip) in workspace_names().items()}
        self.segments = Segments(names, tr("Workspace"), tips=tips)
        self.segments.chosen.connect(self._choose)
        explain(self, "workspace")
        for name in names:
            segment = self.segments.segment(name)
            segment.setMinimumWidth(segment.sizeHint().width() + 2 * GAP)
        self.setLayout(row(self.segments, margins=(0, 0, MARGIN, 0)))
        arrangement.changed.connect(self._follow)
        area.shown.connect(self.setVisible)
        self.hide()  # while there is nothing to lay out

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._arrangement.show(DataKind(key))

    @Slot(DataKind)
    def _follow(self, kind: DataKind) -> None:
        self.segments.set_choice(kind.value)
