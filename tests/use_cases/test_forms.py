"""A form that saves a whole object saves nothing where that changed since the form was read."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.features.corrections import use_cases as corrections
from bot.features.corrections.slack import views as correction_views
from bot.features.drafts.slack import views as draft_views
from bot.features.drafts.use_cases import drafts
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.letter_rules.slack import views as rules_views
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.lifecycle.slack import details
from bot.features.lifecycle.slack import views as lifecycle_views
from bot.letters.draft import Details, as_draft, details_of, draft_revision
from bot.letters.endorsement import Facts
from bot.letters.ids import revision
from bot.letters.letter import Letter
from bot.letters.people import Membership
from bot.letters.refusals import Reason
from bot.letters.rules import Embargo, Hidden, Ordering, Rules
from bot.locales import words
from bot.storage.database import Database
from bot.use_cases import letter_lookup
from tests.support.block_kit import check_view
from tests.support.clock import START
from tests.support.letters import (
    DEADLINE,
    GUEST,
    MEMBER,
    ORGANISER,
    a_draft,
    a_draft_of,
    a_signature,
    a_trigger,
    an_actor,
    an_open_letter,
    changes,
    everything,
    rows,
    signs,
    the_letter,
    the_list,
)
from tests.support.reading import words_of
from tests.support.refusing import refused

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

T = words("en-GB")
SECOND = an_actor("U0SECOND")
"""Another organiser."""
HIDDEN = Rules(embargo=Embargo(hides=Hidden.ALL, until=START + timedelta(days=9)))

Save = Callable[[str | None], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that two people have open."""

    read: str
    """The state that the first one was read from."""
    theirs: Save
    """The other one saves."""
    mine: Save


async def _run_by_two(database: Database, letter: Letter) -> Letter:
    await lifecycle.add_organiser(
        database,
        letter=letter.id,
        actor=ORGANISER,
        person=SECOND.person,
        membership=Membership.MEMBER,
    )
    return letter


async def _rules(database: Database) -> Form:
    letter = await _run_by_two(database, await an_open_letter(database))

    def save(rules: Rules) -> Save:
        return lambda read: letter_rules.set_rules(
            database, letter=letter.id, actor=SECOND, rules=rules, read=read
        )

    return Form(revision(letter.rules), save(HIDDEN), save(Rules(ordering=Ordering.TIME)))


async def _draft(database: Database) -> Form:
    letter = await _run_by_two(database, await a_draft(database))
    whole = await letter_lookup.whole(database, letter=letter.id, actor=ORGANISER)

    def save(**changed: Any) -> Save:
        return lambda read: drafts.edit(
            database, letter=letter.id, actor=SECOND, draft=a_draft_of(**changed), read=read
        )

    read = draft_revision(as_draft(letter, whole.body))
    return Form(read, save(body="Two hours of work."), save(title="A better title"))


async def _details(database: Database) -> Form:
    letter = await _run_by_two(database, await an_open_letter(database))

    def save(**changed: Any) -> Save:
        return lambda read: lifecycle.describe(
            database,
            letter=letter.id,
            actor=SECOND,
            details=replace(details_of(letter), **changed),
            read=read,
        )

    return Form(revision(details_of(letter)), save(summary="Theirs."), save(goal=5))


async def _deadline(database: Database) -> Form:
    letter = await _run_by_two(database, await an_open_letter(database))

    def save(days: int) -> Save:
        return lambda read: lifecycle.extend(
            database,
            letter=letter.id,
            actor=SECOND,
            deadline=DEADLINE + timedelta(days=days),
            read=read,
        )

    return Form(lifecycle.deadline_revision(letter), save(5), save(-5))


async def _own(database: Database) -> Form:
    letter = await an_open_letter(database)
    signed = a_signature(MEMBER, letter)
    held = (await signs(database, MEMBER, letter, signed)).endorsement

    def save(name: str) -> Save:
        return lambda read: changes(
            database,
            endorsement=held,
            actor=MEMBER,
            signature=a_signature(MEMBER, letter, name=name),
            read=read or "",
        )

    return Form(revision(signed), save("Theirs"), save("Mine"))


async def _correction(database: Database) -> Form:
    letter = await _run_by_two(database, await an_open_letter(database))
    signed = a_signature(MEMBER, letter)
    held = (await signs(database, MEMBER, letter, signed)).endorsement

    def save(name: str) -> Save:
        return lambda read: corrections.correct(
            database,
            endorsement=held,
            actor=SECOND,
            facts=Facts(name=name),
            asks=False,
            read=read,
            trigger=a_trigger(),
        )

    return Form(revision(signed), save("Theirs"), save("Mine"))


FORMS = {
    "rules": _rules,
    "draft": _draft,
    "details": _details,
    "deadline": _deadline,
    "own signature": _own,
    "correction": _correction,
}


@pytest.mark.parametrize("which", FORMS)
async def test_nothing_saved(database: Database, which: str) -> None:
    """A form that another overtook writes nothing, and saves once the other's change is read."""
    form = await FORMS[which](database)
    await form.theirs(form.read)
    before = await everything(database)
    await refused(form.mine(form.read), Reason.CHANGED_MEANWHILE)
    assert await everything(database) == before
    await form.mine(None)
    assert await everything(database) != before


@pytest.mark.parametrize("which", FORMS)
async def test_saved(database: Database, which: str) -> None:
    """A form whose object is as it was read saves."""
    form = await FORMS[which](database)
    await form.mine(form.read)


async def test_embargo_stays(database: Database) -> None:
    """An embargo that another organiser set isn't lifted by an older form of the rules."""
    form = await _rules(database)
    letter = await the_letter(database, 1)
    await signs(database, MEMBER, letter)
    await form.theirs(form.read)
    await refused(form.mine(form.read), Reason.CHANGED_MEANWHILE)
    assert await the_list(database, letter, actor=GUEST) == []


async def test_rules_stay_with_a_draft(database: Database) -> None:
    """Saving a draft's words leaves the rules that somebody else has set since."""
    form = await _draft(database)
    await letter_rules.set_rules(database, letter=1, actor=ORGANISER, rules=HIDDEN)
    await form.mine(form.read)
    assert (await the_letter(database, 1)).rules == HIDDEN
    assert [row["title"] for row in await rows(database, "letters")] == ["A better title"]


async def test_both_are_shown(database: Database) -> None:
    """The form that comes back shows what is saved and what was typed, and replaces on purpose."""
    await _rules(database)
    letter = await the_letter(database, 1)
    now = replace(letter, rules=HIDDEN, deadline=DEADLINE + timedelta(days=2))
    old, new = a_draft_of(body="Their words."), a_draft_of(title="Mine", body="My words.")
    mine = Details(summary="Mine", goal=7)
    shown = {
        "rules": rules_views.form(T, now, mine=Rules(ordering=Ordering.TIME)),
        "draft": draft_views.form(T, new, letter=1, saved=old),
        "details": details.form(T, now, mine=mine),
        "deadline": lifecycle_views.deadline(
            T, now, START, closes=False, mine=DEADLINE + timedelta(days=4)
        ),
    }
    said = {name: words_of(view) for name, view in shown.items()}
    for name, view in shown.items():
        assert check_view(view) == [], name
        assert "your version isn’t saved yet" in said[name]
    assert "The list is by date signed." in said["rules"]
    assert "Their words." in said["draft"]
    assert "My words." in said["draft"]
    assert "Goal: \u20687\u2069" in said["details"]
    read = {name: view["private_metadata"] for name, view in shown.items()}
    assert revision(HIDDEN) in read["rules"]
    assert draft_revision(old) in read["draft"]
    assert revision(details_of(now)) in read["details"]
    assert lifecycle.deadline_revision(now) in read["deadline"]


async def test_correction_keeps_what_it_was_read_from(database: Database) -> None:
    """The form of a correction hands on what it was read from through its preview."""
    await _correction(database)
    held = (await rows(database, "endorsements"))[0]["id"]
    entry = await corrections.entry(database, endorsement=held, actor=ORGANISER)
    form = correction_views.form(T, entry, entry.endorsement.signature.facts)
    assert revision(entry.endorsement.signature) in form["private_metadata"]
    again = correction_views.form(T, entry, entry.endorsement.signature.facts, read="older")
    assert "older" in again["private_metadata"]
    looked = await corrections.look(
        database, endorsement=held, actor=ORGANISER, facts=Facts(name="Another")
    )
    assert "older" in correction_views.look(T, looked, asks=False, read="older")["private_metadata"]
