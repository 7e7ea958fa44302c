"""Undersigned: gather endorsements of joint letters in Slack."""

__version__ = "0.1.0"
