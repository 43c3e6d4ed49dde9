"""What shows and hides the parts of the window, and how they look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.gui.commands.command import Command, Menu
from playground.gui.commands.needs import Needs
from playground.language import tr

if TYPE_CHECKING:
    from playground.gui.centre import Centre
    from playground.gui.docks import Dock
    from playground.gui.main_window import MainWindow
    from playground.gui.workspace import Workspace


def view_menu(window: MainWindow) -> Menu:
    """Return the View menu, without the panels, which are there only with the workspace."""
    reset = Command(
        "view.reset",
        tr("Reset layout"),
        window.reset_layout,
        tr("Put every panel back where it belongs."),
        icon="view-dashboard-outline",
        lack=Needs(window.session).project,
        synonyms=tr("panels docks windows arrange"),
    )
    return Menu("view", tr("&View"), (reset, _themes(window)))


def panels_menu(workspace: Workspace) -> Menu:
    """Return what brings each large view to the front, shows and hides each panel."""
    centre, docks = workspace.centre, workspace.all_docks
    large = [_large_view(centre, name) for name in centre.views]
    return Menu("view.panels", tr("Panels"), (*large, None, *(_panel(dock) for dock in docks)))


def _themes(window: MainWindow) -> Menu:
    names = (
        ("system", tr("As the system"), tr("Be light or dark as the desktop is.")),
        ("light", tr("Light"), tr("Dark on light.")),
        ("dark", tr("Dark"), tr("Light on dark.")),
    )
    return Menu("view.theme", tr("Theme"), tuple(_theme(window, *each) for each in names))


def _theme(window: MainWindow, name: str, text: str, tip: str) -> Command:
    return Command(
        f"theme.{name}",
        text,
        partial(window.set_theme, name),
        tip,
        icon="theme-light-dark",
        chosen=lambda: window.settings.theme == name,
        synonyms=tr("theme colours appearance night"),
    )


def _large_view(centre: Centre, name: str) -> Command:
    view = centre.views[name]
    title = tr(view.title)
    return Command(
        f"panel.{name}",
        title,
        partial(centre.show_view, name),
        tr("Bring {0} to the front, in the middle.").format(title),
        view.shortcut,
        icon="dock-window",
        chosen=lambda: centre.front is view,
        synonyms=tr("view tab panel"),
    )


def _panel(dock: Dock) -> Command:
    title = dock.windowTitle()
    return Command(
        f"panel.{dock.objectName()}",
        title,
        dock.toggleViewAction().trigger,
        tr("Show or hide the panel {0}.").format(title),
        icon="dock-window",
        chosen=lambda: not dock.isHidden(),
        synonyms=tr("view dock panel"),
    )
