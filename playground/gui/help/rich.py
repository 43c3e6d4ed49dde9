"""The text of a topic as Qt's rich text, and as plain text."""

from __future__ import annotations

import html
import re

from playground.gui.help.formula import Accent, Node, Row, Script, Style, Symbol, parse
from playground.gui.help.typeset import FAMILY
from playground.gui.look import theme

_INLINE = re.compile(r"`([^`]+)`|\$([^$]+)\$|\*([^*]+)\*")
_MARKS = {"hat": "\u0302", "bar": "\u0304"}
_LINE = 20
_LETTERS = 1.15
"""How much larger serif letters are than the text they stand in, to look as large."""


def rich(text: str) -> str:
    """Return a paragraph as rich text: code, short formulas and words of the window."""
    parts, at = [], 0
    for found in _INLINE.finditer(text):
        code, formula, stressed = found.groups()
        parts.append(html.escape(text[at : found.start()], quote=False))
        if code:
            parts.append(_code(code))
        elif formula:
            parts.append(_letters(parse(formula)))
        else:
            parts.append(f"<i>{html.escape(stressed)}</i>")
        at = found.end()
    parts.append(html.escape(text[at:], quote=False))
    # the same for all lines: serif letters, which are larger, would push theirs apart
    line = round(_LINE * theme.notifier().scale)
    style = f"line-height:{line}px; -qt-line-height-type:fixed; margin:0"
    return f'<p style="{style}">{"".join(parts)}</p>'


def plain(text: str) -> str:
    """Return a paragraph without marks, for the ear."""
    return _INLINE.sub(lambda m: m[1] or m[3] or " ".join(parse(m[2]).spoken().split()), text)


def _code(text: str) -> str:
    size = round(theme.SMALL * theme.notifier().scale)
    style = f"font-family:'JetBrains Mono'; font-size:{size}px"
    return f'<span style="{style}">{html.escape(text)}</span>'


def _letters(node: Node) -> str:
    size = round(theme.BODY * _LETTERS * theme.notifier().scale)
    return f"<span style=\"font-family:'{FAMILY}'; font-size:{size}px\">{_inline(node)}</span>"


def _inline(node: Node) -> str:
    """Return what fits into a line of text; a fraction is written with a slash."""
    match node:
        case Symbol(text, Style.LETTER):
            return f"<i>{html.escape(text)}</i>"
        case Symbol(text, Style.SIGN):
            return f"\u2009{html.escape(text)}\u2009"
        case Row(parts):
            return "".join(_inline(part) for part in parts)
        case Script(base, low, high):
            foot = f"<sub>{_inline(low)}</sub>" if low else ""
            return _inline(base) + foot + (f"<sup>{_inline(high)}</sup>" if high else "")
        case Accent(Symbol(text), mark):
            return f"<i>{html.escape(text)}{_MARKS[mark]}</i>"
        case _:
            return html.escape(node.spoken())
