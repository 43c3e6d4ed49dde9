"""What training makes small, in full: the loss with its settings, and what each class counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.gui.form import ComponentForm
from playground.gui.popup import Popup
from playground.gui.widgets import divider
from playground.nn.losses import Loss
from playground.training.class_weights import ClassWeights
from playground.training.project import Project


class LossPopup(Popup):
    """The forms of the loss and of the class weights, below the loss's combo box."""

    edited = Signal(object)
    """A dict of ``Project`` fields to replace."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._project = Project()
        self._loss: ComponentForm | None = None
        self._weights: ComponentForm | None = None

    def heading(self) -> str:
        return self.tr("Loss settings")

    def show_project(self, project: Project) -> None:
        """Follow an edit."""
        self._project = project
        if self._loss is not None and self._weights is not None:
            self._loss.show_component(project.loss)
            self._weights.show_component(project.class_weights)
            self.fit()

    def contents(self) -> list[QWidget]:
        loss = ComponentForm(Loss, self._project.loss)
        weights = ComponentForm(ClassWeights, self._project.class_weights)
        loss.changed.connect(lambda value: self.edited.emit({"loss": value}))
        weights.changed.connect(lambda value: self.edited.emit({"class_weights": value}))
        for form in (loss, weights):
            form.changed.connect(self.fit)
        self._loss, self._weights = loss, weights
        return [loss, divider(vertical=False), weights]
