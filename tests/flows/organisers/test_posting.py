"""Cards go up in channels and come down again."""

from datetime import timedelta

from bot.features.cards import use_cases as posting
from bot.features.drafts.use_cases import drafts
from bot.letters.draft import Draft
from bot.letters.phases import Phase
from tests.flows.conftest import RunningBot
from tests.support.scenes.drafts import ORGANISER, a_draft, kept
from tests.support.stories import CHANNEL, a_posted_letter


async def phase(bot: RunningBot) -> Phase:
    return (await kept(bot)).letter.phase


async def test_new_preview_post(running_bot: RunningBot) -> None:
    """A form and a preview lead to a card in the channel that was chosen."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask.", "From": "The Coalition"})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    await organiser.click("Post")
    await organiser.sees_modal("Post")
    await organiser.sees("If you change the text later, signers we can reach")
    assert await organiser.submit() is None

    await organiser.sees_modal("Posted")
    await organiser.sees("Card posted in")
    await running_bot.member.sees("No signatures yet", channel=CHANNEL)
    await organiser.close()
    await organiser.sees_no_modal()
    assert await phase(running_bot) is Phase.OPEN


async def test_changed_meanwhile(running_bot: RunningBot) -> None:
    """A preview posts the text that it showed; if that has changed since, nothing is posted."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask.", "From": "The Coalition"})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")
    database = running_bot.process.database
    letter = (await kept(running_bot)).letter
    await drafts.edit(
        database,
        letter=letter.id,
        actor=ORGANISER,
        draft=Draft(title="One Internet", body="We demand.", deadline=letter.deadline),
    )
    await organiser.click("Post")
    await organiser.sees_modal("Post")
    await organiser.submit()
    await organiser.sees("This has changed since you opened it, so")
    assert await phase(running_bot) is Phase.DRAFT


async def test_several_channels(running_bot: RunningBot) -> None:
    """One letter goes up in several channels at once, and later in another."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees_modal("Post")
    await organiser.fill({"Channels": ["general", "open-internet"], "Your own words": "At last!"})
    assert await organiser.submit() is None
    await organiser.sees_modal("Posted")
    for channel in ("general", "open-internet"):
        await organiser.sees("“\u2068At last!\u2069”", channel=channel)
    for channel in ("general", "open-internet"):
        await organiser.sees("One Internet", channel=channel)
    await organiser.click("Invite")
    await organiser.sees_modal("Invite")
    await organiser.close(everything=True)

    await running_bot.simulator.change_channel("C0STEERING", add=["U0BOT"])
    await organiser.command("steering-group", "/letter post")
    await organiser.sees_modal("Post")
    await organiser.sees("<#C0GENERAL>")
    assert await organiser.submit() is None
    await organiser.sees("One Internet", channel="steering-group")


async def test_private_channel(running_bot: RunningBot) -> None:
    """A private channel without the bot is refused by its name; invited, it works."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command("steering-group", "/letter post")
    await organiser.sees_modal("Post")

    assert await organiser.submit() is None
    await organiser.sees("I’m not in <#C0STEERING> yet. Type /invite @Undersigned")
    assert await phase(running_bot) is Phase.DRAFT
    await running_bot.simulator.change_channel("C0STEERING", add=["U0BOT"])
    assert await organiser.submit() is None
    await organiser.sees("One Internet", channel="steering-group")


async def test_archived_channel(running_bot: RunningBot) -> None:
    """An archived channel is refused at the field, by name, and nothing opens."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees_modal("Post")
    await running_bot.simulator.change_channel("C0OPENINTERNET", archive=True)

    errors = await organiser.submit()

    assert errors is not None
    assert "#open-internet" in errors["channels"]
    assert await phase(running_bot) is Phase.DRAFT


async def test_shared_channel(running_bot: RunningBot) -> None:
    """A channel that other organisations see is named so in the form, and takes a second yes."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command("partners", "/letter post")
    await organiser.sees_modal("Post")
    assert await organiser.submit() is None

    await organiser.sees("shared with other organisations")
    assert await phase(running_bot) is Phase.DRAFT
    assert await organiser.submit() is None

    await organiser.sees_modal("Posted")
    await running_bot.visitor.sees("One Internet", channel="partners")


async def test_slack_is_silent(running_bot: RunningBot) -> None:
    """When Slack does not say what a channel is, nothing opens and the button can be pressed again."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees_modal("Post")
    for fault in ("429", "500", "reset", "ratelimited"):
        await running_bot.simulator.faults({"method": "conversations.info", "kind": fault})
        errors = await organiser.submit()
        assert errors is not None
        assert "try again in a minute" in errors["channels"]
    await running_bot.simulator.faults()
    assert await phase(running_bot) is Phase.DRAFT

    assert await organiser.submit() is None
    await organiser.sees("One Internet", channel=CHANNEL)


async def test_posted_already(running_bot: RunningBot) -> None:
    """A channel that has the card already is refused at the field."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees_modal("Post")

    errors = await organiser.submit()

    assert errors is not None
    assert "The letter is already in that channel. Choose" in errors["channels"]


async def test_deadline_over(running_bot: RunningBot) -> None:
    """A draft whose deadline has passed is not posted; what to change is said at the field."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await running_bot.after(timedelta(days=10))
    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees_modal("Post")

    errors = await organiser.submit()

    assert errors is not None
    assert "Edit the draft" in errors["channels"]
    assert await phase(running_bot) is Phase.DRAFT


async def test_choice(running_bot: RunningBot) -> None:
    """A command that may mean two drafts offers both, and the pick goes on."""
    await a_draft(running_bot)
    await a_draft(running_bot, title="Two Internets")
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees("Which letter", channel=CHANNEL)
    await organiser.click("post #2", channel=CHANNEL)

    await organiser.sees("Two Internets")
    assert await organiser.submit() is None
    await organiser.sees("Two Internets", channel=CHANNEL)


async def test_take_down(running_bot: RunningBot) -> None:
    """A card taken down leaves its channel; the letter stays open and can be posted again."""
    await a_posted_letter(running_bot, "C0OPENINTERNET", "C0GENERAL")
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter takedown")
    await organiser.sees_modal("Remove a card")
    cards = await posting.cards(running_bot.process.database, letter=1)
    here = next(card for card in cards if card.channel == "C0OPENINTERNET")
    await organiser.click(f"1:{here.id}")

    await running_bot.member.sees_no("No signatures yet", channel=CHANNEL)
    await organiser.sees("No signatures yet", channel="general")
    await organiser.close()
    assert await phase(running_bot) is Phase.OPEN

    await organiser.command(CHANNEL, "/letter post")
    await organiser.sees_modal("Post")
    assert await organiser.submit() is None
    await running_bot.after(timedelta(seconds=5))  # a channel takes one message a second
    await running_bot.member.sees("No signatures yet", channel=CHANNEL)


async def test_organisers_only(running_bot: RunningBot) -> None:
    """Somebody else posts nothing and takes nothing down, and is told who can."""
    await a_posted_letter(running_bot)

    for word in ("post", "takedown"):
        await running_bot.member.command(CHANNEL, f"/letter {word} #1")
        await running_bot.member.sees("Only organisers of", channel=CHANNEL)
    assert await running_bot.member.view() is None
