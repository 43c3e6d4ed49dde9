"""Train the networks of the start page, and keep what its cards show of them.

    PYTHONPATH=. python packaging/films.py        all of them
    PYTHONPATH=. python packaging/films.py NAME   one of them, say ``spiral``

Run by hand after a change of a preset that has a card. Every film is an ``.npz`` in
``resources/welcome``: what a real training gave at some of its epochs, in numbers rather than
colours, so that the cards are painted in the theme in force. Shares from 0 to 1 are kept as
bytes, 0 to 255.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from playground.data.sources.drawn import DrawnPoints
from playground.gui.start.films import RATIO, REACH
from playground.gui.start.welcome_pictures import CONVOLVED, PREDICTED, digits
from playground.nn.paths import activations_at
from playground.probes.next_word import NextWord
from playground.probes.predictions import class_probabilities
from playground.training.presets import load_preset
from playground.training.project import Project
from playground.training.snapshot import Snapshot
from playground.training.templates import project_for
from playground.training.trainer import Trainer

FILMS = Path(__file__).resolve().parent.parent / "resources" / "welcome"
ROWS = 60
"""Of the map of a plane."""
MAPS, BANDS, NEURONS = 8, 8, 8
"""Feature maps; bands of pixels and hidden neurons in the picture of a dense network."""
SENTENCES = {"next-word-english": "my mother reads a", "next-word-italian": "mio padre legge un"}
WORDS = 5
Film = dict[str, NDArray[Any]]


def main() -> None:
    """Write the films that are asked for."""
    for name in sys.argv[1:] or MAKERS:
        path = FILMS / f"{name}.npz"
        with path.open("wb") as file:
            film: dict[str, Any] = MAKERS[name](name)
            np.savez_compressed(file, **film)
        sys.stdout.write(f"{path.name}: {path.stat().st_size / 1000:.0f} kB\n")


def snapshots(project: Project, moments: Iterable[float]) -> Iterator[Snapshot]:
    """Train, and give what there is to see after so many passes over the data."""
    trainer = Trainer(project, project.source.load())
    for moment in moments:
        trainer.play()
        while trainer.snapshot().epoch < moment:
            trainer.train_step()
        yield trainer.snapshot()


def as_bytes(shares: NDArray[Any]) -> NDArray[np.uint8]:
    """Return shares from 0 to 1 as bytes."""
    levels: NDArray[np.uint8] = np.rint(np.clip(shares, 0, 1) * 255).astype(np.uint8)
    return levels


def answers(snapshot: Snapshot, x: NDArray[Any]) -> NDArray[Any]:
    """Return the probability of every class for inputs."""
    outputs, _ = snapshot.model.forward(snapshot.weights, x.astype(np.float32))
    return class_probabilities(snapshot.project.loss.answers(outputs))


def plane(snapshot: Snapshot) -> NDArray[np.uint8]:
    """Return how probable the second class is all over the plane, wider than it is high."""
    across = np.linspace(-REACH * RATIO, REACH * RATIO, ROWS * RATIO)
    x, y = np.meshgrid(across, np.linspace(REACH, -REACH, ROWS))
    points = np.stack([x.ravel(), y.ravel()], axis=1).astype(np.float32)
    shares = answers(snapshot, snapshot.dataset.inputs_at(points))[:, 1]
    return as_bytes(shares.reshape(ROWS, -1))


def points_film(moments: Iterable[float]) -> Callable[[str], Film]:
    """Return what makes the film of points in a plane."""

    def make(name: str) -> Film:
        shots = list(snapshots(load_preset(name), moments))
        train = shots[0].dataset.train
        places = shots[0].dataset.points_of(train)
        return {"map": np.stack([plane(shot) for shot in shots]), "x": places, "y": train.y}

    return make


def drawn_film(_name: str) -> Film:
    """Let points come one by one, and train on those that are there."""
    rng = np.random.default_rng(12)
    turns = np.linspace(0, 1, 14)
    arc = np.stack([1.7 * turns - 1.15, 1.1 * np.sin(np.pi * turns) - 0.3], axis=1)
    arcs = np.concatenate([arc, arc * (1, -1) + (0.6, 0.1)]) + rng.normal(0, 0.05, (28, 2))
    order = np.arange(28).reshape(2, 14).T.ravel()  # first one of each class, and so on
    source, maps, counts = DrawnPoints(validation_split=0.0), [], []
    for count, at in enumerate(order, 1):
        x, y = arcs[at].tolist()
        source = source.added(x, y, int(at >= 14))
        if count % 4 == 0:
            project = replace(project_for(source, source.load()), epochs=150)
            (shot,) = snapshots(project, [150])
            maps.append(plane(shot))
            counts.append(count)
    empty = np.full_like(maps[0], 128)
    return {
        "map": np.stack([empty, *maps]),
        "count": np.array([0, *counts]),
        "x": arcs[order].astype(np.float32),
        "y": (order >= 14).astype(np.int64),
    }


def convolution_film(name: str) -> Film:
    """Follow the feature maps that answer most to one digit, and what the network says of it."""
    shots = list(snapshots(load_preset(name), (0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 2)))
    digit = digits()[CONVOLVED][None, :, :, None]
    maps = [activations_at(shot.model, shot.weights, digit)[(0,)][0] for shot in shots]
    chosen = np.argsort(-maps[-1].std(axis=(0, 1)))[:MAPS]
    strength = np.moveaxis(np.stack(maps)[..., np.sort(chosen)], -1, 1)
    shares = np.stack([answers(shot, digit)[0] for shot in shots])
    return {"maps": as_bytes(strength / strength.max()), "shares": as_bytes(shares)}


def dense_film(name: str) -> Film:
    """Follow the weights between bands of pixels, a few hidden neurons and the ten answers."""
    shots = list(snapshots(load_preset(name), (0, 0.05, 0.1, 0.2, 0.4, 0.7, 1, 1.5, 3)))
    digit = digits()[PREDICTED]
    hidden = [activations_at(s.model, s.weights, digit[None, :, :, None])[(1,)][0] for s in shots]
    chosen = np.sort(np.argsort(-hidden[-1])[: 2 * NEURONS : 2])
    inward, outward = [], []
    for shot in shots:
        share = shot.weights[1]["kernel"][:, chosen] * digit.reshape(-1, 1)
        inward.append([band.sum(axis=0) for band in np.array_split(share, BANDS)])
        outward.append(shot.weights[2]["kernel"][chosen])
    strength = np.stack(hidden)[:, chosen]
    inputs = digit[None, :, :, None]
    return {
        "inward": np.array(inward, np.float16),
        "hidden": as_bytes(strength / strength.max()),
        "outward": np.array(outward, np.float16),
        "shares": as_bytes(np.stack([answers(shot, inputs)[0] for shot in shots])),
    }


def iris_film(name: str) -> Film:
    """Follow the species over two measures, the others at their means."""
    shots = list(snapshots(load_preset(name), (0, 2, 4, 7, 10, 15, 22, 32, 50, 100)))
    dataset = shots[0].dataset
    long, wide = (dataset.features.index(f"petal_{side}_cm") for side in ("length", "width"))
    scaling = dataset.scaling
    assert scaling is not None
    grid = np.zeros((48, 96, len(dataset.features)), np.float32)  # 0: the mean of each
    low, high = np.array([0.4, -0.3]), np.array([7.4, 2.9])
    for column, k, size, axis in ((long, 0, 96, None), (wide, 1, 48, 0)):
        values = np.zeros((size, len(dataset.features)))
        values[:, column] = np.linspace(low[k], high[k], size)
        scaled = scaling.apply(values)[:, column]
        grid[..., column] = scaled[::-1, None] if axis == 0 else scaled
    flat = grid.reshape(-1, grid.shape[-1])
    maps = [as_bytes(answers(shot, flat)).reshape(48, 96, -1) for shot in shots]
    parts = (dataset.train, dataset.validation, dataset.test)
    x = np.concatenate([scaling.invert(part.x) for part in parts if len(part)])
    return {
        "map": np.stack(maps),
        "x": x[:, [long, wide]].astype(np.float32),
        "y": np.concatenate([part.y for part in parts if len(part)]),
        "low": low,
        "high": high,
    }


def table_film(_name: str) -> Film:
    """Follow what a network says of four penguins that it was not trained on."""
    shots = list(snapshots(load_preset("penguins"), (0, 0.5, 1, 1.5, 2, 2.5, 3, 4)))
    dataset = shots[0].dataset
    validation, scaling = dataset.validation, dataset.scaling
    assert scaling is not None
    last = answers(shots[-1], validation.x).argmax(axis=1)
    first = answers(shots[0], validation.x).argmax(axis=1)
    late = np.flatnonzero((last == validation.y) & (first != last))
    rows = late[np.unique(validation.y[late], return_index=True)[1]]
    rows = np.concatenate([rows, np.setdiff1d(late, rows)])[:4]
    names = ("bill_length_mm", "flipper_length_mm", "body_mass_g")
    columns = [dataset.features.index(name) for name in names]
    cells = scaling.invert(validation.x[rows])[:, columns]
    return {
        "cells": np.round(cells, 1),
        "names": np.array([name.split("_")[-2 if "mass" in name else 0] for name in names]),
        "classes": np.array(dataset.classes),
        "answers": np.stack([answers(s, validation.x[rows]).argmax(axis=1) for s in shots]),
        "truth": validation.y[rows],
    }


def text_film(name: str) -> Film:
    """Follow the words that a network expects behind a beginning."""
    shots = list(snapshots(load_preset(name), (0, 0.5, 1, 2, 3, 5, 8, 12, 18, 25)))
    language = shots[0].dataset.language
    assert language is not None
    probe = NextWord(beginning=SENTENCES[name], most=len(language.words))
    told = [next(probe.compute(shot)) for shot in shots]
    best = told[-1].words[:WORDS]
    shares = [told_of.shares[np.argsort(told_of.words)][best] for told_of in told]
    return {
        "beginning": np.array(SENTENCES[name].split()),
        "words": np.array([language.words[k] for k in best.tolist()]),
        "shares": as_bytes(np.stack(shares)),
    }


MAKERS: dict[str, Callable[[str], Film]] = {
    "digits-cnn": convolution_film,
    "digits-mlp": dense_film,
    "spiral": points_film((0, 15, 30, 50, 75, 100, 130, 170, 220, 300, 400, 600)),
    "circle-logistic": points_film((0, 0.2, 0.5, 1, 1.5, 2, 3, 4, 6)),
    "iris": iris_film,
    "next-word-english": text_film,
    "next-word-italian": text_film,
    "drawn": drawn_film,
    "table": table_film,
}

if __name__ == "__main__":
    main()
