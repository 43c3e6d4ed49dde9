"""Keep the catalogues of texts in ``resources/languages`` up to date with the source.

    python3 packaging/translations.py update   take in new texts, drop old ones, compile
    python3 packaging/translations.py check    say what is missing or does not fit

A text comes from a call of ``tr``, ``tr_n`` or ``mark``, from what a class says of itself (its
``title``; the names, descriptions and choices of a component's fields, and the first line of its
docstring), or from the files about projects and samples in ``resources``.
"""

from __future__ import annotations

import ast
import importlib
import io
import json
import pkgutil
import re
import string
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # this script may be started from anywhere

import playground  # noqa: E402  (needs the path above)
from playground.component import Component, declared_texts  # noqa: E402
from playground.language import LANGUAGES  # noqa: E402

CATALOGUES = ROOT / "resources" / "languages"
AS_IN_ENGLISH = "as in English"
"""The translator's comment on a text that is, and shall be, the same in both languages."""
ABBREVIATED = "abbreviated"
"""The same on a text that ends with the point of an abbreviation, for want of room."""
Text = str | tuple[str, str]
"""A text; or one for one, and another for many."""
Texts = dict[Text, set[str]]
"""Texts with the files that they come from."""
_MARKING = {"tr": 1, "mark": 1, "tr_n": 2}
"""The functions that take texts, and how many."""
_CORE = ("nn", "data", "training", "probes", "exporters")
"""The packages with components."""


def main() -> None:
    """Update or check the catalogues."""
    codes = [code for code in LANGUAGES if code != "en"]
    match sys.argv[1:]:
        case ["update"]:
            for code in codes:
                print(update(code))
        case ["check"]:
            problems = [problem for code in codes for problem in check(code)]
            sys.exit("\n".join(problems) or None)
        case _:
            sys.exit(__doc__)


class _Catalogue(Catalog):
    """A catalogue whose head says nothing that changes by itself, such as dates."""

    def __init__(self, code: str) -> None:
        comment = f"# Neural Playground in {LANGUAGES[code]}; see packaging/translations.py."
        super().__init__(locale=code, header_comment=comment, fuzzy=False)

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", str(self.locale_identifier)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def texts() -> Texts:
    """Return every text that people may read, with the files it comes from."""
    found: Texts = defaultdict(set)
    for file in sorted((ROOT / "playground").rglob("*.py")):
        for text in _texts_of_code(ast.parse(file.read_text(encoding="utf-8"))):
            found[text].add(file.relative_to(ROOT).as_posix())
    for text, name in (*_texts_of_components(), *_texts_of_resources()):
        found[text].add(name)
    for text in [text for text in found if isinstance(text, tuple)]:
        # one entry for both: gettext finds the text for one by itself, too
        found[text] |= found.pop(text[0], set())
    return found


def _texts_of_code(tree: ast.Module) -> Iterator[Text]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            count = _MARKING.get(node.func.id, 0)
            found = tuple(_literals(*node.args[:count]))
            if count and len(found) == count:
                yield found[0] if count == 1 else (found[0], found[1])
        elif isinstance(node, ast.ClassDef):
            yield from _literals(*_titles(node))


def _titles(node: ast.ClassDef) -> Iterator[ast.expr]:
    """Yield what a class's body assigns to ``title``."""
    for line in node.body:
        targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        named = any(isinstance(target, ast.Name) and target.id == "title" for target in targets)
        if named and isinstance(line, (ast.Assign, ast.AnnAssign)) and line.value is not None:
            yield line.value


def _literals(*nodes: ast.expr) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
            yield node.value


def _texts_of_components() -> Iterator[tuple[str, str]]:
    for package in _CORE:
        for module in pkgutil.walk_packages(playground.__path__, "playground."):
            if module.name.split(".")[1] == package:
                importlib.import_module(module.name)
    for cls in _below(Component):
        file = cls.__module__.replace(".", "/") + ".py"
        if cls.__module__.startswith("playground."):
            yield from ((text, file) for text in declared_texts(cls))


def _below(cls: type[Component]) -> Iterator[type[Component]]:
    for child in cls.__subclasses__():
        yield child
        yield from _below(child)


def _texts_of_resources() -> Iterator[tuple[str, str]]:
    for file in sorted((ROOT / "resources" / "projects").glob("*.json")):
        yield json.loads(file.read_bytes())["config"]["title"], file.relative_to(ROOT).as_posix()
    for file in sorted((ROOT / "resources" / "datasets").glob("*/about.json")):
        for about in json.loads(file.read_bytes()):
            for key in ("title", "text", "origin"):
                yield about[key], file.relative_to(ROOT).as_posix()


def update(code: str) -> str:
    """Bring a catalogue up to date, and return a line about it."""
    old = {message.id: message for message in entries(code)}
    new = _Catalogue(code)
    for text, files in sorted(texts().items(), key=lambda found: (min(found[1]), str(found[0]))):
        known = old.get(text)
        new.add(
            text,
            known.string if known else None,
            locations=[(file, 0) for file in sorted(files)],
            user_comments=known.user_comments if known else (),
        )
    with po_file(code).open("wb") as file:
        write_po(file, new, width=100, include_lineno=False)
    mo_file(code).write_bytes(compiled(code))
    missing = sum(not all(strings(message)) for message in entries(code))
    return f"{code}: {len(new)} texts, {missing} of them to be translated"


def po_file(code: str) -> Path:
    """Return the file that translators edit."""
    return CATALOGUES / f"{code}.po"


def mo_file(code: str) -> Path:
    """Return the file that the program reads."""
    return CATALOGUES / f"{code}.mo"


def entries(code: str) -> list[Message]:
    """Return the texts of a catalogue, without its head."""
    if not po_file(code).exists():
        return []
    with po_file(code).open("rb") as file:
        return [message for message in read_po(file, locale=code) if message.id]


def strings(message: Message) -> tuple[str, ...]:
    """Return the translation, or those for one and for many."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def compiled(code: str) -> bytes:
    """Return what the program reads of a catalogue."""
    catalogue, file = _Catalogue(code), io.BytesIO()
    for message in entries(code):
        catalogue.add(message.id, message.string)
    write_mo(file, catalogue)
    return file.getvalue()


def check(code: str) -> list[str]:
    """Return what is wrong with a catalogue, a line for each mistake."""
    there, wanted = {message.id: message for message in entries(code)}, texts()
    problems = [f"not in {code}.po: {text!r}" for text in wanted if text not in there]
    problems += [f"not in the source: {text!r}" for text in there if text not in wanted]
    for message in there.values():
        problems += [f"{problem}: {message.id!r}" for problem in mistakes(message)]
    if mo_file(code).read_bytes() != compiled(code):
        problems.append(f"{code}.mo is not that of {code}.po")
    if problems:
        problems.append("python3 packaging/translations.py update, then translate what is empty.")
    return problems


def mistakes(message: Message) -> Iterator[str]:
    """Yield what is wrong with a translation."""
    if message.fuzzy:
        yield "fuzzy"
    originals = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    for original, translation in zip(originals, strings(message), strict=True):
        if not translation:
            yield "not translated"
        else:
            yield from _misfits(original, translation, message.user_comments)


def _misfits(original: str, translation: str, comments: Sequence[str]) -> Iterator[str]:
    if translation == original and AS_IN_ENGLISH not in comments:
        yield f"the same in both languages; if that is right, comment '# {AS_IN_ENGLISH}'"
    if re.search(r"\d,\d{3}\b", translation):
        yield f"10,000 is ten here; set thousands apart by a narrow space: {translation!r}"
    if ABBREVIATED in comments:
        translation = translation.removesuffix(".")
    for what, feature in _FEATURES.items():
        if feature(original) != feature(translation):
            yield f"{what} differ: {translation!r}"


def _placeholders(text: str) -> set[object]:
    old_ones = re.findall(r"%(?:\(\w+\))?[rs]", text)
    try:
        found = string.Formatter().parse(text)
        names = [(name, spec, how) for _, name, spec, how in found if name is not None]
    except ValueError:  # a brace that is none, as in a pattern or in JSON
        names = []
    return {*old_ones, *names}


def _ends(text: str) -> list[str]:
    """Return what surrounds the words: white space and the last mark."""
    return re.findall(r"^\s*|(?:\.\.\.|[.:,;!?…])?\s*$", text)


_FEATURES: dict[str, Callable[[str], object]] = {
    "placeholders": _placeholders,
    "accelerators": lambda text: len(re.findall(r"&(?=\w)", text)),
    "ends": _ends,
    "lines": lambda text: text.count("\n"),
}

if __name__ == "__main__":
    main()
