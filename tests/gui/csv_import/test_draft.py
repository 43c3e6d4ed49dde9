"""What is chosen for a file, and what comes of it: the model below the dialog."""

import pytest

from playground.data.sources.csv_file import CsvFile
from playground.data.tables.plan import ColumnPlan
from playground.data.tables.summary import describe
from playground.gui.csv_import import verdict, words
from playground.gui.csv_import.draft import Draft, Outlook, Role
from playground.resources import resource_path

TABLE = "name,age,income,region,buys\n" + "".join(
    f"p{i},{20 + i},{1000.5 + 7 * i},{'north' if i % 3 else 'south'},{'yes' if i % 2 else 'no'}\n"
    for i in range(30)
)


@pytest.fixture
def draft(tmp_path):
    def draft(text=TABLE, **choices):
        path = tmp_path / "t.csv"
        path.write_text(text, "utf-8")
        source = CsvFile(path=path, **choices)
        types = {plan.name: plan.type for plan in source.columns}
        return Draft(source, describe(path, types=types))

    return draft


def described(draft):
    """Return the draft with what the dialog's thread would have found out by now."""
    anew = [draft.summary.described_as(name, draft.type(name)) for name in draft.stale]
    return Draft(draft.source, draft.summary.with_columns(anew))


def roles(draft):
    return {column.name: draft.role(column.name) for column in draft.summary.columns}


def test_each_column_has_a_role(draft):
    assert roles(draft()) == {
        "name": Role.LEFT_OUT,
        "age": Role.INPUT,
        "income": Role.INPUT,
        "region": Role.INPUT,
        "buys": Role.TARGET,
    }


def test_a_target_that_the_file_has_not_gives_way_to_the_proposed_one(draft):
    assert draft(targets=("nothing",)).targets == ("buys",)


def test_several_numbers_may_be_predicted(draft):
    chosen = draft().aimed_at("age").toggled("income")
    assert chosen.targets == ("age", "income")
    assert chosen.task == "regression"
    assert chosen.possible_tasks == ("regression",)


def test_a_category_is_predicted_alone(draft):
    assert draft().aimed_at("age").toggled("region").targets == ("region",)


def test_a_column_may_be_predicted_no_more(draft):
    assert draft().aimed_at("age").toggled("income").toggled("age").targets == ("income",)


def test_one_target_always_stays(draft):
    assert draft().toggled("buys").targets == ("buys",)


def test_only_one_of_mixed_columns_is_taken(draft):
    assert draft().aimed_at_all(("region", "age")).targets == ("region",)
    assert draft().aimed_at_all(("income", "age")).targets == ("income", "age")


def test_a_task_that_no_longer_fits_is_found_anew(draft):
    chosen = draft(task="regression", targets=("age",)).aimed_at("region")
    assert chosen.source.task == "auto"
    assert chosen.task == "classification"


def test_the_task_of_one_target_is_not_that_of_another(draft):
    chosen = draft(task="classification", targets=("region",)).aimed_at("income")
    assert chosen.task == "regression"


def test_a_text_that_is_to_be_predicted_becomes_a_category(draft):
    assert described(draft().aimed_at("name")).type("name") == "category"


def test_a_column_that_is_left_out_can_be_an_input_again(draft):
    out = draft().left_out(["age", "region"])
    assert roles(out)["age"] is Role.LEFT_OUT
    assert {out.as_input(["age", "region"]).type(name) for name in ("age", "region")} == {
        "number",
        "category",
    }


def test_leaving_the_target_out_predicts_another_column(draft):
    out = draft().left_out(["buys"])
    assert out.targets == ("region",)
    assert roles(out)["buys"] is Role.LEFT_OUT


def test_a_column_of_weights_is_no_input(draft):
    weighted = draft().weighted_by("age")
    assert roles(weighted)["age"] is Role.WEIGHT
    assert weighted.aimed_at("age").source.weight_column == ""


def test_a_category_has_no_mean(draft):
    chosen = draft().planned(["age"], missing="mean").planned(["age"], type="category")
    assert chosen.plan("age").missing == "auto"


def test_columns_of_another_type_are_to_be_described_anew(draft):
    chosen = draft().planned(["age", "income"], type="category")
    assert chosen.stale == ("age", "income")
    assert described(chosen).stale == ()


@pytest.mark.parametrize(
    ("plan", "inputs"),
    [
        ({}, 4),
        ({"encoding": "ordinal"}, 3),
        ({"missing": "category"}, 5),
        ({"type": "ignore"}, 2),
    ],
)
def test_inputs_are_counted(draft, plan, inputs):
    assert draft().planned(["region"], **plan).outlook().inputs == inputs


def test_rows_that_are_dropped_are_counted_once():
    path = resource_path("datasets", "penguins", "penguins.csv")
    start = Draft(CsvFile(path=path, targets=("species",)), describe(path))
    chosen = start.planned(["body_mass_g", "sex"], missing="drop")
    assert chosen.outlook() == Outlook(344, 333, ("body_mass_g", "sex"), 10, 3)


def test_what_is_promised_is_what_is_loaded():
    path = resource_path("datasets", "penguins", "penguins.csv")
    start = Draft(CsvFile(path=path, targets=("species",)), describe(path))
    chosen = start.planned(["sex"], missing="drop").planned(["island"], encoding="ordinal")
    promised, loaded = chosen.outlook(), chosen.finished().load()
    parts = (len(loaded.train), len(loaded.validation), len(loaded.test))
    assert sum(parts) == promised.used
    assert chosen.parts(promised.used) == pytest.approx(parts, abs=2)
    assert len(loaded.features) == promised.inputs
    assert len(loaded.classes) == promised.classes


def test_the_summary_is_a_sentence():
    path = resource_path("datasets", "penguins", "penguins.csv")
    start = Draft(CsvFile(path=path, targets=("species",)), describe(path))
    chosen = start.planned(["sex"], missing="drop")
    said = words.summary(chosen, chosen.outlook())
    assert said == "344 rows → 333 used (11 without sex), 10 inputs, 3 classes"


def test_nothing_is_left_to_guess_in_the_finished_source(draft):
    done = draft().finished()
    assert done.targets == ("buys",)
    assert done.task == "classification"
    assert [(plan.name, plan.type) for plan in done.columns] == [
        ("name", "text"),
        ("age", "number"),
        ("income", "number"),
        ("region", "category"),
        ("buys", "category"),
    ]


def test_a_new_file_with_the_same_columns_loads_the_same_way(draft, tmp_path):
    done = draft().planned(["age"], type="category").finished()
    lines = TABLE.splitlines()
    swapped = [",".join(reversed(line.split(","))) for line in lines]
    new = tmp_path / "new.csv"
    new.write_text("\n".join(swapped) + "\n", "utf-8")
    before = done.load()
    after = CsvFile(path=new, targets=done.targets, columns=done.columns, task=done.task).load()
    assert after.features == before.features
    assert after.classes == before.classes


def test_what_becomes_of_a_column_is_said(draft):
    chosen = draft()
    assert words.becomes(chosen, "region") == "2 inputs: north, south"
    assert words.becomes(chosen, "age") == "1 input"
    assert "does not see" in words.becomes(chosen, "name")
    assert "one of 2 classes" in words.becomes(chosen, "buys")


def problem(draft):
    return verdict.problem(draft, draft.outlook())


def warning(draft):
    return verdict.warning(draft, draft.outlook())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,y\n" + "1,\n" * 20, "y has no values"),
        ("a,y\n" + "1,2\n" * 20, "y is the same in every row"),
        ("y,a\n" + "".join(f"{i % 2},id{i}\n" for i in range(40)), "No column is left"),
    ],
)
def test_what_cannot_be_learnt_says_why(draft, text, said):
    assert said in problem(draft(text, targets=("y",)))


def test_several_columns_that_are_not_all_numbers_cannot_be_predicted(draft):
    assert "only if all are numbers" in problem(draft(targets=("age", "region")))


def test_a_text_cannot_be_predicted(draft):
    assert "only numbers and categories" in problem(draft(targets=("name",)))


def test_too_many_classes_are_refused(draft):
    text = "a,y\n" + "".join(f"{i % 7},{i % 150}\n" for i in range(600))
    assert "150 different values" in problem(draft(text, targets=("y",), task="classification"))


def test_a_bad_cell_is_named_with_its_place(draft):
    assert "line 32, column 2 (age)" in problem(draft(TABLE + "p,young,1,north,no\n"))


def test_a_bad_cell_of_a_column_that_is_left_out_is_no_problem(draft):
    chosen = draft(TABLE + "p,young,1,north,no\n").left_out(["age"])
    assert problem(described(chosen)) == ""


def test_a_split_that_leaves_nothing_is_refused(draft):
    assert "leave nothing to train" in problem(draft(validation_split=0.5, test_split=0.5))


def test_dropping_every_row_is_refused(draft):
    text = "a,b,y\n" + "".join(f"{i},,{i % 2}\n,{i},{i % 2}\n" for i in range(20))
    chosen = draft(text, targets=("y",)).planned(["a", "b"], missing="drop")
    assert "No row is left" in problem(chosen)


def test_many_classes_in_few_rows_are_warned_of(draft):
    text = "x,city\n" + "".join(f"{i},city{i % 42}\n" for i in range(90))
    assert "42 classes in 90 rows" in warning(draft(text, targets=("city",)))


def test_a_rare_class_is_warned_of(draft):
    text = "x,y\n" + "".join(f"{i},{'ab'[i == 7]}\n" for i in range(60))
    assert "The rarest class has 1 row" in warning(draft(text, targets=("y",)))


def test_a_constant_column_is_warned_of(draft):
    text = "x,one,y\n" + "".join(f"{i},1,{'ab'[i % 2]}\n" for i in range(60))
    assert "one is the same in every row" in warning(draft(text, targets=("y",)))


def test_a_good_table_has_neither_problem_nor_warning(draft):
    assert (problem(draft()), warning(draft())) == ("", "")


def test_plans_of_columns_that_are_gone_are_dropped(draft):
    done = draft(columns=(ColumnPlan("gone", type="number"),)).finished()
    assert "gone" not in [plan.name for plan in done.columns]
