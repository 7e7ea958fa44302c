"""An organiser looks after organisations: records, contests, names that are one."""

from bot.letters.rules import Confirmation, Embargo, Hidden
from tests.flows.conftest import RunningBot
from tests.flows.test_delegates import a_contact, a_letter_with
from tests.support.letters import a_row, adds, the_letter
from tests.support.people import Person
from tests.support.scenes.delegates import confirms, objects
from tests.support.scenes.drafts import ORGANISER
from tests.support.stories import CHANNEL, sign_for


async def opens_case(organiser: Person, entry: str) -> None:
    """Look at the one organisation that waits."""
    await organiser.command(CHANNEL, "/letter organisations")
    await organiser.sees_modal("Waiting or removed")
    await organiser.sees(entry)
    await organiser.click("Open")
    await organiser.sees_modal("Organisation")


async def records(organiser: Person) -> None:
    """Records in the open case how the organisation's permission is known."""
    await organiser.click("Record permission")
    await organiser.sees_modal("Record permission")
    await organiser.fill(
        {
            "Proof of permission": "Board decision",
            "Who gave permission": "Maria Chair",
            "Their role": "Chair of the board",
            "Date": "2026-03-01",
        }
    )
    assert await organiser.submit() is None
    await organiser.sees("Saved.")


async def decides(organiser: Person, decision: str, why: str) -> None:
    """Decides in the open case."""
    await organiser.click("Review")
    await organiser.sees_modal("Objection")
    await organiser.fill({"Should this signature stay?": decision, "Reason": why})
    assert await organiser.submit() is None


async def test_record(running_bot: RunningBot) -> None:
    """An organiser's record lists what waits for it; all that is kept is in the case."""
    await a_letter_with(running_bot, confirmation=Confirmation.ORGANISER)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "TEDIC", country="Paraguay", role="Director")
    await running_bot.member.sees("n organiser needs to record", channel="app")
    await organiser.command(CHANNEL, "/letter status")
    await organiser.sees("*1 entry* isn’t on the list yet", channel=CHANNEL)

    await organiser.command(CHANNEL, "/letter organisations")
    await organiser.sees("Needs proof of permission")
    await organiser.click("Open")
    case = await organiser.sees("No proof of permission yet.")
    for kept in (
        "First Member",
        "Director",
        "<@U0MEMBER1>",
        "By signing, you agree that TEDIC is published",
    ):
        assert kept in case
    await records(organiser)
    case = await organiser.text()
    for kept in ("Board decision", "Maria Chair", "Chair of the board", "1 Mar 2026"):
        assert kept in case
    assert "<@U0ORGANISER>" in case

    await organiser.sees("1 signature", channel=CHANNEL)
    await running_bot.member.sees("On the list", channel="app")


async def test_refused_at_the_field(running_bot: RunningBot) -> None:
    """A record of a day that is ahead is refused beside the day."""
    await a_letter_with(running_bot, confirmation=Confirmation.ORGANISER)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "TEDIC")
    await opens_case(organiser, "TEDIC")
    await organiser.click("Record permission")
    await organiser.sees_modal("Record permission")
    await organiser.fill(
        {"Who gave permission": "Maria", "Their role": "Chair", "Date": "2027-03-01"}
    )
    assert list(await organiser.submit() or {}) == ["given_on"]


async def test_record_alone(running_bot: RunningBot) -> None:
    """An organiser's record alone is not enough if the letter asks for a second person."""
    await a_letter_with(running_bot, confirmation=Confirmation.SECOND)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "TEDIC")
    await opens_case(organiser, "TEDIC")
    await records(organiser)
    await organiser.sees("Needs a second signer")
    await organiser.close(everything=True)
    await organiser.sees("No signatures yet", channel=CHANNEL)

    said = await confirms(running_bot.another, "TEDIC")

    assert "On the list" in said
    await organiser.sees("1 signature", channel=CHANNEL)


async def test_objection_rejected(running_bot: RunningBot) -> None:
    """A contested entry is off the list until an organiser keeps it; everybody is told."""
    await a_letter_with(running_bot)
    organiser, member, another = running_bot.organiser, running_bot.member, running_bot.another
    await sign_for(member, "TEDIC")
    await organiser.sees("1 signature", channel=CHANNEL)

    await a_contact(running_bot, "TEDIC")
    await objects(another, "TEDIC", reason="Our board never heard of it.")
    await organiser.sees("No signatures yet", channel=CHANNEL)
    await member.click("Sign", channel=CHANNEL)
    await member.sees("It’s off the list until an organiser decides.")
    await member.close(everything=True)

    await organiser.click("Review", channel="app")
    await organiser.sees("Disputed")
    await organiser.sees("Our board never heard of it.")
    await decides(organiser, "Keep", "The board minutes show it.")
    await organiser.sees("The board minutes show it.")

    await organiser.sees("1 signature", channel=CHANNEL)
    await member.sees("On the list", channel="app")
    await another.sees("An organiser reviewed the objection, and the signature", channel="app")


async def test_objection_accepted(running_bot: RunningBot) -> None:
    """An entry that an organiser removes stays off until somebody else signs for it, or for good."""
    await a_letter_with(running_bot)
    organiser, member, another = running_bot.organiser, running_bot.member, running_bot.another
    await sign_for(member, "TEDIC")
    await a_contact(running_bot, "TEDIC")
    await objects(another, "TEDIC")
    await opens_case(organiser, "TEDIC")
    await decides(organiser, "Remove", "The board says no.")
    await organiser.sees("Removed by an organiser")
    await organiser.close(everything=True)
    await member.sees("Removed by an organiser. If that’s wrong", channel="app")
    await another.sees("removed", channel="app")

    third = running_bot.third
    await third.click("Sign", channel=CHANNEL)
    await third.sees_modal("Sign the letter")
    await third.fill({"How are you signing?": "For my organisation"})
    await third.sees("Organisation")
    await third.fill(
        {
            "Organisation": "Tedic",
            "Your role there": "Board",
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
    )
    assert await third.submit() is None
    await third.submit()
    await third.sees("Thank you! You’ve signed.")
    await organiser.sees("someone else has signed for it", channel="app")
    await organiser.sees("1 signature", channel=CHANNEL)

    await organiser.command(CHANNEL, "/letter history")
    await organiser.sees_modal("History")
    await organiser.click("Restore")
    await organiser.sees("Restored: 1 signature")
    await member.sees("On the list", channel="app")


async def test_objection_of_a_stranger(running_bot: RunningBot) -> None:
    """An objection by somebody without a tie changes nothing until an organiser decides."""
    await a_letter_with(running_bot)
    organiser, another = running_bot.organiser, running_bot.another
    await sign_for(running_bot.member, "TEDIC")
    await another.command(CHANNEL, "/letter object #1 TEDIC")
    await another.sees("It stays as it is until an organiser decides.")
    await another.fill({"role": "Chair", "reason": "伪造"})
    assert await another.submit() is None
    await another.sees("The organisers have your objection")
    await another.close(everything=True)
    await organiser.sees("so nothing changes until an organiser decides", channel="app")
    await organiser.sees("1 signature", channel=CHANNEL)

    await organiser.click("Review", channel="app")
    await organiser.sees("We don’t know whether they’re from this organisation.")
    await decides(organiser, "Remove", "The board says no.")
    await organiser.sees("No signatures yet", channel=CHANNEL)
    await another.sees("An organiser removed the signature.", channel="app")


async def test_object_after_closing(running_bot: RunningBot) -> None:
    """Somebody can object by a command when nobody can sign any more."""
    await a_letter_with(running_bot)
    await sign_for(running_bot.member, "TEDIC")
    organiser, another = running_bot.organiser, running_bot.another
    await organiser.command(CHANNEL, "/letter close")
    await organiser.sees_modal("Deadline")
    await organiser.submit()
    await organiser.close(everything=True)

    await another.command(CHANNEL, "/letter object #1 TEDIC")
    await another.sees_modal("Object")
    assert list(await another.submit() or {}) == ["role", "reason"]
    await another.fill({"role": "Chair", "reason": "Nobody asked us."})
    assert await another.submit() is None
    await another.sees("white_check_mark: Thanks. The organisers have your")
    await organiser.sees("Someone objected to the signature of", channel="app")


async def test_object_under_embargo(running_bot: RunningBot) -> None:
    """Under an embargo the command tells nobody who signed."""
    await a_letter_with(running_bot, embargo=Embargo(hides=Hidden.NAMES, until_listed=50))
    await sign_for(running_bot.member, "TEDIC")
    for name in ("TEDIC", "Nobody at all"):
        await running_bot.another.command(CHANNEL, f"/letter object #1 {name}")
        await running_bot.another.sees("are under embargo", channel=CHANNEL)
        assert await running_bot.another.view() is None


async def test_merge(running_bot: RunningBot) -> None:
    """Two spellings that an organiser finds to be one count once; a later one joins it."""
    await a_letter_with(running_bot)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "Electronic Frontier Foundation")
    await sign_past_the_question(running_bot.another, "EFF")
    await organiser.sees("2 signatures", channel=CHANNEL)

    await organiser.command(CHANNEL, "/letter organisations")
    await organiser.click("Possible duplicates")
    await organiser.sees("Merge into the first")
    await organiser.click("Merge into the first")
    await organiser.sees("2 signers")
    await organiser.sees("No possible duplicates found.")

    await organiser.sees("1 signature", channel=CHANNEL)
    await running_bot.another.sees("Electronic Frontier Foundation", channel="app")
    said = await confirms(running_bot.third, "EFF")
    assert "Electronic Frontier Foundation" in said
    await organiser.sees("1 signature", channel=CHANNEL)


async def test_different(running_bot: RunningBot) -> None:
    """Entries that an organiser finds to be two are not asked about again."""
    await a_letter_with(running_bot)
    organiser = running_bot.organiser
    await sign_for(running_bot.member, "Electronic Frontier Foundation")
    await sign_past_the_question(running_bot.another, "EFF")

    await organiser.command(CHANNEL, "/letter organisations")
    await organiser.click("Possible duplicates")
    await organiser.click("Not the same")
    await organiser.sees("Saved as separate entries. We won’t ask again.")
    await organiser.click("Back")
    await organiser.sees_modal("Waiting or removed")
    await organiser.click("Possible duplicates")
    await organiser.sees("No possible duplicates found.")
    await organiser.sees("2 signatures", channel=CHANNEL)


async def test_a_cluster(running_bot: RunningBot) -> None:
    """Of names that look alike, some are merged by choice, and the others are kept apart at once."""
    await a_letter_with(running_bot)
    organiser, database = running_bot.organiser, running_bot.process.database
    letter = await the_letter(database, 1, ORGANISER)
    names = ["Lanternfold Kenya", "Lanternfolld Kenya", "Lanternfold Kennya", "Lanternfold Kenyaa"]
    for name in names:
        await adds(database, letter, a_row(organisation=name), actor=ORGANISER)
    await organiser.command(CHANNEL, "/letter alike #1")
    await organiser.sees("Which of these are the same?")
    await organiser.click("Merge")
    await organiser.sees("the one to list them as")

    await organiser.command(CHANNEL, "/letter alike #1")
    await organiser.choose("Choose names", [f"1. {names[0]}", f"2. {names[1]}"])
    await organiser.choose("Choose a name", f"2. {names[1]}")
    await organiser.click("Merge")
    await organiser.sees("3 signatures", channel=CHANNEL)
    await organiser.click("All different")
    await organiser.sees("Saved as separate entries. We won’t ask again.")
    await organiser.sees("No possible duplicates found.")
    await organiser.command(CHANNEL, "/letter history #1")
    await organiser.sees("and 2 similar names")


async def sign_past_the_question(person: Person, organisation: str) -> None:
    """Sign for an organisation that is another one than the one with a name like it."""
    await person.click("Sign", channel=CHANNEL)
    await person.sees_modal("Sign the letter")
    await person.fill({"How are you signing?": "For my organisation"})
    await person.sees("Organisation")
    await person.fill(
        {
            "Organisation": organisation,
            "Your role there": "Director",
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
    )
    assert await person.submit() is None
    await person.click("No, a different one")
    await person.sees("heck how it will appear")
    assert await person.submit() is None
    await person.sees_modal("Signed")
    await person.close(everything=True)


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but an organiser sees what is kept of organisations."""
    await a_letter_with(running_bot)
    await running_bot.member.command(CHANNEL, "/letter organisations #1")
    await running_bot.member.sees("Only organisers of", channel=CHANNEL)
    assert await running_bot.member.view() is None


async def test_person_removed(running_bot: RunningBot) -> None:
    """An organiser removes a person's entry by its name; the person reads why, and can come back."""
    await a_letter_with(running_bot)
    organiser, member = running_bot.organiser, running_bot.member
    await member.click("Sign", channel=CHANNEL)
    await member.sees_modal("Sign the letter")
    await member.fill({"Your name": "The Pope"})
    assert await member.submit() is None
    assert await member.submit() is None
    await organiser.sees("1 signature", channel=CHANNEL)
    await organiser.command(CHANNEL, "/letter correct #1 The Pope")
    await organiser.click("Remove from list")
    await organiser.sees_modal("Remove from list")
    assert list(await organiser.submit() or {}) == ["why"]
    await organiser.fill({"Reason": "That isn’t your name."})
    assert await organiser.submit() is None
    await organiser.sees("Removed:")
    await member.sees("That isn’t your name.", channel="app")
    await organiser.sees("No signatures yet", channel=CHANNEL)
    await organiser.click("Restore")
    await organiser.sees("Restored:")
    await organiser.sees("1 signature", channel=CHANNEL)
