"""Scripts that let a shell complete the command line, made of what the parsers know."""

from collections.abc import Callable, Iterable, Mapping
from shlex import quote

from attrs import frozen

from commed.cli.parser import Parser

__all__ = ["SHELLS", "script"]


@frozen
class _Known:
    """What can be completed of one command: its options and arguments, with their words."""

    flags: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    places: tuple[tuple[str, ...], ...]


def _known(parser: Parser) -> _Known:
    flags, words, places = dict[str, str](), dict[str, tuple[str, ...]](), list[tuple[str, ...]]()
    for action in parser.actions:
        for flag in action.option_strings:
            flags[flag] = (action.help or "") % {"default": action.default}
            if action.nargs != 0:
                words[flag] = parser.offered[action.dest]
        if not action.option_strings:
            places.append(parser.offered[action.dest])
    return _Known(flags, words, tuple(places))


def script(
    shell: str, root: Parser, commands: Mapping[str, Parser], does: Mapping[str, str]
) -> str:
    """Return the script for one of `SHELLS`; `does` tells what each command is for."""
    known = {"": _known(root), **{name: _known(each) for name, each in commands.items()}}
    return _SCRIPTS[shell](known, does)


def _bash(known: Mapping[str, _Known], does: Mapping[str, str]) -> str:
    taking = {flag for each in known.values() for flag in each.words}
    return _BASH.format(
        commands=" ".join(does),
        taking="|".join(sorted(taking)),
        flags=_cases((name, each.flags) for name, each in known.items()),
        words=_cases(
            (f"{name} {flag}", words)
            for name, each in known.items()
            for flag, words in each.words.items()
        ),
        places=_cases(
            (f"{name} {at}", words)
            for name, each in known.items()
            for at, words in enumerate(each.places)
        ),
    )


def _cases(cases: Iterable[tuple[str, Iterable[str]]]) -> str:
    return "\n".join(
        f"        {quote(case)}) words={quote(' '.join(words))} ;;"
        for case, words in cases
        if words
    )


_BASH = """\
# bash completion of commed; for instance: source <(commed completion bash)
_commed() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}}
    local command= place=0 words= at word
    COMPREPLY=()
    if [[ $current == = ]]; then
        current=
        [[ $previous == -* ]] || return
    elif [[ $previous == = ]]; then
        previous=${{COMP_WORDS[COMP_CWORD-2]}}
        [[ $previous == -* ]] || return
    fi
    for ((at = 1; at < COMP_CWORD; at++)); do
        word=${{COMP_WORDS[at]}}
        case $word in
        {taking}) [[ ${{COMP_WORDS[at+1]}} == = ]] || ((at += 1)) ;;
        =) ((at += 1)) ;;
        -?*) ;;
        *) if [[ -z $command ]]; then command=$word; else ((place += 1)); fi ;;
        esac
    done
    case $previous in
    {taking})
        case "$command $previous" in
{words}
        esac ;;
    *)
        if [[ $current == -* ]]; then
            case $command in
{flags}
            esac
        elif [[ -z $command ]]; then
            words='{commands}'
        else
            case "$command $place" in
{places}
            esac
        fi ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    [[ ${{COMPREPLY[0]}} == *= ]] && compopt -o nospace 2>/dev/null
}}
complete -o default -F _commed commed
"""

_ZSH = """\
# zsh completion of commed; for instance: source <(commed completion zsh)
(( $+functions[compdef] )) || {{ autoload -Uz compinit && compinit }}
autoload -Uz bashcompinit && bashcompinit
{bash}"""


def _zsh(known: Mapping[str, _Known], does: Mapping[str, str]) -> str:
    return _ZSH.format(bash=_bash(known, does))


def _fish(known: Mapping[str, _Known], does: Mapping[str, str]) -> str:
    lines = ["# fish completion of commed; for instance: commed completion fish | source"]
    lines += [
        f"complete -c commed -n __fish_use_subcommand -f -a {name} -d {_in_fish(told)}"
        for name, told in does.items()
    ]
    for name, each in known.items():
        here = f"__fish_seen_subcommand_from {name}" if name else "__fish_use_subcommand"
        for flag, told in each.flags.items():
            kind = f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}"
            words = each.words.get(flag)
            taken = "" if words is None else f" -r -a {_in_fish(' '.join(words))}"
            lines.append(
                f"complete -c commed -n {_in_fish(here)} {kind}{taken} -d {_in_fish(told)}"
            )
        lines += [
            f"complete -c commed -n {_in_fish(here)} -a {_in_fish(' '.join(words))}"
            for words in each.places
            if words
        ]
    return "\n".join([*lines, ""])


def _in_fish(text: str) -> str:
    """Return a text in single quotes, as fish reads it."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


_SCRIPTS: Mapping[str, Callable[[Mapping[str, _Known], Mapping[str, str]], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
SHELLS = tuple(_SCRIPTS)
"""The shells that are known."""
