"""What the parts of the import dialog say in the same words."""

from __future__ import annotations

from playground.data.tables.dates import iso
from playground.data.tables.summary import CsvColumn
from playground.gui.charts.scales import number
from playground.gui.csv_import.draft import Draft, Outlook, Role
from playground.gui.csv_import.header import Card
from playground.language import grouped, tr

TYPE_ICONS = {
    "number": "numeric",
    "category": "shape-outline",
    "date": "calendar-blank-outline",
    "text": "format-text",
    "id": "key-outline",
    "ignore": "cancel",
}
_BARS = 12
_FEW_LEVELS = 8


def found(words: str) -> str:
    """Return how a choice that is left open reads, once it is known what it comes to."""
    return tr("Found: {0}").format(words)


def type_names() -> dict[str, str]:
    """Return the types that a column may have."""
    return {
        "number": tr("Number"),
        "category": tr("Category"),
        "date": tr("Date"),
        "text": tr("Text"),
        "id": tr("Row number"),
        "ignore": tr("Ignored"),
    }


def type_tips() -> dict[str, str]:
    """Return what each type means for the network."""
    return {
        "number": tr("One input, which is the number itself, scaled"),
        "category": tr("Few different values: an input for each of them"),
        "date": tr("A point in time, which becomes a number"),
        "text": tr("Names or sentences, nearly all different; left out"),
        "id": tr("Counts the rows and says nothing about them; left out"),
        "ignore": tr("Left out"),
    }


def role_names() -> dict[str, str]:
    """Return what a column may be to the network."""
    return {
        Role.INPUT.value: tr("Input"),
        Role.TARGET.value: tr("Target"),
        Role.LEFT_OUT.value: tr("Left out"),
    }


def role_tips() -> dict[str, str]:
    """Return what each role of a column means."""
    return {
        Role.INPUT.value: tr("The network is told it"),
        Role.TARGET.value: tr("The network predicts it"),
        Role.LEFT_OUT.value: tr("The network never sees it"),
    }


def task_names() -> dict[str, str]:
    """Return what may be learnt."""
    return {
        "classification": tr("Classes"),
        "regression": tr("Numbers"),
    }


def scaling_names() -> dict[str, str]:
    """Return what may become of numbers."""
    return {
        "none": tr("None"),
        "unit": tr("0 to 1"),
        "standard": tr("Standardize"),
    }


def scaling_tips() -> dict[str, str]:
    """Return what each scaling does."""
    return {
        "none": tr("The numbers stay as they are"),
        "unit": tr("The smallest training value becomes 0 and the largest 1"),
        "standard": tr("The training values get mean 0 and standard deviation 1"),
    }


def card(draft: Draft, name: str) -> Card:
    """Return what stands above a column."""
    column, role, type_ = draft.column(name), draft.role(name), draft.type(name)
    notes = []
    if role is Role.WEIGHT:
        notes.append(tr("weight"))
    if role is Role.TARGET:
        notes.append(tr("target"))
    if role is Role.LEFT_OUT:
        notes.append(tr("left out"))
    if column.missing and type_ != "ignore":
        notes.append(tr("{0} missing").format(grouped(column.missing)))
    return Card(
        name,
        type_names()[type_],
        TYPE_ICONS[type_],
        role,
        ", ".join(notes),
        bars(column, _BARS),
        problem(draft, column),
    )


def spoken(card: Card) -> str:
    """Return a card as one sentence."""
    return ", ".join(part for part in (card.name, card.type, card.note, card.problem) if part)


def problem(draft: Draft, column: CsvColumn) -> str:
    """Return why a column cannot be what it is meant to be; nothing if it is left out."""
    return "" if draft.role(column.name) is Role.LEFT_OUT else column.problem


def bars(column: CsvColumn, most: int) -> tuple[float, ...]:
    """Return the heights of a tiny histogram, from 0 to 1."""
    if column.spread is None or column.type == "category":
        counts = [count for _, count in column.levels.common[:most]]
    else:
        counts = column.spread.counts.reshape(most, -1).sum(axis=1).tolist()
    highest = max(counts, default=0)
    return tuple(count / highest for count in counts) if highest else ()


def figure(column: CsvColumn, value: float) -> str:
    """Return a value of a column of numbers or of dates."""
    return iso(value) if column.type == "date" else number(value)


def rows(count: int) -> str:
    """Return ``1 row`` or ``1,000 rows``."""
    return tr("1 row") if count == 1 else tr("{0} rows").format(grouped(count))


def columns(count: int) -> str:
    """Return ``1 column`` or ``8 columns``."""
    return tr("1 column") if count == 1 else tr("{0} columns").format(grouped(count))


def inputs(count: int) -> str:
    """Return ``1 input`` or ``9 inputs``."""
    return tr("1 input") if count == 1 else tr("{0} inputs").format(grouped(count))


def becomes(draft: Draft, name: str) -> str:
    """Return what a column gives to the network: ``3 inputs: Biscoe, Dream, Torgersen``."""
    column, role = draft.column(name), draft.role(name)
    if role is Role.LEFT_OUT:
        return tr("Left out: the network does not see this column")
    if role is Role.WEIGHT:
        return tr("How much each row counts in training")
    if role is Role.TARGET:
        return _answer(draft, column)
    width = draft.width(column)
    if draft.type(name) == "category" and draft.plan(name).encoding == "one_hot":
        levels = sorted(text for text, _ in column.levels.common[:_FEW_LEVELS])
        more = ", ..." if column.levels.distinct > len(levels) else ""
        return f"{inputs(width)}: {', '.join(levels)}{more}"
    return inputs(width)


def _answer(draft: Draft, column: CsvColumn) -> str:
    if draft.task == "classification":
        return tr("What is predicted: one of {0} classes").format(grouped(column.levels.distinct))
    return tr("What is predicted: a number")


def summary(draft: Draft, outlook: Outlook) -> str:
    """Return ``344 rows → 333 used (11 without body_mass_g), 9 inputs, 3 classes``."""
    used = rows(outlook.rows)
    if outlook.used < outlook.rows:
        without = ", ".join(outlook.without[:3]) + (", ..." if len(outlook.without) > 3 else "")
        left = outlook.rows - outlook.used
        words = tr("{0} → {1} used ({2} without {3})")
        used = words.format(used, grouped(outlook.used), grouped(left), without)
    if outlook.classes:
        answer = tr("{0} classes").format(grouped(outlook.classes))
    else:
        many = len(draft.targets)
        answer = tr("1 number") if many == 1 else tr("{0} numbers").format(many)
    return f"{used}, {inputs(outlook.inputs)}, {answer}"
