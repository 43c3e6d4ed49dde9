"""``--set``: changing a project by the names of its fields."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from playground.component import (
    Component,
    Kind,
    Parameter,
    check_setting,
    parameters,
    summary,
    title,
)
from playground.data.sources import DataSource
from playground.errors import ConfigError
from playground.language import grouped, tr
from playground.training.project import Project

C = TypeVar("C", bound=Component)
_LISTED = ("loss", "class_weights", "metrics", "optimizer", "batch_size")


def with_settings(project: Project, settings: Iterable[str]) -> Project:
    """Return the project with every ``NAME=VALUE`` applied, in order."""
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise ConfigError(
                tr(
                    "--set needs a name and a value, such as optimizer.learning_rate=0.01. "
                    "Received: {setting}."
                ).format(setting=setting)
            )
        project = with_setting(project, name.strip(), value.strip())
    return project


def with_setting(component: C, path: str, typed: str) -> C:
    """Return a copy with one setting changed: ``("model.layers.0.units", "64")``.

    ``path`` leads through field names and, inside a tuple, positions; ``typed`` is a JSON value or
    a bare word. Raises ``ConfigError`` if there is no such setting or the value does not fit.
    """
    name, _, rest = path.partition(".")
    check_setting(type(component), name)
    value = _with_value(getattr(component, name), rest, typed) if rest else _parsed(typed)
    return dataclasses.replace(component, **{name: value})


def _with_value(value: Any, path: str, typed: str) -> Any:
    if isinstance(value, Component):
        return with_setting(value, path, typed)
    position, _, rest = path.partition(".")
    if not isinstance(value, tuple):
        text = tr("There is no setting {path!r} within {value!r}.")
        raise ConfigError(text.format(path=path, value=value))
    if not position.isdecimal() or int(position) >= len(value):
        text = tr("Positions go from 0 to {last}. Received: {position}.")
        raise ConfigError(text.format(last=len(value) - 1, position=position))
    items = list(value)
    items[int(position)] = (
        _with_value(items[int(position)], rest, typed) if rest else _parsed(typed)
    )
    return tuple(items)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def settings_help() -> str:
    """Return the text that explains ``--set``, from the components' own declarations."""
    lines = [
        tr(
            "settings for --set (and the layers', such as model.layers.0.units=64, and the data's,"
            "\nsuch as source.noise=0.2):"
        )
    ]
    for parameter in parameters(Project):
        if parameter.name in _LISTED:
            lines += _described(parameter)
    for cls in DataSource.registry.values():
        if any(field.kind is Kind.PATH for field in parameters(cls)):
            lines += [
                "  "
                + tr("source, {title}: {summary}").format(title=title(cls), summary=summary(cls)),
                *_source_lines(cls),
            ]
    return "\n".join(lines)


def _source_lines(cls: type[DataSource]) -> Iterator[str]:
    """Yield the settings of a kind of data; its file is an option of its own."""
    for field in parameters(cls):
        if field.kind not in (Kind.PATH, Kind.COMPONENTS):
            yield "  " + _line(f"source.{field.name}", field)


def _described(parameter: Parameter) -> Iterator[str]:
    if parameter.kind not in (Kind.COMPONENT, Kind.COMPONENTS):
        yield _line(parameter.name, parameter)
        return
    several = parameter.kind is Kind.COMPONENTS
    names, path = ('["NAME", ...]', ".0") if several else ("NAME", "")
    yield f"  {parameter.name}={names}  {parameter.doc}"
    for name, cls in parameter.family.registry.items():
        yield f"    {name}: {summary(cls)}"
        for field in parameters(cls):
            yield "    " + _line(f"{parameter.name}{path}.{field.name}", field)


def _line(name: str, parameter: Parameter) -> str:
    default = parameter.default
    shown = type(default).__name__ if isinstance(default, Component) else default
    return f"  {name}={shown}  {parameter.doc}{_bounds(parameter)}"


def _bounds(parameter: Parameter) -> str:
    if parameter.kind is Kind.CHOICE:
        return " " + tr("One of: {0}.").format(", ".join(parameter.choices))
    if parameter.low is None or parameter.high is None:
        return ""
    return " " + tr("{low} to {high}.").format(
        low=grouped(parameter.low), high=grouped(parameter.high)
    )
