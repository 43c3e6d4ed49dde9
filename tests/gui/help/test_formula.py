import pytest

from playground.errors import ConfigError
from playground.gui.help.formula import Fraction, Row, Script, Style, Symbol, parse
from playground.gui.help.rich import plain, rich
from playground.gui.help.typeset import Formula, laid_out, load_fonts
from playground.gui.help.values import keras, shown
from playground.gui.look import theme
from playground.nn.activations import LeakyReLU, ReLU
from playground.nn.initializers import GlorotUniform
from playground.nn.regularizers import NoRegularizer


@pytest.fixture(autouse=True)
def look(qapp):
    theme.apply(qapp, dark=False)
    load_fonts()


def test_letters_are_italic_and_numbers_are_not():
    assert parse("x") == Symbol("x", Style.LETTER)
    assert parse("2") == Symbol("2", Style.PLAIN)


def test_scripts_belong_to_what_stands_before_them():
    assert parse("w_i^2") == Script(
        Symbol("w", Style.LETTER), Symbol("i", Style.LETTER), Symbol("2")
    )


def test_a_minus_of_one_number_has_no_spaces_around():
    assert parse("-x") == Row((Symbol("\u2212"), Symbol("x", Style.LETTER)))
    assert parse("a - x").parts[1].style is Style.SIGN


def test_words_keep_their_blanks():
    assert parse(r"\text{if } x \text{ is }") == Row(
        (Symbol("if ", Style.WORD), Symbol("x", Style.LETTER), Symbol(" is ", Style.WORD))
    )


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (r"\frac{a}", "too early"),
        ("(a", "missing"),
        ("a)", "no beginning"),
        ("{a", "missing"),
        (r"\nonsense", "not known"),
        ("x_", "too early"),
    ],
)
def test_what_is_not_well_formed_is_refused(source, problem):
    with pytest.raises(ConfigError, match=problem):
        parse(source)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (r"\frac{a}{b}", "(a) / (b)"),
        (r"\sqrt{x + 1}", "√(x + 1)"),
        (r"\hat{y}", "y hat"),
        (r"\cases{z & z > 0 \\ 0 & z \le 0}", "z, z > 0; 0, z ≤ 0"),
    ],
)
def test_a_formula_can_be_read_aloud(source, words):
    assert " ".join(parse(source).spoken().split()) == words


def test_a_fraction_is_higher_than_what_is_in_it():
    whole, above = laid_out(parse(r"\frac{a}{b}"), 16), laid_out(parse("a"), 16)
    assert whole.up + whole.down > 2 * (above.up + above.down)
    assert isinstance(parse(r"\frac{a}{b}"), Fraction)


def test_the_limits_of_a_sum_stand_below_and_above():
    bare, full = laid_out(parse(r"\sum"), 16), laid_out(parse(r"\sum_{i=1}^n"), 16)
    assert full.up > bare.up
    assert full.down > bare.down


def test_parentheses_grow_with_what_they_hold():
    low, high = laid_out(parse("(x)"), 16), laid_out(parse(r"(\frac{x}{2})"), 16)
    assert high.up > low.up


def test_a_formula_is_painted_where_its_box_says(qtbot):
    formula = Formula(r"y = \frac{1}{1 + e^{-z}}")
    qtbot.addWidget(formula)
    formula.resize(formula.sizeHint())
    image = formula.grab().toImage()
    background = image.pixel(0, 0)
    inked = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixel(x, y) != background
    ]
    assert max(x for x, _ in inked) > 0.9 * image.width()
    assert max(y for _, y in inked) > 0.9 * image.height()


def test_a_formula_is_smaller_where_there_is_no_room(qtbot):
    formula = Formula("a + b + c + d + e + f")
    qtbot.addWidget(formula)
    formula.resize(formula.sizeHint().width() // 2, formula.sizeHint().height())
    image = formula.grab().toImage()
    edge = {image.pixel(image.width() - 1, y) for y in range(image.height())}
    assert len(edge) == 1, "nothing is cut off at the right"


def test_letters_within_a_text_are_italic_and_have_their_scripts():
    text = rich("Here $w_i$ and `code` & *words*.")
    assert "<i>w</i><sub><i>i</i></sub>" in text
    assert "JetBrains Mono" in text
    assert "&amp;" in text
    assert "<i>words</i>" in text


def test_a_text_without_marks_is_for_the_ear():
    assert plain("Here $w_i$ and `code` and *words*.") == "Here w_i and code and words."


def test_values_are_shown_as_people_write_them():
    assert shown(0.001) == "0.001"
    assert shown(10_000) == "10,000"
    assert shown((3, 3)) == "3, 3"
    assert shown(True) == "on"


def test_values_are_written_as_in_a_script():
    assert keras(0.001) == "0.001"
    assert keras("same") == '"same"'
    assert keras(ReLU()) == '"relu"'
    assert keras(LeakyReLU()) == '"leaky_relu"'
    assert keras(GlorotUniform()) == '"glorot_uniform"'
    assert keras((3, 3)) == "(3, 3)"
    assert keras(NoRegularizer()) == "None"
