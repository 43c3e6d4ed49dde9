"""Every text that people read goes through tr(), as a literal, when it is shown.

The window's own texts are looked at in tests/gui; here are the rules that hold everywhere.
"""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from playground import errors

PACKAGE = Path(__file__).resolve().parents[1] / "playground"
FILES = sorted(PACKAGE.rglob("*.py"))
ERRORS = {name for name, value in vars(errors).items() if isinstance(value, type)}
LITERALS = {"tr": 1, "tr_n": 2, "mark": 1}
"""Functions that look texts of the source up, and how many arguments are texts."""
AT_ONCE = {"tr", "tr_n", "tr_declared", "grouped"}
"""Functions that answer in the language that is spoken when they are called."""


@cache
def parsed(file):
    return ast.parse(file.read_text(encoding="utf-8"))


def calls(tree, names):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in names
    ]


def is_literal(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_marked(node):
    """Return whether an error's text comes from tr(), as far as it is written in its place."""
    if is_literal(node) or isinstance(node, (ast.JoinedStr, ast.BinOp)):
        return not any(
            is_literal(part) and any(map(str.isalpha, part.value)) for part in unmarked(node)
        )
    return True


def unmarked(node):
    """Yield what stands in an expression outside the calls within it."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.Call):
            yield from unmarked(child)


def when_imported(node):
    """Yield what runs when a module is imported: all but the bodies of functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for part in (*child.decorator_list, *child.args.defaults, *child.args.kw_defaults):
                if part is not None:
                    yield part
                    yield from when_imported(part)
        elif not isinstance(child, ast.Lambda):
            yield child
            yield from when_imported(child)


def unmarked_errors(tree):
    return [call for call in calls(tree, ERRORS) if not all(map(is_marked, call.args))]


def made_up_texts(tree):
    return [
        call
        for name, count in LITERALS.items()
        for call in calls(tree, {name})
        if len(call.args) < count or not all(map(is_literal, call.args[:count]))
    ]


def too_early(tree):
    return [
        node
        for node in when_imported(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", None) in AT_ONCE
    ]


def commas(tree):
    """Return where thousands are set apart by a comma, whatever is spoken."""
    return [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.FormattedValue) and has_comma(node.format_spec))
        or (is_literal(node) and re.search(r"\{\w*:,", node.value))
    ]


def has_comma(spec):
    return spec is not None and any("," in part.value for part in spec.values if is_literal(part))


RULES = {
    "write the text of an error within tr(): the window shows it": unmarked_errors,
    "write the text out, and put values in by format(): the catalogue needs it": made_up_texts,
    "use mark() here and tr_declared() where it is shown: nothing is spoken yet": too_early,
    "use grouped(): 10,000 is ten in Italian": commas,
}


@pytest.mark.parametrize("rule", RULES)
def test_every_text_can_be_translated(rule):
    found = [
        f"{file.relative_to(PACKAGE.parent)}:{node.lineno}"
        for file in FILES
        for node in RULES[rule](parsed(file))
    ]
    assert not found, rule


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('raise DataError("There is no file.")', [unmarked_errors]),
        ('raise DataError(f"{name} is empty.")', [unmarked_errors]),
        ('def f(): raise DataError(tr("Empty.") + " Choose another.")', [unmarked_errors]),
        ("def f(): return FileError(f'{place}: {tr(\"empty\")}')", []),
        ('def f(): raise DataError(tr("{name} is empty.").format(name=name))', []),
        ('raise ValueError("a bug")', []),
        ("def f(): return tr(text)", [made_up_texts]),
        ('def f(): return tr(f"{n} images")', [made_up_texts]),
        ('def f(): return tr_n("{0} image", f"{n} images", n)', [made_up_texts]),
        ('def f(): return tr("One, " "two")', []),
        ('TITLE = tr("Open")', [too_early]),
        ('class Card:\n    title = tr("Open")', [too_early]),
        ('def f(title=tr("Open")): pass', [too_early]),
        ('NOTE = lambda: tr("Open")', []),
        ('TITLE = mark("Open")', []),
        ('TEXT = f"{count:,} rows"', [commas]),
        ('TEXT = f"{count:,.1f} MB"', [commas]),
        ('TEXT = "{0:,} rows"', [commas]),
        ('TEXT = f"{count:.1f}, {name}"', []),
    ],
)
def test_the_rules_find_what_they_should(code, found):
    tree = ast.parse(code)
    assert [rule for rule in RULES.values() if rule(tree)] == found
