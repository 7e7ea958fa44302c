"""The beginning of several flow tests: a letter that is there, and people who sign it."""

from datetime import timedelta
from typing import Any

from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.letters.draft import Draft
from bot.letters.people import Actor, Membership, Person
from tests.flows.conftest import RunningBot
from tests.support import people

CHANNEL = "open-internet"


async def a_posted_letter(
    bot: RunningBot, *channels: str, public: bool = True, **changes: Any
) -> int:
    """A letter that is open, its card up in channels (ids; the demo's own one without any)."""
    written: dict[str, Any] = {
        "title": "One Internet",
        "summary": "Please sign.",
        "sender": "The Coalition",
        "body": "We, the undersigned, ask for one Internet.",
        "deadline": bot.now + timedelta(days=14),
        "goal": 20,
        **changes,
    }
    draft = Draft(**written)
    actor = Actor(
        workspace="T0COALITION",
        person=Person("T0COALITION", "U0ORGANISER"),
        membership=Membership.MEMBER,
    )
    database = bot.process.database
    letter = await drafts.create(database, actor=actor, draft=draft, trigger=f"d{bot.now}")
    where = channels or ("C0OPENINTERNET",)
    await cards.post(
        database,
        letter=letter,
        actor=actor,
        channels=where,
        public=where if public else (),
        trigger=f"p{letter}",
    )
    for channel in where:
        await bot.organiser.sees(draft.title, channel=channel)
    return letter


async def sign_as_oneself(person: people.Person, channel: str = CHANNEL, name: str = "") -> None:
    """Press Sign and say yes, under the name that Slack suggests or another one."""
    await person.click("Sign", channel=channel)
    await person.sees_modal("Sign the letter")
    if name:
        await person.fill({"Your name": name})
        assert await person.submit() is None
    assert await person.submit() is None
    await person.sees_modal("Signed")
    await person.close(everything=True)


async def sign_for(
    person: people.Person,
    organisation: str,
    *,
    channel: str = CHANNEL,
    country: str = "",
    role: str = "Director",
) -> None:
    """Press Sign, choose an organisation, look at the entry and say yes."""
    await person.click("Sign", channel=channel)
    await person.sees_modal("Sign the letter")
    await person.fill({"How are you signing?": "For my organisation"})
    await person.sees("Organisation")
    await person.fill(
        {
            "Organisation": organisation,
            "Country": country,
            "Your role there": role,
            "Authorisation": ["I’m authorised to sign for this organisation"],
        }
    )
    assert await person.submit() is None
    await person.sees("heck how it will appear")
    assert await person.submit() is None
    await person.sees_modal("Signed")
    await person.close(everything=True)
