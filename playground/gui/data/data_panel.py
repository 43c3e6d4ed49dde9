"""The panel at the left: what the data is, how it is split, and the settings of its source."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFormLayout, QLayout, QWidget

from playground.component import parameters
from playground.data.dataset import DataKind, Dataset
from playground.data.sources import DataSource
from playground.data.sources.csv_file import CsvFile
from playground.data.sources.drawn_source import DrawnSource
from playground.data.sources.made import MadeSource
from playground.data.sources.my_drawings import MyDrawings
from playground.data.sources.planes import PlaneSource
from playground.data.sources.text import PastedText
from playground.gui.data.class_weighing import ClassWeighing
from playground.gui.data.column_list import FEW, ColumnList
from playground.gui.data.data_parts import CurvePicture, Elided, Notes
from playground.gui.data.data_summary import data_summary, raw_inputs, raw_targets, split_summary
from playground.gui.data.drawings_part import DrawingsPart
from playground.gui.data.feature_chips import FeatureChips
from playground.gui.data.preparation import Preparation
from playground.gui.data.source_rows import SourceRows, is_slider
from playground.gui.data.text_part import TextPart
from playground.gui.data.toy_sets import ToySets
from playground.gui.forms.form import ComponentForm
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.look.markers import CLASS_TOKENS
from playground.gui.widgets import (
    GAP,
    MARGIN,
    STRETCH,
    ClassBars,
    Section,
    SplitBar,
    Thumbnails,
    boxed,
    button,
    column,
    label,
    row,
    scrolling,
    section,
    set_kind,
)
from playground.language import tr, tr_declared
from playground.training.project import Project

WIDTH = 248
_THUMBNAILS = 12
_QUICK_MS, _SLOW_MS = 40, 400
"""How long a slider must rest before data is made, or read from files, anew."""
_SPLITS = ("validation_split", "test_split")
_ELSEWHERE = (*_SPLITS, "seed", "most_rows")
_DRAWN = ("features", "points")
"""Fields that no form shows: there are better ways to change them."""


class DataPanel(QWidget):
    """Shows a data set and its source, and emits the source that the user makes of it."""

    edited = Signal(object)
    """A dict of ``Project`` fields to replace."""
    choose_data_requested = Signal()
    edit_text_requested = Signal()
    """Of the text that was pasted."""
    choose_columns_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Data"))
        self._source: DataSource | None = None
        self._dataset: Dataset | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._send)
        self._make_parts()
        self._lay_out()
        self._connect()

    def show_dataset(self, dataset: Dataset, source: DataSource) -> None:
        """Show data and where it comes from. A slider that is being moved stays where it is."""
        if dataset is not self._dataset:
            self._dataset = dataset
            self._show_examples(dataset)
        if not self._pause.isActive():
            self._show_source(source)
        self._show_headings(dataset, source)
        self._choose_parts(dataset, source)

    def show_project(self, project: Project) -> None:
        """Follow an edit of what the panel shows besides the data."""
        self._weighing.show_weights(project.class_weights)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(WIDTH), 480)

    def minimumSizeHint(self) -> QSize:
        # it scrolls up and down only; in some languages it has to be wider than in others
        return QSize(max(theme.px(216), self._page.minimumSizeHint().width()), 160)

    # Making

    def _make_parts(self) -> None:
        self._title = Elided(theme.TITLE, 600)
        self._detail = label("", theme.SMALL, colour="muted", wrap=True)
        self._choose = button("", "swap-horizontal", "flat", tr("Choose other data"))
        self._notes = Notes()
        self._thumbnails = Thumbnails(tr("Some of the images"), gap=4, largest=40)
        self._thumbnails.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # to look at, not to choose from
        self._thumbnails.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._toys = ToySets()
        self._drawings = DrawingsPart()
        self._features = FeatureChips()
        self._curve = CurvePicture(tr("The training points of the curve"))
        self._text = TextPart()
        self._columns = ColumnList(tr("Columns"))
        self._all_columns = button("", "chevron-down", "flat", checkable=True)
        self._all_columns.setToolTip(tr("Show every column, or only the first ones"))
        self._choose_columns = button(tr("Choose columns..."), "table-cog")
        self._choose_columns.setToolTip(tr("Change types, missing values and what is predicted"))
        self._target = ColumnList(tr("The column to predict"))
        self._balance = ClassBars(tr("Class balance of the training examples"))
        self._weighing = ClassWeighing()
        self._split = SplitBar(tr("Split"))
        self._pixels = label("", theme.SMALL, colour="muted", wrap=True)
        self._rows = SourceRows(self._captions())
        splits = dict(zip(_SPLITS, (tr("Validation"), tr("Test")), strict=True))
        self._split_rows = SourceRows(splits, slim=True)
        self._preparation = Preparation()
        self._anew = button(tr("Make new points"), "dice-5-outline")
        self._anew.setToolTip(tr("Draw other points of the same kind"))
        self._more = button(tr("More settings"), "chevron-right", "flat", checkable=True)
        self._more.setToolTip(tr("All other settings of this data"))
        self._form: ComponentForm | None = None
        self._explain()

    def _explain(self) -> None:
        topics = {
            "DataSource": (self._title, self._choose, self._toys, self._anew),
            "thumbnails": (self._thumbnails,),
            "drawing-add": (self._drawings,),
            "Field/features": (self._features,),
            "View/FittedCurveView": (self._curve,),
            "text-facts": (self._text,),
            "column-list": (self._columns, self._all_columns, self._choose_columns),
            "csv-targets": (self._target,),
            "class-counts": (self._balance,),
            "ClassWeights": (self._weighing,),
            "split": (self._split, self._split_rows),
            "Field/scaling": (self._preparation,),
        }
        for topic, parts in topics.items():
            for part in parts:
                explain(part, topic)

    def _captions(self) -> dict[str, str]:
        """Return the fields that have a slider of their own: those that no other part has."""
        numbers = {
            parameter.name: parameter.label
            for cls in DataSource.registry.values()
            for parameter in parameters(cls)
            if is_slider(parameter) and not parameter.advanced and parameter.name not in _ELSEWHERE
        }
        return numbers | {"samples": tr("Points"), "examples": tr("Images")}

    def _lay_out(self) -> None:
        self._columns_part, _ = _part(
            section(tr("Columns"), tr("mean")), self._columns, self._all_columns
        )
        self._target_part, self._target_head = _part(section(""), self._target)
        self._balance_part, self._balance_head = _part(section(""), self._balance, self._weighing)
        self._split_part, self._split_head = _part(
            section(tr("Split")), self._split, self._split_rows
        )
        self._preparation_part, _ = _part(
            section(tr("Preparation")), self._pixels, self._preparation
        )
        self._page = boxed(self._contents(), "panel")
        self.setLayout(column(scrolling(self._page)))

    def _contents(self) -> QLayout:
        """Return all parts from top to bottom."""
        self._form_place = column()
        head = row(self._title, self._choose, gap=4)
        head.setStretch(0, 1)
        return column(
            column(head, self._detail, gap=4),
            self._notes,
            self._thumbnails,
            self._toys,
            self._features,
            self._curve,
            self._text,
            self._columns_part,
            self._target_part,
            self._balance_part,
            row(self._choose_columns, STRETCH),
            self._drawings,
            self._rows,
            self._anew,
            self._split_part,
            self._preparation_part,
            row(self._more, STRETCH),
            self._form_place,
            STRETCH,
            gap=12,
            margins=(MARGIN, 12, MARGIN, 12),
        )

    def _connect(self) -> None:
        self._choose.clicked.connect(self.choose_data_requested)
        self._text.edit_requested.connect(self.edit_text_requested)
        self._choose_columns.clicked.connect(self.choose_columns_requested)
        for rows in (self._rows, self._split_rows, self._preparation):
            rows.changed.connect(self._edit)
        self._weighing.edited.connect(self.edited)
        self._features.changed.connect(self._take)
        self._toys.chosen.connect(self._choose_toy)
        self._drawings.changed.connect(self._take)
        self._anew.clicked.connect(self._make_anew)
        self._more.toggled.connect(self._show_form)
        self._all_columns.toggled.connect(self._show_columns)

    # Showing

    def _show_examples(self, dataset: Dataset) -> None:
        train = dataset.train
        if dataset.kind is DataKind.IMAGES:
            images = train.x[:_THUMBNAILS]
            self._thumbnails.show_images(images)
            self._pixels.setText(self._pixel_facts(dataset))
        elif dataset.kind is not DataKind.TEXT and dataset.plane is None and len(train):
            self._columns.show_columns(dataset.features, raw_inputs(dataset))
            self._show_columns(self._all_columns.isChecked())
        if dataset.kind is DataKind.CURVE:
            self._curve.show_points(raw_inputs(dataset), raw_targets(dataset))
        self._text.show_dataset(dataset)
        if dataset.is_classification:
            counts = np.bincount(train.y, minlength=len(dataset.classes)).tolist()
            tokens = CLASS_TOKENS[: len(counts)] if len(counts) <= len(CLASS_TOKENS) else ()
            self._balance.show_values(dataset.classes, counts, tokens)
            self._balance_head.set_detail(_ratio(counts))
        elif len(train):
            self._target.show_columns(dataset.targets, raw_targets(dataset))
        self._split.show_parts(
            (
                (tr("train"), len(train)),
                (tr("valid"), len(dataset.validation)),
                (tr("test"), len(dataset.test)),
            )
        )
        self._weighing.show_dataset(dataset)
        self._notes.show_notes(dataset.notes)

    def _show_source(self, source: DataSource) -> None:
        self._source = source
        for rows in (self._rows, self._split_rows, self._preparation, self._features):
            rows.show_source(source)
        self._toys.show_choice(type(source))
        self._drawings.show_source(source)
        self._text.show_source(source)
        if self._form is not None:
            self._form.show_component(source)
            self._trim_form(self._form)

    def _show_columns(self, wanted: bool) -> None:
        """Show all columns or the first few, and say on the button what else there is."""
        self._columns.show_all(wanted)
        count = len(self._dataset.features) if self._dataset else 0
        words = tr("Show fewer") if wanted else tr("Show all {0}").format(count)
        self._all_columns.setText(words)
        self._all_columns.setProperty("icon_name", "chevron-up" if wanted else "chevron-down")
        set_kind(self._all_columns, "flat")
        self._all_columns.setVisible(count > FEW)

    def _show_headings(self, dataset: Dataset, source: DataSource) -> None:
        self._title.set_text(tr_declared(dataset.title))
        self._detail.setText(data_summary(dataset, source))
        detail, tip = split_summary(dataset, source)
        self._split_head.set_detail(detail)
        self._split_head.setToolTip(tip)
        target = ", ".join(dataset.targets)
        if dataset.is_classification:
            words = tr("Target: {0}").format(target) if target else tr("Class balance")
            self._balance_head.set_text(words)
        else:
            several = len(dataset.targets) > 1
            words = tr("Targets: {0}") if several else tr("Target: {0}")
            self._target_head.set_text(words.format(", ".join(dataset.targets)))
            self._target_head.set_detail(tr("mean"))

    def _choose_parts(self, dataset: Dataset, source: DataSource) -> None:
        """Show what this data has and hide the rest."""
        kind, made = dataset.kind, isinstance(source, MadeSource)
        on_plane, has_examples = isinstance(source, PlaneSource), len(dataset.train) > 0
        drawn = isinstance(source, DrawnSource)
        tabular = kind not in (DataKind.IMAGES, DataKind.TEXT) and not (made or on_plane or drawn)
        self._thumbnails.setVisible(kind is DataKind.IMAGES and not isinstance(source, MyDrawings))
        self._toys.setVisible(made or on_plane or drawn)
        self._features.setVisible(on_plane)
        self._curve.setVisible(kind is DataKind.CURVE and tabular)
        self._columns_part.setVisible(tabular)
        self._target_part.setVisible(not dataset.is_classification and tabular)
        balanced = kind is not DataKind.TEXT and not made and has_examples
        self._balance_part.setVisible(dataset.is_classification and balanced)
        self._split.setVisible(has_examples)
        self._anew.setVisible(made)
        self._choose_columns.setVisible(isinstance(source, CsvFile))
        self._preparation.show_dataset(dataset)
        scales = bool(self._preparation.names())
        self._pixels.setVisible(kind is DataKind.IMAGES)
        self._preparation_part.setVisible(kind is DataKind.IMAGES or scales)

    def _pixel_facts(self, dataset: Dataset) -> str:
        words = tr("Pixels {0} … {1} (÷ {2}), mean {3}")
        sample = dataset.train.x[:1000]
        if not len(sample):
            return tr("No images yet: draw them below")
        white = dataset.scaling.scale[0] if dataset.scaling else 1
        low, high, mean = sample.min(), sample.max(), sample.mean()
        return words.format(f"{low:g}", f"{high:g}", f"{white:g}", f"{mean:.2f}")

    def _show_form(self, visible: bool) -> None:
        """Open or close the form of all settings, made when it is first wanted."""
        self._more.setProperty("icon_name", "chevron-down" if visible else "chevron-right")
        set_kind(self._more, "flat")
        if self._form is None and self._source is not None:
            self._form = ComponentForm(DataSource, self._source, choose=False)
            layout = self._form.layout()
            assert isinstance(layout, QFormLayout)
            layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
            self._form.changed.connect(self._edit)
            self._trim_form(self._form)
            self._form_place.addWidget(self._form)
        if self._form is not None:
            self._form.setVisible(visible)

    def _trim_form(self, form: ComponentForm) -> None:
        """Leave out of the form what has a row of its own."""
        layout = form.layout()
        assert isinstance(layout, QFormLayout)
        for rows in (self._rows, self._split_rows, self._preparation):
            for name in rows.names():
                layout.setRowVisible(form.editor(name), False)
        if isinstance(self._source, PastedText):
            layout.setRowVisible(form.editor("text"), False)
        for parameter in parameters(type(form.component())):
            if parameter.name in _DRAWN:
                layout.setRowVisible(form.editor(parameter.name), False)

    # Editing

    def _edit(self, source: object) -> None:
        """Take an edited source, and emit it when the slider rests."""
        assert isinstance(source, DataSource)
        self._show_source(source)
        quick = source.instant or isinstance(source, MadeSource)
        self._pause.start(_QUICK_MS if quick else _SLOW_MS)

    def _take(self, source: object) -> None:
        """Take an edited source, and emit it at once."""
        assert isinstance(source, DataSource)
        self._show_source(source)
        self._send()

    def _send(self) -> None:
        self.edited.emit({"source": self._source})

    def _choose_toy(self, name: str) -> None:
        """Take another kind of points with the settings that there are."""
        cls = DataSource.registry[name]
        known = {parameter.name for parameter in parameters(type(self._source or cls()))}
        kept = {
            parameter.name: getattr(self._source, parameter.name)
            for parameter in parameters(cls)
            if parameter.name in known
        }
        self._show_source(cls(**kept))
        self._send()

    def _make_anew(self) -> None:
        assert self._source is not None
        self._show_source(replace(self._source, seed=(self._source.seed + 1) % 2**31))
        self._send()


def _part(head: Section, *contents: QWidget) -> tuple[QWidget, Section]:
    """Return a heading with what stands below it, and the heading."""
    return boxed(column(head, *contents, gap=GAP)), head


def _ratio(counts: list[int]) -> str:
    """Return how much more the largest class has than the smallest."""
    return f"{max(counts) / min(counts):.2f} : 1" if min(counts) else ""
