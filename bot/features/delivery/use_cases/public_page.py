"""A letter's public page: whether there is one, and what it shows to everyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.features.delivery import rows
from bot.features.delivery.rules import Listed
from bot.letters.amendment import Amendment
from bot.letters.letter import Letter, Sight, Tally
from bot.letters.people import Actor, Role
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import PublicPage
from bot.letters.text import Translation
from bot.storage import amendments, letters
from bot.storage.database import Transaction, reading, reading_aside
from bot.use_cases.gate import admit


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A letter with an address on the web, and the part of its list that everyone may see there."""

    letter: Letter
    """In its current phase."""
    sight: Sight | None
    """None if it has no page now."""

    @property
    def edition(self) -> tuple[object, ...]:
        """All that a page depends on, besides the list, which changes the letter's revision."""
        return (self.letter.revision, self.letter.phase, self.sight)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Shown):
    """The content of a letter's page."""

    body: str
    translations: Sequence[Translation]
    entries: Sequence[Listed]
    """The list, if everyone may see it and it was asked for."""
    counts: tuple[int, int, int]
    """The numbers of organisations, of people, and of those who withhold their names; zeros if
    they are hidden."""
    amendments: Sequence[Amendment]
    now: datetime


@reading
def shown(tx: Transaction, *, share_id: str) -> Shown | None:
    """Return the letter with an id in its address; None if there is no such letter."""
    return _shown(tx, letters.by_share_id(tx, share_id))


def _shown(tx: Transaction, found: Letter | None) -> Shown | None:
    if found is None:
        return None
    sight = found.web_sight(tx.now)
    if sight is None and found.rules.page is not PublicPage.OFF:
        # It was turned on before the first card: nobody was given its address yet.
        return None
    return Shown(letter=found.as_seen_by(Role.OUTSIDER, tx.now), sight=sight)


@reading_aside
def content(tx: Transaction, *, letter: int, listed: bool = True, bare: bool = False) -> Content:
    """Return the content of a letter's public page now, with the list if `listed`.

    If `bare`, the list is without what only tables show.

    Raises:
        Refused: the letter has no public page now.
    """
    found = letters.find(tx, letter)
    known = _shown(tx, found)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    if known is None or known.sight is None:
        raise Refused.because(Reason.NO_PAGE, title=found.title)
    tally = Tally() if known.sight is Sight.NOTHING else found.tally
    return Content(
        letter=known.letter,
        sight=known.sight,
        body=letters.text_of(tx, found).body,
        translations=letters.translations_of(tx, letter),
        entries=rows.listed(tx, letter, bare=bare) if listed and known.sight is Sight.ALL else (),
        counts=(
            tally.organisations + tally.late_organisations,
            tally.people + tally.late_people,
            tally.withheld,
        ),
        amendments=amendments.of_letter(tx, letter),
        now=tx.now,
    )


@reading
def shared(tx: Transaction, *, letter: int, actor: Actor) -> Letter:
    """Return a letter whose page an organiser wants to share.

    Raises:
        Refused: it has no page, or the actor does not run it.
    """
    found = admit(tx, letter, actor, Action.PUBLISH, lock=False)
    if found.rules.page is PublicPage.OFF:
        raise Refused.because(Reason.NO_PAGE, title=found.title)
    return found
