"""The corpus of pasted lists, and the score of reading them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.documents.pasted.entries import Entry
from bot.documents.pasted.reading import read_list
from bot.letters.endorsement import Kind

CORPUS = Path(__file__).with_name("corpus.txt")
Facts = tuple[str, ...]


@dataclass(frozen=True)
class Pasted:
    """A pasted list, with its expected entries."""

    title: str
    text: str
    entries: tuple[Facts, ...]

    @property
    def aside(self) -> bool:
        """Return whether the list was kept out of tuning, as a held-out sample."""
        return self.title.endswith("(aside)")


def pasted_lists() -> Iterator[Pasted]:
    """Yield each list of the corpus."""
    for section in CORPUS.read_text().replace("⇥", "\t").split("\n=== ")[1:]:
        title, _, rest = section.partition("\n")
        text, _, read_as = rest.partition("\n--- read as\n")
        yield Pasted(title, text, tuple(_facts(line) for line in read_as.splitlines() if line))


def _facts(line: str) -> Facts:
    fields = [field.strip() for field in line.split("|")]
    return tuple(fields + [""] * (5 - len(fields)))


def facts_of(entry: Entry) -> Facts:
    """Return an entry in the corpus's format."""
    if entry.kind is Kind.ORGANISATION:
        return ("O", entry.name, entry.country, entry.via, "")
    return ("P", entry.name, entry.title, entry.affiliation, entry.country)


@dataclass(frozen=True)
class Score:
    """Counts of correctly read entries and of all entries, with a message on each wrong one."""

    right: int
    whole: int
    """The number of expected entries, or of read ones if there are more of them."""
    wrong: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of correct entries, from 0 to 1."""
        return self.right / self.whole


def score(lists: Iterator[Pasted]) -> Score:
    """Read the lists, and compare the entries with the expected ones."""
    right = whole = 0
    wrong: list[str] = []
    for one in lists:
        expected = Counter(one.entries)
        read = Counter(facts_of(entry) for entry in read_list(one.text).entries)
        right += (expected & read).total()
        whole += (expected | read).total() - min(
            (expected - read).total(), (read - expected).total()
        )
        wrong += [f"{one.title}: missing {facts}" for facts in expected - read]
        wrong += [f"{one.title}: unexpected {facts}" for facts in read - expected]
    return Score(right, whole, tuple(wrong))
