"""What stands above a picture that can be drawn on: tools, and what there is to say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from playground.data.dataset import Dataset
from playground.data.sources import DataSource
from playground.gui import widgets
from playground.gui.charts.curve_plot import CurvePlot
from playground.gui.gestures import gestures
from playground.gui.help.subjects import explain
from playground.gui.look import theme
from playground.gui.plane.plane import PlanePicture
from playground.gui.plane.plane_editor import PlaneEditor
from playground.gui.plane.plane_tools import KEYS, PlaneTools, Tool
from playground.language import mark


@gestures(
    mark("Plane of points"),
    (("L", "A", "M", "E"), mark("Take a tool: look, add, move, erase")),
    (("1", "9"), mark("Take the pencil of a class by its number")),
)
class DrawingDesk(QWidget):
    """Connects a picture, its tools and the points that strokes change."""

    drawn = Signal(object, int)
    """The new source, and the number of the stroke that it belongs to."""

    def __init__(self, picture: PlanePicture | CurvePlot) -> None:
        super().__init__()
        explain(self, "plane-tools")
        self._picture = picture
        self.editor = PlaneEditor(self)
        self.tools = PlaneTools()
        self.problem = widgets.label("", theme.SMALL, colour="danger", wrap=True)
        self.advice = widgets.label("", theme.SMALL, colour="muted", wrap=True)
        self.setLayout(widgets.column(self.tools, self.problem, self.advice))
        for part in (self.tools, self.problem, self.advice):
            part.hide()
        self.tools.changed.connect(self._take_tool)
        self.tools.clear_asked.connect(self.editor.clear)
        picture.stroke_began.connect(self.editor.begin)
        picture.stroke_moved.connect(self.editor.move)
        picture.stroke_ended.connect(self.editor.end)
        picture.erase_asked.connect(self.editor.erase_at)
        self.editor.changed.connect(self._take_points)
        self.editor.refused.connect(self._say)

    @property
    def is_looking(self) -> bool:
        """Whether the mouse does not draw now."""
        return self.tools.tool is Tool.LOOK or not self.editor.can_draw

    def show_points(self, source: DataSource, dataset: Dataset) -> None:
        """Draw on these points from now on, if they can be drawn on."""
        self.editor.show(source, dataset)
        can_draw = self.editor.can_draw
        self.tools.setVisible(can_draw)
        self.advice.setText(dataset.lack)
        self.advice.setVisible(bool(dataset.lack) and len(dataset.train) > 0)
        if can_draw:
            self.tools.show_classes(dataset.classes)
            if not len(dataset.train) and self.tools.tool is Tool.LOOK:
                self.tools.choose(Tool.ADD)  # what else is there to do
        elif self.tools.tool is not Tool.LOOK:
            self.tools.choose(Tool.LOOK)

    def take_key(self, key: Qt.Key) -> bool:
        """Take a tool by its letter, a class by its number from 1; return whether it is one."""
        if not self.editor.can_draw:
            return False
        if key in KEYS:
            self.tools.choose(KEYS[key])
            return True
        is_class = Qt.Key.Key_1 <= key <= Qt.Key.Key_9
        if is_class:
            self.tools.choose_class(key - Qt.Key.Key_1)
        return is_class

    def _take_tool(self) -> None:
        self.editor.tool, self.editor.label = self.tools.tool, self.tools.label
        self._picture.set_tool(self.tools.tool, self.tools.label)
        self._say("")

    def _take_points(self, source: object, stroke: int) -> None:
        self._say("")
        self.drawn.emit(source, stroke)

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
