"""The formats of documents and their versions: what an older one holds is brought up to today's."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from commed.checks import mismatch
from commed.codec.converter import AN_OBJECT
from commed.errors import InvalidDocument, Problem, Words

__all__ = ["INSTRUMENT", "OVERLAY", "REGISTER", "Format"]

_Body = dict[str, Any]


@frozen
class Format:
    """A kind of document and its versions (文档格式与版本).

    `steps` bring the body of a document from one version to the next, the first from 1 to 2: so
    the newest version is one more than there are steps.
    """

    name: str
    steps: tuple[Callable[[_Body], _Body], ...] = ()

    def __str__(self) -> str:
        return f"commed.{self.name}/{self._newest}"

    @property
    def _newest(self) -> int:
        return len(self.steps) + 1

    def is_of(self, document: object) -> bool:
        """Whether a document says that it is of this kind, in whatever version."""
        return isinstance(document, Mapping) and self._version(document) is not None

    def body(self, document: object) -> tuple[_Body, list[Problem]]:
        """Return what a document holds, as the newest version would write it.

        What does not say its version is taken to be of the newest, and that is a problem. Raises
        `InvalidDocument` for a document of another kind, or of a version to come.
        """
        if not isinstance(document, Mapping):
            raise InvalidDocument(self.name, [mismatch("", AN_OBJECT, document)])
        body = {key: value for key, value in document.items() if key != "format"}
        if "format" not in document:
            own = repr(str(self))
            return body, [Problem("format", f"is missing: expected {own}", f"缺少此项：应为{own}")]
        version = self._version(document)
        if version is None or version > self._newest:
            raise InvalidDocument(self.name, self._unreadable(document["format"], version))
        for step in self.steps[version - 1 :]:
            body = step(body)
        return body, []

    def _version(self, document: Mapping[Any, Any]) -> int | None:
        said = document.get("format")
        if not isinstance(said, str):
            return None
        numbered = re.fullmatch(rf"commed\.{self.name}/([1-9][0-9]{{0,3}})", said)
        return None if numbered is None else int(numbered[1])

    def _unreadable(self, said: object, version: int | None) -> Iterator[Problem]:
        own = repr(str(self))
        problem = mismatch("format", Words(own, own), said)
        if version is None:
            yield problem
            return
        yield Problem(
            "format",
            f"{problem.message}: a newer commed wrote it, so upgrade commed to read it",
            f"{problem.message_zh}：该文件由更新版本的commed写成，请升级commed后读取",
        )


REGISTER = Format("register")
"""What `register_from` reads (登记册)."""
INSTRUMENT = Format("instrument")
"""What `instrument_from` reads (法规文件)."""
OVERLAY = Format("overlay")
"""What `overlay_from` reads (补充文本)."""
