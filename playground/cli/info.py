"""``playground info``."""

from __future__ import annotations

import platform
from argparse import Namespace
from importlib.metadata import PackageNotFoundError, version

import numpy as np
from threadpoolctl import threadpool_info

import playground
import playground.exporters
import playground.probes
from playground.cli.opening import load, open_named
from playground.cli.tables import Row, print_table
from playground.component import Component, parameters
from playground.nn.arrays import Shape
from playground.nn.model import parameter_count
from playground.training.presets import preset_names
from playground.training.project import Project

_PACKAGES = ("numpy", "pandas", "safetensors", "PySide6-Essentials", "pyqtgraph")


def run(options: Namespace) -> int:
    """Print what there is, or the layers of a project."""
    if options.project:
        project = open_named(options.project).project
        print_table(_layers(project, load(project.source).input_shape), numbers_from=3)
    else:
        print_table(_versions())
        print()
        print_table([("presets", ", ".join(preset_names())), *_families()])
    return 0


def _versions() -> list[Row]:
    """Return the app, Python, the libraries and what computes the matrix products."""
    products = {
        library["internal_api"]: f"{library['version']}, {library['num_threads']} threads"
        for library in threadpool_info()
    }
    return [
        ("Neural Playground", playground.__version__),
        ("Python", f"{platform.python_version()} on {platform.platform()}"),
        *((name, _version(name)) for name in _PACKAGES),
        *products.items(),
    ]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"  # a bundle may leave the packages' own descriptions out


def _families() -> list[Row]:
    """Return every family of components with its members."""
    return [
        (family.__name__, ", ".join(sorted(family.registry)))
        for family in Component.__subclasses__()
        if "registry" in vars(family)
    ]


def _layers(project: Project, input_shape: Shape) -> list[Row]:
    """Return the table of a network: what each layer is, gives out, holds and costs."""
    model = project.model
    shapes = model.shapes(input_shape)
    weights = model.build(input_shape, np.random.default_rng(project.seed))
    rows: list[Row] = [
        ("", "layer", "output", "parameters", "multiply-adds"),
        ("", "input", _shape(input_shape), "", ""),
    ]
    for number, (layer, own) in enumerate(zip(model.layers, weights, strict=True), start=1):
        cost = layer.multiply_adds(shapes[number - 1])
        counts = (f"{parameter_count(own):,}", f"{cost:,}")
        rows.append((str(number), _described(layer), _shape(shapes[number]), *counts))
    total = sum(parameter_count(own) for own in weights)
    rows.append(("", "total", "", f"{total:,}", f"{model.multiply_adds(input_shape):,}"))
    return rows


def _shape(shape: Shape) -> str:
    return " x ".join(map(str, shape))


def _described(component: Component) -> str:
    """Return the component with the settings that are not the default."""
    settings = [
        f"{p.name}={_described(value) if isinstance(value, Component) else value}"
        for p in parameters(type(component))
        if (value := getattr(component, p.name)) != p.default
    ]
    name = type(component).__name__
    return f"{name}({', '.join(settings)})" if settings else name
