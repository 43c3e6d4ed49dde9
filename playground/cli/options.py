"""What may be written on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

import playground
from playground.cli import evaluate, info, screenshot, train
from playground.cli.settings import settings_help
from playground.gui.arguments import Parser, add_options
from playground.language import tr
from playground.training.presets import preset_names


def parser() -> Parser:
    """Return the parser; it sets ``run`` to the function that carries the command out."""
    top = Parser(
        prog="playground",
        usage="playground [--reset] [FILE]\n       playground COMMAND ...",
        description=tr(
            "Watch a neural network learn. Without a command the window opens, with FILE in it: a "
            "project, a table, a text, a picture, or a folder of pictures."
        ),
    )
    add_options(top)
    top.add_argument(
        "--version",
        action="version",
        version=f"playground {playground.__version__}",
        help=tr("show the program's version and exit"),
    )
    commands = top.add_subparsers(
        title=tr("commands"), prog=top.prog, required=True, metavar="COMMAND"
    )
    _add_train(commands)
    _add_evaluate(commands)
    _add_screenshot(commands)
    _add_info(commands)
    return top


Commands = argparse._SubParsersAction  # its only name


def _add_train(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "train",
        help=tr("train a network and say how well it learnt"),
        description=tr("Train a network and say how well it learnt."),
        epilog=settings_help(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_project(command)
    _add_data(command)
    command.add_argument(
        "--epochs", type=int, metavar="N", help=tr("passes over the examples, saved ones included")
    )
    command.add_argument("--seed", type=int, metavar="N", help=tr("other first weights and order"))
    command.add_argument(
        "--set",
        action="append",
        default=[],
        dest="settings",
        metavar="NAME=VALUE",
        help=tr("change a setting, such as optimizer.learning_rate=0.01; may be repeated"),
    )
    _add_outputs(command)
    command.set_defaults(run=train.run)


def _add_data(command: argparse.ArgumentParser) -> None:
    """Add what opens data of the user's own."""
    command.add_argument("--csv", type=Path, metavar="FILE", help=tr("a table of yours instead"))
    command.add_argument(
        "--images",
        type=Path,
        metavar="PATH",
        help=tr(
            "images of yours instead: a folder with a folder for each class, or files of a set"
        ),
    )
    command.add_argument(
        "--text",
        type=Path,
        metavar="FILE",
        help=tr("a text of yours instead: the next word is learnt"),
    )
    command.add_argument(
        "--target",
        action="append",
        default=[],
        dest="targets",
        metavar="COLUMN",
        help=tr("its column to predict (default: the last); may be repeated for several numbers"),
    )


def _add_outputs(command: argparse.ArgumentParser) -> None:
    """Add what is written in the end."""
    command.add_argument(
        "--export",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help=tr("write the weights, in the format of the file's name: .npz or .safetensors"),
    )
    command.add_argument(
        "--save", type=Path, metavar="FILE.nnproj", help=tr("write the project, to go on later")
    )
    command.add_argument("--metrics", type=Path, metavar="FILE.json", help=tr("write the figures"))


def _add_evaluate(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "evaluate",
        help=tr("say how well a trained network does, class by class"),
        description=tr("Say how well a saved network does: every metric, class by class."),
    )
    _add_project(command, required=True)
    command.add_argument(
        "--part",
        choices=("test", "validation"),
        default="test",
        help=tr("the examples to look at (default: test)"),
    )
    command.add_argument("--metrics", type=Path, metavar="FILE.json", help=tr("write the figures"))
    command.set_defaults(run=evaluate.run)


def _add_screenshot(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "screenshot",
        help=tr("write a picture of the window after some steps"),
        description=tr("Open the real window, train some steps, and write a picture of it."),
    )
    _add_project(command, required=True)
    command.add_argument("picture", type=Path, metavar="OUT.png", help=tr("the file to write"))
    command.add_argument(
        "--steps", type=int, default=100, metavar="N", help=tr("batches to train (default: 100)")
    )
    command.add_argument(
        "--size",
        type=screenshot.size,
        default="1366x768",
        metavar="WxH",
        help=tr("default: 1366x768"),
    )
    command.add_argument("--theme", choices=("light", "dark"), default="light")
    command.set_defaults(run=screenshot.run)


def _add_info(commands: Commands[Parser]) -> None:
    command = commands.add_parser(
        "info",
        help=tr("show versions and what there is, or a network's layers"),
        description=tr("Show versions and all that may be chosen; of a project, its layers."),
    )
    _add_project(command)
    # for the tests of the bundle
    command.add_argument("--json", action="store_true", help=argparse.SUPPRESS)
    command.set_defaults(run=info.run)


def _add_project(command: argparse.ArgumentParser, *, required: bool = False) -> None:
    command.add_argument(
        "project",
        nargs=None if required else "?",
        metavar="PROJECT",
        help=tr("a .nnproj file, or one of {0}").format(", ".join(preset_names())),
    )
