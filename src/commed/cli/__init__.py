"""The command line: reads, calls, prints."""

import os
import sys
from collections.abc import Sequence

from commed.cli.command import Exit
from commed.cli.console import Console, told_of
from commed.cli.parser import language_in
from commed.cli.program import parser
from commed.errors import CommedError, InvalidDocument

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    0 done, 1 a document is invalid, 2 bad usage, 3 a breach where ``--fail-on breach`` asked, 130
    interrupted from the keyboard.
    """
    words = sys.argv[1:] if arguments is None else list(arguments)
    console = Console(language_in(words))
    options = parser(console.language).parse_args(words)
    try:
        code: Exit = options.run(options, console.to(options.output))
        console.close()
    except InvalidDocument as invalid:
        console.tell(invalid.told(console.language))
        return Exit.INVALID
    except CommedError as error:
        console.complain(error.told(console.language))
        return Exit.USAGE
    except BrokenPipeError:  # whoever reads has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.DONE
    except OSError as error:
        console.complain(console.say(told_of(error)))
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    return code
