"""The texts of the help: complete in every language, well formed, and about things that exist."""

import re

import pytest

from playground.component import Component, parameters
from playground.errors import ConfigError
from playground.exporters import Exporter
from playground.gui.help.formula import parse as parse_formula
from playground.gui.help.subjects import component_subject, field_subject
from playground.gui.help.topics import (
    Part,
    component_topic,
    has_topic,
    parse,
    read_topic,
    topic_names,
)
from playground.gui.views import View
from playground.language import LANGUAGES, speak, tr
from playground.nn.layers.batch_normalization import BatchNormalization
from playground.nn.layers.dense import Dense
from playground.nn.optimizers import Adam
from playground.probes import Probe
from playground.training.project import Project

LEAST, MOST = 40, 140
TOPICS = topic_names()
OTHERS = [code for code in LANGUAGES if code != "en"]


def families(cls=Component):
    for sub in cls.__subclasses__():
        if "registry" in vars(sub) and sub.__module__.startswith("playground."):
            yield sub
        yield from families(sub)


assert Exporter.registry
FAMILIES = [family for family in families() if family is not Probe]  # they are settings of views
MEMBERS = [cls for family in FAMILIES for cls in family.registry.values()]
FIELDS = {p.name for cls in (*MEMBERS, *Probe.registry.values(), Project) for p in parameters(cls)}


def words_of(topic):
    told = [p.text for p in topic.paragraphs if p.part in (Part.TEXT, Part.TRY)]
    return len(" ".join(told).split())


def without_words(formula):
    return re.sub(r"\\text\{[^}]*\}", r"\\text{}", formula)


def all_paragraphs(*parts):
    """Yield the place and the text of every paragraph of these kinds, in every language."""
    for code in LANGUAGES:
        for name in TOPICS:
            for paragraph in read_topic(name, code).paragraphs:
                if paragraph.part in parts:
                    yield f"{code} {name}", paragraph.text


def differences(one, two):
    """Yield in what two texts of a topic are not the same that should be, or the other way."""
    if [p.part for p in one.paragraphs] != [p.part for p in two.paragraphs]:
        yield "parts"
        return
    for mine, other in zip(one.paragraphs, two.paragraphs, strict=True):
        if mine.part is Part.FORMULA:
            if without_words(mine.text) != without_words(other.text):
                yield mine.text
        elif (mine.text == other.text) != (mine.part in (Part.KERAS, Part.SEE)):
            yield mine.text
    told = [sum("{value}" in p.text for p in topic.paragraphs) for topic in (one, two)]
    if told[0] != told[1]:
        yield "{value}"


@pytest.mark.parametrize("code", OTHERS)
def test_every_topic_is_there_in_every_language(code):
    assert topic_names(code) == TOPICS


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_says_the_same_things_in_the_same_order(code):
    found = {
        name: list(differences(read_topic(name, "en"), read_topic(name, code))) for name in TOPICS
    }
    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_topic_is_short_but_says_something(code):
    lengths = {name: words_of(read_topic(name, code)) for name in TOPICS}
    assert {name: n for name, n in lengths.items() if not LEAST <= n <= MOST} == {}


def test_every_formula_can_be_read():
    texts = list(all_paragraphs(Part.TEXT, Part.TRY))
    short = [one for _, text in texts for one in re.findall(r"\$([^$]+)\$", text)]
    formulas = {text for _, text in all_paragraphs(Part.FORMULA)} | set(short)
    for formula in formulas:
        parse_formula(formula)
    assert len(formulas) > 100


def test_marks_within_a_paragraph_come_in_pairs():
    odd = [
        place
        for place, text in all_paragraphs(Part.TEXT, Part.TRY)
        if any(text.count(mark) % 2 for mark in "$`")
    ]
    assert odd == []


def named_in(topic):
    """Return what a topic calls by the name that stands in the window, in order."""
    told = [p.text for p in topic.paragraphs if p.part in (Part.TEXT, Part.TRY)]
    return re.findall(r"\*([^*]+)\*", re.sub(r"`[^`]*`|\$[^$]*\$", "", " ".join(told)))


def in_the_window(name):
    """Return what a name in the help is called in the language in force."""
    told = (tr(one).strip("&").removesuffix("...") for one in (name, f"{name}...", f"&{name}"))
    return next((text for text in told if text != name), name)


@pytest.mark.parametrize("code", OTHERS)
def test_what_stands_in_the_window_is_called_so_in_the_help(code):
    names = {name: named_in(read_topic(name, "en")) for name in TOPICS}
    speak(code)
    try:
        wanted = {name: [in_the_window(one) for one in found] for name, found in names.items()}
    finally:
        speak("en")
    assert {name: named_in(read_topic(name, code)) for name in TOPICS} == wanted


def test_every_link_leads_somewhere_else():
    for name in TOPICS:
        links = read_topic(name, "en").links
        assert set(links) <= set(TOPICS) - {name}, name
        assert len(set(links)) == len(links), name


def test_a_line_of_keras_asks_only_for_fields_that_there_are():
    fields = {component_topic(cls): {p.name for p in parameters(cls)} for cls in MEMBERS}
    for place, text in all_paragraphs(Part.KERAS):
        name = place.partition(" ")[2]
        known = fields.get(name, {re.split(r"[/.]", name)[-1]})
        assert set(re.findall(r"\{(\w+)\}", text)) <= known, place


def test_every_family_has_a_topic():
    assert [family.__name__ for family in FAMILIES if not has_topic(family.__name__)] == []


def test_every_component_has_a_topic_of_its_own():
    assert {component_topic(cls) for cls in MEMBERS} <= set(TOPICS)


def test_every_field_has_an_explanation():
    for cls in MEMBERS:
        for parameter in parameters(cls):
            assert has_topic(field_subject(cls(), parameter.name).topic), (cls, parameter.name)


def test_every_view_has_a_topic():
    assert {f"View/{name}" for name in View.registry} <= set(TOPICS)


def test_topics_of_components_fields_and_views_are_about_something():
    known = {component_topic(cls) for cls in (*MEMBERS, *Probe.registry.values())}
    known |= {f"View/{name}" for name in View.registry} | {f"Field/{name}" for name in FIELDS}
    known |= {f"Field/{cls.__name__}.{p.name}" for cls in MEMBERS for p in parameters(cls)}
    assert {name for name in TOPICS if "/" in name} <= known


def test_a_field_is_explained_for_its_own_class_if_its_name_means_two_things():
    assert field_subject(Adam(), "learning_rate").topic == "Field/learning_rate"
    of_means = field_subject(BatchNormalization(), "momentum")
    assert of_means.topic == "Field/BatchNormalization.momentum"


def test_the_language_in_force_is_read_when_it_is_asked_for():
    try:
        speak("it")
        assert read_topic("neuron").title == "Un neurone"
    finally:
        speak("en")
    assert read_topic("neuron").title == "A neuron"


def test_a_component_is_explained_with_its_values():
    subject = component_subject(Dense(units=3))
    assert subject.topic == "Layer/Dense"
    assert subject.component == Dense(units=3)


def test_the_parts_of_a_topic_are_told_apart_by_how_they_begin():
    text = "# Title\n\nSome\nwords.\n\n$$ x $$\n\nTry: it.\n\nKeras: `a()`\n\nSee: b, c/d\n"
    topic = parse(text, "test")
    assert topic.title == "Title"
    assert [p.part for p in topic.paragraphs] == [
        Part.TEXT,
        Part.FORMULA,
        Part.TRY,
        Part.KERAS,
        Part.SEE,
    ]
    assert topic.paragraphs[0].text == "Some words."
    assert topic.paragraphs[1].text == "x"
    assert topic.links == ("b", "c/d")


def test_a_topic_without_a_title_is_refused():
    with pytest.raises(ConfigError, match="must begin with its title"):
        parse("No title\n", "test")
