"""A few examples followed through training, each by itself."""

from __future__ import annotations

from functools import partial
from typing import get_args

from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from playground.data.dataset import Dataset
from playground.gui import widgets
from playground.gui.charts.chart_menu import ChartMenu, Table
from playground.gui.look import theme
from playground.gui.pictures.inspection_cards import Card, Order, cards_of, epochs_of, ordered
from playground.gui.pictures.inspection_grid import InspectionGrid
from playground.gui.selection import Selection
from playground.gui.views.base import ProbeView
from playground.language import mark, tr
from playground.nn.arrays import Array
from playground.probes.activations import example_at, example_count, example_number
from playground.probes.inspected import Inspected, InspectedAnswers
from playground.probes.runner import ProbeFailure
from playground.training.inspection import EACH, MOST, Followed, Part, followed, sample, toggled
from playground.training.project import Project
from playground.training.snapshot import Snapshot


class InspectionView(ProbeView):
    """A card for each example: what it is, what the network says of it now, and how that went."""

    title = "Inspection"
    synonyms = mark("followed examples star")

    def __init__(self) -> None:
        super().__init__()
        self._project = Project()
        self._dataset: Dataset | None = None
        self._snapshot: Snapshot | None = None
        self._followed: Followed | None = None
        self._answers: dict[int, Array] = {}
        self._cards: list[Card] = []
        self._selection = Selection()
        self._draws = 0
        self._order: Order = "picked"
        self._heading = widgets.label(tr("Inspection set"), theme.BODY, 600)
        self._detail = widgets.label("", theme.SMALL, colour="muted")
        self._sorting = self._make_sorting()
        self._pick = widgets.button("", "star-outline", "quiet")
        self._pick.clicked.connect(self._ask_part)
        self._clear = widgets.button(
            tr("Clear"), "close", "flat", tr("Follow none of them any longer")
        )
        self._clear.clicked.connect(lambda: self._set(()))
        self._grid = InspectionGrid(tr("Inspected examples"))
        self._grid.chosen.connect(self._choose)
        self._grid.dropped.connect(self._toggle)
        self._empty = widgets.EmptyState("star-outline", "")
        self._menu = ChartMenu(self, "inspection", self._table)
        self._pages = QStackedLayout()
        self._lay_out()
        self._show_state()

    def probe(self, snapshot: Snapshot) -> Inspected | None:
        chosen = self._project.inspected
        return Inspected(inspected=chosen) if chosen else None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if snapshot.dataset is not self._dataset:
            self._dataset = snapshot.dataset
            self._find()
        if self._snapshot is None or snapshot.run_id != self._snapshot.run_id:
            self._answers = {}
        self._snapshot = snapshot
        self._show_cards()

    def show_project(self, project: Project) -> None:
        again = project.inspected == self._project.inspected
        self._project = project
        if not again:
            self._find()
            self._show_cards()

    def show_result(self, snapshot: Snapshot, result: InspectedAnswers | ProbeFailure) -> None:
        if isinstance(result, ProbeFailure) or snapshot.dataset is not self._dataset:
            return
        # the answers to come are still those of before
        self._answers |= dict(zip(result.followed.numbers, result.answers, strict=False))
        self._show_cards()

    def show_selection(self, selection: Selection) -> None:
        self._selection = selection
        self._show_current()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._menu.exec(event.globalPos())

    def pick(self, part: Part) -> None:
        """Follow five examples of each class of a part instead; others every time."""
        if self._dataset is not None:
            self._draws += 1
            self._set(sample(self._dataset, part, self._project.seed + self._draws))

    def parts_menu(self) -> QMenu:
        """Return the menu of the parts that examples can be drawn from."""
        menu = QMenu(self)
        names = {
            "train": tr("From training"),
            "validation": tr("From validation"),
            "test": tr("From the test part"),
        }
        for part in get_args(Part):
            action = menu.addAction(names[part])
            action.setEnabled(self._dataset is not None and len(getattr(self._dataset, part)) > 0)
            action.triggered.connect(partial(self.pick, part))
        return menu

    def _set(self, inspected: tuple[int, ...]) -> None:
        self.edited.emit({"inspected": inspected})

    def _toggle(self, number: int) -> None:
        self._set(toggled(self._project.inspected, number))

    def _take_likeliest(self) -> None:
        has_validation = self._dataset is not None and len(self._dataset.validation) > 0
        self.pick("validation" if has_validation else "train")

    def _ask_part(self) -> None:
        self.parts_menu().popup(self._pick.mapToGlobal(QPoint(0, self._pick.height())))

    def _choose(self, number: int) -> None:
        """Select an example everywhere."""
        card = next(card for card in self._cards if card.number == number)
        assert self._dataset is not None
        part, old = getattr(self._dataset, card.part), self._selection
        example = example_number(self._dataset, part, card.place)
        self.selected.emit(Selection(old.layer, old.unit, example))

    def _sort(self, order: str) -> None:
        self._order = next(known for known in get_args(Order) if known == order)
        self._show_cards()

    # Showing

    def _show_current(self) -> None:
        """Frame the selected example."""
        if self._dataset is None or self._selection.example >= example_count(self._dataset):
            return
        part, row = example_at(self._dataset, self._selection.example)
        self._grid.show_current(int(part.rows[row]))

    def _find(self) -> None:
        """Look up the examples that are followed in the data."""
        if self._dataset is not None:
            self._followed = followed(self._dataset, self._project.inspected)
            self._show_current()
        self._show_state()

    def _show_cards(self) -> None:
        """Show what is known by now; answers not yet asked for are left open."""
        snapshot = self._snapshot
        if snapshot is None or self._followed is None or snapshot.dataset is not self._dataset:
            return
        self._cards = cards_of(snapshot, self._followed, self._answers)
        self._grid.show_cards(ordered(self._cards, self._order), epochs_of(snapshot))
        self._detail.setText(self._summary(len(self._project.inspected)))

    def _show_state(self) -> None:
        """Say how many there are, or how to pick some."""
        count = len(self._project.inspected)
        words = self._pick_words()
        self._pick.setText(words)
        self._pick.setAccessibleName(words)
        self._pick.setToolTip(tr("Follow others, drawn from a part that you choose"))
        self._empty.show_text(
            tr(
                "Follow some examples through training. Pick them with the star in Predictions "
                "or in the data browser, or let them be drawn."
            ),
            words,
            self._take_likeliest,
        )
        self._pages.setCurrentIndex(1 if count else 0)
        for tool in (self._sorting, self._pick, self._clear):
            tool.setVisible(count > 0)
        self._detail.setText(self._summary(count))

    def _pick_words(self) -> str:
        """Return what drawing a set would bring."""
        classes = len(self._dataset.classes) if self._dataset else 1
        if not classes:
            return tr("Ten across the range")
        few = classes * EACH <= MOST
        return tr("Five per class") if few else tr("Some of many classes")

    def _summary(self, count: int) -> str:
        if not count:
            return ""
        words = [tr("{0} followed").format(count)]
        if self._cards and self._dataset is not None and self._dataset.is_classification:
            known = [card for card in self._cards if card.number in self._answers]
            right = sum(not card.verdict.wrong for card in known)
            words.append(tr("{0} of {1} right").format(right, len(known)))
        if self._cards and len(self._cards) < count:
            words.append(tr("{0} not in the data").format(count - len(self._cards)))
        return " · ".join(words)

    def _table(self) -> Table:
        """Return a row for each example: number, part, answer, and the figure of every epoch."""
        epochs = epochs_of(self._snapshot).tolist() if self._snapshot else []
        header = ("example", "part", "answer", *(f"epoch {epoch:g}" for epoch in epochs))
        return [
            header,
            *(
                (card.number + 1, card.part, card.verdict.words, *card.trace.tolist())
                for card in self._grid.cards
            ),
        ]

    # Making

    def _make_sorting(self) -> widgets.Segments:
        labels = {
            "picked": tr("As picked"),
            "worst": tr("Worst first"),
            "changed": tr("Most changed"),
        }
        sorting = widgets.Segments(labels, tr("Order"))
        sorting.set_choice(self._order)
        sorting.chosen.connect(self._sort)
        sorting.setFixedWidth(theme.px(296))
        return sorting

    def _lay_out(self) -> None:
        tools = widgets.row(
            self._heading,
            self._detail,
            widgets.STRETCH,
            self._sorting,
            8,
            self._pick,
            self._clear,
        )
        grid = widgets.boxed(widgets.column(self._grid, widgets.STRETCH), "panel")
        self._pages.addWidget(self._empty)
        self._pages.addWidget(widgets.scrolling(grid, sideways=True))
        pages = QWidget()
        pages.setLayout(self._pages)
        body = widgets.column(tools, pages, gap=4, margins=(16, 4, 16, 8))
        body.setStretch(1, 1)
        self.setLayout(body)
