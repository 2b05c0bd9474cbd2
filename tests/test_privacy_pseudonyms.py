"""Pseudonyms: the same for the same person, different for others, and telling nothing."""

import hashlib
import hmac
from base64 import b32encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commed.errors import InvalidValue
from commed.personal import is_personal
from commed.privacy import pseudonymise
from commed.records.learning import Attendance

SECRET = bytes(range(32))
secrets = st.binary(min_size=32, max_size=80)
identifiers = st.from_regex(r"[a-z]{1,8}-[0-9]{1,6}", fullmatch=True)


@given(secrets, identifiers)
def test_it_is_the_keyed_hash_that_every_other_system_computes(secret: bytes, name: str) -> None:
    keyed = hmac.new(secret, name.encode(), hashlib.sha256).digest()
    assert pseudonymise(secret, name) == b32encode(keyed[:20]).decode().lower()


@given(secrets, identifiers)
def test_a_pseudonym_is_a_learners_key_that_points_at_nobody(secret: bytes, name: str) -> None:
    pseudonym = pseudonymise(secret, name)
    assert Attendance(pseudonym).learner == pseudonym
    assert not is_personal(pseudonym)
    assert len(pseudonym) == 32
    assert not set(pseudonym) - set("abcdefghijklmnopqrstuvwxyz234567")


@given(secrets, st.lists(identifiers, unique=True, min_size=2))
def test_two_persons_have_two_pseudonyms(secret: bytes, names: list[str]) -> None:
    assert len({pseudonymise(secret, name) for name in names}) == len(names)


@given(st.lists(secrets, unique_by=lambda secret: secret.rstrip(b"\0"), min_size=2), identifiers)
def test_another_secret_gives_another_pseudonym(keys: list[bytes], name: str) -> None:
    keys = [key for key in keys if len(key) <= 64]
    assert len({pseudonymise(key, name) for key in keys}) == len(keys)


@pytest.mark.parametrize(
    "identifier",
    [
        "11010519491231002X",
        "13800138000",
        "zhang@example.com",
        "张三 1949-12-31",
        "school-7/11010519491231002X",
    ],
)
def test_an_identifier_in_its_plain_form_is_taken(identifier: str) -> None:
    assert len(pseudonymise(SECRET, identifier)) == 32


@pytest.mark.parametrize(
    ("identifier", "told"),
    [
        ("11010519491231002x", "expected digits without blanks, hyphens or country code, and a"),
        ("110105 19491231 002X", "expected digits without blanks, hyphens or country code, and a"),
        ("138-0013-8000", "expected digits without blanks, hyphens or country code, and a"),
        ("+8613800138000", "expected digits without blanks, hyphens or country code, and a"),
        ("１３８００１３８０００", "expected plain signs, no full-width or composed ones"),
        ("13800138000 ", "expected a text without blanks at its ends or control characters"),
        ("8" * 1001, "expected at most 1000 signs"),
        ("", "expected a text without blanks at its ends or control characters"),
        (13800138000, "expected a text, found a int"),
        (None, "expected a text, found a NoneType"),
    ],
)
def test_what_could_make_two_persons_of_one_is_refused_and_not_told(
    identifier: Any, told: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        pseudonymise(SECRET, identifier)
    (problem,) = caught.value.problems
    assert problem.path == "identifier"
    assert problem.message.startswith(told)
    assert "8000" not in str(caught.value)
    assert "1949" not in str(caught.value)


@pytest.mark.parametrize(
    ("secret", "told"),
    [(b"hunter2", "found 7"), (b"", "found 0"), (bytes(31), "found 31"), ("s" * 40, "found a str")],
)
def test_a_secret_that_can_be_guessed_is_refused_and_not_told(secret: Any, told: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        pseudonymise(secret, "")
    assert [problem.path for problem in caught.value.problems] == ["identifier", "secret"]
    expected = "secret: expected at least 32 bytes, such as secrets.token_bytes(32)"
    assert f"{expected}, {told}" in str(caught.value)
    assert "hunter2" not in str(caught.value)
