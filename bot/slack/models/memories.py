"""Memories of views, in `private_metadata`; those of one form are beside its view.

A view that was opened before an upgrade may lack fields: fields added later need a default.
"""

from bot.slack.models.shapes import Memory


class OfLetter(Memory):
    """Memory of a view of one letter."""

    letter: int


class Edited(OfLetter):
    """Memory of a form that edits something of a letter."""

    read: str | None = None
    """The revision that the form was made from."""


class Begun(Memory):
    """Memory of a view that may have been opened from the App Home."""

    from_home: bool = False
