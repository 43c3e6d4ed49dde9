"""How training examples are changed, and what that looks like."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent

from playground.data.augmentations import draw_change
from playground.data.dataset import DataKind, Dataset
from playground.gui import widgets
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.pictures.augmentation_list import AugmentationList
from playground.gui.pictures.augmentation_preview import PAIRS, AugmentationPreview
from playground.gui.views.base import View
from playground.language import mark, tr
from playground.training.project import Project
from playground.training.run import Draw
from playground.training.snapshot import Snapshot

_ANEW_MS = 900


class AugmentationView(View):
    """The list of augmentations beside eight training examples, before and after.

    The preview calls what training calls, with the seed of the project: a slider that moves
    changes how far each example goes, not which way.
    """

    title = "Augmentation"
    synonyms = mark("shift rotate zoom")
    kinds = frozenset({DataKind.IMAGES})

    def __init__(self) -> None:
        super().__init__()
        self._project = Project()
        self._dataset: Dataset | None = None
        self._rows: NDArray[np.intp] = np.arange(0)
        self._draw = 0
        self._list = AugmentationList()
        self._list.changed.connect(self._edit)
        self._preview = AugmentationPreview()
        self._again = widgets.button(
            tr("Draw again"), "refresh", "quiet", tr("What the next step would see")
        )
        self._again.clicked.connect(self.draw_again)
        self._lively = widgets.Switch(tr("Keep drawing"))
        for one in (self._preview, self._again, self._lively):
            explain(one, "Augmentation")
        self._lively.setToolTip(tr("Change them anew again and again"))
        self._preview.setToolTip(tr("Training examples as they are, and as a step might see them"))
        self._lively.toggled.connect(self._run_timer)
        self._timer = QTimer(self, interval=_ANEW_MS)
        self._timer.timeout.connect(self.draw_again)
        self._lay_out()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            self._dataset = snapshot.dataset
            self._rows = _one_of_each(snapshot.dataset)
            self._list.show_dataset(snapshot.dataset)
            self._right.setVisible(snapshot.dataset.kind is not DataKind.TEXT)
            self._show_pairs()

    def show_project(self, project: Project) -> None:
        self._project = project
        self._list.show_augmentation(project.augmentation)
        self._show_pairs()

    def draw_again(self) -> None:
        """Show the same examples, changed anew."""
        self._draw += 1
        self._show_pairs()

    def showEvent(self, event: QShowEvent) -> None:
        self._run_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()

    def _edit(self, chosen: object) -> None:
        self.edited.emit({"augmentation": chosen})

    def _run_timer(self) -> None:
        if self._lively.isChecked() and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _show_pairs(self) -> None:
        """Show what a batch of these examples would become in a step of this number."""
        if self._dataset is None:
            return
        before = self._dataset.train.x[self._rows]
        after, project = before.copy(), self._project
        key = (project.seed, Draw.AUGMENTATION, self._draw)
        fitting = [a for a in project.augmentation if self._list.fits(a)]
        draw_change(fitting, key, len(after), self._dataset.input_shape)(after, 0)
        self._preview.show_pairs(before, after)
        self._again.setEnabled(bool(fitting))

    def _lay_out(self) -> None:
        tools = widgets.row(
            widgets.label(tr("Eight training examples"), theme.BODY, 600),
            widgets.STRETCH,
            self._lively,
            8,
            self._again,
        )
        right = widgets.column(tools, self._preview, gap=4, margins=(16, 4, 16, 8))
        right.setStretch(1, 1)
        self._right = widgets.boxed(widgets.row(widgets.divider(), right, gap=0))
        both = widgets.row(self._list, self._right, gap=0)
        both.setStretch(0, 4)
        both.setStretch(1, 5)
        self.setLayout(both)


def _one_of_each(dataset: Dataset) -> NDArray[np.intp]:
    """Return rows of the training part: the first of each class, then the first of all."""
    train = dataset.train
    first = np.unique(train.y, return_index=True)[1] if dataset.is_classification else np.arange(0)
    rest = np.setdiff1d(np.arange(min(PAIRS, len(train))), first)
    return np.concatenate([first, rest])[:PAIRS]
