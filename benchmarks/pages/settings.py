"""The product's settings with one more address, the bare view every page is compared with."""

from yijianshi.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.pages.urls"
