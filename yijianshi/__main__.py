"""``python -m yijianshi`` does what the ``yijianshi`` script does."""

import sys

from yijianshi.config.cli import main

if __name__ == "__main__":
    sys.exit(main())
