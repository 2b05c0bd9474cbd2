"""The command line: reads, calls, prints."""

import sys
from collections.abc import Sequence

__all__ = ["main"]

_INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a document is invalid, 2 bad usage, 3 a breach where ``--fail-on breach`` asked, 130
    interrupted from the keyboard.
    """
    try:
        from commed.cli.running import run  # noqa: PLC0415 - it may be interrupted at this too

        return run(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:
        return _INTERRUPTED
