"""The FastAPI service of the docs, started as it is and driven over HTTP."""

import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import commed
from commed import testing
from commed.law.instrument import Instrument

httpx = pytest.importorskip("httpx", reason="the examples are driven with httpx")
pytest.importorskip("fastapi", reason="the service is built on FastAPI")
pytest.importorskip("uvicorn", reason="the service is run by uvicorn")

DOCS = Path(__file__).parent.parent / "docs"
few = settings(deadline=None, max_examples=25)
packaged = st.sampled_from(commed.instruments()).map(commed.instrument)
numbers = count()
faulty = {
    "format": "commed.register/1",
    "jurisdiction": "510112",
    "divisions": [{"id": "510112", "nmae": "龙泉驿区"}],
    "workstations": [{"id": "station", "name": 7, "division": "510121"}],
}
places = [
    "divisions[0].name",
    "divisions[0].nmae",
    "workstations[0].division",
    "workstations[0].name",
]


@pytest.fixture(scope="module")
def client(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    address = serve(
        "fastapi_service",
        *("-m", "uvicorn", "main:app", "--port", "{port}", "--log-level", "warning"),
        environment={"REGISTERS": str(tmp_path_factory.mktemp("kept") / "registers.sqlite3")},
    )
    with httpx.Client(base_url=address, timeout=60) as client:
        yield client


def stored(client: Any, register: commed.Register) -> str:
    path = f"/registers/r{next(numbers)}"
    answer = client.put(path, json=commed.dump_register(register))
    assert (answer.status_code, answer.content) == (204, b"")
    return path


def interval(told: dict[str, Any] | None) -> commed.Interval | None:
    if told is None:
        return None
    ends = {end: None if told[end] is None else Fraction(told[end]) for end in ("low", "high")}
    return commed.Interval(**{**told, **ends})


def test_what_is_stored_comes_back(client: Any) -> None:
    testing.check_round_trip(
        lambda register: stored(client, register),
        lambda path: commed.load_register(client.get(path).json()),
        settings=few,
    )


def test_it_counts_as_commed_does(client: Any) -> None:
    def learners(
        register: commed.Register, period: commed.Period | None, division: str
    ) -> commed.Interval | None:
        asked = {"division": division}
        if period is not None:
            asked |= {"first": period.first.isoformat(), "last": period.last.isoformat()}
        path = f"{stored(client, register)}/measurements/distinct-learners"
        return interval(client.get(path, params=asked).json()["value"])

    testing.check_counts(learners, "distinct-learners", settings=few)


def test_it_judges_as_commed_does(client: Any) -> None:
    def judge(register: commed.Register, instrument: Instrument, on: date) -> bytes:
        path = f"{stored(client, register)}/assessments/{instrument.id}"
        content: bytes = client.get(path, params={"on": on.isoformat()}).content
        return content

    testing.check_assessment_stable(judge, under=packaged, settings=few)


@pytest.mark.parametrize(
    ("reads", "language", "words"),
    [
        ("en-GB,en;q=0.9,zh;q=0.5", "en", "is missing: expected a text"),
        ("fr;q=0.9, en;q=0.4, zh-CN;q=0.8", "zh", "缺少此项：应为文本"),
        ("en;q=never, zh;q=0.1", "zh", "缺少此项：应为文本"),
        ("fr", "zh", "缺少此项：应为文本"),
    ],
)
def test_every_problem_is_answered_in_the_language_of_who_asks(
    client: Any, reads: str, language: str, words: str
) -> None:
    answer = client.put("/registers/bad", json=faulty, headers={"Accept-Language": reads})
    assert answer.status_code == 422
    assert answer.headers["content-language"] == language
    problems = answer.json()["problems"]
    assert [problem["path"] for problem in problems] == places
    assert problems[0]["message"] == words
    assert client.get("/registers/bad").status_code == 404


@pytest.mark.parametrize("guide", ["how-to/fastapi.md", "zh/how-to/fastapi.md"])
def test_the_guide_shows_what_the_service_answers(client: Any, guide: str) -> None:
    blocks = dict(
        re.findall(r"```(http|json)\n(.*?)```", (DOCS / guide).read_text("utf-8"), re.DOTALL)
    )
    head, body = blocks["http"].split("\n\n")
    (method, path, _), *headers = (line.split() for line in head.splitlines())
    sent = {name.rstrip(":"): value for name, value in headers}
    answer = client.request(method, path, content=body, headers=sent)
    assert (answer.status_code, answer.json()) == (422, json.loads(blocks["json"]))


def test_every_fault_of_a_document_is_answered(client: Any) -> None:
    @few
    @given(testing.faulty_documents(faults=3))
    def law(spoiled: Any) -> None:
        answer = client.put("/registers/bad", content=json.dumps(spoiled.document))
        assert answer.status_code == 422
        assert {problem["path"] for problem in answer.json()["problems"]} == spoiled.paths

    law()


def test_a_key_that_stands_twice_is_refused(client: Any) -> None:
    text = '{"format": "commed.register/1", "jurisdiction": "a", "jurisdiction": "b"}'
    answer = client.put("/registers/twice", content=text)
    assert answer.status_code == 422
    assert "jurisdiction" in answer.text


@pytest.mark.parametrize(
    ("path", "code", "word"),
    [
        ("/registers/none", 404, "none"),
        ("/measurements/learners", 404, "distinct-learners"),
        ("/measurements/person-times?division=nowhere", 422, "nowhere"),
        ("/measurements/person-times?first=2024-02-01&last=2024-01-01", 422, "last"),
        ("/assessments/cn-nowhere?on=2025-01-01", 404, "cn-chengdu-2017"),
        ("/assessments/cn-chengdu-2017?on=yesterday", 422, "on"),
    ],
)
def test_what_cannot_be_answered_says_why(client: Any, path: str, code: int, word: str) -> None:
    kept = (
        "" if path.startswith("/registers") else stored(client, commed.example("longquanyi-2019"))
    )
    answer = client.get(kept + path, headers={"Accept-Language": "en"})
    assert answer.status_code == code
    assert word in answer.text


def test_bytes_that_are_no_text_are_refused(client: Any) -> None:
    answer = client.put("/registers/bad", content=b'{"jurisdiction": "\xff"}')
    assert answer.status_code == 400


def test_requests_at_one_time_do_not_mix(client: Any) -> None:
    district = commed.example("made-up-district")
    plain = commed.dump_register(district)

    def there_and_back(number: int) -> bool:
        path = f"/registers/{'shared' if number % 2 else number}"
        written = client.put(path, json=plain).status_code
        read = commed.load_register(client.get(path).json())
        return bool(written == 204 and read == district)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(there_and_back, range(24)))
