"""Help topics: a file each, in ``resources/help/LANGUAGE/TOPIC.md``.

A topic's first line is ``# Title``. Then come paragraphs between empty lines; of these,

* ``$$ formula $$`` is a formula on a line of its own (see ``formula``);
* ``Try: ...`` is something to try;
* ``Keras: code`` says how it is written there, ``{units}`` being the value at hand;
* ``See: other, topics`` are links.

Within a paragraph, ``code`` stands in backticks, a short formula in ``$...$``, and
words of the window in ``*...*``.
A paragraph with ``{value}`` is left out where no value is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from playground.component import Component
from playground.errors import ConfigError
from playground.language import spoken, tr
from playground.resources import resource_path


class Part(Enum):
    """What a paragraph of a topic is."""

    TEXT = ""
    FORMULA = "$$"
    TRY = "Try:"
    KERAS = "Keras:"
    SEE = "See:"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, without the mark that says what it is."""

    part: Part
    text: str


@dataclass(frozen=True)
class Topic:
    """What a topic's file says."""

    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def links(self) -> tuple[str, ...]:
        """The names of other topics."""
        lists = [one.text for one in self.paragraphs if one.part is Part.SEE]
        return tuple(name.strip() for names in lists for name in names.split(","))


def read_topic(name: str, language: str = "") -> Topic:
    """Read a topic in a language, that in force by default; raise ``FileNotFoundError``."""
    path = resource_path("help", language or spoken(), f"{name}.md")
    return parse(path.read_text(encoding="utf-8"), name)


def has_topic(name: str) -> bool:
    """Say whether there is a topic of this name."""
    return _folder("en").joinpath(f"{name}.md").is_file()


def topic_names(language: str = "en") -> list[str]:
    """Return the names of all topics, e.g. ``curves`` and ``Layer/Dense``."""
    folder = _folder(language)
    files = sorted(folder.rglob("*.md"))
    return [path.relative_to(folder).with_suffix("").as_posix() for path in files]


def component_topic(cls: type[Component]) -> str:
    """Return the name of a component's topic: its family and its class."""
    family = next(base for base in cls.__mro__ if "registry" in vars(base))
    return f"{family.__name__}/{cls.__name__}"


def parse(source: str, name: str) -> Topic:
    """Return what a topic's file says; raise ``ConfigError`` if it has no title."""
    head, _, body = source.partition("\n")
    if not head.startswith("# "):
        text = tr("Topic {name} must begin with its title, '# Title'. Received: {head!r}.")
        raise ConfigError(text.format(name=name, head=head))
    blocks = (" ".join(block.split()) for block in body.split("\n\n"))
    return Topic(head.removeprefix("# ").strip(), tuple(_paragraph(b) for b in blocks if b))


def _paragraph(block: str) -> Paragraph:
    for part in (Part.FORMULA, Part.TRY, Part.KERAS, Part.SEE):
        if block.startswith(part.value):
            return Paragraph(part, block.removeprefix(part.value).removesuffix("$$").strip())
    return Paragraph(Part.TEXT, block)


def _folder(language: str) -> Path:
    return resource_path("help", language)
