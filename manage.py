#!/usr/bin/env python
"""Django's own command line, with the embedded database running while it works."""

import sys

from yijianshi.config import cli

if __name__ == "__main__":
    sys.exit(cli.django(sys.argv))
