"""The bare view on a server without any middleware: nobody is identified, nothing is logged."""

from benchmarks.pages.settings import *  # noqa: F403

MIDDLEWARE = []
