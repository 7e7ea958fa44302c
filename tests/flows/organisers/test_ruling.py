"""An organiser sets a letter's rules, from the preview and later."""

from datetime import timedelta

from bot.letters.rules import Confirmation, Embargo, Hidden, Ordering, Printing, Reminded, Silence
from tests.flows.conftest import RunningBot
from tests.support.scenes.drafts import a_draft, kept
from tests.support.stories import CHANNEL, a_posted_letter


async def test_rules_of_a_draft(running_bot: RunningBot) -> None:
    """Each rule is chosen in a form that opens from the settings, and an edit keeps them."""
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter new One Internet")
    await organiser.sees_modal("New letter")
    await organiser.fill({"The letter": "We ask."})
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")

    await organiser.command(CHANNEL, "/letter rules")
    await organiser.sees_modal("Rules")
    await organiser.fill(
        {
            "Organisations": "An organisation is listed once a second person there signs too.",
            "Embargo": "Names and the number of signatures are hidden.",
            "Or until this many people have signed": 50,
            "Order of the list": "The list is by country.",
            "Groups in the list": "Organisations and people are mixed.",
            "silence": "Signers who don’t answer in time are removed.",
            "reminded": "Only people who were invited get reminders.",
        }
    )
    assert await organiser.submit() is None
    await organiser.sees(
        "Names and the number of signatures are hidden. They appear once 50 people have signed."
    )
    await organiser.close(everything=True)
    await organiser.command(CHANNEL, "/letter edit")
    await organiser.sees_modal("Edit the letter")
    assert await organiser.submit() is None
    await organiser.sees_modal("Overview")

    rules = (await kept(running_bot)).letter.rules
    assert rules.confirmation is Confirmation.SECOND
    assert rules.silence is Silence.DROP
    assert rules.ordering is Ordering.COUNTRY
    assert not rules.grouped
    assert rules.reminded is Reminded.INVITED
    assert rules.embargo is not None
    assert (rules.embargo.hides, rules.embargo.until_listed) == (Hidden.ALL, 50)


async def test_refused_at_the_field(running_bot: RunningBot) -> None:
    """A mistake is told beside its field: an embargo that ends in the past."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter rules")
    await organiser.sees_modal("Rules")
    await organiser.fill({"Embargo": "The names are hidden."})
    await organiser.fill({"until": running_bot.now - timedelta(hours=1)})
    assert list(await organiser.submit() or {}) == ["until"]
    await organiser.fill({"until": running_bot.now + timedelta(hours=1)})
    assert await organiser.submit() is None


async def test_hidden_until_the_deadline(running_bot: RunningBot) -> None:
    """Names that are hidden without an end are hidden until the deadline."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter rules")
    await organiser.sees_modal("Rules")
    await organiser.fill({"Embargo": "The names are hidden."})
    assert await organiser.submit() is None

    letter = (await kept(running_bot)).letter
    assert letter.rules.embargo == Embargo(hides=Hidden.NAMES, until=letter.deadline)


async def test_what_people_were_shown_stays(running_bot: RunningBot) -> None:
    """After the draft, what silence and withdrawal mean cannot change; the rest can."""
    await a_posted_letter(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter rules")
    await organiser.sees_modal("Rules")
    await organiser.fill({"silence": "Signers who don’t answer in time are removed."})
    assert list(await organiser.submit() or {}) == ["silence"]
    await organiser.fill(
        {
            "silence": "Signers who don’t answer stay on the list, for the version they signed.",
            "withdrawn_entry": "marked",
        }
    )
    assert list(await organiser.submit() or {}) == ["withdrawn_entry"]
    await organiser.fill(
        {"withdrawn_entry": "removed", "Order of the list": "The list is by date signed."}
    )
    assert await organiser.submit() is None

    assert (await kept(running_bot)).letter.rules.ordering is Ordering.TIME


async def test_not_for_others(running_bot: RunningBot) -> None:
    """Nobody but an organiser sets rules."""
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
    await organiser.sees("Extra time")
    await organiser.fill({"The letter": "We ask.", "Extra time": "A few minutes later"})
    assert list(await organiser.submit() or {}) == ["grace_minutes"]
    await organiser.fill({"Extra minutes": 30})
    assert await organiser.submit() is None

    await organiser.sees("Late signers have until")
    letter = (await kept(running_bot)).letter
    assert letter.closes_at - letter.deadline == timedelta(minutes=30)
    assert letter.tz == "Europe/Berlin"


async def test_what_is_printed(running_bot: RunningBot) -> None:
    """The extra parts of documents and page are chosen in one window, and can be emptied again."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter settings")
    await organiser.sees("Documents and the page have nothing extra.")
    await organiser.click("rules.change:printing")
    await organiser.fill(
        {
            "Place": "Geneva",
            "Copies to": "The Board\nThe Press",
            "Also show": ["Numbers before the names"],
        }
    )
    assert await organiser.submit() is None
    await organiser.sees("Documents and the page also have: Place, Copies to, Numbers")
    chosen = Printing(place="Geneva", copies="The Board\nThe Press", numbered=True)
    assert (await kept(running_bot)).letter.rules.printing == chosen

    await organiser.click("rules.change:order")
    await organiser.fill({"Order of the list": "The list is by country."})
    assert await organiser.submit() is None
    assert (await kept(running_bot)).letter.rules.printing == chosen

    await organiser.click("rules.change:printing")
    await organiser.fill({"Place": "x" * 101})
    assert list(await organiser.submit() or {}) == ["place"]
    await organiser.fill({"Place": "", "Copies to": "", "Also show": []})
    assert await organiser.submit() is None
    assert (await kept(running_bot)).letter.rules.printing == Printing()


async def test_a_translation(running_bot: RunningBot) -> None:
    """A translation is saved in Settings by the name of its language, replaced, and removed."""
    await a_draft(running_bot)
    organiser = running_bot.organiser
    await organiser.command(CHANNEL, "/letter settings")
    given = {
        "Language": "French",
        "Title": "Un web ouvert",
        "Translated text": "Nous demandons.",
        "Translated by": "Zoé",
    }
    await organiser.click("rules.change:translation")
    await organiser.fill(given | {"Language": "Klingonish"})
    assert list(await organiser.submit() or {}) == ["language"]
    await organiser.fill({"Language": "en"})
    assert list(await organiser.submit() or {}) == ["language"]
    await organiser.fill({"Language": "French", "Translated by": ""})
    assert list(await organiser.submit() or {}) == ["translator"]
    await organiser.fill({"Translated by": "Zoé"})
    assert await organiser.submit() is None
    await organiser.sees("français (\u2068Zoé\u2069)")
    await organiser.sees_no("This translation belongs to an earlier version")

    await organiser.click("rules.change:translation")
    await organiser.fill({"Language": "fr"})
    assert await organiser.submit() is None
    await organiser.sees_no("français")
