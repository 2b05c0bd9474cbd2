"""The command line at a terminal: its width, its colours, and what it says while one waits."""

import fcntl
import json
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
import wcwidth

import commed
from commed.cli import console as consoles
from commed.cli import main
from commed.cli.console import Console

COLOUR = re.compile(r"\x1b\[[0-9;]+m")
PLAIN = {"NO_COLOR": "", "TERM": "xterm-256color", "PYTHONUTF8": "1", "COLUMNS": ""}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "commed", *arguments]


def environment(own: dict[str, str]) -> dict[str, str]:
    given = os.environ | PLAIN | {"PYTHONPATH": os.pathsep.join(sys.path)} | own
    return {name: value for name, value in given.items() if name not in PLAIN or value}


def at_a_terminal(
    arguments: Sequence[str], columns: int, folder: Path, **own: str
) -> tuple[int, str]:
    """Run a command at a terminal of so many columns; return its exit code and what is seen."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    running = subprocess.Popen(  # noqa: S603 - our own program
        command(*arguments),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=folder,
        env=environment(own),
    )
    os.close(theirs)
    seen = b""
    with suppress(OSError):  # nobody is left at the other end
        while piece := os.read(ours, 65536):
            seen += piece
    os.close(ours)
    return running.wait(), seen.decode().replace("\r\n", "\n")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a register that takes a while to read."""
    folder = tmp_path_factory.mktemp("large")
    plain = commed.dump_register(commed.example("longquanyi-2019"))
    (folder / "large.json").write_text(json.dumps(plain) + " " * 2**20, encoding="utf-8")
    return folder


class TestAtATerminal:
    @pytest.mark.parametrize(("columns", "language"), [(60, "en"), (60, "zh"), (130, "zh")])
    def test_a_report_fits_it_and_its_verdicts_are_in_colour(
        self, columns: int, language: str, tmp_path: Path
    ) -> None:
        code, seen = at_a_terminal(["inspect", "--lang", language], columns, tmp_path)
        assert code == 0
        widths = [wcwidth.width(COLOUR.sub("", line)) for line in seen.splitlines()]
        assert max(widths) <= min(columns, 100)
        assert max(widths) > min(columns, 100) - 6
        met = {"en": "MET", "zh": "符合"}[language]
        assert f"\x1b[32m{met}\x1b[0m" in seen

    @pytest.mark.parametrize("own", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
    def test_whoever_wants_no_colour_gets_none(self, own: dict[str, str], large: Path) -> None:
        arguments = ["inspect", "large.json", "large.json", "--on", "2019-04-26"]
        code, seen = at_a_terminal(arguments, 80, large, **own)
        assert code == 0
        assert "2 met, 10 undetermined, 1 not applicable" in seen
        assert COLOUR.search(seen) is None
        assert ("\x1b" in seen) is ("TERM" not in own)

    def test_what_takes_a_while_says_so_and_leaves_nothing_behind(self, large: Path) -> None:
        code, seen = at_a_terminal(["validate", "large.json", "--lang", "zh"], 80, large)
        assert code == 0
        assert seen == "\r\x1b[K正在读取large.json（1 MiB）…\r\x1b[Klarge.json：有效\n"

    def test_lists_stand_in_columns_that_fit(self, tmp_path: Path) -> None:
        code, seen = at_a_terminal(["instruments"], 60, tmp_path)
        assert code == 0
        first, second = seen.splitlines()[:2]
        assert first == "cn-chengdu-2017            Chengdu Regulations on Promoting"
        assert second == " " * 27 + "Community Education"


class TestInAPipe:
    def test_it_is_plain_and_of_a_fixed_width(self, large: Path) -> None:
        done = subprocess.run(  # noqa: S603 - our own program
            command("inspect", "large.json"),
            capture_output=True,
            encoding="utf-8",
            check=True,
            cwd=large,
            env=environment({"COLUMNS": "40"}),
        )
        assert (done.stderr, "\x1b" in done.stdout) == ("", False)
        assert 80 < max(map(wcwidth.width, done.stdout.splitlines())) <= 88


class TestInterrupted:
    def test_it_ends_with_130_and_says_nothing(self, tmp_path: Path) -> None:
        pipe = tmp_path / "year.json"
        os.mkfifo(pipe)
        running = subprocess.Popen(  # noqa: S603 - our own program
            command("inspect", str(pipe)),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment({}),
        )
        with pipe.open("wb"):  # opened once the other side reads
            running.send_signal(signal.SIGINT)
            out, err = running.communicate(timeout=30)
        assert (running.returncode, out, err) == (130, b"", b"")


class Terminal:
    """A stream that says of itself that it is a terminal."""

    def __init__(self) -> None:
        self.seen = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.seen += text

    def flush(self) -> None:
        pass


def terminal_for(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    terminal = Terminal()
    monkeypatch.setattr("sys.stdout", terminal)
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return terminal


class TestTheConsole:
    @pytest.mark.parametrize(("columns", "width"), [(10, 24), (60, 60), (100, 100), (200, 100)])
    def test_lines_are_neither_too_long_nor_too_short_to_read(
        self, columns: int, width: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = terminal_for(monkeypatch)
        monkeypatch.setenv("COLUMNS", str(columns))
        console = Console("en")
        assert (console.width, console.colour, terminal.seen) == (width, True, "")

    def test_what_takes_a_while_is_cut_to_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = terminal_for(monkeypatch)
        monkeypatch.setenv("COLUMNS", "10")
        with Console("en").busy(commed.errors.Words("0123456789", "")):
            assert terminal.seen == "\r\x1b[K012345678"
        assert terminal.seen.endswith("\r\x1b[K")

    def test_a_list_and_what_is_read_are_told_in_this_process_too(
        self, large: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = terminal_for(monkeypatch)
        monkeypatch.setenv("COLUMNS", "80")
        assert main(["instruments"]) == 0
        assert f"cn-ningbo-2015{' ' * 13}Ningbo" in terminal.seen
        assert main(["validate", str(large / "large.json")]) == 0
        assert "\r\x1b[Kreading large.json (1 MiB) …\r\x1b[K" in terminal.seen

    @pytest.mark.parametrize("columns", [40, 70])
    def test_what_is_wrong_is_not_broken_within_a_word(
        self, columns: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = terminal_for(monkeypatch)
        monkeypatch.setenv("COLUMNS", str(columns))
        with pytest.raises(SystemExit):
            main(["judge", "--lang", "zh"])
        told = terminal.seen.splitlines()
        assert max(map(wcwidth.width, told)) <= columns
        assert any("'follow-up'" in line for line in told)

    def test_it_goes_away_when_something_goes_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = terminal_for(monkeypatch)
        with pytest.raises(OSError), Console("en").busy(commed.errors.Words("x", "")):  # noqa: PT011
            raise OSError
        assert terminal.seen.endswith(consoles._CLEAR)

    @pytest.mark.parametrize("closed", ["stdout", "stderr"])
    def test_where_a_stream_is_closed_nothing_is_printed(
        self, closed: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = terminal_for(monkeypatch)
        monkeypatch.setattr(sys, closed, None)
        console = Console("en")
        console.print("out")
        console.complain("err")
        console.close()
        assert terminal.seen == {"stdout": "commed: err\n", "stderr": "out\n"}[closed]
