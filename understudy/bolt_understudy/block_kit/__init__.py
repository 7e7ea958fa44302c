"""Slack's validation of Block Kit payloads: limits, shapes, and the surface of each block."""

from .payloads import check_message, check_view
from .shapes import Problem
from .whole import total_text

__all__ = ["Problem", "check_message", "check_view", "total_text"]
