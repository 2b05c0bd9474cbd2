"""Completion: the scripts, run in the shells that they are for."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable

import pytest

import commed
from commed.cli import main
from commed.cli.program import COMMANDS
from commed.indicators import catalogue

Captured = pytest.CaptureFixture[str]
Complete = Callable[..., list[str]]
BASH = """
{script}
COMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=()
_commed
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def script(shell: str, captured: Captured, *, language: str = "en") -> str:
    assert main(["completion", shell, "--lang", language]) == 0
    return captured.readouterr().out


def run(shell: str, program: str) -> list[str]:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"there is no {shell} here")
    done = subprocess.run(  # noqa: S603 - our own program
        [path, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == ""
    return done.stdout.split("\n")[:-1]


class TestBash:
    @pytest.fixture
    def complete(self, capsys: Captured) -> Complete:
        text = script("bash", capsys)

        def completed(*words: str) -> list[str]:
            given = " ".join(map(shlex.quote, words))
            return [each for each in run("bash", BASH.format(script=text, words=given)) if each]

        return completed

    def test_commands(self, complete: Complete) -> None:
        assert complete("commed", "") == [each.name for each in COMMANDS]
        assert complete("commed", "ins") == ["inspect", "instruments"]
        assert complete("commed", "--lang", "zh", "val") == ["validate"]

    def test_options(self, complete: Complete) -> None:
        assert complete("commed", "--v") == ["--version"]
        assert complete("commed", "inspect", "--o") == ["--on", "--output"]
        assert complete("commed", "validate", "--format") == []

    def test_ids_of_indicators(self, complete: Complete) -> None:
        assert complete("commed", "measure", "") == list(catalogue())
        assert complete("commed", "measure", "--by", "month", "awa") == ["awareness"]
        assert complete("commed", "measure", "--lang", "=", "zh", "awa") == ["awareness"]
        assert complete("commed", "measure", "--where", "group", "=", "youth", "awa") == [
            "awareness"
        ]
        assert complete("commed", "measure", "awareness", "") == []  # files come next

    def test_ids_of_instruments(self, complete: Complete) -> None:
        assert complete("commed", "inspect", "--instrument", "") == list(commed.instruments())

    @pytest.mark.parametrize("words", [["--lang", ""], ["--lang", "="], ["--lang", "=", ""]])
    def test_choices_with_and_without_a_sign_of_equality(
        self, words: list[str], complete: Complete
    ) -> None:
        assert complete("commed", "inspect", *words) == ["en", "zh"]

    def test_a_narrowing_as_far_as_it_is_known(self, complete: Complete) -> None:
        assert complete("commed", "measure", "--where", "gro") == ["group="]
        assert complete("commed", "measure", "--where", "group", "=") == []
        assert complete("commed", "measure", "--where", "group", "=", "e") == []

    def test_it_is_installed_for_commed(self, capsys: Captured) -> None:
        text = script("bash", capsys)
        assert run("bash", f"{text}\ncomplete -p commed") == [
            "complete -o default -F _commed commed"
        ]


class TestZsh:
    def test_it_offers_what_bash_offers(self, capsys: Captured) -> None:
        text = script("zsh", capsys)
        asked = BASH.format(script="emulate sh", words="commed inspect --instrument cn-")
        offered = run("zsh", f"{text}\n{asked}")
        assert offered == list(commed.instruments())


class TestFish:
    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_it_offers_words_and_says_what_they_are(self, language: str, capsys: Captured) -> None:
        text = script("fish", capsys, language=language)
        asked = ["commed insp", "commed inspect --instrument cn-n", "commed measure awa"]
        offered = run("fish", "\n".join([text, *(f"complete -C '{each}'" for each in asked)]))
        does = {each.name: each.does.in_language(language) for each in COMMANDS}
        assert offered[0] == f"inspect\t{does['inspect']}"
        assert [each.split("\t")[0] for each in offered[1:]] == ["cn-ningbo-2015", "awareness"]


def test_the_shell_of_a_process_completes() -> None:
    """The whole of it: a real bash, a real process."""
    program = (
        f'commed() {{ {shlex.quote(sys.executable)} -m commed "$@"; }}; '
        "source <(commed completion bash); COMP_WORDS=(commed sch); COMP_CWORD=1; _commed; "
        'echo "$COMPREPLY"'
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [shutil.which("bash") or pytest.skip("there is no bash here"), "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.stdout == "schema\n"
