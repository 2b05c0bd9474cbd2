"""The command line at the end of a pipe, with nothing to split, with a file that is not there."""

import os
from pathlib import Path

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


def test_a_file_that_is_not_there_does_not_hide_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    assert main(["validate", str(tmp_path / "none.json"), str(broken)]) == 2
    told = capsys.readouterr().err
    assert "none.json: No such file" in told
    assert "jurisdiction: is missing" in told


@pytest.mark.parametrize("day", ["20190426", "2019-W17-5"])
def test_a_day_is_written_in_one_way(day: str) -> None:
    with pytest.raises(SystemExit):
        main(["inspect", "--on", day])
