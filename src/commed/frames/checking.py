"""What a table must be: every problem is told at once, counted by the engine."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import narwhals as nw
from attrs import evolve, frozen

from commed.checks import Written, found, one_of, quoted
from commed.errors import InvalidDocument, Problem, Words
from commed.frames.columns import REQUIRED, Columns
from commed.frames.tables import NONE, UNTOLD, Table, counted_if, one, rows_of
from commed.records.learning import LearnerGroup, Mode
from commed.register import Register

__all__ = ["checked"]

_OF_THE_EVENT = (
    "date",
    "division",
    "workstation",
    "team",
    "plan",
    "themes",
    "mode",
    "minutes",
)
_FILLS: Mapping[str, str | int] = {"minutes": 0, "groups": UNTOLD}
_SHOWN = 5
_MOST = 1000
_PADDED = "^$|^[\\s\u3000]|[\\s\u3000]$"  # engines do not agree on what a blank is
_BORN = "(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_PERSONAL = (  # the first number of a text, or an e-mail address; no engine looks behind or reckons
    r"^[^0-9]*(?:"
    r"(?:0?0?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?:[^0-9a-fA-F].*)?"
    rf"|[1-9][0-9]{{5}}{_BORN}[0-9]{{3}}[0-9Xx](?:[^0-9].*)?"
    r")$|^[^@]+@[0-9A-Za-z-]+[.][0-9A-Za-z]"
)


def checked(native: Any, register: Register, columns: Columns) -> Table:
    """Return the table under this library's names; raises `InvalidDocument` with every problem."""
    try:
        frame = nw.from_native(native).lazy()
    except TypeError:
        problem = Problem(
            "",
            f"expected a data frame that narwhals reads, found {found(native)}",
            f"应为narwhals可读取的数据框，实为{found(native, 'zh')}",
        )
        raise InvalidDocument("table", [problem]) from None
    schema = dict(frame.collect_schema())
    problems = list(_of_the_schema(schema, columns))
    refused = {problem.path for problem in problems}
    here = {
        tells: name
        for tells, name in columns.named.items()
        if name in schema and name not in refused
    }
    if not here:
        raise InvalidDocument("table", problems)
    table, cells = _read(
        frame.select(**{tells: nw.col(name) for tells, name in here.items()}), columns
    )
    problems += cells
    problems += _unknown(table, register)
    table, listed = _listed(table)
    problems += listed
    if {"event", "learner"} <= table.has:
        problems += [*_contradicting(table), *_twice(table)]
    if problems:
        raise InvalidDocument("table", problems)
    return table


# --- what the columns are ---------------------------------------------------------------


def _of_the_schema(schema: Mapping[str, nw.dtypes.DType], columns: Columns) -> Iterator[Problem]:
    for tells, name in columns.named.items():
        if name in schema:
            expected = _expected(tells, schema[name])
            if expected is not None:
                zh, en = expected
                yield Problem(
                    name,
                    f"expected {en}, found {schema[name]}: cast the column",
                    f"应为{zh}，实为{schema[name]}：请转换该列",
                )
        elif columns.must_be_there(tells):
            yield Problem(
                name,
                f"expected a column that tells the {tells}, found none",
                f"缺少说明{tells}的列",
            )
    if not {columns.division, columns.workstation} & {*schema}:
        yield Problem(
            columns.division or columns.workstation or "division",
            "expected a column of the divisions or of the workstations, found neither: say where",
            "缺少区划列或工作站列：请说明地点",
        )


def _expected(tells: str, dtype: nw.dtypes.DType) -> tuple[str, str] | None:
    """Return what the type of a column should be, in Chinese and English, None where it is."""
    is_text = isinstance(dtype, nw.String | nw.Categorical | nw.Enum)
    if tells == "date":
        is_moment = isinstance(dtype, nw.Datetime) and dtype.time_zone is None
        fits, zh, en = is_moment or isinstance(dtype, nw.Date), "日期", "dates"
    elif tells == "minutes":
        fits, zh, en = dtype.is_integer(), "整数", "whole numbers"
    elif tells in {"event", "learner"}:
        fits, zh, en = is_text or dtype.is_integer(), "文本或整数", "texts or whole numbers"
    else:
        fits, zh, en = is_text, "文本", "texts"
    return None if fits else (zh, en)


# --- what the cells hold ----------------------------------------------------------------


@frozen
class _Rule:
    """Cells that may not be: in which column, which they are, and what is expected of them."""

    tells: str
    broken: nw.Expr
    zh: str
    en: str


def _read(frame: nw.LazyFrame[Any], columns: Columns) -> tuple[Table, list[Problem]]:
    """Return the table with something in every cell, and what cells may not be."""
    schema = dict(frame.collect_schema())
    texts = {
        tells
        for tells, dtype in schema.items()
        if isinstance(dtype, nw.String | nw.Categorical | nw.Enum)
    }
    frame = frame.select(
        nw.col(tells).cast(nw.String) if tells in texts else nw.col(tells) for tells in schema
    )
    keeps_moments = isinstance(schema.get("date"), nw.Datetime)
    rules = list(_rules(texts, {*schema}, keeps_moments=keeps_moments))
    nulls = {f"null_{tells}": counted_if(nw.col(tells).is_null()).sum() for tells in schema}
    broken = {f"rule_{n}": counted_if(rule.broken).sum() for n, rule in enumerate(rules)}
    (counts,) = rows_of(frame.select(**nulls, **broken))
    blank = {tells for tells in schema if counts[f"null_{tells}"]}
    problems = [
        _cells(columns, rule, int(count))
        for n, rule in enumerate(rules)
        if (count := counts[f"rule_{n}"])
    ]
    filled = [
        nw.col(tells).fill_null(_FILLS.get(tells, NONE))
        if tells in blank - {*REQUIRED}
        else nw.col(tells)
        for tells in schema
    ]
    table = Table(
        rows=frame.select(*filled),
        columns=columns,
        has=frozenset(schema),
        blank=frozenset(blank),
        keeps_moments=keeps_moments,
    )
    return table, problems


def _rules(texts: set[str], has: set[str], *, keeps_moments: bool) -> Iterator[_Rule]:
    for tells in sorted(has & {*REQUIRED}):
        yield _Rule(tells, nw.col(tells).is_null(), "每行均有值", "a value in every row")
    if places := [nw.col(tells).is_null() for tells in ("division", "workstation") if tells in has]:
        where = "division" if "division" in has else "workstation"
        nowhere = nw.all_horizontal(*places, ignore_nulls=False)
        yield _Rule(
            where, nowhere, "每行均有区划或工作站", "a division or a workstation in every row"
        )
    for tells in sorted(texts - {"event", "learner", "groups"}):
        empty = nw.col(tells) == NONE
        yield _Rule(tells, empty, "文本，未记录者为空值", "a text, null where nothing is recorded")
    if "groups" in texts:
        yield _Rule(
            "groups", nw.col("groups") == UNTOLD, "人群，不明者为空值", "groups, null where unknown"
        )
    for tells in sorted(texts & {"event", "learner"}):
        padded = nw.col(tells).str.contains(_PADDED)
        yield _Rule(tells, padded, "首尾无空白的文本", "texts without blanks at their ends")
        en = (
            "opaque keys, and none that looks like an identity or mobile number or an e-mail "
            "address: use pseudonyms"
        )
        zh = "不透明的代码，且无一疑似身份证号、手机号或电子邮箱地址：请使用假名"
        yield _Rule(tells, nw.col(tells).str.contains(_PERSONAL), zh, en)
    if keeps_moments:
        day = nw.col("date").dt.truncate("1d")
        yield _Rule("date", nw.col("date") != day, "不带时刻的日期", "days without a time of day")
    if "minutes" in has:
        yield _Rule("minutes", nw.col("minutes") < 1, "不小于1的数", "a number of at least 1")


def _cells(columns: Columns, rule: _Rule, count: int) -> Problem:
    rows = f"{count} row{'' if count == 1 else 's'}"
    return Problem(
        columns.named[rule.tells],
        f"expected {rule.en}, found another in {rows}: correct the table",
        f"应为{rule.zh}，有{count}行不是：请更正表格",
    )


def _unknown(table: Table, register: Register) -> Iterator[Problem]:
    """Yield a problem for each column with keys that nothing in the register bears."""
    known = {
        "division": [division.id for division in register.divisions],
        "workstation": [body.id for body in register.bodies],
        "team": [team.id for team in register.teams],
        "plan": [plan.id for plan in register.plans],
        "mode": [mode.value for mode in Mode],
    }
    for tells, keys in known.items():
        if tells in table.has:
            strange = (
                table.rows.filter(~one(tells, [*keys, NONE]))
                .group_by(tells)
                .agg(nw.len().alias("rows"))
            )
            (total,) = rows_of(strange.select(keys=nw.len()))
            if total["keys"]:
                first = [*rows_of(strange.sort(tells).head(_SHOWN))]
                yield _strangers(table, tells, first, int(total["keys"]))


def _strangers(table: Table, tells: str, first: Iterable[Mapping[str, Any]], keys: int) -> Problem:
    shown = [f"{quoted(row[tells])} ({row['rows']})" for row in first]
    more = keys - len(shown)
    more_en, more_zh = (f" and {more} more", f"等，另有{more}个") if more else ("", "")
    if tells == "mode":
        kinds = one_of([repr(mode.value) for mode in Mode])
        en, zh = kinds.en, kinds.zh
    else:
        en, zh = f"the {tells} to be one that the register records", f"登记册中有记录的{tells}"
    return Problem(
        table.columns.named[tells],
        f"expected {en}, found (rows in brackets) {', '.join(shown)}{more_en}",
        f"应为{zh}，实为（括号内为行数）{'、'.join(shown)}{more_zh}",
    )


def _listed(table: Table) -> tuple[Table, list[Problem]]:
    """Return the table with what there is of places, themes and groups, and what is wrong there."""
    problems: list[Problem] = []
    sites = {
        (row["division"] or NONE, row["workstation"] or NONE)
        for row in table.distinct(None, "division", "workstation")
    }
    themes = sorted(row["themes"] for row in table.distinct(None, "themes"))
    texts = table.rows.select("groups").unique() if "groups" in table.has else None
    groups = [] if texts is None else [row["groups"] for row in rows_of(texts.head(_MOST + 1))]
    told = [text for text in groups if text != UNTOLD]
    problems += _texts(table, "themes", themes, _THEMES, _are_themes)
    problems += _texts(table, "groups", told, _GROUPS, _are_groups)
    if len(groups) > _MOST:
        en = f"expected at most {_MOST} different texts: write the groups in one order"
        zh = f"应至多有{_MOST}种写法：请统一人群的次序"
        problems.append(Problem(table.columns.named["groups"], en, zh))
    found_there = evolve(
        table,
        sites=tuple(sorted(sites)),
        themes=tuple(themes),
        groups=tuple(groups),
    )
    return found_there, problems


def _texts(
    table: Table,
    tells: str,
    texts: Iterable[str],
    expected: Words,
    fit: Callable[[tuple[str, ...]], bool],
) -> Iterator[Problem]:
    """Yield the problem of texts whose entries are not what they should be."""
    wrong = sorted(text for text in texts if not fit(table.columns.parted(text)))
    if wrong:
        shown, parted = ", ".join(map(quoted, wrong[:_SHOWN])), repr(table.columns.separator)
        yield Problem(
            table.columns.named[tells],
            f"expected entries parted by {parted}, each {expected.en}, found {shown}",
            f"各项应以{parted}分隔，均为{expected.zh}，实为{shown}",
        )


_WRITTEN = Written()
_KNOWN = [group.value for group in LearnerGroup]
_THEMES = Words("a theme", "主题")
_GROUPS = Words(f"once, and {one_of(_KNOWN).en}", f"{one_of(_KNOWN).zh}且不重复")


def _are_themes(entries: tuple[str, ...]) -> bool:
    return all(map(_WRITTEN.allows, entries))


def _are_groups(entries: tuple[str, ...]) -> bool:
    return len({*entries}) == len(entries) and {*entries} <= {*_KNOWN}


# --- what rows say together -------------------------------------------------------------


def _contradicting(table: Table) -> Iterator[Problem]:
    """Yield the columns in which the rows of one event differ."""
    told = [tells for tells in _OF_THE_EVENT if tells in table.has]
    ends = [
        end
        for tells in told
        for end in (
            nw.col(tells).min().alias(f"least_{tells}"),
            nw.col(tells).max().alias(f"most_{tells}"),
        )
    ]
    events = table.rows.group_by("event").agg(*ends)
    differ = {tells: nw.col(f"least_{tells}") != nw.col(f"most_{tells}") for tells in told}
    (counts,) = rows_of(
        events.select(**{tells: counted_if(where).sum() for tells, where in differ.items()})
    )
    for tells, where in differ.items():
        if count := int(counts[tells] or 0):
            event = _first(events.filter(where))
            yield Problem(
                table.columns.named[tells],
                f"expected the same {tells} in every row of an event, found others at {event} "
                f"({count} event{'' if count == 1 else 's'} in all)",
                f"同一场活动各行的{tells}应相同，{event}不同（共{count}场活动）",
            )


def _twice(table: Table) -> Iterator[Problem]:
    """Yield the problem of learners who stand twice at one event."""
    came = table.rows.group_by("event", "learner").agg(nw.len().alias("times"))
    twice = came.filter(nw.col("times") > 1)
    (counts,) = rows_of(twice.select(count=nw.len()))
    if count := int(counts["count"]):
        event = _first(twice)
        yield Problem(
            table.columns.learner,
            f"expected each learner once at one event, found one more often at {event} "
            f"({count} time{'' if count == 1 else 's'} in all)",
            f"每位学习者在一场活动中只能出现一次，{event}有重复（共{count}处）",
        )


def _first(events: nw.LazyFrame[Any]) -> str:
    (row,) = rows_of(events.select(event=nw.col("event").min()))
    return quoted(str(row["event"]))
