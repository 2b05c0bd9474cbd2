"""What commands read: registers and instruments, from files or from standard input."""

import sys
from datetime import date
from pathlib import Path

from commed.cli.command import EXAMPLE
from commed.cli.console import Console
from commed.errors import CommedError, Words
from commed.law.instrument import Instrument
from commed.loading import example, instrument, load_instrument, load_register, read_register
from commed.register import Register
from commed.report.markup import visible

__all__ = ["Impossible", "day_of_inspection", "law_of", "read", "register_of"]

_STANDARD_INPUT = Path("-")
_LARGE = 2**20  # bytes: what is smaller is read before anybody wonders


class Impossible(CommedError):
    """What the user asked for cannot be done; the message says what to do instead."""


def register_of(file: Path | None, console: Console) -> Register:
    """Return the register in a file, in standard input for ``-``, or the bundled one for None."""
    if file is None:
        return example(EXAMPLE)
    return read(file, console)


def read(file: Path, console: Console) -> Register:
    """Return the register in a file, or in standard input for ``-``."""
    if file == _STANDARD_INPUT:
        if sys.stdin is None:
            raise Impossible(Words("standard input is closed", "标准输入已关闭"))
        return read_register(sys.stdin.buffer, "-")
    size = file.stat().st_size if file.is_file() else 0
    if size < _LARGE:
        return load_register(file)
    name, much = visible(file.name), f"{size / _LARGE:.0f} MiB"
    with console.busy(Words(f"reading {name} ({much}) …", f"正在读取{name}（{much}）…")):
        return load_register(file)


def law_of(name: str) -> Instrument:
    """Return the instrument in a file, or the packaged one of this id."""
    return load_instrument(name) if name.endswith(".toml") else instrument(name)


def day_of_inspection(register: Register, option: str = "--on") -> date:
    """Return the day of the inspections that are recorded, if it is one.

    `option` is what the day could be given with.
    """
    days = {inspection.on for inspection in register.inspections}
    if len(days) != 1:
        raise Impossible(
            Words(
                f"say which day to judge with {option} DATE: the register records no one "
                "inspection",
                f"请用{option} DATE写明判定的日期：登记册中没有唯一的一次检查",
            )
        )
    return days.pop()
