"""The menu of a column: what it is read as, and what it is to the network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from playground.gui.csv_import import words
from playground.gui.csv_import.draft import Draft, Role
from playground.gui.look.icons import icon
from playground.language import tr


class TypeMenu(QMenu):
    """Emits what is chosen for a column."""

    type_chosen = Signal(str)
    role_chosen = Signal(str)

    def __init__(self, draft: Draft, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Type of {0}").format(name))
        self.setToolTipsVisible(True)
        names, tips = words.type_names(), words.type_tips()
        planned = draft.plan(name).type
        automatic = words.found(names[draft.column(name).guess])
        for key, text in {"auto": automatic, **names}.items():
            action = self._add(text, partial(self.type_chosen.emit, key))
            action.setToolTip(tips.get(key, ""))
            action.setCheckable(True)
            action.setChecked(key == planned)
        self.addSeparator()
        if draft.role(name) is not Role.TARGET:
            target = self._add(
                tr("Predict this column"), partial(self.role_chosen.emit, Role.TARGET.value)
            )
            target.setIcon(icon("bullseye-arrow", "accent"))
        if draft.role(name) is not Role.INPUT:
            self._add(tr("Use as an input"), partial(self.role_chosen.emit, Role.INPUT.value))

    def _add(self, text: str, choose: Callable[[], None]) -> QAction:
        action = self.addAction(text)
        action.triggered.connect(lambda: choose())
        return action
