"""Two columns against each other."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QSizePolicy, QWidget

from playground.data.browse.catalogue import Catalogue
from playground.gui import widgets
from playground.gui.browser.class_key import ClassKey
from playground.gui.browser.scatter import MOST, Pairs, Scatter
from playground.gui.look import theme
from playground.language import grouped, tr


class PairsPage(QWidget):
    """Two choices of a column, and the scatter of the shown examples."""

    columns_chosen = Signal(int, int)
    chosen = Signal(int)
    """The position of an example."""

    def __init__(self) -> None:
        super().__init__()
        self._catalogue: Catalogue | None = None
        self._names = QStringListModel(self)
        self._across, self._up = self._choice(tr("Across")), self._choice(tr("Up"))
        self._scatter = Scatter(tr("Two columns against each other"))
        self._scatter.chosen.connect(self.chosen)
        self._key = ClassKey()
        self._detail = widgets.label("", theme.SMALL, colour="muted", wrap=True)
        across = widgets.label("→", colour="muted")
        across.setToolTip(tr("Across"))
        up = widgets.label("↑", colour="muted")
        up.setToolTip(tr("Up"))
        choices = (
            widgets.row(up, self._up),
            widgets.row(across, self._across),
        )
        for choice in choices:
            choice.setStretch(1, 1)
        self.setLayout(
            widgets.column(*choices, self._scatter, self._key, self._detail, widgets.STRETCH)
        )

    @property
    def columns(self) -> tuple[int, int]:
        """The columns that are chosen: across and up."""
        return self._across.currentIndex(), self._up.currentIndex()

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Offer the columns of other data: at first two inputs, or an input and the answer."""
        self._catalogue = catalogue
        self._names.setStringList([shelf.name for shelf in catalogue.columns])
        inputs = [n for n, shelf in enumerate(catalogue.columns) if not shelf.is_answer]
        numbers = [n for n in inputs if catalogue.columns[n].is_number]
        rest = [n for n in range(len(catalogue.columns)) if n not in numbers[:2]]
        self.show_columns(*[*numbers[:2], *rest, 0, 0][:2])
        self._key.show_classes(catalogue.dataset.classes)

    def show_columns(self, across: int, up: int) -> None:
        """Show a choice without emitting ``columns_chosen``."""
        self._across.setCurrentIndex(across)
        self._up.setCurrentIndex(up)

    def show_pairs(self, pairs: Pairs) -> None:
        """Draw the examples."""
        self._scatter.show_pairs(pairs, (self._across.currentText(), self._up.currentText()))
        if pairs.total > len(pairs.positions):
            words = tr("{0} of {1} examples, evenly taken").format(
                grouped(len(pairs.positions)), grouped(pairs.total)
            )
        else:
            words = tr("{0} examples").format(grouped(pairs.total))
        self._detail.setText(words)
        self._detail.setToolTip(tr("At most {0} are drawn.").format(grouped(MOST)))

    def show_current(self, position: int | None) -> None:
        """Ring an example."""
        self._scatter.show_current(position)

    def _choice(self, name: str) -> QComboBox:
        """Return a choice of a column, which can be typed: there may be thousands."""
        box = QComboBox()
        box.setModel(self._names)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setAccessibleName(name)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        completer = QCompleter(self._names, box)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        box.setCompleter(completer)
        box.activated.connect(lambda: self.columns_chosen.emit(*self.columns))
        return box
