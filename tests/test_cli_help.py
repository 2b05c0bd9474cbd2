"""Help that teaches: in both languages, in lines that fit, with examples that run."""

import json
import re
import shlex
from pathlib import Path

import pytest
import wcwidth

import commed
from commed.cli import main
from commed.cli.parser import Parser, _in_chinese, language_in
from commed.cli.program import COMMANDS, parser
from commed.errors import Words

Captured = pytest.CaptureFixture[str]
NAMES = [each.name for each in COMMANDS]
LAW = """
format = "commed.instrument/1"
id = "own"
title = { zh = "自订", en = "of one's own" }
since = 2017-02-01
sources = [{ id = "text", title = "文本", status = "enacted" }]
"""
EXAMPLES = [
    pytest.param(line, id=f"{each.name}-{at}")
    for each in COMMANDS
    for at, (line, _) in enumerate(each.examples)
]


def help_of(arguments: list[str], captured: Captured) -> str:
    with pytest.raises(SystemExit) as caught:
        main([*arguments, "--help"])
    assert caught.value.code == 0
    return captured.readouterr().out


class TestHelp:
    @pytest.mark.parametrize("name", ["", *NAMES])
    @pytest.mark.parametrize("language", ["en", "zh"])
    @pytest.mark.parametrize("columns", [60, 80, 120])
    def test_it_fits_the_terminal(
        self,
        name: str,
        language: str,
        columns: int,
        capsys: Captured,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))
        told = help_of([*([name] if name else []), "--lang", language], capsys)
        assert max(map(wcwidth.width, told.splitlines())) <= min(columns, 100)
        assert "%(" not in told

    @pytest.mark.parametrize("name", NAMES)
    def test_in_chinese_nothing_is_left_in_english(
        self, name: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "100")
        told = help_of([name, "--lang", "zh"], capsys)
        assert told.startswith(f"用法：commed {name} ")
        headings = re.findall(r"^\S*[:：]$", told, re.MULTILINE)
        assert set(headings) <= {"参数：", "选项：", "例子："}
        prose = re.sub(r"[A-Za-z0-9|{},.=/*~_+\[\]-]+(?=[|\]}.]|\s|$|[，。、（）])", "", told)
        assert not re.search(r"\b(the|of|and|to)\b", prose)

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_the_whole_names_every_command_and_every_way_out(
        self, language: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "100")
        told = help_of(["--lang", language], capsys)
        for each in COMMANDS:
            assert re.search(
                rf"^    {each.name} +{re.escape(each.does.in_language(language))}$",
                told,
                re.MULTILINE,
            )
        codes = re.search(r"^(exit codes:|退出码：)\n(.*)", told, re.MULTILINE | re.DOTALL)
        assert codes is not None
        assert set(re.findall(r"[0-9]+", codes[2])) == {"0", "1", "2", "3", "130"}

    @pytest.mark.parametrize("name", NAMES)
    def test_it_shows_examples(self, name: str, capsys: Captured) -> None:
        (known,) = (each for each in COMMANDS if each.name == name)
        told = " ".join(help_of([name], capsys).split())
        assert known.examples
        for line, does in known.examples:
            assert f"{line} {does.en}" in told

    @pytest.mark.parametrize("line", EXAMPLES)
    def test_the_examples_run(
        self, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
    ) -> None:
        plain = json.dumps(commed.dump_register(commed.example("longquanyi-2019")))
        for name in ("year.json", "2018.json"):
            (tmp_path / name).write_text(plain, encoding="utf-8")
        (tmp_path / "own.toml").write_text(LAW, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        command, _, given = line.partition(" < ")
        program, *arguments = shlex.split(command.partition(" > ")[0])
        assert program == "commed"
        with Path(given or "year.json").open(encoding="utf-8") as file:
            monkeypatch.setattr("sys.stdin", file)
            assert main(arguments) == 0
        out, err = capsys.readouterr()
        assert err == ""
        assert out or Path(arguments[-1]).stat().st_size


class TestErrorsInChinese:
    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            ([], "commed：错误：缺少参数：COMMAND"),
            (["judge"], "commed：错误：参数COMMAND：不能是'judge'（可选："),
            (["measure"], "commed measure：错误：缺少参数：INDICATOR"),
            (["inspect", "--loud"], "commed：错误：无法识别的参数：--loud"),
            (["inspect", "--on"], "commed inspect：错误：参数--on：需要一个值"),
            (["validate"], "commed validate：错误：缺少参数：FILE"),
            (["validate", "--lang"], "参数--lang：需要一个值"),
            (["inspect", "--help=x"], "参数-h/--help：不接受值'x'"),
            (["inspect", "--on", "x"], "参数--on：'x'不是2019-04-26这样的日期"),
            (["measure", "staff", "--period", "x"], "参数--period：'x'不是期间；期间写作：2018"),
            (["measure", "staff", "--where", "x"], "参数--where：'x'不是group=elderly这样的限定"),
        ],
    )
    def test_bad_usage_is_told_in_chinese(
        self, arguments: list[str], told: str, capsys: Captured
    ) -> None:
        with pytest.raises(SystemExit) as caught:
            main(["--lang=zh", *arguments])
        assert caught.value.code == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("用法：commed")
        assert told in err.replace("\n", "")

    def test_what_argparse_may_say_one_day_is_told_as_it_is(self) -> None:
        assert _in_chinese("argument x: something new") == "参数x：something new"
        assert _in_chinese("expected at least one argument") == "至少需要一个值"

    def test_signs_that_steer_a_terminal_are_not_given_back(self, capsys: Captured) -> None:
        with pytest.raises(SystemExit):
            main(["inspect", "--\x1b[2J"])
        assert "\x1b" not in capsys.readouterr().err

    def test_a_mistake_of_ours_is_no_mistake_of_the_users(self) -> None:
        def broken(_: str) -> None:
            raise KeyError("ours")

        made = Parser(prog="x")
        made.takes("y", about=Words("y", "y"), reads=broken)
        with pytest.raises(KeyError):
            made.parse_args(["y"])


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ([], "en"),
        (["inspect", "--lang", "zh"], "zh"),
        (["--lang=zh", "inspect"], "zh"),
        (["--lang", "zh", "inspect", "--lang", "en"], "en"),
        (["--lang", "latin"], "en"),
        (["--lang"], "en"),
        (["inspect", "--", "--lang", "zh"], "en"),
    ],
)
def test_the_language_is_known_before_all_else(words: list[str], language: str) -> None:
    assert language_in(words) == language


def test_an_option_is_written_out(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        parser("en").parse_args(["inspect", "--form", "json"])
    assert "unrecognized arguments: --form" in capsys.readouterr().err
