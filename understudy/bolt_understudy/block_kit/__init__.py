"""Slack's refusals of Block Kit payloads: figures, shapes and places."""

from .payloads import check_message, check_view
from .shapes import Problem
from .whole import total_text

__all__ = ["Problem", "check_message", "check_view", "total_text"]
