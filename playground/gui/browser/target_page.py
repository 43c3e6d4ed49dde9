"""How strongly each column goes with what is to be predicted."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from playground.data.browse.relations import Measure, Relation
from playground.gui import widgets
from playground.gui.browser.bars import Bar, BarList
from playground.gui.look import theme
from playground.language import tr


class TargetPage(QWidget):
    """A bar for each column, the strongest first."""

    column_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._relations: list[Relation] = []
        self._heading = widgets.label("", weight=600, wrap=True)
        self._detail = widgets.label("", theme.SMALL, colour="muted", wrap=True)
        self._bars = BarList(tr("How strongly each column goes with the target"))
        self._bars.chosen.connect(self._choose)
        self.setLayout(widgets.column(self._heading, self._bars, self._detail, widgets.STRETCH))

    def show_target(self, name: str) -> None:
        """Say what is to be predicted, before the relations are known."""
        self._heading.setText(tr("Correlation with {0}").format(name))
        self._detail.setText(tr("Counting ..."))
        self._relations = []
        self._bars.show_bars(())

    def show_relations(self, relations: list[Relation]) -> None:
        """Show the columns."""
        self._relations = relations
        self._bars.show_bars([_bar(known) for known in relations], largest=1.0, tip=self._tip)
        measures = dict.fromkeys(known.measure for known in relations)
        self._detail.setText("\n".join(self._about(measure) for measure in measures))

    def _about(self, measure: Measure) -> str:
        return {
            "r": tr("r: Pearson's correlation, from −1 to 1; 0 is no straight relation."),
            "η": tr("η: correlation ratio, from 0 to 1; 1: the classes decide the number."),
            "V": tr("V: Cramér's V, from 0 to 1; 1: one text decides the other."),
        }[measure]

    def _tip(self, row: int) -> str:
        known = self._relations[row]
        formula = {
            "r": "r = Σ(x − x̄)(y − ȳ) / √(Σ(x − x̄)² Σ(y − ȳ)²)",
            "η": "η = √(Σₖ nₖ (x̄ₖ − x̄)² / Σ(x − x̄)²)",
            "V": "V = √(χ² / (n · (min(rows, columns) − 1)))",
        }[known.measure]
        if math.isnan(known.value):
            return tr("{0}: has only one value, or none").format(known.name)
        value = f"{known.value:.4f}".replace("-", "−")
        return f"{known.name}: {known.measure} = {value}\n{formula}"

    def _choose(self, row: int) -> None:
        self.column_chosen.emit(self._relations[row].column)


def _bar(known: Relation) -> Bar:
    if math.isnan(known.value):
        return Bar(known.name, (0.0,), "–")
    form = "+.2f" if known.measure == "r" else ".2f"
    return Bar(known.name, (known.value,), format(known.value, form).replace("-", "−"))
