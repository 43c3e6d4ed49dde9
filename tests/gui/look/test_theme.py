import ast
import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QLabel, QPushButton

import playground.gui
from playground.gui.look import theme
from playground.gui.look.appearance import apply_look
from playground.gui.look.palette_maps import lightness
from playground.gui.look.style_sheet import style_sheet
from playground.gui.look.tokens import DARK, LIGHT, PALETTES, Tokens, notifier, scheme
from playground.gui.settings import Settings
from playground.resources import resource_path

SCHEMES = [scheme(dark=dark, palette=palette) for dark in (False, True) for palette in PALETTES]
TEXTS = [
    ("text", "surface"),
    ("text", "canvas"),
    ("text", "sunken"),
    ("text", "tint"),
    ("text", "danger_tint"),
    ("muted", "surface"),
    ("muted", "canvas"),
    ("muted", "sunken"),
    ("muted", "tint"),
    ("accent", "surface"),
    ("accent", "tint"),
    ("on_accent", "accent"),
    ("danger", "surface"),
    ("danger", "danger_tint"),
    ("surface", "danger"),
    ("surface", "text"),
]


@pytest.fixture
def dark(qapp):
    theme.apply(qapp, dark=True)
    yield
    theme.apply(qapp, dark=False)


@pytest.fixture
def light(qapp):
    theme.apply(qapp, dark=False)


def luminance(colour):
    channels = np.array(list(bytes.fromhex(colour[1:]))) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def contrast(a, b):
    dim, bright = sorted((luminance(a), luminance(b)))
    return (bright + 0.05) / (dim + 0.05)


def rgb(colour):
    return list(bytes.fromhex(colour[1:]))


@pytest.mark.parametrize("tokens", SCHEMES)
@pytest.mark.parametrize(("front", "back"), TEXTS)
def test_text_has_the_contrast_that_wcag_asks_for(tokens, front, back):
    assert contrast(getattr(tokens, front), getattr(tokens, back)) >= 4.5


@pytest.mark.parametrize("tokens", SCHEMES)
@pytest.mark.parametrize("graphic", ["border", "pos", "neg", "accent", "fourth"])
def test_graphics_have_the_contrast_that_wcag_asks_for(tokens, graphic):
    assert contrast(getattr(tokens, graphic), tokens.surface) >= 3


@pytest.mark.parametrize("dark", [False, True])
def test_high_contrast_is_seven_to_one_in_words_and_graphics(dark):
    tokens = scheme(dark=dark, palette="contrast")
    graphics = [(name, "surface") for name in ("border", "pos", "neg", "accent", "fourth")]

    assert all(
        contrast(getattr(tokens, front), getattr(tokens, back)) >= 7
        for front, back in TEXTS + graphics
    )
    assert tokens.stroke > 1


@pytest.mark.parametrize("tokens", SCHEMES)
def test_the_sequential_map_is_ordered_by_lightness_in_even_steps(qapp, tokens):
    notifier().tokens = tokens
    pixels = theme.sequential(np.linspace(0, 1, 9) ** (1 / 0.65))
    notifier().tokens = LIGHT
    light = [lightness("#" + bytes(pixel).hex()) for pixel in pixels]
    steps = np.diff(light) * (1 if tokens.dark else -1)

    assert min(steps) > 0.6 * np.mean(steps)
    assert max(steps) < 1.6 * np.mean(steps)


def test_lightness_is_that_of_cie():
    # L* of black, of sRGB's mid grey and red (Lindbloom's calculator), of white
    known = {"#000000": 0.0, "#808080": 53.585, "#FF0000": 53.241, "#FFFFFF": 100.0}

    assert {colour: round(lightness(colour), 3) for colour in known} == pytest.approx(
        known, abs=0.01
    )


def test_no_colour_is_written_outside_the_tokens():
    written = re.compile(
        r"#[0-9a-fA-F]{3}\b|#[0-9a-fA-F]{6,8}\b|QColor\(\s*\d|QColor\(\s*\"|from(Rgb|Hsv|Hsl)F?\(|"
        r"GlobalColor\.(?!transparent)"
    )
    gui = Path(playground.gui.__file__).parent
    found = {
        f"{path.name}: {line.strip()}"
        for path in gui.rglob("*.py")
        if path.name != "tokens.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if written.search(line)
    }

    assert not found


@pytest.mark.parametrize("tokens", SCHEMES)
def test_every_colour_is_written_the_same_way(tokens):
    values = dataclasses.asdict(tokens)
    colours = [*values.pop("ramp"), *(value for value in values.values() if isinstance(value, str))]

    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)


def test_gaps_and_margins_are_on_the_grid():
    """Of rows and columns: multiples of 4, or the hairline between panels."""
    gui = Path(playground.gui.__file__).parent
    found = {
        f"{path.name}:{call.lineno} {keyword.arg} {number.value}"
        for path in gui.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") + getattr(call.func, "id", "") in {"row", "column"}
        for keyword in call.keywords
        if keyword.arg in {"gap", "margins"}
        for number in ast.walk(keyword.value)
        if isinstance(number, ast.Constant) and number.value % 4 and number.value != 1
    }

    assert not found


def test_the_look_is_the_desktops_unless_the_user_says_otherwise(qapp, monkeypatch):
    settings = Settings()
    monkeypatch.setattr(theme, "system_is_dark", lambda app: True)
    apply_look(settings)
    assert theme.tokens().dark
    settings.theme = "light"  # the user's own wish comes before the system's
    apply_look(settings)
    assert not theme.tokens().dark


def test_dark_and_light_change_what_is_drawn(qapp, dark):
    assert theme.tokens().dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == theme.colour("canvas")

    theme.apply(qapp, dark=False)

    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == LIGHT.canvas


def test_a_change_is_announced_after_it_holds(qapp, qtbot, light):
    seen = []
    theme.notifier().changed.connect(lambda: seen.append(theme.tokens()))

    theme.apply(qapp, dark=True)
    theme.apply(qapp, dark=False)

    assert seen == [DARK, LIGHT]


def test_a_label_follows_the_theme(qapp, qtbot, light):
    label = QLabel("words")
    label.setProperty("tone", "muted")
    qtbot.addWidget(label)
    label.ensurePolished()
    theme.apply(qapp, dark=True)
    label.ensurePolished()

    assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK.muted
    theme.apply(qapp, dark=False)


def test_the_fonts_that_ship_are_loaded(qapp, light):
    assert {"Inter", "JetBrains Mono"} <= set(QFontDatabase.families())
    assert QFontMetrics(theme.font()).horizontalAdvance("1111") == QFontMetrics(
        theme.font()
    ).horizontalAdvance("0000"), "numbers are of equal width"


def test_a_larger_scale_makes_larger_words_and_controls(qapp, qtbot, light):
    plain = QPushButton("Train")
    qtbot.addWidget(plain)
    before = plain.sizeHint().height(), theme.font(theme.BODY).pixelSize()

    theme.apply(qapp, dark=False, scale=1.5)
    after = plain.sizeHint().height(), theme.font(theme.BODY).pixelSize()
    theme.apply(qapp, dark=False)

    assert after[0] > before[0]
    assert after[1] == round(1.5 * before[1])


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_style_sheet_has_no_name_left_unfilled_and_all_its_pictures(tokens):
    sheet = style_sheet(tokens)

    assert "$" not in sheet
    pictures = re.findall(r"url\((.+?)\)", sheet)
    assert pictures
    assert all(resource_path("icons", path.rsplit("/", 1)[1]).is_file() for path in pictures)


def test_diverging_is_blue_above_zero_orange_below_and_neutral_at_it(light):
    negative, zero, positive = theme.diverging([[-2.0, 0.0, 2.0]], vmax=2.0)[0].tolist()

    assert [negative, zero, positive] == [rgb(LIGHT.neg), rgb(LIGHT.mid), rgb(LIGHT.pos)]


def test_values_beyond_the_range_take_the_ends(light):
    assert np.array_equal(theme.diverging([[-9.0, 9.0]]), theme.diverging([[-1.0, 1.0]]))
    assert np.array_equal(theme.sequential([[-9.0, 9.0]]), theme.sequential([[0.0, 1.0]]))


def test_values_that_are_not_numbers_are_neutral(light):
    with np.errstate(all="raise"):
        pixels = theme.diverging([[np.nan, np.inf]])

    assert pixels[0].tolist() == [rgb(LIGHT.mid), rgb(LIGHT.pos)]


def test_all_zeros_have_a_colour(light):
    assert theme.diverging(np.zeros((2, 3)), vmax=0.0).tolist() == [[rgb(LIGHT.mid)] * 3] * 2


def test_ink_is_dark_on_paper_and_chalk_on_slate(qapp, dark):
    assert theme.ink([[1.0]])[0, 0].tolist() == rgb(DARK.text)
    theme.apply(qapp, dark=False)
    assert theme.ink([[1.0]])[0, 0].tolist() == rgb(LIGHT.text)


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_areas_of_the_decision_map_are_calmer_than_its_points(tokens):
    def saturation(colour):
        return max(rgb(colour)) - min(rgb(colour))

    assert saturation(tokens.area_neg) < saturation(tokens.neg)
    assert saturation(tokens.area_pos) < saturation(tokens.pos)


def test_an_image_keeps_its_pixels_when_the_array_is_gone():
    pixels = np.arange(2 * 3 * 3, dtype=np.uint8).reshape(2, 3, 3)
    image = theme.to_image(pixels)
    pixels[:] = 0

    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(2, 1).getRgb()[:3] == (15, 16, 17)


def test_the_theme_does_without_pyqtgraph():
    code = "import playground.gui.widgets, sys; print('pyqtgraph' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_a_weight_palette_changes_the_weights_and_the_class_that_would_look_like_one():
    changed = {
        field.name
        for field in dataclasses.fields(Tokens)
        if getattr(scheme(dark=False, palette="purple-green"), field.name)
        != getattr(LIGHT, field.name)
    }

    assert changed == {"pos", "neg", "area_pos", "area_neg", "fourth", "ramp"}
