"""What the command line does with letters, beside a running bot or without one."""

from collections.abc import Sequence
from dataclasses import replace

from bot.documents.lists import Entry
from bot.letters.draft import Draft
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership
from bot.letters.refusals import Reason, Refused
from bot.letters.text import split_title
from bot.settings import Settings, SettingsError
from bot.storage.database import Database
from bot.use_cases import drafting, exporting, organising, posting
from bot.wiring import connected, prepared


async def import_file(settings: Settings, draft: Draft, organiser: str) -> int:
    """Keeps a draft for an organiser and gives its number.

    Raises:
        SettingsError: the organiser is nobody that Slack knows, or a setting is wrong.
        Refused: the draft is not right, or the organiser is no full member.
    """
    if not draft.title:
        title, body = split_title(draft.body)
        draft = replace(draft, title=title or "", body=body)
    async with connected(settings) as process:
        profile = await process.bot.directory.profile(organiser)
        if profile is None:
            raise SettingsError(
                f"Slack knows no user {organiser}: in Slack open the person's profile, “⋮”, “Copy "
                "member ID”."
            )
        actor = Actor(
            workspace=process.bot.workspace,
            person=profile.person,
            membership=profile.membership,
        )
        return await drafting.create(
            process.database, actor=actor, draft=draft, delivery=f"import:{draft.title}:{organiser}"
        )


async def post_as_organiser(settings: Settings, letter: int, channels: Sequence[str]) -> list[str]:
    """Owes a letter's card to channels in the name of its first organiser.

    Raises:
        Refused: there is no such letter, or it cannot be posted now.
    """
    await prepared(settings)
    async with Database(settings.database_url) as database:
        found = await _find(database, letter)
        first = (await organising.organisers(database, letter=letter))[0]
        actor = Actor(workspace=found.workspace, person=first, membership=Membership.MEMBER)
        delivery = f"post:{letter}:{','.join(channels)}"
        return await posting.post(
            database, letter=letter, actor=actor, channels=channels, delivery=delivery
        )


async def _find(database: Database, letter: int) -> Letter:
    for found in await exporting.every_letter(database):
        if found.id == letter:
            return found
    raise Refused.because(Reason.NO_SUCH_LETTER)


async def every_letter(settings: Settings) -> list[Letter]:
    """All letters, oldest first."""
    await prepared(settings)
    async with Database(settings.database_url) as database:
        return await exporting.every_letter(database)


async def exported(settings: Settings, letter: int) -> tuple[Letter, str, list[Entry]]:
    """A letter, its words and its list in order.

    Raises:
        Refused: there is no such letter.
    """
    await prepared(settings)
    async with Database(settings.database_url) as database:
        export = await exporting.export(database, letter=letter)
    entries = [
        (party.line, party.kind, bool(party.pinned), endorsement.signature)
        for party, endorsement in export.entries
    ]
    return export.letter, export.body, entries
