"""What the command line reads and writes: any file, standard input, several at once."""

import io
import json
import os
from errno import EACCES, EISDIR
from pathlib import Path
from typing import Any

import pytest

import commed
from commed.cli import main
from commed.cli.console import told_of

Captured = pytest.CaptureFixture[str]
PLAIN = commed.dump_register(commed.example("longquanyi-2019"))
ON = ["--on", "2019-04-26"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "year.json").write_text(json.dumps(PLAIN), encoding="utf-8")
    lake = PLAIN | {"complete": [{"collection": "joint_conferences"}], "joint_conferences": []}
    (tmp_path / "none.json").write_text(json.dumps(lake), encoding="utf-8")
    return tmp_path


def ran(arguments: list[str], captured: Captured) -> tuple[int, str, str]:
    code = main(arguments)
    return code, *captured.readouterr()


class TestBadInput:
    @pytest.mark.parametrize("command", ["inspect", "validate"])
    @pytest.mark.parametrize("ending", ["json", "toml"])
    @pytest.mark.parametrize(
        "content",
        [b"", b"\x00", b"\x7fELF\x02\x01\x01\x00", b"\xff\xfe{\x00}\x00", b"[" * 100_000, b"\xef"],
        ids=["empty", "zero", "binary", "utf-16", "deep", "torn"],
    )
    def test_ends_with_1_and_says_what_is_wrong(
        self, command: str, ending: str, content: bytes, folder: Path, capsys: Captured
    ) -> None:
        file = folder / f"bad.{ending}"
        file.write_bytes(content)
        given = (
            ["--instrument", str(file)] if (command, ending) == ("inspect", "toml") else [str(file)]
        )
        for language in ("en", "zh"):
            code, out, err = ran([command, *given, "--lang", language], capsys)
            assert (code, out) == (1, "")
            assert {"en": "problem", "zh": "个问题"}[language] in err
            assert "Traceback" not in err

    def test_a_folder_is_no_file(self, folder: Path, capsys: Captured) -> None:
        assert ran(["inspect", str(folder)], capsys)[0::2] == (
            2,
            f"commed: cannot open {folder}: Is a directory\n",
        )
        assert ran(["inspect", str(folder), "--lang", "zh"], capsys)[0::2] == (
            2,
            f"commed: 无法打开{folder}：这是一个目录\n",
        )

    def test_a_file_that_may_not_be_read(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(file: Path, **_: object) -> str:  # root may read everything
            raise PermissionError(EACCES, os.strerror(EACCES), str(file))

        monkeypatch.setattr(Path, "read_text", refuse)
        assert ran(["inspect", "year.json"], capsys)[0::2] == (
            2,
            "commed: cannot open year.json: Permission denied\n",
        )

    def test_a_name_that_no_file_can_have(self, capsys: Captured) -> None:
        code, _, err = ran(["inspect", "a\0b"], capsys)
        assert code == 2
        assert err.startswith("commed: cannot open ")

    def test_a_name_cannot_steer_the_terminal(self, capsys: Captured) -> None:
        code, _, err = ran(["inspect", "\x1b[2J.json"], capsys)
        assert (code, err) == (2, "commed: cannot open �[2J.json: No such file or directory\n")

    def test_an_error_without_words_is_told_as_it_is(self) -> None:
        assert told_of(OSError("odd")).zh == "无法写出：odd"
        assert told_of(OSError(EISDIR, "x", b"f")).zh == "无法打开f：这是一个目录"


class TestStandardInput:
    def given(self, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))

    @pytest.mark.parametrize(
        "arguments", [["inspect", "-"], ["measure", "staff", "-"], ["validate", "-"]]
    )
    def test_a_register_is_read_from_it(
        self, arguments: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.given(json.dumps(PLAIN, ensure_ascii=False).encode(), monkeypatch)
        code, out, err = ran(arguments, capsys)
        assert (code, err) == (0, "")
        assert out

    def test_what_is_no_text_is_told(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.given(b"{\xff", monkeypatch)
        code, _, err = ran(["inspect", "-"], capsys)
        assert code == 1
        assert "expected text in UTF-8; byte 1 is not" in err

    def test_where_it_is_closed_that_is_told(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stdin", None)
        assert ran(["inspect", "-"], capsys) == (2, "", "commed: standard input is closed\n")


class TestOutput:
    @pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
    def test_a_file_holds_what_would_be_printed(
        self, form: str, folder: Path, capsys: Captured
    ) -> None:
        asked = ["inspect", "--lang", "zh", "--format", form]
        printed = ran(asked, capsys)[1]
        assert ran([*asked, "--output", "out"], capsys) == (0, "", "")
        assert (folder / "out").read_bytes().decode("utf-8") == printed

    def test_where_something_is_wrong_no_file_is_written(
        self, folder: Path, capsys: Captured
    ) -> None:
        assert ran(["measure", "nothing", "-o", "out"], capsys)[0] == 2
        assert not (folder / "out").exists()

    def test_a_file_that_cannot_be_written_is_told(self, capsys: Captured) -> None:
        assert ran(["inspect", "-o", "no/out"], capsys) == (
            2,
            "",
            "commed: cannot open no/out: No such file or directory\n",
        )

    def test_a_full_disk_is_told(self, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            monkeypatch.setattr("sys.stdout", full)
            assert main(["instruments", "--lang", "zh"]) == 2
            monkeypatch.undo()
            with pytest.raises(OSError, match="No space"):
                full.close()
        assert capsys.readouterr().err == "commed: 无法写出：空间不足\n"

    def test_an_interruption_ends_with_130(
        self, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def interrupted(_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("commed.cli.reading.load_register", interrupted)
        assert ran(["inspect", "year.json"], capsys) == (130, "", "")
        monkeypatch.setattr("commed.cli.running.run", interrupted)
        assert ran(["instruments"], capsys) == (130, "", "")


class TestSeveral:
    FILES = ("year.json", "none.json")

    def test_each_has_a_line(self, capsys: Captured) -> None:
        assert ran(["inspect", *self.FILES, *ON], capsys) == (
            0,
            (
                "year.json  2 met, 10 undetermined, 1 not applicable\n"
                "none.json  1 met, 1 not met, 10 undetermined, 1 not applicable, 1 in breach\n"
            ),
            "",
        )

    def test_a_breach_is_told_and_fails_where_that_is_asked(self, capsys: Captured) -> None:
        law = str(own_law())
        asked = ["inspect", *self.FILES, *ON, "--instrument", law, "--lang", "zh"]
        out = "year.json  1 符合\nnone.json  1 不符合、1 违反\n"
        assert ran(asked, capsys) == (0, out, "")
        assert ran([*asked, "--fail-on", "breach"], capsys) == (3, out, "")

    def test_as_json_each_is_a_line_that_names_its_file(self, capsys: Captured) -> None:
        code, out, _ = ran(["inspect", *self.FILES, *ON, "--format", "json"], capsys)
        told: list[Any] = [json.loads(line) for line in out.splitlines()]
        assert code == 0
        assert [each["register"] for each in told] == list(self.FILES)
        assert told[0]["assessment"]["format"] == "commed.assessment/1"

    def test_one_that_cannot_be_read_does_not_hide_the_others(
        self, folder: Path, capsys: Captured
    ) -> None:
        (folder / "bad.json").write_text("{", encoding="utf-8")
        files = ["gone.json", "bad.json", "year.json"]
        code, out, err = ran(["inspect", *files, *ON], capsys)
        assert (code, out.count("\n")) == (2, 1)
        assert "cannot open gone.json" in err
        assert "bad.json: " in err
        assert ran(["inspect", *files[1:], *ON], capsys)[0] == 1

    def test_the_day_must_be_given(self, capsys: Captured) -> None:
        code, out, err = ran(["inspect", *self.FILES], capsys)
        assert (code, out) == (2, "")
        assert "--on DATE" in err

    @pytest.mark.parametrize("form", ["html", "markdown"])
    def test_a_page_is_of_one(self, form: str, capsys: Captured) -> None:
        code, out, err = ran(["inspect", *self.FILES, *ON, "--format", form], capsys)
        assert (code, out) == (2, "")
        assert f"give one register for a report as {form}" in err


def own_law() -> Path:
    """Write a law of one duty, that there be a joint conference."""
    plain = """
format = "commed.instrument/1"
id = "own"
title = { zh = "自订", en = "of one's own" }
since = 2017-02-01
sources = [{ id = "text", title = "文本", status = "enacted" }]

[[provisions]]
article = 1
source = "text"
summary = { zh = "设立联席会", en = "set up a joint conference" }

[[provisions.obligations]]
id = "conference"
duty = { zh = "设立联席会", en = "set up a joint conference" }
modality = "shall"
bearer = { name = { zh = "区政府", en = "the district" } }
condition = { test = "organisation-exists", kinds = ["joint-conference"] }
"""
    file = Path("own.toml")
    file.write_text(plain, encoding="utf-8")
    return file


class TestPlaceByPlace:
    def test_a_roll_up_counts_each_place(self, capsys: Captured) -> None:
        code, out, err = ran(["roll-up", "county"], capsys)
        assert (code, err) == (0, "")
        assert "  龙泉驿区 (510112)  2 met, 10 undetermined, 1 not applicable\n" in out
        assert "share met: ≈16.67 to 100%\n" in out
        assert "Ask the education department\n" in out

    def test_in_chinese(self, capsys: Captured) -> None:
        out = ran(["roll-up", "county", "--lang", "zh"], capsys)[1]
        assert "\n各区（市）县级，2019-04-26；年度义务按2018判定\n" in out
        assert "符合的比例：≈16.67至100%\n" in out

    def test_as_json_by_place(self, capsys: Captured) -> None:
        told = json.loads(ran(["roll-up", "county", "--format", "json"], capsys)[1])
        assert list(told) == ["510112"]
        assert told["510112"]["format"] == "commed.assessment/1"

    def test_a_level_without_places_is_told(self, capsys: Captured) -> None:
        told = ran(["roll-up", "community"], capsys)[1]
        assert told == "no village or neighbourhood is on record\n"
        assert (
            "登记册中没有村（社区）级的区划"
            in ran(["roll-up", "community", "--lang", "zh"], capsys)[1]
        )

    def test_a_breach_fails_where_that_is_asked(self, capsys: Captured) -> None:
        asked = ["roll-up", "county", "none.json", "--instrument", str(own_law())]
        assert "1 not met, 1 in breach" in ran(asked, capsys)[1]
        assert ran([*asked, "--fail-on", "breach"], capsys)[0] == 3
        nothing = commed.Instrument(
            id="bare",
            title=commed.Label(zh="空", en="bare"),
            since=commed.instrument("cn-chengdu-2017").since,
            sources=commed.instrument("cn-chengdu-2017").sources,
        )
        bare = commed.roll_up(
            commed.example("longquanyi-2019"),
            nothing,
            level=commed.Level.COUNTY,
            on=nothing.since,
        )
        assert "share met: no value" in commed.report.render_roll_up(bare)


class TestBeforeAndAfter:
    def test_each_duty_stands_under_what_became_of_it(self, capsys: Captured) -> None:
        asked = ["follow-up", "none.json", "year.json", "--instrument", str(own_law())]
        code, out, err = ran([*asked, "--from", "2019-04-26", "--to", "2020-04-26"], capsys)
        assert (code, err) == (0, "")
        assert "龙泉驿区 (510112), 2019-04-26 to 2020-04-26\n" in out
        assert "remedied: 1\n-----------\nconference  not met → met\n" in out

    def test_by_default_on_the_days_of_inspection(self, capsys: Captured) -> None:
        out = ran(["follow-up", "year.json", "year.json", "--lang", "zh"], capsys)[1]
        assert "2019-04-26至2019-04-26" in out
        assert "仍未查明：10\n" in out

    def test_as_json(self, capsys: Captured) -> None:
        asked = ["follow-up", "none.json", "year.json", "--instrument", str(own_law())]
        assert json.loads(ran([*asked, "--format", "json"], capsys)[1]) == [
            {
                "obligation": "conference",
                "before": "not-met",
                "after": "met",
                "course": "remedied",
            }
        ]

    def test_a_duty_that_is_gone_or_new_is_told(self) -> None:
        law, case = commed.instrument("cn-chengdu-2017"), commed.example("longquanyi-2019")
        bare = commed.Instrument(id=law.id, title=law.title, since=law.since, sources=law.sources)
        was, now = (commed.assess(case, each, on=case.inspections[0].on) for each in (law, bare))
        for before, after, told in [(was, now, "→ no such duty"), (now, was, "no such duty →")]:
            assert told in commed.report.render_follow_up(commed.follow_up(before, after))

    @pytest.mark.parametrize(
        ("language", "told"),
        [
            ("en", "commed: expected one not before 2019-04-26, found one of 2018-01-01\n"),
            ("zh", "commed: 应为不早于2019-04-26的评估，实为2018-01-01的评估\n"),
        ],
    )
    def test_the_wrong_order_is_bad_usage(self, language: str, told: str, capsys: Captured) -> None:
        asked = ["follow-up", "year.json", "year.json", "--to", "2018-01-01", "--lang", language]
        assert ran(asked, capsys) == (2, "", told)

    def test_a_day_that_is_not_recorded_is_asked_for_by_its_option(
        self, folder: Path, capsys: Captured
    ) -> None:
        (folder / "bare.json").write_text(json.dumps(PLAIN | {"inspections": []}), encoding="utf-8")
        for files, option in [("bare.json year.json", "--from"), ("year.json bare.json", "--to")]:
            code, _, err = ran(["follow-up", *files.split()], capsys)
            assert code == 2
            assert err.startswith(f"commed: say which day to judge with {option} DATE")
