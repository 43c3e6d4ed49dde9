"""The picture of a network as its tests see it, in a window that does what it wishes."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QMenu

from playground.gui.network.controls import RoundButton
from playground.gui.selection import Selection
from playground.gui.views.network import NetworkView

NO_POPUPS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class Window:
    """What the window does for a view: it brings edits and selections back."""

    def __init__(self, qtbot, snapshot, size=(830, 330)):
        self.snapshot, self.project, self.selection = snapshot, snapshot.project, Selection()
        self.view = NetworkView()
        qtbot.addWidget(self.view)
        self.view.resize(*size)
        self.view.selected.connect(self.select)
        self.view.edited.connect(self.edit)
        self.view.show()
        qtbot.waitExposed(self.view)
        self.view.show_project(self.project)
        self.view.show_snapshot(snapshot)
        self.answer()

    def select(self, selection):
        self.selection = selection
        self.view.show_selection(selection)

    def edit(self, changes):
        self.project = replace(self.project, **changes)
        self.view.show_project(self.project)

    def answer(self, snapshot=None):
        snapshot = snapshot or self.snapshot
        for result in self.view.probe(snapshot).compute(snapshot):
            self.view.show_result(snapshot, result)

    @property
    def canvas(self):
        return self.view.canvas

    @property
    def layers(self):
        return self.project.model.layers

    def placed(self, layer):
        layout = self.canvas.scene.layout
        return layout.placed[layout.index_of(layer)]

    def at(self, point):
        return self.canvas.to_widget(point).toPoint()

    def button(self, name):
        found = [b for b in self.canvas.findChildren(RoundButton) if name in b.accessibleName()]
        return next(b for b in found if b.isVisible())


def menu_action(text):
    menus = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()]
    return menus[-1], next(a for a in menus[-1].actions() if a.text() == text)


def grabbed(window):
    return window.canvas.grab().toImage()
