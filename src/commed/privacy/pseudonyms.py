"""Pseudonyms: keys that tell learners apart, and tell nobody who they are."""

import base64
import hmac
import re
import unicodedata
from collections.abc import Iterator

from commed.checks import Written
from commed.errors import InvalidValue, Problem, Words
from commed.personal import EMAIL, Trace, traces

__all__ = ["pseudonymise"]

_SHORTEST = 32
_LONGEST = 1000
_BYTES = 20  # of the hash: 160 bits, 32 letters
_PLAIN = re.compile(r"[0-9]{17}[0-9X]|[0-9]{11}")


def pseudonymise(secret: bytes, identifier: str) -> str:
    """Return the pseudonym (假名) of a person's identifier: HMAC-SHA-256 under a secret.

    The same secret and identifier give the same 32 letters, a to z and 2 to 7, which fit a
    learner's key and never look like a number or an address. Make the secret once, with
    ``secrets.token_bytes(32)``, and keep it apart from the records: whoever has it can try out
    every identifier there is.

    Identifiers are compared letter by letter. One that can be written in several ways must be
    in its plain form, lest one person become two: an identity number with 'X', a mobile number
    of eleven digits, neither with blanks or hyphens, nothing full-width.

    Raises `InvalidValue` where the secret is no bytes or shorter than 32, or the identifier is
    empty or not in its plain form.
    """
    if problems := [*_faults_of_secret(secret), *_faults_of_identifier(identifier)]:
        raise InvalidValue("pseudonym", problems)
    keyed = hmac.digest(secret, identifier.encode(), "sha256")[:_BYTES]
    return base64.b32encode(keyed).decode().lower()


def _faults_of_secret(secret: object) -> Iterator[Problem]:
    if not isinstance(secret, bytes):
        name = type(secret).__name__
        yield Problem("secret", f"{_A_SECRET}, found a {name}", f"{_A_SECRET.zh}，实为{name}")
    elif len(secret) < _SHORTEST:
        length = len(secret)
        yield Problem("secret", f"{_A_SECRET}, found {length}", f"{_A_SECRET.zh}，实为{length}字节")


_A_SECRET = Words(
    f"expected at least {_SHORTEST} bytes, such as secrets.token_bytes({_SHORTEST})",
    f"应为至少{_SHORTEST}字节的bytes，如secrets.token_bytes({_SHORTEST})",
)


def _faults_of_identifier(identifier: object) -> Iterator[Problem]:
    """Yield what is wrong, without showing the identifier."""
    if not isinstance(identifier, str):
        name = type(identifier).__name__
        yield Problem("identifier", f"expected a text, found a {name}", f"应为文本，实为{name}")
    elif not Written().allows(identifier):
        expected = Written.expected
        yield Problem("identifier", f"expected {expected}", f"应为{expected.zh}")
    elif len(identifier) > _LONGEST:
        yield Problem(
            "identifier", f"expected at most {_LONGEST} signs", f"应不超过{_LONGEST}个字符"
        )
    elif unicodedata.normalize("NFKC", identifier) != identifier:
        yield Problem(
            "identifier",
            "expected plain signs, no full-width or composed ones",
            "应为普通字符，不应有全角或组合字符",
        )
    elif any(map(_is_varied, traces(identifier))):
        yield Problem(
            "identifier",
            "expected digits without blanks, hyphens or country code, and a capital X",
            "应为不含空格、连字符或国家代码的数字，X应大写",
        )


def _is_varied(trace: Trace) -> bool:
    return trace.kind != EMAIL and not _PLAIN.fullmatch(trace.text)
