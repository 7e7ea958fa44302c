"""What Slack refuses in Block Kit payloads: the figures, the shapes and the places."""

from .payloads import check_message, check_view
from .shapes import Problem
from .whole import total_text

__all__ = ["Problem", "check_message", "check_view", "total_text"]
