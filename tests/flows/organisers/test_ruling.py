"""An organiser lays down a letter's rules, from the preview and later."""

from datetime import timedelta

from bot.letters.rules import Confirmation, Hidden, Ordering, Reminded, Silence
from tests.flows.conftest import RunningBot
from tests.support.scenes.drafts import a_draft, kept
from tests.support.stories import CHANNEL, a_posted_letter


async def test_rules_of_a_draft(running_bot: RunningBot) -> None:
    """Each rule is chosen in a form that opens from the preview, and an edit keeps them."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Preview")

    await organiser.click("Rules")
    await organiser.sees_modal("Rules")
    await organiser.fill(
        {
            "Before an organisation is listed, we need": "Two signers",
            "What to keep hidden at first": "Names and count",
            "Or until this many signatures": 50,
            "Order of the list": "By country",
            "Groups in the list": "All together",
            "silence": "Remove them from the list",
            "reminded": "Only those invited",
        }
    )
    assert await organiser.submit() is None
    await organiser.sees("Names and numbers stay hidden until there are 50 signatures.")
    await organiser.close()
    await organiser.sees_modal("Preview")
    await organiser.click("Edit")
    await organiser.sees_modal("Edit the letter")
    assert await organiser.submit() is None
    await organiser.sees_modal("Preview")

    rules = (await kept(running_bot)).letter.rules
    assert rules.confirmation is Confirmation.SECOND
    assert rules.silence is Silence.DROP
    assert rules.ordering is Ordering.COUNTRY
    assert not rules.grouped
    assert rules.reminded is Reminded.INVITED
    assert rules.embargo is not None
    assert (rules.embargo.hides, rules.embargo.until_listed) == (Hidden.ALL, 50)


async def test_refused_at_the_field(running_bot: RunningBot) -> None:
    """What is wrong is said beside its field: an embargo without an end, or in the past."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter rules")
    await organiser.sees_modal("Rules")
    await organiser.fill({"What to keep hidden at first": "Names"})
    assert list(await organiser.submit() or {}) == ["until"]
    await organiser.fill({"until": running_bot.now - timedelta(hours=1)})
    assert list(await organiser.submit() or {}) == ["until"]
    await organiser.fill({"until": running_bot.now + timedelta(hours=1)})
    assert await organiser.submit() is None


async def test_what_people_were_shown_stays(running_bot: RunningBot) -> None:
    """After the draft, what silence and withdrawal mean cannot change; the rest can."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter rules")
    await organiser.sees_modal("Rules")
    await organiser.fill({"silence": "Remove them from the list"})
    assert list(await organiser.submit() or {}) == ["silence"]
    await organiser.fill({"silence": "Keep them on the list", "withdrawn_line": "marked"})
    assert list(await organiser.submit() or {}) == ["withdrawn_line"]
    await organiser.fill({"withdrawn_line": "removed", "Order of the list": "By date signed"})
    assert await organiser.submit() is None

    assert (await kept(running_bot)).letter.rules.ordering is Ordering.TIME


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but an organiser lays down rules."""
    await a_posted_letter(running_bot)

    await running_bot.member.command(CHANNEL, "/letter rules")

    await running_bot.member.sees("Only organisers of", channel=CHANNEL)
    assert await running_bot.member.view() is None


async def test_deadlines(running_bot: RunningBot) -> None:
    """The form asks when a letter truly closes, and the preview says both moments."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.click("draft.more")
    await organiser.sees("Extra time for late signers")
    await organiser.fill(
        {"The letter": "We ask.", "Extra time for late signers": "A few minutes later"}
    )
    assert list(await organiser.submit() or {}) == ["grace_minutes"]
    await organiser.fill({"Extra minutes": 30})
    assert await organiser.submit() is None

    await organiser.sees("Late signers have until")
    letter = (await kept(running_bot)).letter
    assert letter.closes_at - letter.deadline == timedelta(minutes=30)
    assert letter.tz == "Europe/Berlin"
