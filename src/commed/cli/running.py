"""Running one command: its results are printed, what goes wrong on purpose is told."""

import os
import sys
from collections.abc import Sequence

from commed.cli.command import Exit
from commed.cli.console import Console, told_of
from commed.cli.parser import language_in
from commed.cli.program import parser
from commed.errors import CommedError, InvalidDocument

__all__ = ["run"]


def run(words: Sequence[str]) -> Exit:
    """Run the command of a command line, and return how it ended."""
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
    return code
