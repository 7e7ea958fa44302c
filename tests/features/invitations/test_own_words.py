"""An invitation carries the organiser's own words, names who invites, and waits for daytime."""

from datetime import timedelta

from bot.features.invitations.slack.first_signer_messages import Chosen, first_signer
from bot.features.invitations.slack.first_signer_views import preview as first_preview
from bot.features.invitations.slack.messages import invited
from bot.features.invitations.slack.views import preview
from bot.features.invitations.use_cases import answers, first_signers, invitations
from bot.letters.letter import Letter
from bot.locales import words
from bot.storage import workspaces
from bot.storage.database import Database
from tests.support.clock import START, Clock
from tests.support.letters import (
    MEMBER,
    ORGANISER,
    OTHER_MEMBER,
    WORKSPACE,
    a_draft,
    a_trigger,
    an_open_letter,
    rows,
)
from tests.support.live_marks import check_message, check_view
from tests.support.reading import words_of
from tests.support.scenes.invitations import a_person, acquaintance
from tests.support.scenes.worst import HOSTILE

T = words("en-GB")
NIGHT = START + timedelta(hours=12)  # Tuesday, 22:00
MORNING = START + timedelta(hours=23)  # Wednesday, 9:00


async def due(database: Database, kind: str) -> list[object]:
    return [row["due_at"] for row in await rows(database, "outbox") if row["kind"] == kind]


async def test_words_and_who(database: Database) -> None:
    """The message has the words of the organiser who invited, and names that one."""
    letter = await an_open_letter(database)
    for actor, said in ((MEMBER, "You were at the meeting."), (OTHER_MEMBER, "")):
        await invitations.invite(
            database, letter=letter.id, actor=ORGANISER,
            wanted=[a_person(actor, words=f" {said} ")], met=[acquaintance(actor)],
            trigger=a_trigger(),
        )  # fmt: skip
    shown: list[str] = []
    for actor in (MEMBER, OTHER_MEMBER):
        found = await answers.first(database, letter=letter.id, person=actor.person)
        assert isinstance(found, answers.Addressee)
        assert found.by == ORGANISER.person
        text, blocks = invited(T, found)
        assert ("You were at the meeting." in text) is (actor is MEMBER)
        shown.append(words_of({"blocks": blocks}))

    assert "“\u2068You were at the meeting.\u2069”" in shown[0]
    assert "“" not in shown[1]
    assert f"<@{ORGANISER.person.user}> invited you" in shown[1]


async def test_in_daytime_or_now(database: Database, clock: Clock) -> None:
    """At night a message waits for nine in the morning of its reader, unless it's to go now."""
    letter = await an_open_letter(database)
    clock.set(NIGHT)
    for actor, at_once in ((MEMBER, False), (OTHER_MEMBER, True)):
        await invitations.invite(
            database, letter=letter.id, actor=ORGANISER, wanted=[a_person(actor)],
            met=[acquaintance(actor)], at_once=at_once, trigger=a_trigger(),
        )  # fmt: skip

    assert sorted(map(str, await due(database, "invitation"))) == [str(NIGHT), str(MORNING)]


async def test_first_signers(database: Database, clock: Clock) -> None:
    """First signers too get words and who chose them, in their daytime."""
    letter = await a_draft(database)
    clock.set(NIGHT)
    known = acquaintance(MEMBER, "Pacific/Auckland")  # eleven in the morning
    await database.write(lambda tx: workspaces.meet(tx, WORKSPACE, [known]))
    await first_signers.found(
        database, letter=letter.id, actor=ORGANISER, words="Please be among the first.",
        people=[MEMBER.person, OTHER_MEMBER.person], trigger=a_trigger(),
    )  # fmt: skip

    assert sorted(map(str, await due(database, "first_signer"))) == [str(NIGHT), str(MORNING)]
    (owed, *_) = [row for row in await rows(database, "outbox") if row["kind"] == "first_signer"]
    found = await first_signers.invited(
        database, letter=letter.id, person=MEMBER.person, by=ORGANISER.person.user
    )
    assert isinstance(found, Letter)
    message = first_signer(T, Chosen(letter=found, by=owed["subject"]["by"], words="Please."))
    assert check_message(message[1]) == []
    assert "“\u2068Please.\u2069”" in words_of({"blocks": message[1]})
    assert message[0].startswith(f"<@{ORGANISER.person.user}> invites you")
    assert "until" in message[0]


async def test_previews(database: Database) -> None:
    """A preview shows the message as it will arrive, whatever was typed, without its buttons."""
    letter = await an_open_letter(database)
    for text in HOSTILE:
        addressee = answers.as_if_invited(
            letter, by=ORGANISER.person, organisation=text, words=text * 20
        )
        chosen = Chosen(letter=letter, by="U0ORGANISER", words=text * 20)
        for view in (preview(T, addressee), first_preview(T, chosen)):
            assert check_view(view) == []
            assert "actions" not in {block["type"] for block in view["blocks"]}
