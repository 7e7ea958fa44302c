"""Lookups for commands that change a letter: the letter, and the person they act as."""

from datetime import UTC, datetime

from bot.features.delivery.use_cases import exports
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.ids import new_id
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership, Person
from bot.letters.refusals import Reason, Refused
from bot.settings import SettingsError
from bot.slack.bot import Bot
from bot.use_cases import Database


async def find(database: Database, letter: int) -> Letter:
    """Return a letter by its number; refused if none has it."""
    for found in await exports.every_letter(database):
        if found.id == letter:
            return found
    raise Refused.because(Reason.NO_SUCH_LETTER)


def as_member(letter: Letter, user: str) -> Actor:
    """Return a full member of the letter's workspace by their Slack id, without asking Slack."""
    person = Person(letter.workspace, user)
    return Actor(workspace=letter.workspace, person=person, membership=Membership.MEMBER)


async def first_organiser(database: Database, letter: int) -> Actor:
    """Return the first organiser of a letter."""
    found = await find(database, letter)
    first = (await lifecycle.organisers(database, letter=letter))[0]
    return Actor(workspace=found.workspace, person=first, membership=Membership.MEMBER)


async def member_in_slack(bot: Bot, user: str) -> Actor:
    """Return a full member by their Slack id, after asking Slack; others are refused."""
    profile = await bot.directory.profile(user)
    if profile is None:
        raise SettingsError(
            f"Slack doesn't know user {user}: in Slack open the person's profile, “⋮”, “Copy member ID”."
        )
    if not profile.reachable:
        raise Refused.because(Reason.ORGANISER_MUST_BE_MEMBER)
    return Actor(workspace=bot.workspace, person=profile.person, membership=profile.membership)


def new_trigger(what: str) -> str:
    """Return a unique trigger, since a command is never delivered twice."""
    return f"{what}:{new_id(datetime.now(UTC))}"
