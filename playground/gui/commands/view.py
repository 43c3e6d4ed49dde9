"""What shows and hides the parts of the window, and how they look."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from playground.data.dataset import DataKind
from playground.gui.commands.command import Command, Menu
from playground.gui.commands.needs import Needs
from playground.gui.docking.layouts import workspace_names
from playground.gui.focus_order import step_panel
from playground.gui.look.tokens import PALETTES, TEXT_SIZES
from playground.gui.tongue import apply_language
from playground.language import LANGUAGES, tr

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow

_LANGUAGE = "language lingua Sprache langue idioma"
"""For those who understand no word of the language in force."""


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
    panels = (
        Command(
            "view.next_panel",
            tr("Next panel"),
            partial(step_panel, window, forward=True),
            tr("Go on with the keyboard in the next panel."),
            "F6",
            ("Ctrl+Tab",),
            icon="chevron-right",
            synonyms=tr("focus keyboard"),
        ),
        Command(
            "view.previous_panel",
            tr("Previous panel"),
            partial(step_panel, window, forward=False),
            tr("Go on with the keyboard in the panel before."),
            "Shift+F6",
            ("Ctrl+Shift+Tab",),
            icon="chevron-left",
            synonyms=tr("focus keyboard"),
        ),
    )
    looks = (_themes(window), _palettes(window), _text_sizes(window))
    entries = (_workspaces(window), reset, None, *panels, None, *looks, _languages(window))
    return Menu("view", tr("&View"), entries)


def _workspaces(window: MainWindow) -> Menu:
    entries = (
        _workspace(window, kind, number) for number, kind in enumerate(workspace_names(), start=1)
    )
    return Menu("view.workspace", tr("Workspace"), tuple(entries))


def _workspace(window: MainWindow, kind: DataKind, number: int) -> Command:
    name, tip = workspace_names()[kind]
    return Command(
        f"workspace.{kind.value}",
        name,
        partial(window.show_layout, kind),
        tip,
        f"Alt+{number}",
        icon="view-dashboard-outline",
        lack=Needs(window.session).project,
        chosen=lambda: window.layout_shown is kind,
        synonyms=tr("workspace layout panels"),
    )


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
        partial(window.appearance.set_theme, name),
        tip,
        icon="theme-light-dark",
        chosen=lambda: window.appearance.theme == name,
        synonyms=tr("theme colours appearance night"),
    )


def _palettes(window: MainWindow) -> Menu:
    names = {
        "blue-orange": (tr("Blue and orange"), tr("Safe for colour-blind eyes.")),
        "viridis": (tr("Viridis"), tr("Ever lighter or darker: the order is seen without colour.")),
        "contrast": (tr("High contrast"), tr("Strong colours and thicker lines.")),
        "purple-green": (tr("Purple and green"), tr("Another pair for the signs of weights.")),
        "ink": (tr("Ink"), tr("Shades of grey, for printing.")),
    }
    entries = tuple(_palette(window, name, *names[name]) for name in PALETTES)
    return Menu("view.colours", tr("Colours"), entries)


def _palette(window: MainWindow, name: str, text: str, tip: str) -> Command:
    return Command(
        f"colours.{name}",
        text,
        partial(window.appearance.set_palette, name),
        tip,
        icon="palette-outline",
        chosen=lambda: window.appearance.palette == name,
        synonyms=tr("palette colours colour-blind appearance"),
    )


def _text_sizes(window: MainWindow) -> Menu:
    larger = Command(
        "text.larger",
        tr("Larger"),
        partial(window.appearance.step_text_size, 1),
        tr("Make all text larger."),
        "Ctrl++",
        ("Ctrl+=",),
        icon="format-font-size-increase",
        synonyms=tr("zoom font big"),
    )
    smaller = Command(
        "text.smaller",
        tr("Smaller"),
        partial(window.appearance.step_text_size, -1),
        tr("Make all text smaller."),
        "Ctrl+-",
        icon="format-font-size-decrease",
        synonyms=tr("zoom font little"),
    )
    sizes = (_text_size(window, percent) for percent in TEXT_SIZES)
    return Menu("view.text", tr("Text size"), (larger, smaller, None, *sizes))


def _text_size(window: MainWindow, percent: int) -> Command:
    return Command(
        f"text.{percent}",
        tr("{0} %").format(percent),
        partial(window.appearance.set_text_size, percent),
        tr("Write everything at {0} % of the usual size.").format(percent),
        "Ctrl+0" if percent == TEXT_SIZES[0] else "",
        icon="format-size",
        chosen=lambda: window.appearance.text_size == percent,
        synonyms=tr("text font zoom"),
    )


def _languages(window: MainWindow) -> Menu:
    """Return the languages, each by the name that it gives itself."""
    system = _language(window, "system", tr("As the system"))
    named = (_language(window, code, name) for code, name in LANGUAGES.items())
    return Menu("view.language", tr("Language"), (system, *named))


def _language(window: MainWindow, choice: str, name: str) -> Command:
    return Command(
        f"language.{choice}",
        name,
        partial(_speak, window, choice),
        tr("Show the window in this language; training goes on."),
        icon="translate",
        chosen=lambda: window.settings.language == choice,
        synonyms=_LANGUAGE,
    )


def _speak(window: MainWindow, choice: str) -> None:
    """Make the window anew in another language, and remember it; training goes on."""
    window.settings.language = choice

    def change() -> None:
        apply_language(choice)
        window.session.rename_data()

    window.rebuild(change)
