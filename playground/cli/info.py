"""``playground info``."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator

import numpy as np

import playground.exporters
import playground.probes
from playground.cli.opening import load, open_named
from playground.component import Component, Kind, parameters
from playground.language import grouped, tr
from playground.nn.arrays import Shape
from playground.nn.model import Sequential, parameter_count
from playground.training.presets import preset_names
from playground.training.project import Project
from playground.versions import versions

Row = tuple[str, ...]
_ALSO = (playground.exporters, playground.probes)
"""Packages that nothing here uses, but whose families are listed."""


def run(options: Namespace) -> int:
    """Print what there is, or the layers of a project."""
    if options.json:
        print(json.dumps(_registries(), indent=1))
    elif options.project:
        project = open_named(options.project).project
        _print_table(_layers(project, load(project.source).input_shape), numbers_from=3)
    else:
        _print_table(versions())
        print()
        families = [(name, ", ".join(members)) for name, members in _families().items()]
        _print_table([(tr("presets"), ", ".join(preset_names())), *families])
    return 0


def _families() -> dict[str, list[str]]:
    """Return every family of components with its members."""
    return {
        family.__name__: sorted(family.registry)
        for family in Component.__subclasses__()
        if "registry" in vars(family)
    }


def _registries() -> dict[str, list[str]]:
    """Return all that finds its members by itself, for a bundle to be compared with the source."""
    from playground.gui.views import View  # loads Qt

    return {"presets": preset_names(), **_families(), "views": sorted(View.registry)}


def _layers(project: Project, input_shape: Shape) -> list[Row]:
    """Return the table of a network: what each layer is, gives out, holds and costs."""
    model = project.model
    weights = model.build(input_shape, np.random.default_rng(project.seed))
    total = sum(parameter_count(own) for own in weights)
    return [
        ("", tr("layer"), tr("output"), tr("parameters"), tr("multiply-adds")),
        ("", tr("input"), _shape(input_shape), "", ""),
        *_rows(model, input_shape),
        ("", tr("total"), "", grouped(total), grouped(model.multiply_adds(input_shape))),
    ]


def _rows(model: Sequential, input_shape: Shape, above: str = "") -> Iterator[Row]:
    """Yield a row for each layer; for one with branches, those of branch 2 of layer 5 as 5.2.1."""
    shapes = model.shapes(input_shape)
    weights = model.build(input_shape, np.random.default_rng(0))
    for place, (layer, own) in enumerate(zip(model.layers, weights, strict=True)):
        number, cost = f"{above}{place + 1}", layer.multiply_adds(shapes[place])
        counts = (grouped(parameter_count(own)), grouped(cost))
        indent = "  " * number.count(".")
        yield (number, indent + _described(layer), _shape(shapes[place + 1]), *counts)
        for branch, chain in enumerate(layer.chains, start=1):
            yield from _rows(chain, shapes[place], f"{number}.{branch}.")


def _shape(shape: Shape) -> str:
    return " x ".join(map(str, shape))


def _described(component: Component) -> str:
    """Return the component with the settings that are not the default, and are not layers."""
    usual = type(component)()
    settings = [
        f"{p.name}={_described(value) if isinstance(value, Component) else value}"
        for p in parameters(type(component))
        if p.kind is not Kind.COMPONENTS
        and (value := getattr(component, p.name)) != getattr(usual, p.name)
    ]
    name = type(component).__name__
    return f"{name}({', '.join(settings)})" if settings else name


def _print_table(rows: Iterable[Row], numbers_from: int = 99) -> None:
    """Print the rows in columns; from one column on they are aligned on the right."""
    rows = list(rows)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(width) if number >= numbers_from else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
