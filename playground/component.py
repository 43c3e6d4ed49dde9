"""What every choosable thing shares: a name in a registry, checked fields, a JSON form.

A *family* is a base class such as ``Layer`` or ``Optimizer``. Each concrete subclass, once
imported, is in ``Family.registry`` under its class name; the forms, the command line and the
project file all read that registry, so a new member needs nothing but its own class.

A field declared with ``param`` is described once. Its ``Parameter`` gives the editor in a form,
the bounds, the tooltip, the ``--help`` line, the validation and the JSON value.
"""

from __future__ import annotations

import dataclasses
import importlib
import math
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal, TypeVar, get_args, get_origin, get_type_hints

from playground.errors import ConfigError
from playground.language import grouped, tr, tr_declared

T = TypeVar("T")
C = TypeVar("C", bound="Component")
Config = dict[str, Any]
Pair = tuple[int, int]
"""Height and width. Python code, JSON and the command line may also give one number for both."""


class Kind(Enum):
    """What a field holds, and so which editor, parser and JSON form it gets."""

    INTEGER = int
    REAL = float
    FLAG = bool
    TEXT = str
    PATH = Path
    PAIR = Pair
    NUMBERS = "a tuple of as many int or float as wanted"
    TEXTS = "a tuple of as many str as wanted"
    CHOICE = "one of the strings of a Literal"
    COMPONENT = "a member of a family"
    COMPONENTS = "a tuple of members of a family"


def param(
    default: T,
    *,
    low: float | None = None,
    high: float | None = None,
    log: bool = False,
    advanced: bool = False,
    doc: str,
) -> T:
    """Declare a field that the user can edit, with its inclusive bounds and its tooltip.

    ``log`` says that its sliders should be logarithmic; ``advanced``, that forms fold it away.
    """
    metadata = {"low": low, "high": high, "log": log, "advanced": advanced, "english_doc": doc}
    return dataclasses.field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Parameter:
    """One declared field of a component class."""

    owner: str
    name: str
    kind: Kind
    hint: Any
    default: Any
    low: float | None
    high: float | None
    log: bool
    advanced: bool
    english_doc: str

    @property
    def doc(self) -> str:
        """What the field means, in the language in force."""
        return tr_declared(self.english_doc)

    @property
    def label(self) -> str:
        """The name as a person writes it: ``learning_rate`` is ``Learning rate`` in English."""
        return tr_declared(_words(self.name))

    @cached_property  # a table of 10,000 columns has as many plans
    def choices(self) -> tuple[str, ...]:
        """The strings that a ``CHOICE`` may be."""
        return get_args(self.hint)

    @property
    def choice_labels(self) -> dict[str, str]:
        """Each of the choices as a person writes it: ``one_hot`` is ``One hot`` in English."""
        return {choice: tr_declared(_words(choice)) for choice in self.choices}

    @cached_property
    def family(self) -> type[Component]:
        """The family that a ``COMPONENT``, or each of ``COMPONENTS``, belongs to."""
        family: type[Component] = (
            get_args(self.hint)[0] if self.kind is Kind.COMPONENTS else self.hint
        )
        return family

    def check(self, value: Any) -> Any:
        """Return the value in the field's own type, or raise ``ConfigError`` saying what fits."""
        converted = _CONVERT[self.kind](self, value)
        if self.kind in _ORDERED:
            for number in converted if isinstance(converted, tuple) else (converted,):
                self._check_bounds(number)
        return converted

    def _check_bounds(self, value: Any) -> None:
        if self.low is not None and value < self.low:
            raise self.error(self._limits(), value)
        if self.high is not None and value > self.high:
            raise self.error(self._limits(), value)

    def _limits(self) -> str:
        low, high = (None if end is None else grouped(end) for end in (self.low, self.high))
        if low is None:
            return tr("at most {high}").format(high=high)
        if high is None:
            return tr("at least {low}").format(low=low)
        return tr("between {low} and {high}").format(low=low, high=high)

    def error(self, fits: str, value: Any) -> ConfigError:
        """Return the error for a value that does not fit, saying what does."""
        return ConfigError(
            tr("{owner}.{name} must be {fits}. Received: {value!r}.").format(
                owner=self.owner, name=self.name, fits=fits, value=value
            )
        )


@dataclass(frozen=True)
class Component:
    """An immutable, comparable value described entirely by its dataclass fields.

    ``class Layer(Component, family=True)`` opens a registry; ``abstract=True`` keeps a shared
    base class out of it.
    """

    registry: ClassVar[dict[str, type[Any]]] = {}
    _parameters: ClassVar[tuple[Parameter, ...]]

    def __init_subclass__(
        cls, *, family: bool = False, abstract: bool = False, **kwargs: Any
    ) -> None:
        super().__init_subclass__(**kwargs)
        if family:
            cls.registry = {}
        elif not abstract:
            cls.registry[cls.__name__] = cls

    @classmethod
    def alias(cls, name: str, values: Mapping[str, Any]) -> Config | None:
        """Return the description of a member for a name that no member has; None if unknown.

        A family may override it, for names that others use.
        """
        return None

    @classmethod
    def said(cls) -> Iterable[str]:
        """Return what else it says of itself by ``tr_declared``, in English, for the catalogues."""
        return ()

    def __post_init__(self) -> None:
        for parameter in parameters(type(self)):
            value = parameter.check(getattr(self, parameter.name))
            object.__setattr__(self, parameter.name, value)


def _words(name: str) -> str:
    """Return ``Learning rate`` for ``learning_rate``, and ``Data source`` for ``DataSource``."""
    return re.sub(r"_|(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def label_of(cls: type[Component], name: str) -> str:
    """Return the label of a field."""
    return next(parameter.label for parameter in parameters(cls) if parameter.name == name)


def parameters(cls: type[Component]) -> tuple[Parameter, ...]:
    """Return the declared fields of a component class, in order."""
    if "_parameters" not in cls.__dict__:
        cls._parameters = _declared(cls)
    return cls._parameters


def _declared(cls: type[Component]) -> tuple[Parameter, ...]:
    hints = get_type_hints(cls)
    return tuple(
        Parameter(
            owner=cls.__name__,
            name=field.name,
            kind=_kind(hints[field.name]),
            hint=hints[field.name],
            default=field.default,
            **field.metadata,
        )
        for field in dataclasses.fields(cls)
    )


def title(cls: type[Component]) -> str:
    """Return what a class is called where people choose: its ``title``, or its own name."""
    declared = getattr(cls, "title", None)
    return tr_declared(declared) if isinstance(declared, str) else cls.__name__


def family_title(family: type[Component]) -> str:
    """Return what the members of a family are: ``Data source`` in English for ``DataSource``."""
    return tr_declared(_words(family.__name__))


def summary(cls: type[Component]) -> str:
    """Return the first line of a class's description, as people read it."""
    return tr_declared(_first_line(cls))


def _first_line(cls: type[Component]) -> str:
    return (cls.__doc__ or cls.__name__).strip().splitlines()[0].replace("``", "")


def declared_texts(cls: type[Component]) -> Iterator[str]:
    """Yield, in English, what a class and its fields say of themselves, for the catalogues."""
    yield from cls.said()
    if cls.registry.get(cls.__name__) is cls:
        yield _first_line(cls)
    if "registry" in vars(cls):
        yield _words(cls.__name__)
    for parameter in parameters(cls):
        yield _words(parameter.name)
        yield parameter.english_doc
        yield from map(_words, parameter.choices if parameter.kind is Kind.CHOICE else ())


_TUPLES = {int: Kind.NUMBERS, float: Kind.NUMBERS, str: Kind.TEXTS}


def _kind(hint: Any) -> Kind:
    origin = get_origin(hint)
    if origin is Literal:
        return Kind.CHOICE
    if origin is tuple and hint != Pair:
        return _TUPLES.get(get_args(hint)[0], Kind.COMPONENTS)
    if isinstance(hint, type) and issubclass(hint, Component):
        return Kind.COMPONENT
    return Kind(hint)


def _integer(parameter: Parameter, value: Any) -> int:
    whole = isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1
    if not whole:
        raise parameter.error(tr("a whole number"), value)
    return int(value)


def _real(parameter: Parameter, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise parameter.error(tr("a finite number"), value)
    return float(value)


def _flag(parameter: Parameter, value: Any) -> bool:
    if not isinstance(value, bool):
        raise parameter.error(tr("true or false"), value)
    return value


def _text(parameter: Parameter, value: Any) -> str:
    if not isinstance(value, str):
        raise parameter.error(tr("text"), value)
    return value


def _path(parameter: Parameter, value: Any) -> Path:
    if not isinstance(value, (str, Path)):
        raise parameter.error(tr("a path"), value)
    return Path(value)


def _pair(parameter: Parameter, value: Any) -> Pair:
    first, second = value if isinstance(value, (tuple, list)) and len(value) == 2 else (value,) * 2
    return _integer(parameter, first), _integer(parameter, second)


def _numbers(parameter: Parameter, value: Any) -> tuple[float, ...]:
    if not isinstance(value, (tuple, list)):
        raise parameter.error(tr("a list of numbers"), value)
    convert = _integer if get_args(parameter.hint)[0] is int else _real
    return tuple(convert(parameter, number) for number in value)


def _texts(parameter: Parameter, value: Any) -> tuple[str, ...]:
    if not isinstance(value, (tuple, list)):
        raise parameter.error(tr("a list of texts"), value)
    return tuple(_text(parameter, text) for text in value)


def _choice(parameter: Parameter, value: Any) -> str:
    if value not in parameter.choices:
        raise parameter.error(tr("one of {0}").format(", ".join(parameter.choices)), value)
    return str(value)


def _component(parameter: Parameter, value: Any) -> Component:
    return value if isinstance(value, parameter.family) else from_config(parameter.family, value)


def _components(parameter: Parameter, value: Any) -> tuple[Component, ...]:
    if not isinstance(value, (tuple, list)):
        raise parameter.error(tr("a list"), value)
    return tuple(_component(parameter, item) for item in value)


_CONVERT: dict[Kind, Callable[[Parameter, Any], Any]] = {
    Kind.INTEGER: _integer,
    Kind.REAL: _real,
    Kind.FLAG: _flag,
    Kind.TEXT: _text,
    Kind.PATH: _path,
    Kind.PAIR: _pair,
    Kind.NUMBERS: _numbers,
    Kind.TEXTS: _texts,
    Kind.CHOICE: _choice,
    Kind.COMPONENT: _component,
    Kind.COMPONENTS: _components,
}
_ORDERED = {Kind.INTEGER, Kind.REAL, Kind.PAIR, Kind.NUMBERS}
"""The kinds that bounds apply to."""


def to_config(value: Any) -> Any:
    """Turn a component, at any depth, into JSON values: ``{"class_name": ..., "config": ...}``."""
    if isinstance(value, Component):
        config = {p.name: to_config(getattr(value, p.name)) for p in parameters(type(value))}
        return {"class_name": type(value).__name__, "config": config}
    if isinstance(value, tuple):
        return [to_config(item) for item in value]
    return value.as_posix() if isinstance(value, Path) else value


def from_config(family: type[C], config: Any) -> C:
    """Build the member of ``family`` that ``to_config`` described, or that a bare name chooses.

    Names may be written as in Keras: ``"relu"`` is ``ReLU()``, ``"glorot_uniform"`` is
    ``GlorotUniform()``. Raises ``ConfigError`` naming what is known.
    """
    if isinstance(config, str):
        config = {"class_name": config}
    if not (
        isinstance(config, Mapping)
        and isinstance(config.get("class_name"), str)
        and isinstance(config.get("config", {}), Mapping)
    ):
        raise ConfigError(
            tr(
                "A {family} is described by its name or by "
                '{{"class_name": ..., "config": ...}}. Received: {config!r}.'
            ).format(family=family.__name__, config=config)
        )
    name, values = config["class_name"], config.get("config", {})
    if not has_class(family, name) and (other := family.alias(name, values)) is not None:
        return from_config(family, other)
    cls = find_class(family, name)
    for name in values:
        check_setting(cls, name)
    return cls(**values)


def check_setting(cls: type[Component], name: str) -> None:
    """Raise ``ConfigError``, naming those there are, if a class has no such field."""
    known = [parameter.name for parameter in parameters(cls)]
    if name not in known:
        text = tr("{owner} has no setting {name!r}. Known: {known}.")
        names = ", ".join(known) or tr("none")
        raise ConfigError(text.format(owner=cls.__name__, name=name, known=names))


def has_class(family: type[Component], name: str) -> bool:
    """Return whether a member of ``family`` has this name, ignoring case, ``_`` and blanks."""
    return any(_members(family, name))


def find_class(family: type[C], name: str) -> type[C]:
    """Return the member of ``family`` with this name, ignoring case, ``_`` and blanks."""
    for cls in _members(family, name):
        return cls
    known_names = ", ".join(sorted(family.registry))
    raise ConfigError(
        tr("No {name} named {0!r}. Known: {known_names}.").format(
            name, name=family.__name__, known_names=known_names
        )
    )


def _members(family: type[C], name: str) -> list[type[C]]:
    return [
        cls
        for known, cls in family.registry.items()
        if _plain(known) == _plain(name) and issubclass(cls, family)
    ]


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


def discover(package: str, path: Iterable[str]) -> None:
    """Import every module of ``package`` so that its classes register themselves."""
    for module in pkgutil.iter_modules(path):
        importlib.import_module(f"{package}.{module.name}")
