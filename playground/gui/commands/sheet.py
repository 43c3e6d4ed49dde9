"""All keys of the window on one sheet, and what keys and mouse do in its pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from playground.gui.commands.matching import match
from playground.gui.commands.registry import Commands
from playground.gui.focus_order import step_focus
from playground.gui.gestures import EVERYWHERE, REGISTRY, key_text
from playground.gui.look import theme
from playground.gui.widgets import STRETCH, boxed, button, column, label, row, scrolling
from playground.language import in_english, tr, tr_declared

_WIDTH, _HEIGHT = 760, 620
"""Two columns that A4 has room for as well."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Line:
    """A key or several, or a movement of the mouse, and what it does."""

    how: tuple[str, ...]
    does: str


@dataclass(frozen=True)
class Group:
    """Lines under a heading."""

    title: str
    lines: tuple[Line, ...]


def groups_of(commands: Commands) -> list[Group]:
    """Return the keys menu by menu, then the gestures picture by picture."""
    menus: dict[str, list[Line]] = {}
    pictures: dict[str, list[Line]] = {}
    for known in commands:
        if known.command.keys:
            keys = tuple(key_text(key) for key in known.command.keys)
            text = known.command.text.removesuffix("...")
            menus.setdefault(known.path[0], []).append(Line(keys, text))
    for where, made in REGISTRY.items():
        lines = [Line((each.how_text(),), tr_declared(each.does)) for _, each in made]
        pictures.setdefault(tr_declared(where), []).extend(lines)
    everywhere = tr_declared(EVERYWHERE)
    first = Group(everywhere, tuple(pictures.pop(everywhere)))
    others = [*menus.items(), *sorted(pictures.items())]
    return [first, *(Group(title, tuple(lines)) for title, lines in others)]


class KeySheet(QDialog):
    """The groups in two columns, and a field that leaves only what one looks for."""

    def __init__(self, parent: QWidget, commands: Commands) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys and gestures"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.groups = groups_of(commands)
        self._shown: list[tuple[QWidget, list[tuple[Line, list[QWidget]]]]] = []
        self._typed = QLineEdit()
        self._typed.setPlaceholderText(tr("Find a key, or what it does"))
        self._typed.setAccessibleName(tr("Find a key, or what it does"))
        self._typed.setClearButtonEnabled(True)
        self._typed.textChanged.connect(self._find)
        self._nothing = label(tr("No key does that."), colour="muted")
        self._nothing.hide()
        copy = button(tr("Copy"), "content-copy", tip=tr("Copy the list as text"))
        copy.clicked.connect(self._copy)
        close = button(tr("Close"), "", "primary")
        close.clicked.connect(self.accept)
        sheet = scrolling(self._sheet(), tr("Keys and gestures"))
        foot = row(copy, STRETCH, close)
        self.setLayout(column(self._typed, self._nothing, sheet, foot, gap=8, margins=(16,) * 4))
        self.resize(theme.px(_WIDTH), min(theme.px(_HEIGHT), parent.height() - 64))
        self._typed.setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:
        return step_focus(self, next)

    def found(self) -> list[Line]:
        """Return the lines that are left."""
        return [
            line for _, lines in self._shown for line, widgets in lines if not widgets[0].isHidden()
        ]

    def _sheet(self) -> QWidget:
        """Return the groups in two columns of about one length."""
        total = sum(len(group.lines) + 2 for group in self.groups)
        columns: tuple[list[QWidget | None], list[QWidget | None]] = ([], [])
        length = 0
        for group in self.groups:
            columns[length > total / 2 - 4].append(self._box(group))
            length += len(group.lines) + 2
        left, right = (column(*boxes, STRETCH, gap=16) for boxes in columns)
        both = row(left, right, gap=32, margins=(0, 8, 16, 8))
        both.setStretch(0, 1)
        both.setStretch(1, 1)
        return boxed(both, "canvas")

    def _box(self, group: Group) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(group.title, theme.BODY, 600), 0, 0, 1, 2)
        lines: list[tuple[Line, list[QWidget]]] = []
        for at, line in enumerate(group.lines, start=1):
            does = label(line.does, theme.SMALL, wrap=True)
            cap = label("   ".join(line.how), theme.SMALL, 500, "muted")
            cap.setObjectName("key")
            grid.addWidget(does, at, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(cap, at, 1, _RIGHT)
            lines.append((line, [does, cap]))
        box = boxed(grid)
        self._shown.append((box, lines))
        return box

    def _find(self, typed: str) -> None:
        """Leave only the lines that fit; of a group whose title fits, all."""
        for group, (box, lines) in zip(self.groups, self._shown, strict=True):
            whole = not typed.strip() or match(typed, group.title).score > 0
            for line, widgets in lines:
                fits = whole or _fits(typed, line)
                for widget in widgets:
                    widget.setVisible(fits)
            box.setHidden(all(widgets[0].isHidden() for _, widgets in lines))
        self._nothing.setVisible(not self.found())

    def _copy(self) -> None:
        """Put the list on the clipboard, for a handout: as text, and as a table."""
        data = QMimeData()
        data.setText(as_text(self.groups))
        QGuiApplication.clipboard().setMimeData(data)


def as_text(groups: Iterable[Group]) -> str:
    """Return the whole list with tabs between keys and what they do."""
    lines: list[str] = []
    for group in groups:
        lines += [group.title, *("\t".join((", ".join(li.how), li.does)) for li in group.lines), ""]
    return "\n".join(lines)


def _fits(typed: str, line: Line) -> bool:
    names: Sequence[str] = (line.does, in_english(line.does))
    typed_key = typed.strip().lower()
    return any(match(typed, name).score > 0 for name in names) or any(
        typed_key in how.lower() for how in line.how
    )
