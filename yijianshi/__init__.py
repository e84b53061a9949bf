"""Yijianshi (一件事): get one thing done with one guided application, however many departments it takes."""

__version__ = "0.1.0"
