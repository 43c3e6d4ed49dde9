"""The small widgets that the whole window is made of."""

from playground.gui.widgets.basics import (
    GAP,
    MARGIN,
    STRETCH,
    Section,
    boxed,
    button,
    column,
    divider,
    draw_focus,
    label,
    row,
    scrolling,
    section,
    set_kind,
)
from playground.gui.widgets.charts import ClassBars, Painted, SplitBar
from playground.gui.widgets.chips import Chips
from playground.gui.widgets.choice import Choice
from playground.gui.widgets.empty_state import EmptyState
from playground.gui.widgets.number_box import NumberBox, mark_invalid
from playground.gui.widgets.popup import Popup
from playground.gui.widgets.segments import Segments
from playground.gui.widgets.slider import EvenSlider, LogSlider, Slider, ValueSlider
from playground.gui.widgets.switch import Switch
from playground.gui.widgets.thumbnails import Thumbnails
from playground.gui.widgets.wrap import Wrap

__all__ = [
    "GAP",
    "MARGIN",
    "STRETCH",
    "Chips",
    "Choice",
    "ClassBars",
    "EmptyState",
    "EvenSlider",
    "LogSlider",
    "NumberBox",
    "Painted",
    "Popup",
    "Section",
    "Segments",
    "Slider",
    "SplitBar",
    "Switch",
    "Thumbnails",
    "ValueSlider",
    "Wrap",
    "boxed",
    "button",
    "column",
    "divider",
    "draw_focus",
    "label",
    "mark_invalid",
    "row",
    "scrolling",
    "section",
    "set_kind",
]
