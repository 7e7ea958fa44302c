"""Names that look alike are found as they come, and an organiser finds them on the Home."""

from typing import Any

import pytest

from bot.features.desk.slack.home_view import needs_blocks
from bot.features.desk.use_cases import home
from bot.features.desk.use_cases.needs import NeedKind
from bot.features.desk.use_cases.status import status
from bot.features.organisations.use_cases import likely_pairs, merge_history, merges
from bot.features.organisations.use_cases.shown import read_of
from bot.features.privacy.use_cases import history
from bot.letters.audit import Act
from bot.letters.letter import Letter
from bot.letters.refusals import Reason
from bot.locales import words
from bot.storage.database import Database
from tests.support.letters import (
    ORGANISER,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_open_letter,
    for_organisation,
    members,
    rows,
    signs,
    the_list,
)
from tests.support.refusing import refused


async def needed(database: Database) -> int:
    """Return how many pairs the organiser's Home names."""
    page = await home.page(database, actor=ORGANISER)
    return sum(one.count for one in page.needs if one.kind is NeedKind.ALIKE)


async def two_alike(database: Database) -> Letter:
    letter = await an_open_letter(database)
    for actor, name in zip(
        members(3), ["Web Foundation", "Web Foundatoin", "Wikimedia"], strict=True
    ):
        await signs(database, actor, letter, for_organisation(actor, letter, name))
    return letter


async def test_needs_somebody(database: Database) -> None:
    """Two names that look alike are a need, on the Home and in the letter's Overview."""
    letter = await two_alike(database)

    assert await needed(database) == 0
    assert await likely_pairs.compare(database) == 1
    assert await likely_pairs.compare(database) == 0
    assert await needed(database) == 1
    shown = await status(database, letter=letter.id, actor=ORGANISER, tz="UTC")
    assert [one.kind for one in shown.needs] == [NeedKind.ALIKE]
    found = await merges.look_for_pairs(database, letter=letter.id, actor=ORGANISER)
    assert [(one.one.party.entry, one.other.party.entry) for one in found.pairs] == [
        ("Web Foundation", "Web Foundatoin")
    ]


async def test_decided(database: Database) -> None:
    """Merged, or told apart, they are no need any more."""
    for merging in (True, False):
        await two_alike(database)
        await likely_pairs.compare(database)
        one, other = [row["id"] for row in await rows(database, "signatories")][-3:-1]
        both: dict[str, Any] = {"actor": ORGANISER, "trigger": a_trigger()}
        assert await needed(database) == 1
        if merging:
            await merges.merge(database, keeps=one, goes=(other,), **both)
        else:
            await merges.different(database, parties=(one, other), **both)
        assert await needed(database) == 0


async def test_asked_again(database: Database) -> None:
    """Once a merge is undone, the two are a need again: nobody has said yet that they differ."""
    letter = await two_alike(database)
    await likely_pairs.compare(database)
    one, other = [row["id"] for row in await rows(database, "signatories")][-3:-1]
    await merges.merge(database, keeps=one, goes=(other,), actor=ORGANISER, trigger=a_trigger())
    assert await needed(database) == 0
    _, (made,) = await merge_history.merges_of(database, letter=letter.id, actor=ORGANISER)
    await merge_history.undo_merge(database, merge=made.merge, actor=ORGANISER, trigger=a_trigger())
    assert await needed(database) == 1


async def test_one_question_for_a_cluster(database: Database) -> None:
    """Many similar names are one question, and hide no pair of another letter."""
    flooded, other = await an_open_letter(database), await an_open_letter(database)
    name = "Lanternfold International Kenya"
    for actor, at in zip(members(13), range(13), strict=True):
        doubled = name[:at] + name[at] + name[at:]
        await signs(database, actor, flooded, for_organisation(actor, flooded, doubled))
    for actor, one in zip(
        members(2), ["Harbour Rights Watch", "Harbour Rights Wacth"], strict=True
    ):
        await signs(database, actor, other, for_organisation(actor, other, one))
    while await likely_pairs.compare(database):
        pass

    assert len(await rows(database, "likely_pairs")) > 50
    page = await home.page(database, actor=ORGANISER)
    assert {one.letter.id: one.count for one in page.needs if one.kind is NeedKind.ALIKE} == {
        flooded.id: 1,
        other.id: 1,
    }
    found = await merges.look_for_pairs(database, letter=flooded.id, actor=ORGANISER)
    (cluster,) = merges.clusters(found.pairs)
    ids = [one.party.id for one in cluster]
    assert len(set(ids)) == len(ids) == 13
    both: dict[str, Any] = {"actor": ORGANISER, "shown": ids, "read": read_of(*cluster)}
    kept, *gone = ids[3:7]
    await merges.merge(database, keeps=kept, goes=tuple(gone), trigger=a_trigger(), **both)
    assert len(await the_list(database, flooded)) == 10
    again = merges.merge(database, keeps=kept, goes=(ids[0],), trigger=a_trigger(), **both)
    await refused(again, Reason.CHANGED_UNSEEN)

    left = (*ids[:3], kept, *ids[7:])
    await merges.different(database, parties=left, actor=ORGANISER, trigger=a_trigger())
    assert await needed(database) == 1
    newest = (await history.newest(database, letter=flooded.id, actor=ORGANISER))[0]
    assert (newest.entry.act, newest.entry.facts) == (Act.TOLD_APART, {"count": 9})


async def test_a_number_that_is_cut(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a letter has more pairs than are read, the desk says that there may be more groups."""
    letter = await two_alike(database)
    while await likely_pairs.compare(database):
        pass
    for most, said in ((1, "1 group*"), (0, "1+ groups*")):
        monkeypatch.setattr(likely_pairs, "MOST", most)
        shown = (await home.page(database, actor=ORGANISER)).needs
        assert said in str(needs_blocks(words("en-GB"), shown))
    assert letter.id == shown[0].letter.id


async def test_carried_over(database: Database) -> None:
    """A third that looks like the one that was merged is compared with what it went into."""
    letter = await two_alike(database)
    third = members(4)[3]
    await signs(database, third, letter, for_organisation(third, letter, "Web Fuondation"))
    await likely_pairs.compare(database)
    one, other = [row["id"] for row in await rows(database, "signatories")][:2]
    await merges.merge(database, keeps=one, goes=(other,), actor=ORGANISER, trigger=a_trigger())

    assert await needed(database) == 1


async def test_people(database: Database) -> None:
    """A person who was added and then signs is asked about, and so are two accounts of one name."""
    letter = await an_open_letter(database)
    first, second, third = members(3)
    await signs(database, first, letter, a_signature(first, letter, name="Ada Jones"))
    await signs(database, second, letter, a_signature(second, letter, name="Ada Jones"))
    assert await likely_pairs.compare(database) == 1
    await adds(database, letter, a_row(name="Max Weber"))
    await signs(database, third, letter, a_signature(third, letter, name="Max Weber"))
    assert await likely_pairs.compare(database) == 1
    assert await needed(database) == 2
    pairs = (await merges.look_for_pairs(database, letter=letter.id, actor=ORGANISER)).pairs
    (pair,) = [one for one in merges.clusters(pairs) if one[0].party.entry == "Max Weber"]
    # The one that can go, because it was added, comes second.
    assert [one.endorsements[0].person is None for one in pair] == [False, True]
