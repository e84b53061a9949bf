"""Acts of this room."""

from yijianshi.insight.commands.record import MOST_APPLICATIONS, record_applications
from yijianshi.insight.commands.seed import seed_samples

__all__ = ["MOST_APPLICATIONS", "record_applications", "seed_samples"]
