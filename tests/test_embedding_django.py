"""The Django project of the docs, started as it is and driven over HTTP."""

import html
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
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
pytest.importorskip("django", reason="the project is built on Django")

PROJECT = Path(__file__).parent.parent / "docs" / "examples" / "django_app"
few = settings(deadline=None, max_examples=25)
packaged = st.sampled_from(commed.instruments()).map(commed.instrument)
numbers = count()
faulty = json.dumps(
    {
        "format": "commed.register/1",
        "jurisdiction": "510112",
        "divisions": [{"id": "510112", "nmae": "龙泉驿区"}],
        "workstations": [{"id": "station", "name": 7, "division": "510121"}],
    }
)
clerk = {"username": "clerk", "password": "never used elsewhere"}


@pytest.fixture(scope="module")
def address(
    serve: Callable[..., str],
    surroundings: Callable[..., dict[str, str]],
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    environment = {
        "REGISTERS": str(tmp_path_factory.mktemp("kept") / "registers.sqlite3"),
        "DJANGO_SUPERUSER_PASSWORD": clerk["password"],
    }
    for command in (
        ["makemigrations", "--check"],
        ["migrate"],
        ["createsuperuser", "--noinput", "--username", clerk["username"], "--email", "a@b.invalid"],
    ):
        subprocess.run(  # noqa: S603 - the commands are the test's own
            [sys.executable, "manage.py", *command],
            cwd=PROJECT,
            env=surroundings(environment),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return serve(
        "django_app",
        *("manage.py", "runserver", "127.0.0.1:{port}", "--noreload"),
        environment=environment,
    )


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[Any]:
    """Return a client that has signed in, and sends the token against forgery each time."""
    with httpx.Client(base_url=address, timeout=60) as client:
        sent(client, "/admin/login/", clerk)
        client.headers["X-CSRFToken"] = client.cookies["csrftoken"]
        yield client


def sent(client: Any, form: str, fields: dict[str, str], language: str = "en") -> Any:
    spoken = {"Accept-Language": language}
    client.get(form, headers=spoken)
    token = {"csrfmiddlewaretoken": client.cookies["csrftoken"]}
    return client.post(form, data={**fields, **token}, headers=spoken)


def stored(client: Any, register: commed.Register) -> str:
    path = f"/registers/r{next(numbers)}/"
    answer = client.put(path, json=commed.dump_register(register))
    assert (answer.status_code, answer.content) == (204, b"")
    return path


def errors(page: str) -> list[str]:
    lists = re.findall(r'<ul class="errorlist"[^>]*>(.*?)</ul>', page, re.DOTALL)
    return [html.unescape(each) for each in re.findall(r"<li>(.*?)</li>", "".join(lists))]


def test_what_is_stored_comes_back(client: Any) -> None:
    testing.check_round_trip(
        lambda register: stored(client, register),
        lambda path: commed.load_register(client.get(path).json()),
        settings=few,
    )


def test_it_judges_as_commed_does(client: Any) -> None:
    def judge(register: commed.Register, instrument: Instrument, on: date) -> bytes:
        path = f"{stored(client, register)}assessments/{instrument.id}/"
        content: bytes = client.get(path, params={"on": on.isoformat()}).content
        return content

    testing.check_assessment_stable(judge, under=packaged, settings=few)


def test_every_fault_of_a_document_is_answered(client: Any) -> None:
    @few
    @given(testing.faulty_documents(faults=3))
    def law(spoiled: Any) -> None:
        answer = client.put("/registers/bad/", content=json.dumps(spoiled.document))
        assert answer.status_code == 422
        assert {problem["path"] for problem in answer.json()["problems"]} == spoiled.paths

    law()
    assert client.get("/registers/bad/").status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("en", "is missing: expected a text"), ("zh-CN", "缺少此项：应为文本")]
)
def test_problems_are_answered_in_the_language_of_who_asks(
    client: Any, language: str, words: str
) -> None:
    answer = client.put("/registers/bad/", content=faulty, headers={"Accept-Language": language})
    assert len(answer.json()["problems"]) == 4
    assert answer.json()["problems"][0] == {"path": "divisions[0].name", "message": words}


def test_the_form_of_the_admin_shows_every_problem_and_keeps_what_was_written(client: Any) -> None:
    answer = sent(
        client, "/admin/registers/record/add/", {"name": "a", "document": faulty}, "zh-CN"
    )
    assert answer.status_code == 200
    assert [told.partition("：")[0] for told in errors(answer.text)][-4:] == [
        "divisions[0].name",
        "divisions[0].nmae",
        "workstations[0].division",
        "workstations[0].name",
    ]
    assert faulty in html.unescape(answer.text)


@pytest.mark.parametrize(
    ("document", "word"),
    [('{"format": 1, "format": 2}', "format"), ("{", "line 1"), ("", "required")],
)
def test_the_form_refuses_what_is_no_document(client: Any, document: str, word: str) -> None:
    fields = {"name": "a", "document": document}
    answer = sent(client, "/admin/registers/record/add/", fields)
    assert any(word in told for told in errors(answer.text))


def test_the_form_stores_a_register_and_shows_it_again(client: Any) -> None:
    district = commed.example("made-up-district")
    text = json.dumps(commed.dump_register(district))
    answer = sent(client, "/admin/registers/record/add/", {"name": "by-hand", "document": text})
    assert answer.status_code == 302
    assert commed.load_register(client.get("/registers/by-hand/").json()) == district
    row = re.search(
        r"/admin/registers/record/\d+/change/", client.get("/admin/registers/record/").text
    )
    assert row is not None
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", client.get(row[0]).text, re.DOTALL)
    assert shown is not None
    assert commed.load_register(json.loads(html.unescape(shown[1]))) == district


def test_nobody_writes_who_may_not(address: str) -> None:
    document = commed.dump_register(commed.example("made-up-district"))
    assert httpx.put(f"{address}/registers/mine/", json=document).status_code == 403


@pytest.mark.parametrize(
    ("path", "code", "word"),
    [
        ("assessments/cn-nowhere/?on=2025-01-01", 404, "cn-chengdu-2017"),
        ("assessments/cn-chengdu-2017/?on=yesterday", 400, "on="),
        ("assessments/cn-chengdu-2017/", 400, "on="),
    ],
)
def test_what_cannot_be_answered_says_why(client: Any, path: str, code: int, word: str) -> None:
    answer = client.get(stored(client, commed.example("longquanyi-2019")) + path)
    assert answer.status_code == code
    assert word in answer.text


def test_bytes_that_are_no_text_are_refused(client: Any) -> None:
    answer = client.put("/registers/bad/", content=b'{"jurisdiction": "\xff"}')
    assert answer.status_code == 400


def test_requests_at_one_time_do_not_mix(client: Any) -> None:
    district = commed.example("made-up-district")
    plain = commed.dump_register(district)

    def there_and_back(number: int) -> bool:
        path = f"/registers/{'shared' if number % 2 else number}/"
        written = client.put(path, json=plain).status_code
        read = commed.load_register(client.get(path).json())
        return bool(written == 204 and read == district)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(there_and_back, range(24)))
