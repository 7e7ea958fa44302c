"""Memories of views, in `private_metadata`; those of one form are beside its view.

A view that was opened before an upgrade may lack fields: fields added later need a default.
"""

from typing import Self

from bot.slack.models.shapes import OpenView
from bot.slack.models.values import Shape

MEMORY_MOST = 3000
"""Characters of a view's memory (SLACK.md, surfaces and views)."""


class Memory(Shape):
    """Memory of any view."""

    window: str | None = None
    """Place of the window, in the window itself and in the views above it."""
    below: str | None = None
    """Id of that window, in the views above it."""

    @classmethod
    def of(cls, view: OpenView) -> Self:
        """Read the memory of a view.

        Raises:
            ValueError: it has another memory.
        """
        return cls.model_validate_json(view.private_metadata or "{}")

    def kept(self) -> str:
        """Return the memory as text for `private_metadata`."""
        return self.model_dump_json(exclude_defaults=True)


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
