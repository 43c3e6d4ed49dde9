"""The code of the window gives every text to ``tr``, so that the catalogues can have it.

``test_texts.py`` reads the living window; here is looked for where texts are written, and so for
those that appear only when something rare happens. ``tests/test_marking.py`` has the rules for
``tr`` itself.
"""

import ast
import re
from pathlib import Path

import pytest

import playground.gui

ROOT = Path(playground.gui.__file__).parent
MARKING = {"tr", "tr_n", "mark"}
SHOWING = {
    *("QLabel", "QPushButton", "QAction", "QDockWidget", "QCheckBox", "QRadioButton", "QGroupBox"),
    *("setTitle", "setWindowTitle", "setPlaceholderText", "setToolTip", "setStatusTip"),
    *("setWhatsThis", "setAccessibleName", "setAccessibleDescription", "setInformativeText"),
    *("addAction", "addMenu", "addTab", "addItem", "insertItem", "setTabText", "setLabelText"),
    *("drawText", "drawStaticText", "showText", "setHeaderLabels", "setPrefix", "setSuffix"),
    *("Switch", "Section", "set_text", "set_detail", "set_tip", "set_caption"),
    *("show_text", "show_message", "show_error"),
}
"""What puts texts before people, with nothing but texts among its arguments."""
FIRST_SHOWN = {"label", "button"}
"""What shows its first argument; others name kinds and icons."""
FOR_PROGRAMMERS = {"crashes/reports.py"}
"""What is written for those who mend the program."""
_WORD = re.compile(r"[A-Za-z]{2,}")
_SENTENCE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}")
_FOR_PROGRAMS = re.compile(r"[{}]|</?\w+|font-|border|√|^No package named")
"""Style sheets, tags, formulas, and what can go wrong only where the program is not installed."""


def name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def calls(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def written(node):
    """Yield what is written out of a text, whatever it is put together of."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    elif isinstance(node, (ast.JoinedStr, ast.BinOp, ast.IfExp)):
        for part in ast.iter_child_nodes(node):
            yield from written(part)


def _sets_text(call):
    """Return whether it is a widget's text; a picture's takes a key, too."""
    return name_of(call) == "setText" and len(call.args) == 1


def shown_unmarked(tree):
    """Return the words that are shown as they are written."""
    found = []
    for call in calls(tree):
        name = name_of(call)
        shown = call.args if name in SHOWING or _sets_text(call) else []
        if name in FIRST_SHOWN:
            tips = [keyword.value for keyword in call.keywords if keyword.arg == "tip"]
            shown = (*call.args[:1], *tips)
        found += [part for text in shown for part in written(text) if _WORD.search(part.value)]
    return [part for part in found if part.value.strip(" -") not in NAMES]


def _is_known(call):
    """Return whether a call marks texts, or writes down what happened for a report."""
    receiver = getattr(call.func, "value", None)
    return name_of(call) in MARKING or getattr(receiver, "attr", "") == "trail"


def sentences_unmarked(tree):
    """Return what a function has that reads like a sentence, and is no programmer's business."""
    known = {inner for call in calls(tree) if _is_known(call) for inner in ast.walk(call)}
    for node in ast.walk(tree):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if docstring or isinstance(node, (ast.Assert, ast.Raise)):  # mistakes of ours
            known |= set(ast.walk(node))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))
    return [
        node
        for node in {inner for function in functions for inner in ast.walk(function)}
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in known
        and _SENTENCE.search(node.value)
        and not _FOR_PROGRAMS.search(node.value)
    ]


NAMES = {"Neural Playground"}
RULES = [shown_unmarked, sentences_unmarked]


@pytest.mark.parametrize("rule", RULES)
def test_the_window_shows_nothing_that_is_not_marked(rule):
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}: {node.value}"
        for file in sorted(ROOT.rglob("*.py"))
        if file.relative_to(ROOT).as_posix() not in FOR_PROGRAMMERS
        for node in rule(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert not found, "put it into tr():\n" + "\n".join(found)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ('label.setText("Open")', [shown_unmarked]),
        ('label.setText(f"{count} images")', [shown_unmarked]),
        ('button("Open", "folder")', [shown_unmarked]),
        ('button("", "folder", tip="Open")', [shown_unmarked]),
        ('def f(): box.setToolTip("Open some file" if there else "")', RULES),
        ('def f(): return "There is nothing."', [sentences_unmarked]),
        ('label.setText(tr("Open a file"))', []),
        ('button("", "folder", "flat", tr("Open a file"))', []),
        ('"""Say what is there."""', []),
        ('raise ValueError(f"{name} cannot be here.")', []),
    ],
)
def test_the_rules_find_what_they_should(code, found):
    tree = ast.parse(code)
    assert [rule for rule in RULES if rule(tree)] == found
