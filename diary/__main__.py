"""``python -m diary``: the commands for whoever runs the diary on a server."""

import sys

from diary.cli import main

if __name__ == "__main__":
    sys.exit(main())
