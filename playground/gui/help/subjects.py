"""What a person asks about: the topic of the thing that is under the mouse or has the focus.

A widget is given its topic by ``explain``. One that shows many things, or values, has a method
``subject_at`` instead. What neither says is asked of the widget around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from playground.component import Component, Parameter, parameters
from playground.gui.help.topics import component_topic, has_topic

_PROPERTY = "help_topic"


@dataclass(frozen=True)
class Subject:
    """A topic, and the value that stands there at present."""

    topic: str
    component: Component | None = None
    """The component it is about."""
    parameter: Parameter | None = None
    """The field of the component."""


@runtime_checkable
class Explained(Protocol):
    """A widget whose parts have topics of their own."""

    def subject_at(self, place: QPoint | None) -> Subject | None:
        """Return what is at a place of the widget, or what its keys would act on."""


def explain(widget: QWidget, topic: str) -> None:
    """Say which topic tells what a widget is."""
    widget.setProperty(_PROPERTY, topic)


def subject_of(widget: QWidget | None, place: QPoint | None = None) -> Subject | None:
    """Return what a widget, or one around it, is about at a place of it."""
    while widget is not None:
        found = own_subject(widget, place)
        if found is not None:
            return found
        place = widget.mapToParent(widget.rect().center() if place is None else place)
        widget = None if widget.isWindow() else widget.parentWidget()
    return None


def own_subject(widget: QWidget, place: QPoint | None = None) -> Subject | None:
    """Return what a widget is about by itself, whatever is around it."""
    if isinstance(widget, Explained) and (found := widget.subject_at(place)) is not None:
        return found
    topic = widget.property(_PROPERTY)
    return Subject(str(topic)) if topic else None


def component_subject(component: Component) -> Subject:
    """Return what explains a component with its values."""
    return Subject(component_topic(type(component)), component)


def field_subject(component: Component, name: str) -> Subject:
    """Return what explains a field: the topic of all fields of this name, or its component's."""
    cls = type(component)
    parameter = next(p for p in parameters(cls) if p.name == name)
    topics = (f"Field/{cls.__name__}.{name}", f"Field/{name}")
    topic = next((one for one in topics if has_topic(one)), "")
    return Subject(topic or component_topic(cls), component, parameter)


def linked_subject(topic: str, component: Component | None) -> Subject:
    """Return what a link leads to: a field of the component that is at hand, if it has that one.

    A component of its own is explained with its usual values.
    """
    family, _, name = topic.partition("/")
    if family == "Field" and component is not None:
        field = name.rpartition(".")[2]
        if any(one.name == field for one in parameters(type(component))):
            return field_subject(component, field)
    members = {one.__name__: one.registry for one in _families(Component)}.get(family, {})
    return Subject(topic, members[name]() if name in members else None)


def _families(cls: type[Component]) -> Iterator[type[Component]]:
    for sub in cls.__subclasses__():
        if "registry" in vars(sub):
            yield sub
        yield from _families(sub)
