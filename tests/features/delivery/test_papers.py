"""A letter is read for a document: its delivered copy, or today's list."""

from datetime import timedelta

import pytest

from bot.documents.paper import Mark, Paper
from bot.features.delivery.paper import paper_of_copy, paper_of_list
from bot.features.delivery.use_cases import papers
from bot.features.delivery.use_cases.papers import Finished, Scope
from bot.letters.amendment import AmendmentKind
from bot.letters.letter import Letter
from bot.letters.phases import Phase
from bot.letters.refusals import Reason
from bot.letters.rules import Confirmation, Embargo, Hidden, Rules
from bot.storage.database import Database
from tests.support.amending import amends
from tests.support.clock import Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    an_open_letter,
    for_organisation,
    signs,
)
from tests.support.refusing import refused
from tests.support.scenes.phases import led_to


def paper(found: Finished) -> Paper:
    """Make a paper of what was read."""
    if found.copy is not None:
        return paper_of_copy(
            found.letter, found.copy, same_meaning=found.same_meaning, days=found.days
        )
    return paper_of_list(
        found.letter, found.body, found.entries, now=found.now, proofs=found.proofs
    )


def entries(found: Finished) -> list[str]:
    """The entries of what was read, in their order."""
    return [entry.reads for entry in paper(found).entries]


async def amended(database: Database, letter: Letter, kind: AmendmentKind, body: str) -> None:
    is_material = kind is AmendmentKind.MATERIAL
    await amends(
        database,
        letter=letter.id,
        actor=ORGANISER,
        body=body,
        kind=kind,
        note="Why",
        answer_by=letter.deadline - timedelta(days=5) if is_material else None,
    )


async def test_copy_and_list(database: Database, clock: Clock) -> None:
    """A document of a delivered letter is of its copy, unless today's list is asked for."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group", "Spain"))
    draft = await papers.finished(database, letter=letter.id)
    assert (draft.copy, paper(draft).draft) == (None, "Draft, not delivered")
    clock.advance(timedelta(days=2))

    letter = await led_to(database, clock, letter, Phase.LATE)
    await signs(database, OTHER_MEMBER, letter)
    copy = await papers.finished(database, letter=letter.id)
    today = await papers.finished(database, letter=letter.id, present=True)

    assert entries(copy) == ["Web Group (Spain)"]
    assert entries(today)[0] == "Web Group (Spain)"
    assert len(entries(today)) == 2
    assert (paper(copy).draft, paper(copy).count) == ("", "1 organisation")
    assert paper(today).draft == "Draft: today’s list, not the delivered copy"
    assert paper(copy).cut_at == clock.now()
    assert [bar for bar in paper(copy).charts[0].bars if bar[1]] == [("3 Mar", 1)]


async def test_small_fix_makes_no_earlier_version(database: Database, clock: Clock) -> None:
    """Only a change of meaning makes an entry one of an earlier version, also on a delivered copy."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await amended(database, letter, AmendmentKind.COSMETIC, "A fixed text.\n")
    await led_to(database, clock, letter, Phase.DELIVERED)
    found = await papers.finished(database, letter=letter.id)
    assert paper(found).entries[0].marks == ()


async def test_change_of_meaning_is_marked(database: Database, clock: Clock) -> None:
    """A signature without an answer to a change of meaning is marked on the delivered copy."""
    letter = await an_open_letter(database)
    await signs(database, MEMBER, letter)
    await amended(database, letter, AmendmentKind.MATERIAL, "Another text.\n")
    clock.set(letter.deadline - timedelta(days=1))
    await led_to(database, clock, letter, Phase.DELIVERED)
    found = await papers.finished(database, letter=letter.id)
    assert paper(found).entries[0].marks == (Mark.EARLIER,)
    assert len(paper(found).notes) == 1


async def test_all_that_organisers_know(database: Database) -> None:
    """With all, those that are not listed are there too, with what only organisers know."""
    rules = Rules(confirmation=Confirmation.ORGANISER)
    letter = await an_open_letter(database, rules=rules)
    await signs(
        database, MEMBER, letter, for_organisation(MEMBER, letter, "Web Group", role="Chair")
    )
    public = await papers.finished(database, letter=letter.id)
    everything = await papers.finished(database, letter=letter.id, scope=Scope.ALL)
    assert entries(public) == []
    made = paper(everything)
    assert [(section.heading, len(section.entries)) for section in made.sections] == [
        ("Not on the list", 1)
    ]
    assert made.count == "No signatures yet"
    assert "Chair" in made.entries[0].cells
    assert "role" in made.columns


async def test_embargo(database: Database) -> None:
    """Under an embargo a document is for organisers only, and says so where it is not."""
    rules = Rules(embargo=Embargo(hides=Hidden.NAMES, until_listed=50))
    letter = await an_open_letter(database, rules=rules)
    await refused(papers.finished(database, letter=letter.id), Reason.UNDER_EMBARGO)
    found = await papers.finished(database, letter=letter.id, embargoed=True)
    assert found.letter.id == letter.id


@pytest.mark.parametrize("letter", [0, 999])
async def test_no_such_letter(database: Database, letter: int) -> None:
    """A letter that is not there is refused."""
    await refused(papers.finished(database, letter=letter), Reason.NO_SUCH_LETTER)
