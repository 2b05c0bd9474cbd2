"""What looks personal: refused wherever a text stands, never shown, and nothing else is."""

import json
import random
import subprocess
import sys
import time
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

import commed
from commed.checks import Impersonal, found
from commed.errors import InvalidDocument, InvalidValue
from commed.personal import EMAIL, IDENTITY, MOBILE, hidden, is_personal, traces

NUMBER = "11010519491231002X"

births = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@st.composite
def identity_numbers(draw: st.DrawFn) -> str:
    place = draw(st.integers(110000, 659999))
    order = draw(st.integers(0, 999))
    beginning = f"{place}{draw(births):%Y%m%d}{order:03}"
    return beginning + str(ric.calc_check_digit(beginning + "0"))


mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
FULL_WIDTH = str.maketrans("0123456789X@+.", "０１２３４５６７８９Ｘ＠＋．")


@given(identity_numbers())
def test_every_identity_number_is_seen_whatever_its_place(number: str) -> None:
    assert [trace.kind for trace in traces(number)] == [IDENTITY]
    assert is_personal(number)


@given(identity_numbers())
def test_an_identity_number_is_seen_however_it_is_written(number: str) -> None:
    spaced = f"{number[:6]} {number[6:14]}-{number[14:]}"
    apart = "\u3000".join((number[:6], number[6:10], number[10:14], number[14:]))
    for written in (number.lower(), spaced, apart, f"ID{number}", f"学员{number}号", f"x_{number}"):
        assert is_personal(written)
        assert is_personal(written.translate(FULL_WIDTH))


@given(identity_numbers(), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_makes_no_identity_number(number: str, place: int, step: int) -> None:
    wrong = str((int(number[place]) + step) % 10)
    changed = f"{number[:place]}{wrong}{number[place + 1 :]}"
    assert IDENTITY not in {trace.kind for trace in traces(changed)}


@pytest.mark.parametrize("day", ["19000229", "19001301", "20230431", "17991231", "21000101"])
def test_an_identity_number_holds_a_day_of_birth(day: str) -> None:
    beginning = f"110105{day}002"
    number = beginning + ric.calc_check_digit(beginning + "0")
    assert IDENTITY not in {trace.kind for trace in traces(number)}


@given(mobiles)
def test_every_mobile_number_is_seen_however_it_is_written(number: str) -> None:
    parts = (number[:3], number[3:7], number[7:])
    forms = [number, " ".join(parts), "-".join(parts), "\u3000".join(parts), "\u2011".join(parts)]
    forms += [f"{number[:4]} {number[4:7]} {number[7:]}"]
    for form, before, after in product(forms, ("", "+86", "+86 ", "86-", "0086"), ("", "（微信）")):
        for written in (f"{before}{form}{after}", f"电话：{before}{form}{after}"):
            assert MOBILE in {trace.kind for trace in traces(written)}
            assert is_personal(written)
            assert is_personal(written.translate(FULL_WIDTH))


words_before = st.sampled_from(["id", "phone", "m", "学员", "ID_"])


@given(mobiles, words_before, st.sampled_from(["", "x", "cell"]))
def test_a_mobile_number_is_seen_next_to_a_word(number: str, before: str, after: str) -> None:
    for written in (f"{before}{number}{after}", f"{number}{before}", f"a-{before}{number}"):
        assert [trace.text for trace in traces(written)] == [number]
        assert is_personal(written)
        assert number not in hidden(written)


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
@pytest.mark.parametrize("text", [NUMBER, "13800138000", "zhang@example.com"])
def test_a_joiner_that_is_not_seen_hides_nothing(text: str, joiner: str) -> None:
    assert is_personal(joiner.join(text))
    assert hidden(joiner.join(text)) == "***"


@pytest.mark.parametrize(
    "text",
    [
        "zhang@example.com",
        "联系zhang.san+x@mail.example.com.cn。",
        "mailto:a@b.cn",
        "张三@例子.中国",
        "https://zhang@example.com/",
        "https://example.com/?mail=zhang@example.com",
        "电话/邮箱/zhang@example.com",
        "a@b@c.com",
        "ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ",
    ],
)
def test_an_e_mail_address_is_seen(text: str) -> None:
    assert [trace.kind for trace in traces(text)] == [EMAIL]
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "510112",
        "510112001",
        "510112001001",
        "20190426001",
        "201904260001",
        "20190426000123",
        "201904261300000001",
        "510112001001001",  # a community and a serial number: no old identity number
        "91110000600037341L",
        "125101004507210022",
        "成办发〔2019〕12号",
        "近10万人次",
        "1,234,567,890元",
        "13800138000元"[:10],
        "028-84848484",
        "400-800-8820",
        "2019-04-26 13:00",
        "1556236800000",
        "100000000000000000",
        "12012345678",
        "https://www.example.gov.cn/art/2019/4/26/art_1229_13912345678.html",
        "https://example.com/@user/13800138000",
        "https://example.com/img/logo@2x.png",
        "https://www.example.gov.cn:8080/c/2019-04/26/content_5386.shtml?id=123",
        "@龙泉驿社区教育",
        "3 @ 5",
        "550e8400-e29b-41d4-a138-446655440000",
        "9a13800138000f",
        "user9a13800138000f",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ],
)
def test_what_is_legitimate_is_not_refused(text: str) -> None:
    assert list(traces(text)) == []
    assert not is_personal(text)
    assert hidden(text) == text


def test_keys_of_hexadecimal_digits_are_not_refused() -> None:
    draw = random.Random(20190426)  # noqa: S311 - examples, no secrets
    keys = [f"{draw.getrandbits(256):064x}" for _ in range(20_000)]
    named = [f"learner{key[:32]}" for key in keys if not key.startswith("1")]
    uuids = [f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:32]}" for key in keys]
    assert [key for key in (*keys, *uuids, *named) if is_personal(key)] == []


def test_a_credit_code_of_digits_alone_is_hardly_ever_refused() -> None:
    draw = random.Random(20190426)  # noqa: S311 - examples, no secrets
    refused = total = 0
    while total < 2000:  # of the regions whose code reads like the century of a birth
        begun = f"1{draw.choice('1259')}5101{draw.choice(('19', '20'))}{draw.randrange(10**9):09}"
        check = uscc.calc_check_digit(begun)
        if check.isdigit():
            total += 1
            refused += is_personal(begun + check)
    assert refused <= 10


@given(st.text(alphabet="12389X+@abg.-:/ 年①１＠\u3000\n\u200d"))
def test_the_quick_look_misses_nothing_and_what_is_hidden_is_gone(text: str) -> None:
    assert is_personal(text) == bool(list(traces(text)))
    assert not is_personal(hidden(text))


@given(identity_numbers() | mobiles, st.text(max_size=60), st.text(max_size=60))
def test_a_message_does_not_tell_what_it_refuses(number: str, before: str, after: str) -> None:
    for value in (f"{before} {number} {after}", [number], {"learner": int(number[:11])}):
        assert number not in found(value)
    assert number[3:] not in found(f"{before} {number} {after}")


@pytest.mark.parametrize("gap", [" ", "-", "\u3000", "\u2011"])
def test_a_message_does_not_tell_it_with_gaps_either(gap: str) -> None:
    assert (
        found(gap.join(("张三 138", "0013", "8000")))
        == "what looks like a mobile number: '张三 ***'"
    )


EXPECTED = "expected a text that points at no person (leave it out, or use commed.pseudonymise)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (NUMBER, "a resident identity number: '***'"),
        ("13800138000", "a mobile number: '***'"),
        ("张三 zhang@example.com", "an e-mail address: '张三 ***'"),
        (
            f"{NUMBER}，13800138000",
            "a mobile number and a resident identity number: '***,***'",
        ),
        ("说" * 50 + "13800138000", f"a mobile number: '{'说' * 38}…"),
    ],
)
def test_a_refusal_says_what_it_looks_like_and_what_to_do(text: str, shown: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        commed.Attendance(text)
    (problem,) = caught.value.problems
    assert str(problem) == f"learner: {EXPECTED}, found what looks like {shown}"


@pytest.mark.parametrize(
    ("path", "event"),
    [
        ("events[0].attendances[0].learner", {"attendances": [{"learner": NUMBER}]}),
        ("events[0].note", {"note": f"签到：{NUMBER}"}),
        ("events[0].title", {"title": NUMBER}),
        ("events[0].themes[1]", {"themes": ["书法", NUMBER]}),
        ("events[0].audience", {"audience": NUMBER}),
        ("events[0].workstation", {"workstation": NUMBER}),
        ("events[0].id", {"id": NUMBER}),
    ],
)
def test_a_document_is_refused_at_the_path(path: str, event: dict[str, Any]) -> None:
    document = {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [{"id": "510112", "name": "龙泉驿区"}],
        "events": [{"id": "e1", "date": "2019-04-26", "division": "510112", **event}],
    }
    with pytest.raises(InvalidDocument) as caught:
        commed.load_register(document)
    assert [problem.path for problem in caught.value.problems] == [path]
    assert EXPECTED in caught.value.problems[0].message
    assert NUMBER not in str(caught.value)
    assert NUMBER not in json.dumps([str(problem) for problem in caught.value.problems])


def test_a_number_where_a_learner_belongs_is_not_told() -> None:
    with pytest.raises(InvalidValue) as caught:
        commed.LearningEvent(
            id="e1",
            date=date(2019, 4, 26),
            division="510112",
            attendances=[13800138000],  # type: ignore[list-item]
        )
    assert "13800138000" not in str(caught.value)
    assert "a mobile number" in str(caught.value)


def test_the_packaged_examples_and_instruments_point_at_nobody() -> None:
    for name in commed.examples():
        assert commed.example(name).jurisdiction
    for name in commed.instruments():
        assert commed.instrument(name).id
    assert Impersonal().allows("龙泉驿区社区教育学院")


HOSTILE = [
    "1",
    "1 ",
    "19",
    "20",
    "13800138000",
    "138-",
    "11010519491231002",
    NUMBER,
    "a",
    "a.",
    "a@",
    "@a.",
    "a@b.",
    "://",
    "://a/",
    "+86",
    "8613",
    "ﷺ@",
    "ag1",
    "13800138000a",
    "１",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_takes_no_more_than_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        begun = time.process_time()
        is_personal(text)
        hidden(text)
        sum(1 for _ in traces(text))
        return time.process_time() - begun

    small, large = min(seconds(20_000) for _ in range(3)), seconds(200_000)
    assert large < 40 * small + 0.1


def test_the_checker_of_numbers_is_loaded_only_when_needed() -> None:
    code = (
        "import sys; from commed import Attendance, example; Attendance('L000123'); "
        "example('longquanyi-2019'); sys.exit('stdnum' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603
