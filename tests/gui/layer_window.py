"""A list of layers as its tests see it, in a window that does what it wishes."""

from dataclasses import replace

import numpy as np
from PySide6.QtWidgets import QPushButton

from playground.data.dataset import Dataset, Examples
from playground.gui.layers.layer_list import LayerList
from playground.gui.layers.layer_rows import LayerRow, Problem
from playground.gui.selection import Selection
from playground.nn.losses import CategoricalCrossentropy
from playground.nn.model import Sequential
from playground.training.project import Project


def ten_digits():
    """Return ten empty images, one of each class."""
    examples = Examples(np.zeros((10, 28, 28, 1), np.float32), np.arange(10))
    return Dataset("Digits", examples, examples, examples, classes=tuple("0123456789"))


def opened_window(qtbot, layers, dataset):
    """Return a list of these layers, on the screen and in front."""
    window = Window(layers, dataset)
    qtbot.addWidget(window.list)
    window.list.resize(280, 640)
    window.list.show()
    window.list.activateWindow()
    qtbot.waitUntil(window.list.isActiveWindow)
    return window


class Window:
    """Does what the session does with what the list emits: takes it and shows it back."""

    def __init__(self, layers, dataset):
        self.project = Project(model=Sequential(layers), loss=CategoricalCrossentropy())
        self.selection = Selection()
        self.list = LayerList()
        self.list.edited.connect(self.edit)
        self.list.selected.connect(self.select)
        self.list.show_dataset(dataset)
        self.list.show_project(self.project)
        self.list.show_selection(self.selection)

    def edit(self, changes):
        self.project = replace(self.project, **changes)
        self.list.show_project(self.project)

    def select(self, selection):
        self.selection = selection
        self.list.show_selection(selection)

    @property
    def names(self):
        return [type(layer).__name__ for layer in self.project.model.layers]

    def row(self, place):
        """Return the row of the layer at ``place``; -1 is the input's."""
        return self.list.findChildren(LayerRow)[place + 1]

    def tool(self, tip):
        buttons = self.list.findChildren(QPushButton)
        return next(one for one in buttons if one.accessibleName().startswith(tip))

    def problem(self):
        return next(one for one in self.list.findChildren(Problem) if one.isVisible())

    def mend(self):
        self.problem().findChild(QPushButton).click()
