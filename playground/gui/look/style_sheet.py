"""The style sheet of the application, written once for both colour schemes."""

from __future__ import annotations

import dataclasses

from playground.gui.look.tokens import Tokens
from playground.resources import resource_path

_SHEET = """
QWidget { color: $text; }
QWidget:disabled { color: $faint; }
QToolTip { color: $surface; background: $text; border: none; padding: 4px 8px; }
QMainWindow, QDialog { background: $canvas; }
#canvas { background: $canvas; }
#panel, #bar { background: $surface; border: none; }
#card { background: $surface; border: 1px solid $line; border-radius: 8px; }
#help_try { background: $tint; border-radius: 6px; }
#help_code { background: $sunken; border-radius: 6px; }
#problem { background: $danger_tint; border-radius: 6px; }
#drop { background: $accent; }
QLabel { background: transparent; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="on_accent"] { color: $on_accent; }
QLabel[tone="danger"] { color: $danger; }
QLabel#key { background: $sunken; border: 1px solid $line; border-radius: 4px; padding: 1px 6px; }
QFrame#divider { background: $line; border: none; }

QPushButton, QToolButton { background: $surface; border: 1px solid $border; border-radius: 6px;
  padding: 1px 11px; min-height: $control; }
QToolButton { padding: 1px 5px; }
QPushButton:hover, QToolButton:hover { background: $sunken; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:checked, QToolButton:checked { background: $tint; border-color: $accent; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 10px; }
QToolButton:focus { padding: 0 4px; }
QPushButton:disabled, QToolButton:disabled { color: $faint; border-color: $line; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 2px solid $accent;
  padding: 0 14px; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 4px double $on_accent; padding: 0 12px; }
QPushButton[kind="danger"] { background: $danger; color: $surface; border: 2px solid $danger;
  padding: 0 14px; }
QPushButton[kind="danger"]:focus { border: 4px double $surface; padding: 0 12px; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled { background: $line;
  border-color: $line; color: $muted; }
QPushButton[kind="quiet"], QPushButton[kind="flat"], QPushButton[kind="menu"], QToolButton#flat {
  background: transparent; border: 2px solid transparent; padding: 0 6px; }
QPushButton[kind="quiet"] { color: $accent; }
QPushButton[kind="quiet"]:hover, QPushButton[kind="flat"]:hover, QPushButton[kind="menu"]:hover,
QToolButton#flat:hover { background: $sunken; }
QPushButton[kind="flat"]:checked, QToolButton#flat:checked { background: $tint; }
QPushButton[kind="quiet"]:focus, QPushButton[kind="flat"]:focus, QPushButton[kind="menu"]:focus,
QToolButton#flat:focus { border-color: $accent; }
QPushButton[kind="quiet"]:disabled { color: $faint; }
QPushButton[kind="menu"] { min-height: 24px; }
QPushButton[kind="tab"] { background: transparent; border: none; border-radius: 0;
  border-bottom: 2px solid transparent; color: $muted; padding: 0 8px; min-height: 36px; }
QPushButton[kind="tab"]:checked { color: $text; border-bottom-color: $accent; }
QPushButton[kind="tab"]:focus { border: 2px solid $accent; border-radius: 4px; padding: 0 6px; }
QPushButton[kind="chip"] { padding: 1px 3px; }
QPushButton[kind="chip"]:focus { padding: 0 2px; }
#segments { background: $sunken; border-radius: 6px; }
QPushButton[kind="segment"] { background: transparent; color: $muted; padding: 0 2px;
  border: 2px solid transparent; min-height: 24px; }
QPushButton[kind="segment"]:hover { color: $text; }
QPushButton[kind="segment"]:checked { background: $surface; color: $text; padding: 1px 3px;
  border: 1px solid $border; }
QPushButton[kind="segment"]:focus { border: 2px solid $accent; padding: 0 2px; }
QPushButton[kind="pill"] { border-radius: 12px; padding: 0 9px; min-height: 22px; }
QPushButton[kind="pill"]:focus { padding: 0 8px; }
QPushButton::menu-indicator { image: url($icons/chevron-down-$mode.svg); width: 16px; height: 16px;
  subcontrol-position: right center; right: 6px; }
QPushButton#heading { min-height: 20px; padding: 0; text-align: left; }
QToolButton::menu-indicator { image: none; }

QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit { background: $surface;
  border: 1px solid $border; border-radius: 6px; padding: 1px 7px; min-height: $field;
  placeholder-text-color: $muted; selection-background-color: $accent;
  selection-color: $on_accent; }
QComboBox:hover, QLineEdit:hover, QAbstractSpinBox:hover { border-color: $muted; }
QComboBox:focus, QComboBox:on, QLineEdit:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus,
QTextEdit:focus { border: 2px solid $accent; padding: 0 6px; }
QComboBox:disabled, QLineEdit:disabled, QAbstractSpinBox:disabled { border-color: $line;
  color: $faint; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"] { border: 2px solid $danger;
  padding: 0 6px; background: $danger_tint; }
QComboBox { padding-right: 0; combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-position: right center; }
QComboBox::down-arrow { image: url($icons/chevron-down-$mode.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 0;
  outline: none; selection-background-color: $tint; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; border-radius: 4px; }
QComboBox QAbstractItemView::item:selected { background: $tint; color: $text; }
#qt_spinbox_lineedit { padding: 0 6px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 18px;
  background: transparent; margin-right: 2px; }
QAbstractSpinBox::up-button { subcontrol-position: top right; margin-top: 2px; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; margin-bottom: 2px; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $sunken;
  border-radius: 4px; }
QAbstractSpinBox::up-arrow { image: url($icons/chevron-up-$mode.svg); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url($icons/chevron-down-$mode.svg); width: 12px;
  height: 12px; }

QCheckBox, QRadioButton { spacing: 8px; padding: 2px; border: 2px solid transparent;
  border-radius: 6px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QRadioButton::indicator { width: 16px; height: 16px;
  border: 1px solid $border; border-radius: 4px; background: $surface; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent;
  image: url($icons/check-$mode.svg); }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 8px; height: 8px; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; }

QSlider { min-height: 24px; background: transparent; }
QSlider::groove:horizontal { height: 4px; background: $line; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::sub-page:horizontal:disabled { background: $faint; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 8px;
  background: $surface; border: 2px solid $accent; }
QSlider::handle:horizontal:hover { background: $tint; }
QSlider::handle:horizontal:focus { background: $accent; }
QSlider::handle:horizontal:disabled { border-color: $faint; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: $surface; qproperty-drawBase: 0; }
QTabBar::tab { background: $surface; color: $muted; border: none; padding: 0 8px;
  min-height: $tab; border-top: 2px solid transparent; border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:focus { border: 2px solid $accent; border-radius: 4px; padding: 0 6px; }
QTabBar QToolButton { background: $surface; border: none; min-height: 20px; padding: 0; }

QDockWidget { icon-size: 16px; titlebar-close-icon: url($icons/close-$mode.svg);
  titlebar-normal-icon: url($icons/float-$mode.svg); font-weight: 600; }
QDockWidget::title { background: $surface; padding: 8px 16px; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button { background: transparent; border: none;
  border-radius: 4px; padding: 0; }
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $sunken; }
QDockWidget > QWidget { background: $surface; }
QMainWindow::separator { background: $surface; width: 4px; height: 4px; }
QMainWindow::separator:vertical { border-left: 1px solid $line; }
QMainWindow::separator:horizontal { border-top: 1px solid $line; }
QMainWindow::separator:hover { background: $accent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
QToolBar { background: $surface; border: none; border-bottom: 1px solid $line; spacing: 8px;
  padding: 8px; }
QStatusBar { background: $surface; border-top: 1px solid $line; }
QStatusBar::item { border: none; }

QMenuBar { background: $surface; padding: 4px 8px; spacing: 0; }
QMenuBar::item { background: transparent; padding: 6px 8px; border-radius: 6px; }
QMenuBar::item:selected, QMenuBar::item:pressed { background: $sunken; }
QMenu { background: $surface; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 8px; border-radius: 4px; background: transparent; }
QMenu::item:selected { background: $tint; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::right-arrow { image: url($icons/chevron-right-$mode.svg); width: 16px; height: 16px; }
QMenu::indicator { width: 16px; height: 16px; padding-left: 6px; }
QMenu::indicator:checked { image: url($icons/tick-$mode.svg); }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $border; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget#content { background: transparent; border: none; }
QScrollArea[takes_focus="true"] { border: 2px solid transparent; border-radius: 4px; }
QScrollArea[takes_focus="true"]:focus { border-color: $accent; }

QAbstractItemView { background: $surface; border: none; gridline-color: $line; outline: none;
  alternate-background-color: $canvas; selection-background-color: $tint;
  selection-color: $text; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $accent; }
QTableView::item, QListView::item, QTreeView::item { padding: 4px 8px; }
QHeaderView::section { background: $surface; color: $muted; border: none;
  border-bottom: 1px solid $line; padding: 4px 8px; }
QTableCornerButton::section { background: $surface; border: none; }
QProgressBar { background: $line; border: none; border-radius: 2px; max-height: 4px;
  text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QGroupBox { border: 1px solid $line; border-radius: 8px; margin-top: 8px; padding: 8px; }
"""


def style_sheet(tokens: Tokens, scale: float = 1.0) -> str:
    """Return the style sheet in these colours; ``scale`` makes the controls higher."""
    values = {
        **{name: str(value) for name, value in dataclasses.asdict(tokens).items()},
        "mode": "dark" if tokens.dark else "light",
        "icons": resource_path("icons").as_posix(),
        "control": f"{round(28 * scale)}px",
        "field": f"{round(28 * scale)}px",
        "tab": f"{round(20 + 16 * scale)}px",
    }
    sheet = _SHEET
    for name in sorted(values, key=len, reverse=True):  # $surface must not end up as $sur
        sheet = sheet.replace(f"${name}", values[name])
    return sheet
