"""A name that is withheld is in nothing that anybody but its signer and the organisers get."""

import json
import re
from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from bot.documents.paper import to_json
from bot.features.amendments.slack.messages import answered
from bot.features.collected.use_cases import lookalikes
from bot.features.corrections import use_cases as corrections
from bot.features.delivery.list_files import CopyFormat, Format, working_sheet, write_copy
from bot.features.delivery.paper import paper_of_copy, paper_of_list
from bot.features.delivery.use_cases import handover, papers
from bot.features.delivery.use_cases.exports import Scope
from bot.features.desk.slack.signers import signers_view
from bot.features.desk.use_cases import signers
from bot.features.invitations.rules import Invitee
from bot.features.letter_rules import use_cases as letter_rules
from bot.features.lifecycle import use_cases as lifecycle
from bot.features.organisations.use_cases import likely_pairs
from bot.features.privacy.use_cases import erasure
from bot.features.reading.slack.views import list_page
from bot.features.reading.use_cases import pages
from bot.features.signing.slack import form as views
from bot.features.signing.slack.messages import receipt
from bot.features.signing.slack.own_views import my_signatures, name_words
from bot.features.signing.use_cases import own_signature
from bot.features.withdrawals import use_cases as withdrawals
from bot.letters.endorsement import Capacity, Facts, Kind, Signature
from bot.letters.entries import with_name
from bot.letters.letter import Letter, Tally
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Names, Ordering, PublicPage, Rules
from bot.locales import words
from bot.names.filing import collation_key, sort_fold
from bot.slack.entry_form import withheld_note
from bot.slack.payloads import Caller
from bot.slack.windows import Part, Place
from bot.slack.words.phases import counted_words
from bot.storage.database import Database, Transaction
from bot.storage.tables import metadata
from tests.support.documents.web_pages import Web
from tests.support.exporting import stretches, whole
from tests.support.letters import (
    GUEST,
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_row,
    a_signature,
    a_trigger,
    adds,
    an_actor,
    an_open_letter,
    changes,
    for_organisation,
    rows,
    signs,
    the_letter,
    the_list,
    the_tally,
)
from tests.support.reading import words_of
from tests.support.refusing import refused
from tests.support.scenes.invitations import invites

T = words("en-GB")
NURSE = an_actor("U0NURSE")
NAME = "Mary Ann Quill"
DESCRIBED = "Name withheld, nurse, Leeds"
NAMES = (
    NAME,
    "Aaron Aardvark",
    "王小明",
    # Of others on the letter: a member, a person added from paper, one invited, two organisations.
    "Ada King",
    "Paper Signer",
    "Invited Person",
    "Quokka Society",
    "Ann Lee and Bob Ray",
    "x" * 140,
)
DRAWN = re.compile(r"\b[0-9a-f]{32}\b|\btrigger-\d+\b|/l/\w{8}|\b70000\d\d\b|\b1770000000\.\d+")


def withheld(letter: Letter, name: str, title: str = "nurse, Leeds") -> Signature:
    """A signature whose name is withheld."""
    return a_signature(
        NURSE, letter, Capacity.WITHHELD, name=name, title=title, note="Name withheld"
    )


async def a_letter_with(database: Database, ordering: Ordering = Ordering.ALPHABETICAL) -> Letter:
    """An open letter, on the web, whose signers may withhold their names."""
    letter = await an_open_letter(database)
    rules = Rules(names=Names.MAY_BE_WITHHELD, page=PublicPage.LIST, ordering=ordering)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=rules, responsible="A Trust",
        trigger=a_trigger(),
    )  # fmt: skip
    return await the_letter(database, letter.id)


async def said(story: Awaitable[Any]) -> str:
    """Return the answer to somebody, a refusal or not."""
    try:
        return repr(await story)
    except Refused as no:
        return repr(no.refusal)


async def everything_of(
    database: Database, name: str, ordering: Ordering, *, sorts_by_name: bool = False
) -> dict[str, str]:
    """All that others get of a letter that somebody signs, withholding this name.

    The ids of rows are numbered in the order in which they are met, as they are drawn by lot.
    """
    letter = await a_letter_with(database, ordering)
    got: dict[str, str] = {}
    await invites(database, letter, Invitee(kind=Kind.PERSON, name="Invited Person"))
    await adds(database, letter, a_row(name="Paper Signer"))
    await signs(database, GUEST, letter, for_organisation(GUEST, letter, "Quokka Society"))
    made = withheld(letter, name)
    if sorts_by_name:
        key = collation_key(name, letter.language)
        made = replace(made, sort_name=name, sort_fold=sort_fold(name), sort_key=key)
    await signs(database, NURSE, letter, made)
    # Those who sign, or are added, later under any of these names are answered the same.
    for number, other in enumerate(NAMES):
        actor = an_actor(f"U{number:05}")
        own = a_signature(actor, letter, name=other)
        alike = own_signature.reads_like_body(database, letter=letter.id, signature=own)
        got[f"asks {other}"] = await said(alike)
        signing = signs(database, actor, letter, own, may_be_organisation=False)
        got[f"signs {other}"] = await said(signing)
        got[f"adds {other}"] = await said(adds(database, letter, a_row(name=other)))
        similar = await lookalikes.on_the_letter(database, letter.id, [own])
        got[f"similar {other}"] = repr(similar)
    await likely_pairs.compare(database)
    letter = await the_letter(database, letter.id)
    page = await pages.who_signed(
        database, letter=letter.id, actor=OTHER_MEMBER, after=None, limit=100
    )
    got["who signed"] = words_of(list_page(T, page))
    for form in Format:
        for scope in Scope:
            got[f"{form} {scope}"] = whole(form, await stretches(database, letter.id, scope))
    for path, one in (await Web(database).everything(letter)).items():
        got[f"web {path}"] = one.body.decode(errors="replace")
    found = await papers.finished(database, letter=letter.id, scope=Scope.ALL)
    accounts = {NURSE.person.user: name}
    sheet = working_sheet(letter, found.entries, found.given, found.proofs or {}, accounts)
    got["working list"] = repr(sheet)
    paper = paper_of_list(letter, found.body, found.entries, now=found.now, proofs=found.proofs)
    got["paper"] = to_json(paper).decode()
    await lifecycle.close(database, letter=letter.id, actor=ORGANISER)
    await handover.deliver(database, letter=letter.id, actor=ORGANISER)
    copy = (await papers.finished(database, letter=letter.id)).copy
    assert copy is not None
    got |= {f"copy {form}": write_copy(form, copy) for form in CopyFormat}
    of_copy = paper_of_copy(await the_letter(database, letter.id), copy)
    got["paper of the copy"] = to_json(of_copy).decode()
    for table in metadata.sorted_tables:
        # All that is stored of the letter, but for the one column that holds the name (and the
        # click that asked, which is drawn by lot).
        if "letter" in table.c:
            kept = [one for one in await rows(database, table.name) if one["letter"] == letter.id]
            some = [
                {key: of for key, of in one.items() if key not in {"withheld", "click"}}
                for one in kept
            ]
            got[f"rows of {table.name}"] = repr(some)
    # The picture of the address, which is drawn by lot.
    got = {what: shown for what, shown in got.items() if "qr.png" not in what}
    ids: dict[str, str] = {}
    return {
        what: DRAWN.sub(lambda one: ids.setdefault(one[0], f"<{len(ids)}>"), shown)
        for what, shown in got.items()
    }


async def numbers_from(database: Database, first: int) -> None:
    """Letters get numbers that nothing else has, so that they can be told in a text."""

    def count_on(tx: Transaction) -> None:
        if tx.connection.dialect.name == "sqlite":
            setting = text("INSERT INTO sqlite_sequence VALUES ('letters', :first)")
        else:
            setting = text("SELECT setval(pg_get_serial_sequence('letters', 'id'), :first)")
        tx.connection.execute(setting, {"first": first})

    await database.write(count_on)


@pytest.mark.on_both
async def test_nothing_depends_on_the_name(database: Database) -> None:
    """Two runs that differ only in a withheld name give everybody else the same, in one order."""
    await numbers_from(database, 7_000_000)
    for ordering, names in zip(Ordering, (NAMES[1:], NAMES[1:2], NAMES[1:2]), strict=True):
        first = await everything_of(database, NAME, ordering)
        for name in names:
            other = await everything_of(database, name, ordering)
            assert [what for what in other if other[what] != first[what]] == [], name


@pytest.mark.on_both
async def test_sorting_by_the_name_is_caught(database: Database) -> None:
    """The control: a list that is sorted by the name differs, so the test above can fail."""
    await numbers_from(database, 7_000_000)
    one, other = [
        await everything_of(database, name, Ordering.ALPHABETICAL, sorts_by_name=True)
        for name in ("Aaron Aardvark", "Zoe Zimmer")
    ]

    assert one["who signed"] != other["who signed"]
    assert one["web list.csv"] != other["web list.csv"]


async def test_counted_and_described(database: Database) -> None:
    """A signer who withholds their name is counted, and listed by their description."""
    letter = await a_letter_with(database)
    await signs(database, NURSE, letter, withheld(letter, NAME))
    await signs(database, MEMBER, letter)

    assert await the_tally(database, letter) == Tally(people=2, withheld=1)
    assert await the_list(database, letter) == ["A Member", DESCRIBED]
    found = await the_letter(database, letter.id)
    assert counted_words(T, found) == "2 signatures, 1 name withheld"
    page = (await Web(database).everything(found))[""].body.decode()
    assert "2 people (1 name withheld)" in page


async def test_described_in_the_letters_language() -> None:
    """The words in place of the name are in the letter's language, as the entry is printed."""
    assert withheld_note("fr") == "Nom non communiqué"
    assert withheld_note("en") == "Name withheld"


async def test_known_to_organisers_only(database: Database) -> None:
    """An organiser reads the name in the window of signers; no message and no file names it."""
    letter = await a_letter_with(database)
    await signs(database, NURSE, letter, withheld(letter, NAME))
    page = await signers.signers(database, letter=letter.id, actor=ORGANISER, after="", limit=10)
    seen = words_of(signers_view(T, page, Place(letter=letter.id, part=Part.SIGNERS), {}, ""))

    assert NAME in seen
    assert f"<@{NURSE.person.user}>" in seen


async def test_messages_do_not_name_the_entry(database: Database) -> None:
    """Messages to the signer can be exported, so they have neither name nor description."""
    letter = await a_letter_with(database)
    signed = await signs(database, NURSE, letter, withheld(letter, NAME))
    found = await own_signature.receipt(database, letter=letter.id, person=NURSE.person)
    assert found is not None
    held = await own_signature.mine(database, actor=NURSE)
    told = [
        receipt(T, found), my_signatures(T, held), answered(T, letter, held[0][1]),
    ]  # fmt: skip
    assert "Your name is withheld" in json.dumps(told[0])
    await withdrawals.withdraw(
        database, endorsement=signed.endorsement, actor=NURSE, trigger=a_trigger()
    )
    found = await own_signature.receipt(database, letter=letter.id, person=NURSE.person)
    assert found is not None
    told.append(receipt(T, found))

    owed = json.dumps([*told, *(one["subject"] for one in await rows(database, "outbox"))])
    assert "Leeds" not in owed
    assert "Quill" not in owed


async def test_the_form_says_who_can_see_it(database: Database) -> None:
    """The signer agrees to an entry without their name, and reads who can see the name still."""
    letter = await a_letter_with(database)
    signing = views.Signing(
        letter=letter.id, text_sha256=letter.text_sha256, language="en",
        offered=tuple(views.capacities(letter, ())), capacity=Capacity.WITHHELD,
    )  # fmt: skip
    caller = Caller(actor=NURSE, t=T, tz="UTC", name=NAME)
    made = views.composed(caller, signing, Facts(name=NAME, title="nurse, Leeds"))
    assert isinstance(made, Signature)
    form = words_of(views.approval(T, letter, signing, made))

    assert made.consent in form
    assert re.sub("[\u2068\u2069]", "", form).count(DESCRIBED) == 1
    for one in (
        "Organisers, now and later",
        "person who runs Undersigned",
        "export the app’s messages",
    ):
        assert one in made.consent
    assert "Sort as" not in form


async def test_only_the_signer_shows_it(database: Database) -> None:
    """The signer shows their name as they were shown it; an organiser can neither edit nor show it."""
    letter = await a_letter_with(database)
    signed = await signs(database, NURSE, letter, withheld(letter, NAME))
    for facts in (Facts(name=NAME), Facts(name=NAME, title="Dr")):
        correcting = corrections.correct(
            database, endorsement=signed.endorsement, actor=ORGANISER, facts=facts, asks=False,
            trigger=a_trigger(),
        )  # fmt: skip
        await refused(correcting, Reason.NAME_IS_WITHHELD)
    await letter_rules.set_rules(
        database, letter=letter.id, actor=ORGANISER, rules=Rules(), trigger=a_trigger()
    )
    assert await the_list(database, letter) == [DESCRIBED]
    refusing = signs(database, MEMBER, letter, replace(withheld(letter, "B"), key="T1:U0MEMBER"))
    await refused(refusing, Reason.NAMES_ARE_SHOWN)

    (_, held, _), *_ = await own_signature.mine(database, actor=NURSE)
    again = withheld(letter, NAME, "midwife, Leeds")
    await changes(database, endorsement=held.id, actor=NURSE, signature=again)
    assert await the_list(database, letter) == ["Name withheld, midwife, Leeds"]
    capacity, facts = with_name(again.facts)
    made = a_signature(NURSE, letter, capacity, name=facts.name, title=facts.title)
    assert made.entry in name_words(T, replace(held, signature=again))
    await changes(database, endorsement=held.id, actor=NURSE, signature=made)

    assert await the_list(database, letter) == [f"{NAME}, midwife, Leeds"]
    assert await the_tally(database, letter) == Tally(people=1)
    (kept,) = await rows(database, "endorsements")
    assert (kept["withheld"], kept["consent"]) == ("", made.consent)


async def test_erased(database: Database) -> None:
    """The withheld name is among what its signer is shown, and is erased with it."""
    letter = await a_letter_with(database)
    await signs(database, NURSE, letter, withheld(letter, NAME))
    kept = await erasure.kept_about(database, workspace=WORKSPACE, person=NURSE.person)
    assert kept.tables["endorsements"][0]["withheld"] == NAME
    await erasure.erase_person(database, workspace=WORKSPACE, person=NURSE.person)

    everything = repr([await rows(database, one.name) for one in metadata.sorted_tables])
    assert "Quill" not in everything
    assert "Leeds" not in everything
