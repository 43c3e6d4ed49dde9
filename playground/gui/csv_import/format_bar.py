"""How the text of a file is read: what was found, each to be changed in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from playground.data.tables.text import (
    DECIMALS,
    DELIMITERS,
    QUOTES,
    Decimal,
    Header,
    Quote,
    TextEncoding,
    TextFormat,
    TextOptions,
)
from playground.errors import ConfigError
from playground.gui.csv_import import words
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.widgets import Choice, boxed, column, label, mark_invalid, row
from playground.language import tr

_OTHER = "other"
_NARROWEST = 136


class FormatBar(QWidget):
    """Six choices that make ``TextOptions``."""

    changed = Signal(object)
    """The options, by the user's doing."""

    def __init__(self) -> None:
        super().__init__()
        explain(self, "csv-format")
        self._columns = 0
        self._make_widgets()
        self._lay_out()
        self._connect()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def options(self) -> TextOptions:
        """Return what is chosen; raise ``ConfigError`` if it cannot be."""
        delimiter = self._delimiter.choice()
        values: dict[str, Any] = {
            "encoding": self._encoding.choice(),
            "delimiter": self._other.text() if delimiter == _OTHER else delimiter,
            "quote": self._quote.choice(),
            "decimal": self._decimal.choice(),
            "header": self._header.choice(),
        }
        return TextOptions(**values, missing=_spellings(self._missing.text()))

    def show_options(self, options: TextOptions) -> None:
        """Show a choice without emitting ``changed``."""
        self._encoding.set_choice(options.encoding)
        named = options.delimiter in ("auto", *DELIMITERS)
        self._delimiter.set_choice(options.delimiter if named else _OTHER)
        self._other.setText("" if named else options.delimiter)
        self._other.setVisible(not named)
        self._quote.set_choice(options.quote)
        self._decimal.set_choice(options.decimal)
        self._header.set_choice(options.header)
        self._missing.setText(", ".join(options.missing))
        self._missing.setCursorPosition(0)

    def show_found(self, found: TextFormat, missing: tuple[str, ...]) -> None:
        """Say what the choices that are left open come to, and how missing values are written."""
        plain = self._missing.accessibleName()
        spelled = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
        words_ = tr("{0}; found: {1}").format(plain, spelled)
        self._missing_caption.setText(words_ if missing else plain)
        bare = found.encoding.removesuffix("-sig")
        self._tell(self._encoding, self._encodings().get(bare, found.encoding))
        delimiter = _name(DELIMITERS, found.delimiter)
        self._tell(self._delimiter, self._delimiters().get(delimiter, delimiter))
        self._tell(self._quote, self._quotes().get(_name(QUOTES, found.quote), ""))
        self._tell(self._decimal, self._decimals()[_name(DECIMALS, found.decimal)])
        self._tell(self._header, self._headers()["yes" if found.has_header else "no"])

    def show_nothing_found(self) -> None:
        """Take back what was found in another text."""
        for box in self._boxes():
            box.setItemText(0, tr("Automatic"))

    # Making

    def _make_widgets(self) -> None:
        self._encoding = Choice(self._encodings(), tr("Encoding"))
        self._delimiter = Choice(self._delimiters(), tr("Delimiter"))
        self._other = QLineEdit(maxLength=1)
        self._other.setAccessibleName(tr("The character that is the delimiter"))
        self._other.setFixedWidth(theme.px(32))
        self._other.hide()
        self._quote = Choice(self._quotes(), tr("Quotation marks"))
        self._decimal = Choice(self._decimals(), tr("Decimal sign"))
        self._header = Choice(self._headers(), tr("First line"))
        tips = (
            tr("How the bytes of the file stand for letters"),
            tr("What stands between two values"),
            tr("What stands around a value that has the delimiter in it"),
            tr("What stands before the decimals of a number"),
            tr("Whether the first line names the columns"),
        )
        for box, words_ in zip(self._boxes(), tips, strict=True):
            box.setToolTip(words_)
        self._missing = QLineEdit()
        self._missing.setAccessibleName(tr("Read as missing"))
        tip = tr("What stands for a missing value, beside the empty cell; parted by commas")
        self._missing.setToolTip(tip)
        explain(self._missing, "Field/missing_values")
        self._missing.setAccessibleDescription(tip)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        delimiter = boxed(row(self._delimiter, self._other, gap=4))
        fields: tuple[tuple[QWidget, QWidget], ...] = (
            (self._encoding, self._encoding),
            (self._delimiter, delimiter),
            (self._quote, self._quote),
            (self._decimal, self._decimal),
            (self._header, self._header),
            (self._missing, self._missing),
        )
        captions = [_caption(editor) for editor, _ in fields]
        self._missing_caption = captions[-1]
        self._cells = [
            boxed(column(caption, whole, gap=4))
            for caption, (_, whole) in zip(captions, fields, strict=True)
        ]
        self._arrange(len(self._cells))

    def _connect(self) -> None:
        for box in self._boxes():
            box.chosen.connect(self._choose)
        self._other.textEdited.connect(self._choose)
        self._missing.editingFinished.connect(self._choose_missing)

    def _boxes(self) -> tuple[Choice, ...]:
        return self._encoding, self._delimiter, self._quote, self._decimal, self._header

    def resizeEvent(self, event: QResizeEvent) -> None:
        wanted = theme.px(_NARROWEST) + 12
        fitting = (self.width() + 12) // wanted
        self._arrange(next(n for n in (6, 3, 2, 1) if n <= max(fitting, 1)))
        super().resizeEvent(event)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for i, cell in enumerate(self._cells):
            self._grid.addWidget(cell, i // columns, i % columns)
        for i in range(len(self._cells)):
            self._grid.setColumnStretch(i, 1 if i < columns else 0)
        self.updateGeometry()

    # Choosing

    def _choose(self) -> None:
        self._other.setVisible(self._delimiter.choice() == _OTHER)
        if self._delimiter.choice() == _OTHER and not self._other.text():
            self._other.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            options = self.options()
        except ConfigError as error:
            mark_invalid(self._other, str(error), "")
            return
        mark_invalid(self._other, "", "")
        self.changed.emit(options)

    def _choose_missing(self) -> None:
        if self._missing.isModified():
            self._missing.setModified(False)
            self._choose()

    @staticmethod
    def _tell(box: Choice, text: str) -> None:
        box.setItemText(0, words.found(text))

    # Words

    def _encodings(self) -> dict[str, str]:
        known = {
            "auto": tr("Automatic"),
            "utf-8": "UTF-8",
            "utf-16": "UTF-16",
            "cp1252": tr("Western (Windows)"),
            "latin-1": tr("Western (ISO 8859-1)"),
            "cp1250": tr("Central European (Windows)"),
            "cp1251": tr("Cyrillic (Windows)"),
            "cp850": tr("Western (DOS)"),
            "mac_roman": tr("Western (old Mac)"),
            "gb18030": tr("Chinese (GB 18030)"),
            "shift_jis": tr("Japanese (Shift JIS)"),
        }
        return {name: known.get(name, name) for name in get_args(TextEncoding)}

    def _delimiters(self) -> dict[str, str]:
        return {
            "auto": tr("Automatic"),
            "comma": tr("Comma ,"),
            "semicolon": tr("Semicolon ;"),
            "tab": tr("Tab"),
            "bar": tr("Bar |"),
            "space": tr("Space"),
            _OTHER: tr("Other..."),
        }

    def _quotes(self) -> dict[str, str]:
        known = {
            "auto": tr("Automatic"),
            "double": tr('Double "'),
            "single": tr("Single '"),
            "none": tr("None"),
        }
        return {name: known[name] for name in get_args(Quote)}

    def _decimals(self) -> dict[str, str]:
        known = {
            "auto": tr("Automatic"),
            "point": tr("Point 0.5"),
            "comma": tr("Comma 0,5"),
        }
        return {name: known[name] for name in get_args(Decimal)}

    def _headers(self) -> dict[str, str]:
        known = {
            "auto": tr("Automatic"),
            "yes": tr("Names"),
            "no": tr("Values"),
        }
        return {name: known[name] for name in get_args(Header)}


def _caption(editor: QWidget) -> QLabel:
    caption = label(editor.accessibleName(), theme.CAPTION, colour="muted")
    caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    caption.setBuddy(editor)
    return caption


def _name(choices: Mapping[str, str], mark: str) -> str:
    return next((name for name, known in choices.items() if known == mark), mark)


def _spellings(text: str) -> tuple[str, ...]:
    spellings = (part.strip() for part in text.split(","))
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling))
