"""Memories of the views of a letter's organisations."""

from bot.slack.models.memories import OfLetter


class Listing(OfLetter):
    """Memory of a page of the list, of an entry, and of the pairs."""

    way: tuple[str, ...] = ()
    """The way back: the last organisation of each page before."""
    after: str = ""
    """The organisation behind which pairs were looked for."""


class Deciding(Listing):
    """Memory of a form about one organisation."""

    signatory: str
