"""The settings of the house in test mode."""

import os

os.environ["YIJIANSHI_MODE"] = "test"

from yijianshi.config.settings import *  # noqa: F403
