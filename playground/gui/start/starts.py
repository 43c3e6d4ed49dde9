"""What the cards of the start page offer."""

from __future__ import annotations

from playground.gui.start import welcome_pictures as pictures
from playground.gui.start.cards import Start
from playground.language import spoken, tr

CSV, DRAW = "your-table", "your-points"
"""In place of a preset's name: a table of the user's, and points drawn by hand."""


def starts() -> list[Start]:
    """Return the cards in their order."""
    return [*_classics(), *_others(), *_own()]


def more_networks() -> list[tuple[str, str]]:
    """Return the presets that have no card: what they show is best seen beside the others."""
    return [
        ("digits-inception", tr("Inception block")),
        ("digits-residual", tr("Residual blocks")),
        ("digits-two-outputs", tr("Two outputs")),
        ("digits-cnn-augmented", tr("Augmentation")),
    ]


def _classics() -> list[Start]:
    return [
        Start(
            "digits-cnn",
            tr("Digits with a CNN"),
            tr("See filters form on real handwriting."),
            tr("10,000 images · 2 convolutions"),
            pictures.convolution,
            moves=True,
        ),
        Start(
            "spiral",
            tr("Spiral"),
            tr("A few neurons bend a boundary round."),
            tr("400 points · 2–8–8–1 network"),
            pictures.spiral,
            moves=True,
        ),
        Start(
            "iris",
            tr("Iris"),
            tr("Tell three flowers apart by four measures."),
            tr("150 rows · 4–8–3 network"),
            pictures.iris,
            moves=True,
        ),
        Start(
            "circle-logistic",
            tr("One neuron"),
            tr("One straight line: enough for a circle?"),
            tr("400 points · 2–1 network"),
            pictures.one_neuron,
            moves=True,
        ),
    ]


def _others() -> list[Start]:
    italian = spoken() == "it"
    return [
        Start(
            "digits-mlp",
            tr("Digits with an MLP"),
            tr("Every pixel to every neuron, and it works."),
            tr("10,000 images · 784–128–10 network"),
            pictures.dense_network,
            moves=True,
        ),
        Start(
            "next-word-italian" if italian else "next-word-english",
            tr("Next word"),
            tr("Guess how a sentence goes on."),
            tr("Short sentences · embedding, 64 neurons"),
            pictures.next_word,
            moves=True,
        ),
    ]


def _own() -> list[Start]:
    return [
        Start(
            DRAW,
            tr("Draw your own points"),
            tr("Click them into the plane; it learns them."),
            tr("Two classes or more"),
            pictures.drawn,
            moves=True,
            call=tr("Draw"),
        ),
        Start(
            CSV,
            tr("Your own data"),
            tr("Open a CSV file; pick what to predict."),
            tr("Types and missing values found for you"),
            pictures.table,
            moves=True,
            call=tr("Open"),
        ),
    ]
