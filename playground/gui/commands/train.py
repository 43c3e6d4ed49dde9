"""What runs the training, and what it is done with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from playground.component import Component
from playground.gui.commands.command import Command, Menu
from playground.gui.commands.needs import Needs
from playground.gui.session import Session
from playground.language import tr, tr_declared
from playground.nn.losses import Loss
from playground.nn.optimizers import Optimizer
from playground.nn.schedules import Schedule

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow


def train_menu(window: MainWindow) -> Menu:
    """Return the Train menu."""
    session = window.session
    needs = Needs(session)
    choices = (
        Menu("train.optimizer", tr("Optimizer"), tuple(_optimizers(session, needs))),
        Menu("train.schedule", tr("Schedule"), tuple(_schedules(session, needs))),
        Menu("train.loss", tr("Loss"), tuple(_losses(session, needs))),
    )
    entries = (*_running(session, needs), None, *_beginning_anew(session, needs), None, *choices)
    return Menu("train", tr("&Train"), entries)


def _running(session: Session, needs: Needs) -> tuple[Command, ...]:
    return (
        Command(
            "train.toggle",
            tr("Train or pause"),
            session.toggle,
            tr("Start the training, or let it rest."),
            "Ctrl+Return",
            ("Ctrl+Enter",),
            icon="play",
            lack=needs.project,
            synonyms=tr("start stop play run learn"),
        ),
        Command(
            "train.batch",
            tr("One batch"),
            session.play_batch,
            tr("Train on one batch, then rest."),
            "Ctrl+B",
            icon="skip-next",
            lack=needs.project,
            synonyms=tr("step"),
        ),
        Command(
            "train.epoch",
            tr("One epoch"),
            session.play_epoch,
            tr("Train to the end of the epoch."),
            "Ctrl+Shift+B",
            icon="skip-forward",
            lack=needs.project,
            synonyms=tr("step"),
        ),
    )


def _beginning_anew(session: Session, needs: Needs) -> tuple[Command, ...]:
    return (
        Command(
            "train.reset",
            tr("Reset to the same weights"),
            session.reset,
            tr("Start again from the same first weights."),
            "Ctrl+R",
            icon="restart",
            lack=needs.project,
            synonyms=tr("restart begin"),
        ),
        Command(
            "train.new_seed",
            tr("New seed"),
            session.new_seed,
            tr("Start again from other first weights."),
            "Ctrl+Shift+R",
            icon="dice-5-outline",
            lack=needs.project,
            synonyms=tr("random dice initial weights"),
        ),
    )


def _optimizers(session: Session, needs: Needs) -> Iterable[Command]:
    for name, cls in Optimizer.registry.items():
        text = tr("Train with {0}, at its own learning rate.").format(name)
        yield _choice(session, needs, "optimizer", cls, name, text)


def _schedules(session: Session, needs: Needs) -> Iterable[Command]:
    for cls in Schedule.registry.values():
        shown = tr_declared(cls.title)
        text = tr("Let the learning rate follow this schedule: {0}.").format(shown)
        yield _choice(session, needs, "schedule", cls, shown, text)


def _losses(session: Session, needs: Needs) -> Iterable[Command]:
    for cls in Loss.registry.values():
        shown = tr_declared(cls.title)
        text = tr("Make this the loss that training lessens: {0}.").format(shown)
        yield _choice(session, needs, "loss", cls, shown, text)


def _choice(
    session: Session, needs: Needs, field: str, cls: type[Component], name: str, text: str
) -> Command:
    """Return what makes a member of a family the project's ``field``, unless it is already."""

    def is_chosen() -> bool:
        return session.project is not None and type(getattr(session.project, field)) is cls

    def choose() -> None:
        if not is_chosen():
            change: dict[str, Any] = {field: cls()}
            session.edit(**change)

    identity = f"{field}.{cls.__name__}"
    return Command(identity, name, choose, text, lack=needs.project, chosen=is_chosen)
