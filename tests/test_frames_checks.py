"""Whatever is wrong with a table of attendances is told at once, by the name of its column."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from commed.codec import dump_register
from commed.codec.digests import digest
from commed.codec.documents import NotWritable
from commed.codec.results import dump_assessment
from commed.compliance import assess
from commed.errors import InvalidDocument, InvalidValue, Problem
from commed.frames import Columns, attached
from commed.loading import instrument
from commed.places import Division
from commed.records.learning import LearningTeam
from commed.records.organisations import Workstation
from commed.register import Register

DISTRICT = "510112"
COMMUNITY = "510112001001"
MIDNIGHT, NINE = datetime(2020, 1, 2), datetime(2020, 1, 1, 9)  # noqa: DTZ001 - a local time
REST = Register(
    jurisdiction=DISTRICT,
    divisions=[Division(id=DISTRICT, name="区"), Division(id=COMMUNITY, name="社区")],
    workstations=[Workstation(id="w", name="站", division=COMMUNITY)],
    teams=[LearningTeam(id="t", workstation="w")],
)
ROWS: dict[str, list[Any]] = {
    "event": ["e1", "e1", "e2"],
    "date": [date(2020, 1, 1), date(2020, 1, 1), date(2020, 1, 2)],
    "division": [COMMUNITY, COMMUNITY, None],
    "workstation": ["w", "w", "w"],
    "team": ["t", "t", None],
    "plan": pl.Series([None, None, None], dtype=pl.String),  # type: ignore[dict-item]
    "themes": ["书法;健康", "书法;健康", None],
    "mode": ["online", "online", None],
    "minutes": [60, 60, None],
    "learner": ["a", "b", "a"],
    "groups": ["women;elderly", "", None],
}
RIGHT = pl.DataFrame(ROWS)


def refused(table: Any, columns: Columns | None = None) -> tuple[Problem, ...]:
    with pytest.raises(InvalidDocument) as error:
        attached(REST, table, columns=columns)
    assert all(problem.message_zh for problem in error.value.problems)
    return error.value.problems


def changed(**columns: Any) -> pl.DataFrame:
    return RIGHT.with_columns(**{name: pl.Series(cells) for name, cells in columns.items()})


def test_a_table_in_which_nothing_is_wrong_is_taken() -> None:
    assert attached(REST, RIGHT).table.blank == {
        *("division", "team", "plan", "themes", "mode", "minutes", "groups")
    }


@pytest.mark.parametrize(
    ("columns", "path", "message"),
    [
        ({"event": ["e1", None, "e2"]}, "event", "expected a value in every row, found .* 1 row:"),
        ({"learner": ["a", None, None]}, "learner", "a value in every row, found .* in 2 rows:"),
        ({"date": [None, None, date(2020, 1, 2)]}, "date", "a value in every row"),
        ({"division": [None] * 3}, "division", "expected texts, found Unknown: cast the column"),
        (
            {"division": [COMMUNITY, None, None], "workstation": ["w", "w", None]},
            "division",
            "expected a division or a workstation in every row, found another in 1 row",
        ),
        ({"event": ["", "e1", "e2"]}, "event", "without blanks at their ends"),
        ({"learner": ["a", "\u3000b", "a "]}, "learner", "without blanks .* in 2 rows"),
        ({"learner": ["a", "13800138000", "a"]}, "learner", "identity or mobile number"),
        ({"learner": ["a", "51011219600101123X", "a"]}, "learner", "identity or mobile number"),
        (
            {"learner": ["id13800138000", "+86 138-0013-8000", "学员51011219600101123X号"]},
            "learner",
            "identity or mobile number or an e-mail address: use pseudonyms, found .* in 3 rows",
        ),
        ({"event": ["e1", "zhang@example.com", "e1"]}, "event", "an e-mail address"),
        ({"event": [1.5, 1.5, 2.5]}, "event", "expected texts or whole numbers, found Float64"),
        ({"date": ["2020-01-01"] * 3}, "date", "expected dates, found String: cast the column"),
        (
            {"date": [NINE, NINE, MIDNIGHT]},
            "date",
            "expected days without a time of day, found another in 2 rows",
        ),
        ({"minutes": [60.0, 60.0, None]}, "minutes", "expected whole numbers, found Float64"),
        ({"minutes": [0, 0, None]}, "minutes", "a number of at least 1, found another in 2 rows"),
        ({"mode": [1, 1, None]}, "mode", "expected texts, found Int64"),
        ({"mode": ["", "", None]}, "mode", "null where nothing is recorded"),
        ({"mode": ["Zoom", "Zoom", None]}, "mode", r"expected one of 'on-site'.*'Zoom' \(2\)"),
        (
            {"division": ["9", "9", COMMUNITY]},
            "division",
            r"expected the division to be one that the register records, found .*'9' \(2\)$",
        ),
        ({"workstation": ["x", "x", "y"]}, "workstation", r"'x' \(2\), 'y' \(1\)"),
        ({"team": ["u", "u", None]}, "team", r"'u' \(2\)"),
        ({"plan": ["p", "p", None]}, "plan", r"'p' \(2\)"),
        (
            {"themes": ["书法;", "书法;", None]},
            "themes",
            "parted by ';', each a theme, found '书法;'",
        ),
        ({"groups": ["elderly;", "", None]}, "groups", "each once, and one of elderly, youth"),
        ({"groups": ["?", "", None]}, "groups", "null where unknown, found another in 1 row"),
        ({"groups": ["women;women", None, None]}, "groups", "each once"),
        (
            {"groups": ["women, elderly", None, None]},
            "groups",
            "each once, and one of elderly, youth",
        ),
        (
            {"date": [date(2020, 1, 1), date(2020, 1, 3), date(2020, 1, 2)]},
            "date",
            r"the same date in every row of an event, found others at 'e1' \(1 event in all\)",
        ),
        ({"division": [COMMUNITY, DISTRICT, None]}, "division", "the same division in every row"),
        ({"division": [COMMUNITY, None, None]}, "division", "the same division in every row"),
        ({"minutes": [60, None, None]}, "minutes", "the same minutes in every row"),
        ({"themes": ["书法", "健康", None]}, "themes", "the same themes in every row"),
        ({"learner": ["a", "a", "a"]}, "learner", r"each learner once .* 'e1' \(1 time in all\)"),
    ],
    ids=str,
)
def test_a_problem_is_told_by_the_name_of_its_column(
    columns: dict[str, list[Any]], path: str, message: str
) -> None:
    problems = refused(changed(**columns))
    assert any(
        problem.path == path and re.search(message, problem.message) for problem in problems
    ), problems


def test_everything_wrong_is_told_at_once() -> None:
    problems = refused(
        changed(
            date=["1", "1", "2"],
            division=["9", COMMUNITY, None],
            mode=["Zoom", "Zoom", None],
            minutes=[0, 5, None],
            learner=["a", "a", None],
            groups=["elders", None, None],
        )
    )
    assert [problem.path for problem in problems] == sorted(
        [*("date", "groups", "mode"), *(2 * ["division", "learner", "minutes"])]
    )


def test_of_many_unknown_keys_the_first_are_shown() -> None:
    table = pl.concat([RIGHT.head(1).with_columns(event=pl.lit(f"e{i}")) for i in range(7)])
    (problem,) = refused(table.with_columns(workstation=pl.Series([f"x{i}" for i in range(7)])))
    assert problem.message.endswith("'x4' (1) and 2 more")
    assert problem.message_zh is not None
    assert problem.message_zh.endswith("等，另有2个")


def test_a_thousand_ways_to_write_the_groups_are_too_many() -> None:
    many = pl.DataFrame({"learner": [f"p{i}" for i in range(1001)]}).with_columns(
        event=pl.lit("e"),
        date=pl.lit(date(2020, 1, 1)),
        workstation=pl.lit("w"),
        groups=pl.format("g{}", pl.col("learner")),
    )
    assert "at most 1000 different texts" in " ".join(map(str, refused(many)))


@pytest.mark.parametrize("left", ["event", "date", "learner"])
def test_a_column_that_must_be_there_is_missed(left: str) -> None:
    (problem,) = refused(RIGHT.drop(left))
    assert problem == Problem(left, f"expected a column that tells the {left}, found none")


def test_a_column_that_was_renamed_must_be_there() -> None:
    (problem,) = refused(RIGHT, Columns(minutes="length"))
    assert problem.path == "length"


def test_an_optional_column_may_be_left_alone() -> None:
    crooked = changed(minutes=[1.5, 1.5, 1.5])
    assert "minutes" not in attached(REST, crooked, columns=Columns(minutes=None)).table.has


@pytest.mark.parametrize(
    ("columns", "path"),
    [
        (Columns(), "division"),
        (Columns(division=None), "workstation"),
        (Columns(division=None, workstation=None), "division"),
    ],
)
def test_without_a_place_nobody_knows_where_an_event_counts(columns: Columns, path: str) -> None:
    problems = refused(RIGHT.drop("division", "workstation"), columns)
    assert [problem.path for problem in problems] == [path]
    assert "found neither: say where" in problems[0].message


def test_a_table_with_no_column_that_is_known_is_refused() -> None:
    paths = {problem.path for problem in refused(pl.DataFrame({"a": [1]}))}
    assert paths == {"event", "date", "learner", "division"}


@pytest.mark.parametrize("table", [None, "attendances.csv", {"event": ["e1"]}, [1, 2]])
def test_what_is_no_data_frame_is_refused(table: object) -> None:
    (problem,) = refused(table)
    assert problem.message.startswith("expected a data frame that narwhals reads, found")


def test_the_same_column_cannot_tell_two_things() -> None:
    with pytest.raises(InvalidValue) as error:
        Columns(event="learner", team=None)
    assert {problem.path for problem in error.value.problems} == {"event", "learner"}


def _lazy(table: pl.DataFrame) -> Any:
    return table.lazy()


def _arrow(table: pl.DataFrame) -> Any:
    pytest.importorskip("pyarrow")
    return table.to_arrow()


def _pandas(table: pl.DataFrame) -> Any:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    return table.to_pandas(use_pyarrow_extension_array=True)


def _duckdb(table: pl.DataFrame) -> Any:
    return pytest.importorskip("duckdb").from_arrow(_arrow(table))


def _ibis(table: pl.DataFrame) -> Any:
    return pytest.importorskip("ibis").memtable(_arrow(table))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("engine", [_lazy, _arrow, _pandas, _duckdb, _ibis])
def test_every_engine_finds_the_same_problems(engine: Callable[[pl.DataFrame], Any]) -> None:
    table = changed(
        date=[MIDNIGHT, NINE, MIDNIGHT],
        division=["9", COMMUNITY, None],
        mode=["Zoom", "Zoom", None],
        minutes=[0, 5, None],
        learner=["+86 138-0013-8000", "zhang@example.com", " a"],
        groups=["elders", None, None],
        event=["e1", "e1", None],
    )
    expected = refused(table)
    assert len(expected) > 10
    assert refused(engine(table)) == expected


# --- writing ---------------------------------------------------------------------------


def test_a_register_with_a_table_is_not_written() -> None:
    beside = attached(REST, RIGHT)
    for write in (dump_register, digest):
        with pytest.raises(NotWritable, match="write the register that it was attached to"):
            write(beside)


def test_what_was_judged_by_a_table_is_written_without_a_digest() -> None:
    judged = assess(attached(REST, RIGHT), instrument("cn-chengdu-2017"), on=date(2021, 6, 1))
    assert dump_assessment(judged)["register_digest"] is None
