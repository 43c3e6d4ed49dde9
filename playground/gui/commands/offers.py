"""What the command palette offers: commands, settings to go to, layers, numbers to set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QSlider

from playground.component import Parameter, parameters
from playground.errors import ConfigError
from playground.gui.commands.matching import NONE, Match, match
from playground.gui.commands.registry import Known
from playground.gui.focus_order import controls, give_focus
from playground.gui.gestures import key_text
from playground.gui.network.captions import INTO, layer_name, path_numbers
from playground.gui.session import Session
from playground.gui.widgets import Switch
from playground.language import in_english, tr
from playground.nn.paths import LayerPath, walk
from playground.training.project import Project

if TYPE_CHECKING:
    from playground.gui.main_window import MainWindow

_OTHER_NAME, _SYNONYM = 0.9, 0.5
_SETTINGS = (QSlider, QLineEdit, QComboBox, Switch)
_NUMBERS = ("batch_size", "epochs", "seed")


@dataclass(frozen=True)
class Offer:
    """A line of the palette."""

    text: str
    where: str
    run: Callable[[], object]
    id: str = ""
    """Of a command; of anything else, nothing."""
    help: str = ""
    keys: str = ""
    icon: str = ""
    lack: str = ""
    """What is missing before it can be done; nothing if it can."""
    chosen: bool = False
    other_names: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()

    def fit(self, typed: str) -> Match:
        """Say how well it fits what was typed, by any of its names."""
        found = match(typed, self.text)
        for names, worth in ((self.other_names, _OTHER_NAME), (self.synonyms, _SYNONYM)):
            for name in names:
                other = worth * match(typed, name).score
                found = Match(other) if other > found.score else found
        return found


def found(offers: Sequence[Offer], typed: str) -> list[tuple[Offer, Match]]:
    """Return the offers that fit, the best first; all of them if nothing is typed."""
    if not typed.strip():
        return [(offer, NONE) for offer in offers]
    fits = ((offer, offer.fit(typed)) for offer in offers)
    fitting = [(offer, fit) for offer, fit in fits if fit.score > 0]
    return sorted(fitting, key=lambda each: (-each[1].score, bool(each[0].lack)))


def offers_of(window: MainWindow, recent: Sequence[str]) -> list[Offer]:
    """Return all that can be looked for now, what was done last before the rest."""
    commands = sorted(
        (offer_of(known) for known in window.commands),
        key=lambda offer: recent.index(offer.id) if offer.id in recent else len(recent),
    )
    return [*commands, *_settings(window), *_layers(window.session)]


def offer_of(known: Known) -> Offer:
    """Return the line for a command; one of several choices is named after what it chooses."""
    command, path = known.command, known.path
    is_choice = command.chosen is not None and len(path) > 1
    text = command.text.removesuffix("...")
    names = [in_english(command.text), re.sub(r"[._]|(?<=[a-z])(?=[A-Z])", " ", command.id)]
    if is_choice:
        names += [text, f"{in_english(path[-1])}: {in_english(command.text)}"]
    return Offer(
        f"{path[-1]}: {text}" if is_choice else text,
        INTO.join(path[:-1] if is_choice else path),
        known.action.trigger,
        id=command.id,
        help=command.help,
        keys=key_text(command.key) if command.key else "",
        icon=command.icon or "check",
        lack=command.lack(),
        chosen=command.chosen is not None and command.chosen(),
        other_names=tuple(names),
        synonyms=(command.synonyms, in_english(command.synonyms)),
    )


def numbers(session: Session, typed: str) -> list[Offer]:
    """Return what a typed number can be given to: ``epochs 20`` sets the epochs."""
    parts = re.fullmatch(r"\s*(.*\S)[\s:=]+(-?[\d.]+(?:e-?\d+)?)\s*", typed, re.IGNORECASE)
    if parts is None or session.project is None:
        return []
    optimizer = session.project.optimizer
    rate = [(p, _set_rate) for p in parameters(type(optimizer)) if p.name == optimizer.rate_name]
    others = [(p, _set_field) for p in parameters(Project) if p.name in _NUMBERS]
    return [
        _number(session, parameter, change, parts[2])
        for parameter, change in (*rate, *others)
        if any(
            match(parts[1], name).score for name in (parameter.label, in_english(parameter.label))
        )
    ]


Change = Callable[[Session, str, float], None]


def _number(session: Session, parameter: Parameter, change: Change, typed: str) -> Offer:
    lack = ""
    try:
        value = parameter.check(float(typed) if "." in typed or "e" in typed else int(typed))
    except (ConfigError, ValueError) as error:
        value, lack = 0, str(error)
    return Offer(
        f"{parameter.label}: {typed}",
        tr("Set"),
        partial(change, session, parameter.name, value),
        icon="tune-variant",
        lack=lack,
    )


def _set_rate(session: Session, _name: str, value: float) -> None:
    if session.project:
        session.edit(optimizer=session.project.optimizer.with_rate(value))


def _set_field(session: Session, name: str, value: float) -> None:
    change: dict[str, Any] = {name: value}
    session.edit(**change)


def _settings(window: MainWindow) -> Iterable[Offer]:
    """Return the way to every slider, field, list and switch that can be seen now."""
    seen: set[str] = set()
    for control in controls(window):
        name = control.accessibleName()
        if isinstance(control, _SETTINGS) and name and name not in seen:
            seen.add(name)
            yield Offer(
                name,
                tr("Go to the setting"),
                partial(give_focus, control),
                icon="tune-variant",
                other_names=(in_english(name),),
            )


def _choose_layer(session: Session, path: LayerPath) -> None:
    session.select(replace(session.selection, layer=path, unit=None))


def _layers(session: Session) -> Iterable[Offer]:
    """Return the way to every layer."""
    model = session.project.model if session.project else None
    for path, layer in walk(model) if model else ():
        yield Offer(
            tr("Layer {0}: {1}").format(path_numbers(path), layer_name(layer)),
            tr("Choose the layer"),
            partial(_choose_layer, session, path),
            icon="layers-outline",
            other_names=(f"Layer {layer_name(layer)}",),
        )
