"""Reading text: faults of JSON and TOML are told, numbers stay exact, absurd ones harm nobody."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from commed.codec import instrument_from, read_json, read_toml, register_from
from commed.errors import InvalidDocument
from commed.quantities import Interval

DEEP = 100_000


def told(read: Callable[[Any], object], given: object) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocument) as caught:
        read(given)
    return [(problem.path, problem.message) for problem in caught.value.problems]


def told_in_full(read: Callable[[Any], object], given: object) -> tuple[str, str]:
    """Return the whole message, in English and in Chinese."""
    with pytest.raises(InvalidDocument) as caught:
        read(given)
    return caught.value.told(), caught.value.told("zh")


def paths(read: Callable[[Any], object], given: object) -> list[str]:
    return [path for path, _ in told(read, given)]


def register_text(jurisdiction: str) -> str:
    return f'{{"format": "commed.register/1", "jurisdiction": {jurisdiction}}}'


def read_register(text: str) -> object:
    return register_from(read_json(text))


def with_funds(amount: object) -> dict[str, Any]:
    period = {"first": "2018-01-01", "last": "2018-12-31"}
    fund = {"id": "f", "division": "510112", "period": period, "stage": "budgeted"}
    return {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [{"id": "510112", "name": "区"}],
        "fundings": [fund | {"amount": amount}],
    }


def instrument_text(name: str) -> str:
    return f'format = "commed.instrument/1"\nid = {name}\n'


def read_instrument(text: str) -> object:
    return instrument_from(read_toml(text))


class TestBothLanguages:
    @pytest.mark.parametrize(
        ("text", "english", "chinese"),
        [
            (
                "{",
                "line 1 column 2: Expecting property name enclosed in double quotes",
                "第1行第2列不合JSON语法：应为双引号内的键",
            ),
            ("[" * DEEP, "nested too deeply to be read", "嵌套过深，无法读取"),
            (
                '[{"a": 1, "a": 1}]',
                "[0]: the key 'a' stands twice in one object: keep one",
                "[0]：键'a'在同一对象中出现了两次：请只保留一个",
            ),
        ],
        ids=["syntax", "depth", "repeated"],
    )
    def test_a_fault_of_json(self, text: str, english: str, chinese: str) -> None:
        assert told_in_full(read_json, text) == (
            f"JSON: 1 problem\n  {english}",
            f"JSON：1个问题\n  {chinese}",
        )

    @pytest.mark.parametrize(
        ("value", "english", "chinese"),
        [
            (
                "]",
                "Invalid value (at line 1, column 5)",
                "第1行第5列不合TOML语法：值无效",
            ),
            ("1" * 5000, "a number is too long to be read", "有的数过长，无法读取"),
            ("[" * DEEP, "nested too deeply to be read", "嵌套过深，无法读取"),
        ],
        ids=["syntax", "length", "depth"],
    )
    def test_a_fault_of_toml(self, value: str, english: str, chinese: str) -> None:
        assert told_in_full(read_toml, f"a = {value}") == (
            f"TOML: 1 problem\n  {english}",
            f"TOML：1个问题\n  {chinese}",
        )


class TestJson:
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("", "line 1 column 1"),
            ("{", "line 1 column 2"),
            ('{"a": 1,\n "b" 2}', "line 2 column 6"),
            ('{"a": 1}\n\nx', "line 3 column 1"),
            ("{'a': 1}", "line 1 column 2"),
            ('{"a": 01}', "line 1 column 8"),
            ('"a\nb"', "line 1 column 3"),
        ],
    )
    def test_a_fault_of_syntax_is_told_with_line_and_column(self, text: str, place: str) -> None:
        with pytest.raises(InvalidDocument) as caught:
            read_json(text)
        assert str(caught.value).startswith(f"JSON: 1 problem\n  {place}: ")

    def test_numbers_stay_exact(self) -> None:
        read = read_json("[0.1, 1.0, 10000000000000000000001, -0.0, 1e3]")
        assert read == [
            Decimal("0.1"),
            Decimal("1.0"),
            10000000000000000000001,
            Decimal(0),
            Decimal(1000),
        ]
        assert [type(number) for number in read] == [Decimal, Decimal, int, Decimal, Decimal]

    @pytest.mark.parametrize(
        "number",
        [
            "NaN",
            "Infinity",
            "-Infinity",
            "1e999999999",
            "-1e-999999999",
            "1e9999999999999999999",
            "1e-9999999999999999999",
            "1." + "0" * 5000,
            "1" * 5000,
            "-" + "9" * 5000,
        ],
    )
    def test_a_number_that_is_none_to_reckon_with_is_told_in_its_place(self, number: str) -> None:
        ((path, message),) = told(read_register, register_text(number))
        assert path == "jurisdiction"
        assert message.startswith(f"expected a text, found {number[:20]}")
        assert len(message) < 100

    @pytest.mark.parametrize(
        ("number", "is_read"),
        [
            ("9" * 40, True),
            ("9" * 41, False),
            ("0." + "1" * 38, True),
            ("0." + "1" * 39, False),
            ("1e40", True),
            ("1e41", False),
            ("1e-40", True),
            ("1e-41", False),
        ],
    )
    def test_forty_digits_are_enough(self, number: str, *, is_read: bool) -> None:
        assert isinstance(read_json(number), int | Decimal) is is_read

    def test_a_key_that_stands_twice_is_told_at_its_object(self) -> None:
        text = '{"a": [{"b": 1}, {"b": 1, "c": {"d": 1, "d": 2, "d": 3}, "b": 2}], "e": 1, "e": 2}'
        assert told(read_json, text) == [
            ("", "the key 'e' stands twice in one object: keep one"),
            ("a[1]", "the key 'b' stands twice in one object: keep one"),
            ("a[1].c", "the key 'd' stands twice in one object: keep one"),
        ]

    @pytest.mark.parametrize(("length", "shown"), [(80, "k" * 80), (81, f"{'k' * 80}…")])
    def test_a_long_key_above_one_that_stands_twice_is_shortened(
        self, length: int, shown: str
    ) -> None:
        (problem,) = told(read_json, f'{{"{"k" * length}": [{{"a": 1, "a": 2}}]}}')
        assert problem == (f"{shown}[0]", "the key 'a' stands twice in one object: keep one")

    def test_two_keys_that_stand_twice_in_one_object_are_both_told(self) -> None:
        assert len(told(read_json, '{"a": 1, "a": 2, "b": 1, "b": 2}')) == 2

    def test_a_key_may_stand_in_two_objects(self) -> None:
        assert read_json('[{"a": 1}, {"a": 1}]') == [{"a": 1}, {"a": 1}]

    @pytest.mark.parametrize("opening", ["[", '{"a":'])
    def test_what_is_nested_beyond_reading_is_told(self, opening: str) -> None:
        assert told(read_json, opening * DEEP) == [("", "nested too deeply to be read")]


class TestToml:
    @pytest.mark.parametrize("text", ["a =", "a = 1\na = 2", "since = 2017-02-30", "[a]\n[a]"])
    def test_a_fault_of_syntax_is_told_with_its_place(self, text: str) -> None:
        with pytest.raises(InvalidDocument) as caught:
            read_toml(text)
        assert str(caught.value).startswith("TOML: 1 problem\n  ")
        assert re.search("line [0-9]+|end of document", str(caught.value))

    def test_numbers_stay_exact(self) -> None:
        assert read_toml("a = 0.1\nb = 1_000.5\nc = 7") == {
            "a": Decimal("0.1"),
            "b": Decimal("1000.5"),
            "c": 7,
        }

    @pytest.mark.parametrize(
        "number",
        [
            "nan",
            "inf",
            "-inf",
            "1e999999999",
            "1e9999999999999999999",
            "0x" + "f" * 5000,
            "0.5",
            "2017-02-01T00:00:00",
            "07:30:00",
            "2017-02-01",
        ],
    )
    def test_what_is_no_text_is_told_in_its_place(self, number: str) -> None:
        problems = dict(told(read_instrument, instrument_text(number)))
        assert "expected a text" in problems["id"]

    def test_a_number_too_long_for_any_reader_is_told(self) -> None:
        assert told(read_toml, f"a = {'1' * 5000}") == [("", "a number is too long to be read")]

    def test_a_moment_is_no_date(self) -> None:
        text = 'format = "commed.instrument/1"\nsince = 2017-02-01T00:00:00\n'
        assert "expected a date" in dict(told(read_instrument, text))["since"]

    @pytest.mark.parametrize("value", ["[" * DEEP, "{a=" * 2000])
    def test_what_is_nested_beyond_reading_is_told(self, value: str) -> None:
        assert told(read_toml, f"a = {value}") == [("", "nested too deeply to be read")]

    @pytest.mark.parametrize("part", ["a", "'a.b'", '"a"', "1"])
    def test_a_key_of_too_many_parts_is_told(self, part: str) -> None:
        assert read_toml(".".join([part] * 100) + " = 1")
        for text in (" . ".join([part] * 20_000) + " = 1", f"[{'.'.join([part] * 300)}]"):
            with pytest.raises(InvalidDocument, match="TOML"):
                read_toml(text)
            assert told(read_toml, text) == [("", "nested too deeply to be read")]

    def test_a_text_of_many_dots_is_read(self) -> None:
        assert read_toml(f"a = '{'a, b. ' * 1000}{'.' * 1000}'")

    def test_a_key_of_many_parts_is_told(self) -> None:
        assert "id" in paths(read_instrument, f'format = "commed.instrument/1"\nid{".a" * 150} = 1')


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = [value]
    return value


def nots(depth: int) -> dict[str, Any]:
    words = {"zh": "词", "en": "words"}
    condition: dict[str, Any] = {"test": "attested"}
    for _ in range(depth):
        condition = {"test": "not", "condition": condition}
    duty = {"id": "duty", "duty": words, "bearer": {"name": words}, "modality": "shall"}
    article = {"article": 1, "summary": words, "source": "text"}
    return {
        "format": "commed.instrument/1",
        "id": "law",
        "title": words,
        "since": "2017-02-01",
        "sources": [{"id": "text", "title": "文本", "status": "enacted"}],
        "provisions": [article | {"obligations": [duty | {"condition": condition}]}],
    }


class TestDataReadElsewhere:
    @pytest.mark.parametrize(
        "value",
        [10**5000, -(10**5000), float("nan"), float("inf"), Decimal("nan"), Decimal("1e5000")],
        ids=lambda value: type(value).__name__,
    )
    def test_an_absurd_number_is_told_in_its_place(self, value: object) -> None:
        given = {"format": "commed.register/1", "jurisdiction": value}
        assert paths(register_from, given) == ["jurisdiction"]

    @pytest.mark.parametrize(
        "value",
        [10**5000, Decimal("nan"), Decimal("inf"), Decimal("1e5000")],
        ids=["int", "nan", "inf", "large"],
    )
    def test_an_absurd_end_of_an_interval_is_told(self, value: object) -> None:
        given = {
            "format": "commed.register/1",
            "jurisdiction": "510112",
            "divisions": [{"id": "510112", "name": "龙泉驿区"}],
            "reported_figures": [
                {
                    "id": "f",
                    "about": "数",
                    "quantity": {"interval": {"low": value, "high": 1}, "unit": "items"},
                    "division": "510112",
                    "stated_on": "2018-05-01",
                }
            ],
        }
        (path,) = paths(register_from, given)
        assert path.startswith("reported_figures[0].quantity.interval")

    @pytest.mark.parametrize(
        ("minutes", "is_read"),
        [(10**40 - 1, True), (10**40, False), (10**5000, False)],
        ids=["forty", "forty-one", "five-thousand"],
    )
    def test_a_whole_number_has_forty_digits_at_most(self, minutes: int, *, is_read: bool) -> None:
        event = {"id": "e", "date": "2018-05-01", "division": "510112", "minutes": minutes}
        given = {
            "format": "commed.register/1",
            "jurisdiction": "510112",
            "divisions": [{"id": "510112", "name": "龙泉驿区"}],
            "events": [event],
        }
        if is_read:
            assert register_from(given).events[0].minutes == minutes
        else:
            assert paths(register_from, given) == ["events[0].minutes"]

    @pytest.mark.parametrize(
        "amount",
        [10**40, -(10**40), 10**200_000, Decimal("1e5000"), Decimal("1e-5000"), Decimal("NaN")],
        ids=["just", "below zero", "absurd", "decimal", "too fine", "no number"],
    )
    def test_an_amount_beyond_reckoning_is_told_at_once(self, amount: int | Decimal) -> None:
        assert paths(register_from, with_funds(amount)) == ["fundings[0].amount"]

    def test_an_amount_may_have_decimals(self) -> None:
        (funding,) = register_from(with_funds(Decimal("10.25"))).fundings
        assert funding.amount.interval == Interval.exactly(Decimal("10.25"))

    def test_an_absurd_format_is_told(self) -> None:
        assert paths(register_from, {"format": 10**5000}) == ["format"]

    @pytest.mark.parametrize("depth", [100, 900, DEEP])
    def test_nested_lists_where_a_text_stands_are_told(self, depth: int) -> None:
        given = {"format": "commed.register/1", "jurisdiction": nested(depth)}
        assert len(paths(register_from, given)) == 1

    @pytest.mark.parametrize("depth", [1, 50, 100])
    def test_conditions_in_conditions_are_read(self, depth: int) -> None:
        assert instrument_from(nots(depth)).id == "law"

    @pytest.mark.parametrize("depth", [250, 400, 1000])
    def test_conditions_nested_beyond_reading_are_told(self, depth: int) -> None:
        assert "nested too deeply" in told(instrument_from, nots(depth))[0][1]
