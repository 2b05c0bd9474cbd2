"""The command line at the end of a pipe, and with nothing to split."""

import os

import pytest

from commed.cli import main


def test_a_reader_that_has_read_enough_is_no_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "w", encoding="utf-8") as closed:  # noqa: PTH123 - a descriptor
        monkeypatch.setattr("sys.stdout", closed)
        assert main(["inspect"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("language", "word"), [("en", "nothing on record"), ("zh", "没有")])
def test_nothing_to_split_by_is_said(
    language: str, word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["measure", "learning-teams", "--by", "theme", "--lang", language]) == 0
    assert word in capsys.readouterr().out


def test_nothing_to_split_by_is_an_empty_object(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "learning-teams", "--by", "theme", "--format", "json"]) == 0
    assert capsys.readouterr().out == "{}\n"
