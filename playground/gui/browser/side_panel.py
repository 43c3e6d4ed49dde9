"""What is beside the examples: one of them, a column, the classes, pairs, the target."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QPushButton,
    QStackedWidget,
    QWidget,
)

from playground.gui import widgets
from playground.gui.browser.classes_page import ClassesPage
from playground.gui.browser.column_page import ColumnPage
from playground.gui.browser.example_page import ExamplePage
from playground.gui.browser.pairs_page import PairsPage
from playground.gui.browser.target_page import TargetPage
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.language import tr

WIDTH = 328
_TOPICS = {
    "example": "example-loss",
    "column": "histogram",
    "classes": "class-counts",
    "pairs": "scatter",
    "target": "correlation",
}


class SidePanel(QWidget):
    """Pages with a tab each, of which those are there that say something of the data."""

    turned = Signal(str)
    """Another page is in front."""

    def __init__(self) -> None:
        super().__init__()
        self.example, self.column = ExamplePage(), ColumnPage()
        self.classes, self.pairs, self.target = ClassesPage(), PairsPage(), TargetPage()
        tips = {
            "example": tr("All that is known of the selected example"),
            "column": tr("How the values of the selected column are spread"),
            "classes": tr("How many examples each class has, and their mean images"),
            "pairs": tr("Two columns against each other"),
            "target": tr("Which columns go with what is predicted"),
        }
        titles = {
            "example": (tr("Example"), self.example),
            "column": (tr("Column"), self.column),
            "classes": (tr("Classes"), self.classes),
            "pairs": (tr("Pairs"), self.pairs),
            "target": (tr("Target"), self.target),
        }
        self._names = list(titles)
        self._pages = QStackedWidget()
        self._group = QButtonGroup(self)
        self._tabs = {name: self._add(name, *page) for name, page in titles.items()}
        for name, tab in self._tabs.items():
            tab.setToolTip(tips[name])
        tabs = widgets.row(*self._tabs.values(), widgets.STRETCH, gap=0, margins=(8, 0, 8, 0))
        column = widgets.column(tabs, widgets.divider(vertical=False), self._pages, gap=0)
        column.setStretch(2, 1)
        self.setLayout(column)
        self.setMinimumWidth(tabs.minimumSize().width())
        self._tabs["example"].setChecked(True)

    @property
    def front(self) -> str:
        """Which page is in front."""
        return self._names[self._pages.currentIndex()]

    def offer(self, names: set[str]) -> None:
        """Offer some of the pages alone."""
        for name, tab in self._tabs.items():
            tab.setVisible(name in names)
        if self.front not in names:
            self.turn_to("example")

    def turn_to(self, name: str) -> None:
        """Bring a page to the front."""
        self._tabs[name].setChecked(True)
        if name != self.front:
            self._pages.setCurrentIndex(self._names.index(name))
            self.turned.emit(name)

    def _add(self, name: str, title: str, page: QWidget) -> QPushButton:
        tab = widgets.button(title, kind="tab", checkable=True)
        tab.setFont(theme.font(theme.SMALL, 500))
        tab.clicked.connect(lambda: self.turn_to(name))
        self._group.addButton(tab)
        box = widgets.boxed(widgets.column(page, margins=(16, 12, 16, 12)), "panel")
        self._pages.addWidget(widgets.scrolling(box, title))
        for one in (tab, box):
            explain(one, _TOPICS[name])
        return tab
