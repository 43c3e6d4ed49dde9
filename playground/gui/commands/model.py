"""What changes the network."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from playground.gui.commands.command import Command, Menu
from playground.gui.commands.needs import Needs
from playground.language import tr
from playground.nn.layers import Layer

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


def model_menu(window: MainWindow) -> Menu:
    """Return the Model menu."""
    needs = Needs(window.session)
    remove = Command(
        "layer.remove",
        tr("Remove the selected layer"),
        window.deeds.remove_layer,
        tr("Take the selected layer out of the network."),
        "Ctrl+Delete",
        icon="trash-can-outline",
        lack=needs.layer,
        synonyms=tr("delete"),
    )
    fit = Command(
        "model.fit",
        tr("Fit the output to the data"),
        window.deeds.fit_output,
        tr("Give the last layer and the loss what the data asks for."),
        "Ctrl+Shift+F",
        icon="auto-fix",
        lack=needs.project,
        synonyms=tr("repair mend last layer"),
    )
    return Menu("model", tr("&Model"), (*_layers(window, needs), None, remove, fit))


def _layers(window: MainWindow, needs: Needs) -> Iterable[Command]:
    """Return what adds a layer of each kind."""
    for name, cls in Layer.registry.items():
        yield Command(
            f"layer.add.{name}",
            tr("Add {0}").format(name),
            partial(window.deeds.add_layer, cls),
            tr("Put a layer of the kind {0} in behind the selected one.").format(name),
            icon="layers-plus",
            lack=needs.project,
            synonyms=tr("layer insert new"),
        )
