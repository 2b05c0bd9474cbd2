"""Tables at the command line: a template is written, never over another, and tables are read."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from commed.cli import main
from commed.loading import example, load_register
from commed.tables import write_tables

CASE = "longquanyi-2019"
Captured = pytest.CaptureFixture[str]


TOLD = {"en": ": written\n", "zh": "：已写出\n"}
REFUSED = {
    "en": "is there already, and may hold what somebody filled in",
    "zh": "已经存在，里面可能有填好的内容",
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["year.xlsx", "year"])
def test_a_template_is_written_and_never_over_another(
    name: str, language: str, tmp_path: Path, capsys: Captured
) -> None:
    place, told, refused = tmp_path / name, TOLD[language], REFUSED[language]
    assert main(["template", str(place), "--lang", language]) == 0
    assert capsys.readouterr().out.endswith(told)
    assert main(["template", str(place), "--lang", language]) == 2
    assert refused in capsys.readouterr().err
    assert place.exists()


@pytest.mark.parametrize("name", ["year.xlsx", "year"])
def test_a_register_in_tables_is_checked_measured_and_judged(
    name: str, tmp_path: Path, capsys: Captured
) -> None:
    place = tmp_path / name
    write_tables(example(CASE), place)
    assert load_register(place) == example(CASE)
    assert main(["validate", str(place)]) == 0
    assert capsys.readouterr().out == f"{place}: valid\n"
    assert main(["measure", "person-times", str(place), "--period", "2018"]) == 0
    assert "700,000 to 799,999" in capsys.readouterr().out
    assert main(["inspect", str(place)]) == 0
    told = capsys.readouterr().out
    assert main(["inspect"]) == 0
    assert capsys.readouterr().out == told


def test_what_is_wrong_in_a_workbook_is_told_at_its_cell(tmp_path: Path, capsys: Captured) -> None:
    place = tmp_path / "year.xlsx"
    assert main(["template", str(place)]) == 0
    book = load_workbook(place)
    book["登记册"]["C4"] = 510112
    book.save(place)
    capsys.readouterr()
    assert main(["validate", str(place), "--lang", "zh"]) == 1
    assert "登记册!C4 (辖区 jurisdiction)：应为文本，实为数字510112" in capsys.readouterr().err
