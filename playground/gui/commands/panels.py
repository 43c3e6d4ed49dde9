"""What brings the views and panels into sight, and puts them away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.gui.commands.command import Command, Menu
from playground.gui.focus_order import step_focus
from playground.gui.views.base import View
from playground.language import tr, tr_declared

if TYPE_CHECKING:
    from playground.gui.docking.centre import Centre
    from playground.gui.docking.docks import Dock
    from playground.gui.workspace import Workspace


def panels_menu(workspace: Workspace) -> Menu:
    """Return what brings each large view to the front, shows and hides each panel."""
    centre, docks = workspace.centre, workspace.all_docks
    large = [_large_view(centre, name) for name in centre.views]
    return Menu("view.panels", tr("Panels"), (*large, None, *(_panel(dock) for dock in docks)))


def _large_view(centre: Centre, name: str) -> Command:
    view = centre.views[name]
    title = tr_declared(view.title)
    return Command(
        f"panel.{name}",
        title,
        partial(centre.show_view, name),
        tr("Bring {0} to the front, in the middle.").format(title),
        view.shortcut,
        icon="dock-window",
        chosen=lambda: centre.front is view,
        synonyms=tr_declared(view.synonyms),
    )


def _panel(dock: Dock) -> Command:
    """Return what brings a panel into sight, also from behind others, or puts it away."""
    view = View.registry.get(dock.objectName())
    title = dock.windowTitle()
    return Command(
        f"panel.{dock.objectName()}",
        title,
        partial(_toggle, dock),
        tr("Show or hide the panel {0}.").format(title),
        icon="dock-window",
        chosen=partial(_is_in_sight, dock),
        synonyms=tr_declared(view.synonyms) if view else "",
    )


def _is_in_sight(dock: Dock) -> bool:
    # Qt calls a dock behind the tab of another one visible
    return not dock.visibleRegion().isEmpty()


def _toggle(dock: Dock) -> None:
    if _is_in_sight(dock):
        dock.hide()
    else:
        dock.show()
        dock.raise_()
        step_focus(dock, forward=True)
