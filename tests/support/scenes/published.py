"""A published letter and its list of names: our own, and a real one where it is at hand.

Our own is made up. Its names have the shapes of a real list: a short name in brackets, a country,
a publisher, a leading "The", "via", an abbreviation with full stops, accents, and people with and
without a title.
"""

from dataclasses import dataclass
from pathlib import Path

from tests.support.shared import SHARED

ORGANISATIONS = 15


@dataclass(frozen=True, slots=True)
class Published:
    """A letter's Markdown and its names, in the order in which they were published.

    Attributes:
        title: what its heading says.
        opening: the first words of its text.
        words: three words that stand in some of its paragraphs and not in others.
    """

    markdown: Path
    signatories: Path
    title: str
    opening: str
    words: tuple[str, str, str]

    def __str__(self) -> str:
        return self.markdown.stem

    @property
    def text(self) -> str:
        """The whole letter, with its heading."""
        return self.markdown.read_text(encoding="utf-8")

    @property
    def names(self) -> list[str]:
        """The entries of the list: the convener, other organisations, two people."""
        names = self.signatories.read_text(encoding="utf-8").splitlines()
        assert len(names) == ORGANISATIONS + 2
        return names

    @property
    def convener(self) -> str:
        """The organisation that is named first, out of the order of names."""
        return self.names[0]

    @property
    def organisations(self) -> list[str]:
        """The other organisations."""
        return self.names[1:ORGANISATIONS]

    @property
    def people(self) -> list[str]:
        """The people, who come last."""
        return self.names[ORGANISATIONS:]


OURS = Published(
    Path(__file__).parent / "published_letter.md",
    Path(__file__).parent / "published_letter.signatories.txt",
    title="Joint Letter Supporting Open, Well-Kept, & Welcoming Public Libraries",
    opening="The Union of Reading Rooms joins a coalition",
    words=("library", "principles", "governments"),
)
REAL = Published(
    SHARED / "letters" / "open-internet.md",
    SHARED / "letters" / "open-internet.signatories.txt",
    title="Joint Letter Supporting an Open, Interconnected, & Interoperable Internet",
    opening="The Center for Democracy & Technology joins a coalition",
    words=("Internet", "principles", "governments"),
)

LETTERS = [OURS, *([REAL] if REAL.markdown.exists() else [])]
"""Our own letter, and the real one where the reference files are beside the checkout."""
