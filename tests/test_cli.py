"""The command line: each command, each option, each way out."""

import importlib
import io
import json
import os
import runpy
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import commed
from commed.cli import main
from commed.codec.schemas import schema, schema_names

Captured = pytest.CaptureFixture[str]
HOME = "510112"
VISIT = {
    "on": "2019-04-26",
    "instrument": "cn-chengdu-2017",
    "division": HOME,
    "inspector": "congress",
    "inspected": "congress",
}
CONGRESS = {"id": "congress", "name": "人大", "kind": "congress", "division": HOME}
LAW = """
format = "commed.instrument/1"
id = "own"
title = { zh = "自订", en = "of one's own" }
since = 2017-02-01

[[sources]]
id = "text"
title = "文本"
status = "enacted"

[[provisions]]
article = 1
source = "text"
summary = { zh = "设站", en = "set up a workstation" }

[[provisions.obligations]]
id = "station"
duty = { zh = "设站", en = "set up a workstation" }
modality = "shall"
bearer = { name = { zh = "区政府", en = "the district" } }
condition = { test = "organisation-exists", kinds = ["workstation"], anywhere = true }
"""


def document(**lists: Any) -> dict[str, Any]:
    divisions = [{"id": HOME, "name": "龙泉驿区"}]
    return {
        "format": "commed.register/1",
        "jurisdiction": HOME,
        "divisions": divisions,
        **lists,
    }


def written(folder: Path, **lists: Any) -> str:
    file = folder / "register.json"
    file.write_text(json.dumps(document(**lists)), encoding="utf-8")
    return str(file)


def own_law(folder: Path, text: str = LAW) -> str:
    file = folder / "own.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def usage(arguments: Sequence[str], captured: Captured) -> str:
    """Return what is told of bad usage, which ends with 2 and prints nothing else."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    out, err = captured.readouterr()
    assert out == ""
    return err


def refused(arguments: Sequence[str], captured: Captured, code: int = 2) -> str:
    assert main(arguments) == code
    out, err = captured.readouterr()
    assert out == ""
    return err


def printed(arguments: Sequence[str], captured: Captured, code: int = 0) -> str:
    assert main(arguments) == code
    out, err = captured.readouterr()
    assert err == ""
    return out


class TestInspect:
    def test_without_a_file_it_judges_the_bundled_case(self, capsys: Captured) -> None:
        out = printed(["inspect"], capsys)
        assert out.startswith("Chengdu Regulations on Promoting Community Education\n")
        assert "on 2019-04-26" in out
        assert "art. 6 para. 2  MET" in out

    def test_it_speaks_chinese(self, capsys: Captured) -> None:
        out = printed(["inspect", "--lang", "zh"], capsys)
        assert out.startswith("《成都市社区教育促进条例》\n")
        assert "第6条第2款  符合" in out

    def test_json_names_the_digests_and_the_version(self, capsys: Captured) -> None:
        plain = json.loads(printed(["inspect", "--format", "json"], capsys))
        assert plain["format"] == "commed.assessment/1"
        assert plain["commed"] == commed.__version__
        assert plain["register_digest"] == commed.digest(commed.example("longquanyi-2019"))
        assert plain["instrument_digest"] == commed.digest(commed.instrument("cn-chengdu-2017"))
        assert plain["on"] == "2019-04-26"
        assert len(plain["findings"]) == 13

    def test_on_a_given_day(self, capsys: Captured) -> None:
        out = printed(["inspect", "--on", "2017-01-31", "--format", "json"], capsys)
        assert {finding["verdict"] for finding in json.loads(out)["findings"]} == {"not-in-force"}

    @pytest.mark.parametrize("day", ["2017-13-01", "2017-02-29", "yesterday", "", "2018"])
    def test_what_is_no_day_is_bad_usage(self, day: str, capsys: Captured) -> None:
        err = usage(["inspect", "--on", day], capsys)
        assert f"argument --on: {day!r} is no date such as 2019-04-26" in err

    def test_the_day_of_the_one_inspection_is_taken(self, tmp_path: Path, capsys: Captured) -> None:
        visits = [VISIT | {"id": "a"}, VISIT | {"id": "b"}]
        file = written(tmp_path, organisations=[CONGRESS], inspections=visits)
        out = printed(["inspect", file, "--format", "json"], capsys)
        assert json.loads(out)["on"] == "2019-04-26"

    @pytest.mark.parametrize(
        "visits",
        [[], [VISIT | {"id": "a"}, VISIT | {"id": "b", "on": "2020-01-01"}]],
    )
    def test_without_one_day_of_inspection_a_day_must_be_given(
        self, visits: list[Any], tmp_path: Path, capsys: Captured
    ) -> None:
        file = written(tmp_path, organisations=[CONGRESS], inspections=visits)
        err = refused(["inspect", file], capsys)
        assert err.startswith("commed: say which day to judge with --on DATE")
        assert printed(["inspect", file, "--on", "2019-04-26"], capsys)

    def test_an_instrument_of_ones_own(self, tmp_path: Path, capsys: Captured) -> None:
        out = printed(["inspect", "--instrument", own_law(tmp_path), "--format", "json"], capsys)
        (finding,) = json.loads(out)["findings"]
        assert (finding["obligation"], finding["verdict"]) == ("station", "met")

    @pytest.mark.parametrize(
        ("asked", "code"), [([], 0), (["--fail-on", "breach"], 3)], ids=["asked-not", "asked"]
    )
    def test_a_breach_fails_only_where_that_is_asked(
        self, asked: list[str], code: int, tmp_path: Path, capsys: Captured
    ) -> None:
        file = written(tmp_path, complete=[{"collection": "workstations"}])
        arguments = ["inspect", file, "--instrument", own_law(tmp_path), "--on", "2019-04-26"]
        out = printed([*arguments, *asked], capsys, code)
        assert "NOT MET, a breach" in out

    def test_without_a_breach_nothing_fails(self, capsys: Captured) -> None:
        assert printed(["inspect", "--fail-on", "breach"], capsys)

    def test_an_unknown_instrument_is_bad_usage(self, capsys: Captured) -> None:
        err = refused(["inspect", "--instrument", "cn-nowhere"], capsys)
        known = ", ".join(commed.instruments())
        assert err == f"commed: nothing packaged is called 'cn-nowhere'; there is {known}\n"

    @pytest.mark.parametrize(
        "arguments", [["inspect", "missing.json"], ["inspect", "--instrument", "missing.toml"]]
    )
    def test_a_missing_file_is_bad_usage(
        self,
        arguments: list[str],
        tmp_path: Path,
        capsys: Captured,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        err = refused(arguments, capsys)
        assert err == f"commed: cannot open {arguments[-1]}: No such file or directory\n"

    def test_problems_of_the_register_are_told_and_nothing_else(
        self, tmp_path: Path, capsys: Captured
    ) -> None:
        err = refused(["inspect", written(tmp_path, teams="x", evnts=[])], capsys, 1)
        assert "2 problems" in err
        assert "  teams: expected a list, found 'x'" in err
        assert "  evnts: unknown key; did you mean 'events'?" in err

    def test_problems_of_the_instrument_are_told(self, tmp_path: Path, capsys: Captured) -> None:
        file = own_law(tmp_path, LAW.replace('"shall"', '"must"'))
        err = refused(["inspect", "--instrument", file], capsys, 1)
        assert "provisions[0].obligations[0].modality: expected one of 'shall'" in err

    @pytest.mark.parametrize("option", ["--lang", "--format", "--fail-on"])
    def test_another_choice_than_those_offered_is_bad_usage(
        self, option: str, capsys: Captured
    ) -> None:
        assert "invalid choice: 'latin'" in usage(["inspect", option, "latin"], capsys)

    def test_a_day_in_the_first_year_is_no_reason_to_crash(self, capsys: Captured) -> None:
        assert main(["inspect", "--on", "0001-05-01"]) in {0, 2}
        assert capsys.readouterr() != ("", "")


class TestMeasure:
    def test_a_figure_is_told_with_its_ground(self, capsys: Captured) -> None:
        out = printed(["measure", "person-times", "--period", "2018"], capsys)
        assert out.startswith("person-times (2018): 700,000 to 799,999 person-times\n")
        assert "rests on: " in out
        assert "reported_figures: person-times-of-the-district" in out

    def test_it_speaks_chinese(self, capsys: Captured) -> None:
        out = printed(["measure", "participation-rate", "--lang", "zh"], capsys)
        assert out.startswith("参与率：无值\n")
        assert "尚缺：" in out
        assert "常住人口" in out.split("尚缺：")[1]

    @pytest.mark.parametrize(
        ("given", "first", "last"),
        [
            ("2018", "2018-01-01", "2018-12-31"),
            ("2018-02", "2018-02-01", "2018-02-28"),
            ("2018-05-01", "2018-05-01", "2018-05-01"),
            ("2018-05-01..2018-08-31", "2018-05-01", "2018-08-31"),
        ],
    )
    def test_every_form_of_a_period(
        self, given: str, first: str, last: str, capsys: Captured
    ) -> None:
        arguments = ["measure", "person-times", "--period", given, "--format", "json"]
        plain = json.loads(printed(arguments, capsys))
        assert plain["period"] == {"first": first, "last": last}

    @pytest.mark.parametrize(
        "given",
        [
            "2018-13",
            "2018-00",
            "0000",
            "2018-02-30",
            "2018-08-31..2018-05-01",
            "2018..2019",
            "2018-05-01..",
            "..2018-05-01",
            "2018-5",
            "",
            "last year",
            "２０１８",
        ],
    )
    def test_what_is_no_period_is_bad_usage_with_a_word_of_help(
        self, given: str, capsys: Captured
    ) -> None:
        err = usage(["measure", "person-times", "--period", given], capsys)
        told = err.splitlines()[-1]
        assert told.startswith("commed measure: error: argument --period: ")
        assert "_period" not in told
        assert "2018" in told or "2019" in told

    def test_without_a_period_all_that_is_recorded_counts(self, capsys: Captured) -> None:
        plain = json.loads(printed(["measure", "learning-teams", "--format", "json"], capsys))
        assert plain["format"] == "commed.measurement/1"
        assert plain["period"] is None
        assert plain["indicator"] == "learning-teams"
        assert plain["unit"] == "teams"
        assert plain["value"]["low"] == 40

    def test_of_a_part(self, capsys: Captured) -> None:
        arguments = ["measure", "learning-teams", "--division", "tongan", "--format", "json"]
        assert json.loads(printed(arguments, capsys))["division"] == "tongan"

    def test_a_part_that_is_not_recorded_is_bad_usage(self, capsys: Captured) -> None:
        err = refused(["measure", "learning-teams", "--division", "nowhere"], capsys)
        assert err.startswith("commed: division 'nowhere' is not recorded")

    def test_an_unknown_indicator_is_bad_usage_and_brings_those_that_come_close(
        self, capsys: Captured
    ) -> None:
        err = refused(["measure", "participation"], capsys)
        assert err.startswith("commed: no indicator is called 'participation'")
        assert "participation-rate" in err

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_split_by_theme(self, language: str, tmp_path: Path, capsys: Captured) -> None:
        teams = [
            {"id": "a", "division": HOME, "themes": ["history", "music"]},
            {"id": "b", "division": HOME, "themes": ["music"]},
        ]
        arguments = ["measure", "learning-teams", written(tmp_path, teams=teams), "--by", "theme"]
        out = printed([*arguments, "--lang", language], capsys)
        name, unit = {"en": ("learning teams", " teams"), "zh": ("学习型团队数", "支")}[language]
        at_least = {"en": "at least ", "zh": "不少于"}[language]
        assert out.startswith(
            f"{name}\n  history  {at_least}1{unit}\n  music    {at_least}2{unit}\n"
        )
        assert out.count("needs: " if language == "en" else "尚缺：") == 1
        plain = json.loads(printed([*arguments, "--format", "json"], capsys))
        assert {theme: found["value"]["low"] for theme, found in plain.items()} == {
            "history": 1,
            "music": 2,
        }

    def test_a_split_that_an_indicator_does_not_have_is_bad_usage(self, capsys: Captured) -> None:
        err = refused(["measure", "person-times", "--by", "role"], capsys)
        assert err.startswith("commed: person-times cannot be split by 'role'")

    def test_a_narrowed_question_is_asked(self, capsys: Captured) -> None:
        arguments = ["measure", "learning-teams", "--where", "organiser=liyang"]
        assert printed(arguments, capsys).startswith("learning teams: ")

    @pytest.mark.parametrize("text", ["theme", "=x", "theme=", ""])
    def test_a_narrowing_that_cannot_be_read_is_bad_usage(
        self, text: str, capsys: Captured
    ) -> None:
        err = usage(["measure", "learning-teams", "--where", text], capsys)
        assert f"{text!r} is no narrowing such as group=elderly" in err

    @pytest.mark.parametrize("second", ["group=youth", "group=elderly"])
    def test_a_dimension_that_is_narrowed_twice_is_bad_usage(
        self, second: str, capsys: Captured
    ) -> None:
        arguments = ["measure", "person-times", "--where", "group=elderly", "--where", second]
        err = refused(arguments, capsys)
        assert "narrow each dimension to one key" in err

    def test_two_dimensions_are_narrowed_at_once(self, capsys: Captured) -> None:
        arguments = [
            "measure",
            "person-times",
            "--where",
            "group=elderly",
            "--where",
            "mode=online",
        ]
        assert printed(arguments, capsys).startswith("person-times: ")

    def test_a_register_of_ones_own(self, tmp_path: Path, capsys: Captured) -> None:
        file = written(tmp_path, complete=[{"collection": "teams"}])
        assert printed(["measure", "learning-teams", file], capsys).startswith(
            "learning teams: 0 teams\n"
        )

    def test_problems_of_the_register_are_told(self, tmp_path: Path, capsys: Captured) -> None:
        err = refused(["measure", "learning-teams", written(tmp_path, teams=1)], capsys, 1)
        assert "  teams: expected a list, found 1" in err


class TestInstruments:
    def test_each_stands_with_its_title(self, capsys: Captured) -> None:
        out = printed(["instruments"], capsys)
        assert [line.split("  ")[0] for line in out.splitlines()] == list(commed.instruments())
        assert "cn-chengdu-2017  Chengdu Regulations on" in out

    def test_in_chinese(self, capsys: Captured) -> None:
        assert "成都市社区教育促进条例" in printed(["instruments", "--lang", "zh"], capsys)

    def test_as_json(self, capsys: Captured) -> None:
        plain = json.loads(printed(["instruments", "--format", "json"], capsys))
        assert set(plain) == set(commed.instruments())
        assert plain["cn-chengdu-2017"]["zh"] == "成都市社区教育促进条例"
        assert plain["cn-chengdu-2017"]["en"].startswith("Chengdu Regulations")


class TestValidate:
    def test_sound_files_are_said_to_be(self, tmp_path: Path, capsys: Captured) -> None:
        files = [written(tmp_path), own_law(tmp_path)]
        assert printed(["validate", *files], capsys).splitlines() == [
            f"{file}: valid" for file in files
        ]

    def test_every_file_is_looked_at_and_every_problem_told(
        self, tmp_path: Path, capsys: Captured
    ) -> None:
        broken, sound = tmp_path / "broken.json", written(tmp_path)
        broken.write_text('{"format": "commed.register/1", "teams": 1}', encoding="utf-8")
        law = own_law(tmp_path, LAW.replace("2017-02-01", '"soon"'))
        assert main(["validate", str(broken), law, sound]) == 1
        out, err = capsys.readouterr()
        assert out == f"{sound}: valid\n"
        assert f"{broken}: register: 2 problems" in err
        assert f"{law}: instrument: 1 problem\n  since: expected a date" in err

    def test_what_is_no_json_is_told_with_its_line(self, tmp_path: Path, capsys: Captured) -> None:
        file = tmp_path / "broken.json"
        file.write_text("{", encoding="utf-8")
        assert "line 1 column 2" in refused(["validate", str(file)], capsys, 1)

    def test_a_missing_file_is_bad_usage(self, tmp_path: Path, capsys: Captured) -> None:
        err = refused(["validate", str(tmp_path / "missing.json")], capsys)
        assert "missing.json: No such file or directory" in err

    def test_without_a_file_it_is_bad_usage(self, capsys: Captured) -> None:
        assert "FILE" in usage(["validate"], capsys)


class TestTheProgram:
    @pytest.mark.parametrize("arguments", [[], ["judge"], ["inspect", "--loud"]])
    def test_what_it_does_not_know_is_bad_usage(
        self, arguments: list[str], capsys: Captured
    ) -> None:
        assert usage(arguments, capsys).startswith("usage: commed")

    def test_it_tells_its_version(self, capsys: Captured) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--version"])
        assert caught.value.code == 0
        assert capsys.readouterr().out == f"commed {commed.__version__}\n"

    @pytest.mark.parametrize(
        "command", ["inspect", "measure", "indicators", "instruments", "validate"]
    )
    def test_every_command_has_help(self, command: str, capsys: Captured) -> None:
        with pytest.raises(SystemExit) as caught:
            main([command, "--help"])
        assert caught.value.code == 0
        assert capsys.readouterr().out.startswith(f"usage: commed {command}")

    def test_run_as_a_module_it_ends_with_the_code_of_the_command(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(sys.modules, "commed.__main__", raising=False)
        monkeypatch.setattr(sys, "argv", ["commed", "measure", "nothing"])
        with pytest.raises(SystemExit) as caught:
            runpy.run_module("commed", run_name="__main__")
        assert caught.value.code == 2
        assert "nothing" in capsys.readouterr().err

    def test_imported_as_a_module_it_does_nothing(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(sys.modules, "commed.__main__", raising=False)
        importlib.import_module("commed.__main__")
        assert capsys.readouterr() == ("", "")

    def test_it_prints_to_any_stream(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["instruments"]) == 0
        assert "cn-chengdu-2017" in stream.getvalue()

    def test_python_m_commed_inspect_runs_the_bundled_case(self) -> None:
        done = python_m_commed("inspect", PYTHONUTF8="1")
        assert (done.returncode, done.stderr) == (0, "")
        assert "龙泉驿区 (510112) on 2019-04-26" in done.stdout

    def test_a_terminal_that_knows_no_chinese_is_no_reason_to_crash(self) -> None:
        done = python_m_commed("inspect", PYTHONIOENCODING="ascii")
        assert "Traceback" not in done.stderr
        assert done.returncode == 0


def python_m_commed(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program, our own arguments
        [sys.executable, "-m", "commed", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)} | environment,
    )


class TestIndicators:
    def test_every_indicator_is_listed_by_its_family(self, capsys: Captured) -> None:
        lines = printed(["indicators"], capsys).splitlines()
        listed = [line.split()[0] for line in lines if line.startswith("  ")]
        assert listed == list(commed.indicators.catalogue())
        assert [line for line in lines if not line.startswith("  ")] == [
            family.en for family in commed.indicators.families()
        ]

    def test_they_are_listed_in_chinese_too(self, capsys: Captured) -> None:
        assert "  participation-rate  参与率\n" in printed(["indicators", "--lang", "zh"], capsys)

    def test_they_are_listed_as_json_too(self, capsys: Captured) -> None:
        plain = json.loads(printed(["indicators", "--format", "json"], capsys))
        assert plain["staff"] == {"zh": "人员数", "en": "staff"}
        assert list(plain) == list(commed.indicators.catalogue())


class TestSchema:
    def test_the_schema_of_a_register_is_printed_by_default(self, capsys: Captured) -> None:
        plain = json.loads(printed(["schema"], capsys))
        assert plain == json.loads(printed(["schema", "register"], capsys))
        assert plain["$id"] == "urn:commed:register:1"

    @pytest.mark.parametrize("name", schema_names())
    def test_the_schema_of_every_document_is_printed(self, name: str, capsys: Captured) -> None:
        assert json.loads(printed(["schema", name], capsys)) == schema(name)

    def test_another_document_has_none(self, capsys: Captured) -> None:
        assert "invalid choice: 'registry'" in usage(["schema", "registry"], capsys)
