r"""Formulas as help topics write them: a small part of TeX, read into a tree.

What is known: letters, numbers and signs, ``{groups}``, ``_`` and ``^``, Greek letters and the
names in ``SIGNS``, ``\frac{a}{b}``, ``\sqrt{a}``, ``\hat{a}``, ``\bar{a}``, ``\text{words}``,
functions such as ``\log``, parentheses that grow, and ``\cases{a & b \\ c & d}``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from playground.errors import ConfigError
from playground.language import tr


class Style(Enum):
    """How the letters of a symbol stand."""

    LETTER = "italic"
    PLAIN = "upright"
    WORD = "as in the text around"
    FUNCTION = "upright, with a thin space around"
    SIGN = "upright, with a space at both sides"


_SPACED = (Style.SIGN, Style.WORD, Style.FUNCTION)


@dataclass(frozen=True)
class Symbol:
    """Letters that stand together."""

    text: str
    style: Style = Style.PLAIN

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        return f" {self.text} " if self.style in _SPACED else self.text


@dataclass(frozen=True)
class Row:
    """Parts from left to right."""

    parts: tuple[Node, ...]

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        return "".join(part.spoken() for part in self.parts)


@dataclass(frozen=True)
class Script:
    """What has something smaller at its foot or its head; a sum has it below and above."""

    base: Node
    low: Node | None
    high: Node | None

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        foot = f"_{self.low.spoken()}" if self.low else ""
        return self.base.spoken() + foot + (f"^({self.high.spoken()})" if self.high else "")


@dataclass(frozen=True)
class Fraction:
    """One thing over another."""

    above: Node
    below: Node

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        return f"({self.above.spoken()}) / ({self.below.spoken()})"


@dataclass(frozen=True)
class Root:
    """A square root."""

    body: Node

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        return f"√({self.body.spoken()})"


@dataclass(frozen=True)
class Accent:
    """A hat or a bar over something."""

    body: Node
    mark: str

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        return f"{self.body.spoken()} {self.mark}"


@dataclass(frozen=True)
class Fence:
    """What stands between parentheses, which are as high as it is."""

    left: str
    body: Node
    right: str

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        return f"{self.left}{self.body.spoken()}{self.right}"


@dataclass(frozen=True)
class Cases:
    """Values, each with the condition under which it holds."""

    rows: tuple[tuple[Node, Node], ...]

    def spoken(self) -> str:
        """Return it in one line of plain text, for the ear."""
        return "; ".join(f"{value.spoken()}, {when.spoken()}" for value, when in self.rows)


Node = Symbol | Row | Script | Fraction | Root | Accent | Fence | Cases

_GREEK = {
    "alpha": "\u03b1",
    "beta": "\u03b2",
    "gamma": "\u03b3",
    "delta": "\u03b4",
    "epsilon": "\u03b5",
    "varepsilon": "\u03b5",
    "eta": "\u03b7",
    "theta": "\u03b8",
    "lambda": "\u03bb",
    "mu": "\u03bc",
    "pi": "\u03c0",
    "rho": "\u03c1",
    "sigma": "\u03c3",
    "tau": "\u03c4",
    "phi": "\u03c6",
    "omega": "\u03c9",
}
_CAPITALS = {"Gamma": "Γ", "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "nabla": "∇"}
BIG: Final = {"sum": "∑", "prod": "∏"}
"""What has its limits below and above."""
_OPERATORS = {
    "leftarrow": "←",
    "rightarrow": "→",
    "le": "≤",
    "ge": "≥",
    "ne": "≠",
    "approx": "≈",
    "in": "∈",
    "cdot": "·",
    "times": "×",
    "odot": "⊙",
    "sim": "\u223c",
    "pm": "±",
}
_PLAIN = {
    "partial": "∂",
    "ell": "\u2113",
    "infty": "∞",
    "dots": "…",
    "prime": "\u2032",
    "lVert": "‖",
    "|": "|",
}
_FUNCTIONS = ("log", "exp", "max", "min", "sin", "cos", "tanh", "erf", "sign", "mean", "var")
_FENCES = {"(": ")", "[": "]"}
_TOKEN = re.compile(r"\\([a-zA-Z]+|\\|,|\|)|\d+(?:\.\d+)?|\s+|.", re.DOTALL)


def parse(source: str) -> Node:
    """Return the tree of a formula; raise ``ConfigError`` if it is not well formed."""
    reader = _Reader(source)
    tree = reader.row(ends=())
    if reader.rest:
        raise reader.error(f"{reader.rest[0]!r} has no beginning")
    return tree


class _Reader:
    """Takes a formula's tokens one by one."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.rest = [m.group() for m in _TOKEN.finditer(source) if m.group().strip()]
        self.raw = source

    def error(self, problem: str) -> ConfigError:
        text = tr("The formula {source!r} cannot be read: {problem}.")
        return ConfigError(text.format(source=self.source, problem=problem))

    def take(self) -> str:
        if not self.rest:
            raise self.error("it ends too early")
        return self.rest.pop(0)

    def expect(self, token: str) -> None:
        if (found := self.take()) != token:
            raise self.error(f"{token!r} is missing before {found!r}")

    def row(self, ends: tuple[str, ...]) -> Node:
        """Read up to one of these tokens, which is left."""
        parts: list[Node] = []
        while self.rest and self.rest[0] not in ends:
            if self.rest[0] in ("}", ")", "]", "&", r"\\"):
                if not ends:
                    break
                raise self.error(f"{self.rest[0]!r} comes too early")
            part = self.scripted()
            if not parts or _is_sign(parts[-1]):  # a minus of one number, not of two
                part = _tight(part)
            parts.append(part)
        if ends and not self.rest:
            raise self.error(f"{ends[0]!r} is missing")
        return parts[0] if len(parts) == 1 else Row(tuple(parts))

    def scripted(self) -> Node:
        base, low, high = self.atom(), None, None
        while self.rest and self.rest[0] in ("_", "^"):
            if self.take() == "_":
                low = _tight(self.atom())
            else:
                high = _tight(self.atom())
        return Script(base, low, high) if low or high else base

    def group(self) -> Node:
        self.expect("{")
        inside = self.row(ends=("}",))
        self.expect("}")
        return inside

    def atom(self) -> Node:
        token = self.take()
        if token == "{":
            self.rest.insert(0, token)
            return self.group()
        if token in _FENCES:
            inside = self.row(ends=(")", "]"))
            return Fence(token, inside, self.take())
        if token.startswith("\\"):
            return self.command(token[1:])
        return _symbol(token)

    def command(self, name: str) -> Node:
        if name == "frac":
            return Fraction(self.group(), self.group())
        if name == "sqrt":
            return Root(self.group())
        if name in ("hat", "bar"):
            return Accent(self.group(), name)
        if name == "text":
            return Symbol(self.words(), Style.WORD)
        if name == "cases":
            return self.cases()
        return self.sign(name)

    def sign(self, name: str) -> Node:
        for table, style in _TABLES:
            if name in table:
                return Symbol(table[name], style)
        if name in _FUNCTIONS:
            return Symbol(name, Style.FUNCTION)
        raise self.error(f"\\{name} is not known")

    def words(self) -> str:
        r"""Read the words of ``\text``, whose blanks count: once more, from the source."""
        self.expect("{")
        start = self.raw.index(r"\text{") + len(r"\text{")
        end = self.raw.index("}", start)
        while self.take() != "}":
            pass
        words, self.raw = self.raw[start:end], self.raw[end:]
        return words

    def cases(self) -> Node:
        self.expect("{")
        rows = []
        while True:
            value = self.row(ends=("&",))
            self.expect("&")
            rows.append((value, self.row(ends=(r"\\", "}"))))
            if self.take() == "}":
                return Cases(tuple(rows))


_TABLES: tuple[tuple[dict[str, str], Style], ...] = (
    (_GREEK, Style.LETTER),
    (_CAPITALS, Style.PLAIN),
    (BIG, Style.PLAIN),
    (_OPERATORS, Style.SIGN),
    (_PLAIN, Style.PLAIN),
    ({",": "\u2009"}, Style.PLAIN),
)


def _is_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.style is Style.SIGN


def _tight(node: Node) -> Node:
    """Return the same without spaces around its signs."""
    if isinstance(node, Row):
        return Row(tuple(_tight(part) for part in node.parts))
    return Symbol(node.text) if isinstance(node, Symbol) and _is_sign(node) else node


def _symbol(token: str) -> Symbol:
    if token.isalpha():
        return Symbol(token, Style.LETTER)
    if token in "+-=<>/":
        sign = "\u2212" if token == "-" else token
        return Symbol(sign, Style.PLAIN if token == "/" else Style.SIGN)
    return Symbol({",": ",\u2009", "'": "\u2032"}.get(token, token))
