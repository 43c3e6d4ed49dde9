"""Every kind of data: made ones, those in the box, files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from playground.component import Kind, parameters
from playground.data.sources import DataSource
from playground.data.sources.drawn import DrawnPoints
from playground.data.sources.text import PastedText
from playground.gui.commands.command import Command, Menu
from playground.gui.commands.file import own_data
from playground.gui.data.toy_sets import group_of
from playground.language import tr, tr_declared

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


def data_menu(window: MainWindow) -> Menu:
    """Return the Data menu."""
    made = [
        Menu(f"data.{group}", name, tuple(_sources(window, group)))
        for group, name in (
            ("classes", tr("Points of classes")),
            ("surfaces", tr("Surfaces")),
            ("curves", tr("Curves")),
        )
    ]
    draw = Command(
        "data.DrawnPoints",
        tr("Draw your own points"),
        partial(window.deeds.choose_source, DrawnPoints),
        tr("Begin with an empty plane and put points on it."),
        "Ctrl+Shift+D",
        icon="draw",
        synonyms=tr("paint plane click"),
    )
    in_the_box, files = _sources(window, ""), own_data(window)
    return Menu("data", tr("&Data"), (draw, *made, None, *in_the_box, None, *files))


def _sources(window: MainWindow, group: str) -> Iterable[Command]:
    """Return the data of a group that need nothing but a click."""
    for cls in DataSource.registry.values():
        asks_for_file = any(parameter.kind is Kind.PATH for parameter in parameters(cls))
        if group_of(cls) == group and not asks_for_file and cls not in (PastedText, DrawnPoints):
            title = tr_declared(cls.title)
            yield Command(
                f"data.{cls.__name__}",
                title,
                partial(window.deeds.choose_source, cls),
                tr("Show {0} to the network that stands, if it can learn it.").format(title),
                icon="database-outline",
                synonyms=tr("data set"),
            )
