"""An organiser writes a letter in Slack: by the form, from a message, and with second thoughts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.features.desk.use_cases import home
from bot.letters.text import canonical, split_title
from bot.slack.text.rich_text import markdown_to_rich_text
from tests.flows.conftest import RunningBot
from tests.support.reading import fields
from tests.support.scenes.drafts import ORGANISER, a_draft, kept
from tests.support.scenes.published import LETTERS, Published
from tests.support.scenes.worst import HOSTILE
from tests.support.stories import CHANNEL, a_posted_letter


async def nothing_kept(bot: RunningBot) -> bool:
    found = await home.page(bot.process.database, actor=ORGANISER)
    return found.organised == ()


def started_with(view: dict[str, Any] | None, block: str) -> Any:
    """Return what a field of the open form starts with."""
    assert view is not None
    for place, element in fields(view["blocks"]):
        if place["block_id"] == block:
            return next(value for key, value in element.items() if key.startswith("initial_"))
    raise AssertionError(block)


async def test_new_letter(running_bot: RunningBot) -> None:
    """A filled form is kept as a draft and shown as people will see it: the card and the letter."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new")
    await organiser.sees_modal("New letter")
    await organiser.fill(
        {
            "Title": "One Internet",
            "From": "The Coalition",
            "The letter": "We, the undersigned, ask for one Internet.",
        }
    )
    await organiser.click("draft.more")
    await organiser.sees("Who can sign")
    await organiser.fill(
        {
            "Summary": "Please sign.",
            "Who can sign": "Organisations only",
            "Goal": 20,
        }
    )
    assert await organiser.submit() is None

    await organiser.sees_modal("Overview")
    shown = await organiser.sees("We, the undersigned, ask for one Internet.")
    assert "From \u2068The Coalition\u2069" in shown
    assert "0 of 20" in shown
    whole = await kept(running_bot)
    assert (whole.letter.title, whole.letter.signers, whole.letter.goal) == (
        "One Internet",
        "organisations",
        20,
    )
    assert whole.body == "We, the undersigned, ask for one Internet.\n"


async def test_suggested_deadline(running_bot: RunningBot) -> None:
    """The deadline starts two weeks ahead at 17:00 of the organiser's own zone, here Berlin's."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new Save the payload of letters & more")
    view = await organiser.sees_modal("New letter")

    assert started_with(view, "deadline") == datetime(2026, 3, 17, 16, tzinfo=UTC).timestamp()
    assert started_with(view, "title") == "Save the payload of letters & more"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"Deadline": datetime(2026, 3, 3, 9, 59, tzinfo=UTC)}, "deadline"),
        ({"The letter": " \n "}, "body"),
        ({"The letter": "x" * 100_001}, "body"),
    ],
)
async def test_refused_at_the_field(
    running_bot: RunningBot, wrong: dict[str, Any], field: str
) -> None:
    """A mistake is told beside its field, nothing is kept, and all that was typed stays."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new")
    await organiser.sees_modal("New letter")
    await organiser.fill({"Title": "One Internet", "The letter": "We ask.", **wrong})

    assert list(await organiser.submit() or {}) == [field]
    assert await nothing_kept(running_bot)

    await organiser.fill({"Deadline": running_bot.now + timedelta(days=9), "The letter": "We ask."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    assert (await kept(running_bot)).letter.title == "One Internet"


async def test_guests_do_not_start(running_bot: RunningBot) -> None:
    """A guest is told kindly that members start letters, before anything is typed."""
    await running_bot.guest.command(CHANNEL, "/letter new")

    await running_bot.guest.sees("Only full members", channel=CHANNEL)
    assert await running_bot.guest.view() is None


@pytest.mark.parametrize("letter", LETTERS, ids=str)
async def test_long_letter_typed(running_bot: RunningBot, letter: Published) -> None:
    """A real letter’s text, over 4,000 characters, is created in the form exactly as it is."""
    title, body = split_title(letter.text)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new")
    await organiser.sees_modal("New letter")
    await organiser.fill({"Title": title, "The letter": markdown_to_rich_text(body)})
    assert await organiser.submit() is None

    await organiser.sees_modal("Overview")
    whole = await kept(running_bot)
    assert whole.letter.title == title
    assert whole.body == canonical(body)


@pytest.mark.parametrize("letter", LETTERS, ids=str)
async def test_long_letter_from_message(running_bot: RunningBot, letter: Published) -> None:
    """“Make this a letter” fills the form with a message, its heading as the title, word for word."""
    markdown = letter.text
    title, body = split_title(markdown)
    organiser = running_bot.organiser
    ts = await organiser.says(CHANNEL, markdown)

    await organiser.shortcut("make_letter", channel=CHANNEL, ts=ts)
    view = await organiser.sees_modal("New letter")
    assert started_with(view, "title") == title
    assert await organiser.submit() is None

    await organiser.sees_modal("Overview")
    assert (await kept(running_bot)).body.split() == body.split()


async def test_hostile_message(running_bot: RunningBot) -> None:
    """A message full of pings and marks becomes a letter of words, and pings nobody."""
    organiser = running_bot.organiser
    ts = await organiser.says(CHANNEL, "\n\n".join(["A title", *HOSTILE]))

    await organiser.shortcut("make_letter", channel=CHANNEL, ts=ts)
    await organiser.sees_modal("New letter")
    assert await organiser.submit() is None

    view = await organiser.sees_modal("Overview")
    assert '"broadcast"' not in repr(view).replace("'", '"')
    assert '"user"' not in repr(view["blocks"]).replace("'", '"')


async def test_message_too_long(running_bot: RunningBot) -> None:
    """A message too long for a form is not cut: the way by a file is shown instead."""
    organiser = running_bot.organiser
    ts = await organiser.says(CHANNEL, "漢字かな交じり文。" * 4000)

    await organiser.shortcut("make_letter", channel=CHANNEL, ts=ts)

    await organiser.sees("ask the person who runs Undersigned")


async def test_edit_from_its_window(running_bot: RunningBot) -> None:
    """Edit in the window brings the form back, filled; saving it changes the same draft."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")

    await organiser.click("Edit")
    view = await organiser.sees_modal("Edit the letter")
    assert started_with(view, "title") == "One Internet"
    await organiser.fill({"Title": "Two Internets"})
    assert await organiser.submit() is None

    await organiser.sees("Two Internets")
    found = await home.page(running_bot.process.database, actor=ORGANISER)
    assert [one.letter.title for one in found.organised] == ["Two Internets"]
    assert (await kept(running_bot)).body == "We ask.\n"


async def test_edit_keeps_what_a_form_cannot_show(running_bot: RunningBot) -> None:
    """A new title leaves headings, tables and images of an imported text byte for byte."""
    await a_draft(
        running_bot,
        body="## Why\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![Seal](https://x.org/s.png)\n",
    )
    before = (await kept(running_bot)).body
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter edit")
    await organiser.sees_modal("Edit the letter")
    await organiser.fill({"Title": "Another title"})
    assert await organiser.submit() is None

    await organiser.sees_modal("Overview")
    whole = await kept(running_bot)
    assert whole.letter.title == "Another title"
    assert whole.body == before
    assert "| 1 | 2 |" in before


async def test_edit_too_long(running_bot: RunningBot) -> None:
    """A text too long for the form stays as it is while everything else is edited."""
    body = "漢字かな交じり文。" * 11_000
    await a_draft(running_bot, body=body)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter edit")
    await organiser.sees("ask the person who runs Undersigned")
    await organiser.fill({"Goal": 50})
    assert await organiser.submit() is None

    await organiser.sees_modal("Overview")
    whole = await kept(running_bot)
    assert (whole.letter.goal, whole.body.strip()) == (50, body)


async def test_edit_posted(running_bot: RunningBot) -> None:
    """A letter that is posted is not edited, and the organiser is told so."""
    await a_posted_letter(running_bot)

    await running_bot.organiser.command(CHANNEL, "/letter edit #1")

    await running_bot.organiser.sees("is already posted, so you can’t edit it", channel=CHANNEL)


async def test_edit_is_the_organisers(running_bot: RunningBot) -> None:
    """Nobody else finds a draft, let alone edits it or throws it away."""
    await a_draft(running_bot)

    for word in ("edit", "discard", "post", "read"):
        await running_bot.member.command(CHANNEL, f"/letter {word} #1")
        await running_bot.member.sees("Use its number or the start of its title", channel=CHANNEL)
    assert (await kept(running_bot)).letter.title == "One Internet"


async def test_discard(running_bot: RunningBot) -> None:
    """A draft is thrown away after a question, and only then."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter discard One")
    await organiser.sees_modal("Delete the draft")
    assert not await nothing_kept(running_bot)

    await organiser.click("Delete the draft")

    await organiser.sees_modal("Deleted")
    assert await nothing_kept(running_bot)


async def test_discard_from_its_window(running_bot: RunningBot) -> None:
    """Thrown away from its window, a draft leaves no modal of it behind."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")

    await organiser.click("Delete the draft")
    await organiser.sees_modal("Delete the draft")
    await organiser.click("discard")
    await organiser.sees_modal("Deleted")
    await organiser.close()

    await organiser.sees_no_modal()
    assert await nothing_kept(running_bot)


async def test_form_sent_again(running_bot: RunningBot) -> None:
    """A form that Slack sends twice makes one draft."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")

    submission = (await running_bot.simulator.records(kind="interactive"))[-1]
    await running_bot.simulator.redeliver(submission["id"], retry_num=1, reason="http_timeout")

    found = await home.page(running_bot.process.database, actor=ORGANISER)
    assert len(found.organised) == 1
