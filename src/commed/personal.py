"""What looks personal in a text (个人信息): identity numbers, mobile numbers, e-mail addresses.

It is a net for accidents, such as a column pasted into the wrong field: whoever wants to hide a
number in a text can. Names of persons are not looked for.
"""

import re
import unicodedata
from collections.abc import Iterator

from attrs import frozen

from commed.errors import Words

__all__ = ["EMAIL", "IDENTITY", "MOBILE", "Trace", "hidden", "is_personal", "traces"]

IDENTITY = Words("a resident identity number", "公民身份号码")
"""公民身份号码: 18 signs, a date of birth among them, and the check digit right."""
MOBILE = Words("a mobile number", "手机号码")
"""手机号码: 11 digits from 13 to 19 on, with or without the country code 86."""
EMAIL = Words("an e-mail address", "电子邮箱地址")
"""电子邮箱地址."""


@frozen
class Trace:
    """A part of a text that looks personal: what it looks like, and the part itself."""

    kind: Words
    text: str


_GAP = r"[\s.\-\u2010-\u2015\u2212]"

# What every text passes through: a mobile number, or a year of birth with six signs before and
# ten after it. The first signs are written out and what stands before them is looked at later,
# for so they are searched fastest.
_SIGNS = r"[0-9\s.\-\u2010-\u2015\u2212]"
_from_13_on = re.compile(
    rf"1[3-9]{_SIGNS}{{9}}(?:(?<![0-9].{{11}})|(?<=86.{{11}})|(?<={_SIGNS}{{17}}))", re.DOTALL
).search
_born_from_2000_on = re.compile(rf"20{_SIGNS}{{9}}(?<={_SIGNS}{{17}})").search

# The path of a web address: what stands there names a page.
_PATH = re.compile(r"(://[^\s/?#@]*+/)[!\"$->@-~]*+")

_IDENTITY = re.compile(
    rf"(?<![0-9])[1-9][0-9]{{5}}{_GAP}?[0-9]{{4}}{_GAP}?[0-9]{{4}}{_GAP}?[0-9]{{3}}[0-9Xx](?![0-9])"
)
_BORN = re.compile(r"[0-9]{6}(?:18|19|20)")

_NUMBER = (
    rf"(?:(?:\+|00)?86{_GAP}?)?"
    rf"1[3-9](?:[0-9]({_GAP}?)[0-9]{{4}}\1[0-9]{{4}}|[0-9]{{2}}({_GAP})[0-9]{{3}}\2[0-9]{{4}})"
)
_MOBILE = re.compile(rf"(?<![0-9]){_NUMBER}(?![0-9])")

# Next to letters that are all from a to f a number is a part of a hexadecimal key.
_MOBILE_OF_NO_KEY = re.compile(rf"(?<![0-9a-fA-F]){_NUMBER}(?![0-9a-fA-F])")
_WORD = re.compile(r"(?<![A-Za-z])[a-fA-F]*+[g-zG-Z][A-Za-z]*+")

_LOCAL = r"[\w.%+\-]"
_EMAIL = re.compile(rf"(?<!{_LOCAL}){_LOCAL}++@[\w\-]++(?:\.[\w\-]++)++")


def is_personal(text: str) -> bool:
    """Whether a part of a text looks personal."""
    plain = text if text.isascii() else _plain(text)
    if "@" in plain or _from_13_on(plain) or ("20" in plain and _born_from_2000_on(plain)):
        return next(traces(plain), None) is not None
    return False


def traces(text: str) -> Iterator[Trace]:
    """Yield what looks personal in a text; full-width signs count as plain ones."""
    plain = _plain(text)
    for found in _IDENTITY.finditer(plain):
        if _is_identity(found[0]):
            yield Trace(IDENTITY, found[0])
    pathless = _PATH.sub(r"\1", plain)
    for found in _MOBILE_OF_NO_KEY.finditer(_WORD.sub("x", pathless)):
        yield Trace(MOBILE, found[0])
    for found in _EMAIL.finditer(pathless):
        yield Trace(EMAIL, found[0])


def hidden(text: str) -> str:
    """Return the text with three stars in the place of what looks personal."""
    if not is_personal(text):
        return text
    plain = _IDENTITY.sub(lambda found: "***" if _is_identity(found[0]) else found[0], _plain(text))
    return _EMAIL.sub("***", _MOBILE.sub("***", plain))


_GAPS = re.compile(_GAP)
_AT_ONCE = 256
_UNSEEN = dict.fromkeys(map(ord, "\u200c\u200d"))


def _plain(text: str) -> str:
    """Return the text with full-width signs as plain ones, without joiners that are not seen.

    Marks in a row are sorted in time that grows with the square of the row: so not all at once.
    """
    parts = (text[start : start + _AT_ONCE] for start in range(0, len(text), _AT_ONCE))
    return "".join(unicodedata.normalize("NFKC", part) for part in parts).translate(_UNSEEN)


def _is_identity(text: str) -> bool:
    """Whether date of birth and check digit are right, whatever the place.

    The places of birth are not looked up: no list of past divisions is whole.
    """
    number = _GAPS.sub("", text).upper()
    if not _BORN.match(number):
        return False
    from stdnum.cn import ric  # noqa: PLC0415 - seldom needed

    if number[-1] != ric.calc_check_digit(number):
        return False
    try:
        ric.get_birth_date(number)
    except ValueError:
        return False
    return True
