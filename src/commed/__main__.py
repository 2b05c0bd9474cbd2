"""``python -m commed``: the command line."""

import sys

from commed.cli import main

if __name__ == "__main__":
    sys.exit(main())
