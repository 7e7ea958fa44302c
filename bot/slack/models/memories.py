"""Memories of views from one step to the next, in `private_metadata`.

Each form has a memory of its own, beside the view that it belongs to; those that several share are
here. A view that was opened before an upgrade may remember less: fields added later have a default.
"""

from typing import Self

from bot.slack.models.shapes import OpenView
from bot.slack.models.values import Shape

MEMORY_MOST = 3000
"""Characters of a view's memory (SLACK.md, surfaces and views)."""


class Memory(Shape):
    """Memory of any view."""

    window: str | None = None
    """The place of the window: of the window itself, and of all above it."""
    below: str | None = None
    """The id of that window, in all above it."""

    @classmethod
    def of(cls, view: OpenView) -> Self:
        """Read what a view remembers.

        Raises:
            ValueError: it remembers something else.
        """
        return cls.model_validate_json(view.private_metadata or "{}")

    def kept(self) -> str:
        """Return it as the view keeps it."""
        return self.model_dump_json(exclude_defaults=True)


class OfLetter(Memory):
    """Memory of a view of one letter."""

    letter: int


class Edited(OfLetter):
    """Memory of a form that edits something of a letter."""

    read: str | None = None
    """The revision that the form was made from."""


class Begun(Memory):
    """Memory of where something was begun."""

    from_home: bool = False
    """On the App Home, which then shows it."""
