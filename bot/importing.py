"""Letters on the command line, beside a running bot or without one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.documents.pasted.explanations import note_of, skipped_line, unreadable_words
from bot.documents.pasted.reading import read_list
from bot.documents.pasted.source import SourceRefused, text_of
from bot.documents.table_problems import TableRefused as Unreadable
from bot.features.amendments.slack.views import effects
from bot.features.amendments.use_cases import proposals
from bot.features.amendments.use_cases.proposals import Prospect
from bot.features.cards import use_cases as cards
from bot.features.collected import table as signature_table
from bot.features.collected.rules import SignatureRow
from bot.features.collected.slack.handlers import alike_lines, notes
from bot.features.collected.slack.views import agreed_words
from bot.features.collected.use_cases import additions
from bot.features.collected.use_cases.additions import Brought, Outlook
from bot.features.delivery.rules import DeliveredCopy
from bot.features.delivery.use_cases import exports, handover
from bot.features.delivery.use_cases.exports import Export, Scope
from bot.features.drafts.use_cases import drafts
from bot.features.invitations import table as invitation_table
from bot.features.invitations.slack.table_handlers import named_in, problem_lines
from bot.features.invitations.use_cases import tables
from bot.features.invitations.use_cases.tables import Entered, TableRefused
from bot.features.lifecycle import use_cases as lifecycle
from bot.letters.amendment import AmendmentKind
from bot.letters.draft import Draft
from bot.letters.ids import new_id
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership, Person
from bot.letters.refusals import Reason, Refused
from bot.letters.text import split_title
from bot.letters.text_diff import difference
from bot.locales import Words, words
from bot.schema import opened_database
from bot.settings import Settings, SettingsError
from bot.slack.bot import Bot
from bot.slack.entry_form import identification_note
from bot.slack.letter_picker import as_typed
from bot.slack.text.diff import unified
from bot.storage.database import Database
from bot.wiring import connected


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """A change of a letter's text, as an operator gives it."""

    body: str
    kind: AmendmentKind
    note: str
    answer_by: datetime | None


_DATE = re.compile(r"<!date\^\d+\^[^|<]*\|([^<>]*)>")
_CHANNEL = re.compile("[CG][A-Z0-9]+")
_USER = re.compile("[UW][A-Z0-9]+")


async def import_file(settings: Settings, draft: Draft, organiser: str) -> int:
    """Keep a draft for an organiser and return its number.

    Each run makes a draft of its own: the same file again, corrected, is another letter.

    Raises:
        SettingsError: there is no title, Slack knows no such organiser, or a setting is wrong.
        Refused: the draft is not right, or the organiser is no full member.
    """
    if not draft.title:
        title, body = split_title(draft.body)
        if title is None and body.strip():
            raise SettingsError(
                "The file has no heading to take the title from: begin it with “# The title”, or "
                "give --title."
            )
        draft = replace(draft, title=title or "", body=body)
    async with connected(settings) as process:
        actor = await _organiser(process.bot, organiser)
        return await drafts.create(
            process.database, actor=actor, draft=draft, trigger=_trigger("import")
        )


async def _organiser(bot: Bot, user: str) -> Actor:
    profile = await bot.directory.profile(user)
    if profile is None:
        raise SettingsError(
            f"Slack knows no user {user}: in Slack open the person's profile, “⋮”, “Copy member ID”."
        )
    if not profile.reachable:
        raise Refused.because(Reason.ORGANISER_MUST_BE_MEMBER)
    return Actor(workspace=bot.workspace, person=profile.person, membership=profile.membership)


async def post_as_organiser(settings: Settings, letter: int, channels: Sequence[str]) -> list[str]:
    """Owe a letter's card to channels in the name of its first organiser.

    Raises:
        SettingsError: a channel is named otherwise than by its id.
        Refused: there is no such letter, or it cannot be posted now.
    """
    for channel in channels:
        if not _CHANNEL.fullmatch(channel):
            raise SettingsError(
                f"{channel} is no channel id: in Slack open the channel's details; it stands at the "
                "bottom of “About” and begins with C."
            )
    async with opened_database(settings) as database:
        actor = await _first_organiser(database, letter)
        return await cards.post(
            database, letter=letter, actor=actor, channels=channels, trigger=_trigger("post")
        )


async def appoint_organiser(settings: Settings, letter: int, user: str) -> tuple[str, bool]:
    """Make somebody an organiser; return the letter's title, and whether Slack knew the person.

    Raises:
        SettingsError: the user id is none, or Slack knows no such user.
        Refused: there is no such letter, or they are no full member or run it already.
    """
    if not _USER.fullmatch(user):
        raise SettingsError(f"{user} is no user id: it begins with U or W, such as U0123ABCD.")
    appoint = lifecycle.appoint_organiser
    if settings.slack_bot_token:
        async with connected(settings, creates=False) as process:
            actor = await _organiser(process.bot, user)
            return (await appoint(process.database, letter=letter, appointed=actor)).title, True
    async with opened_database(settings) as database:
        workspace = (await _find(database, letter)).workspace
        person = Person(workspace, user)
        actor = Actor(workspace=workspace, person=person, membership=Membership.MEMBER)
        return (await appoint(database, letter=letter, appointed=actor)).title, False


async def amend_file(
    settings: Settings,
    letter: int,
    amendment: Amended,
    organiser: str,
    agrees: Callable[[str], bool],
) -> int | None:
    """Change a letter's text for an organiser; return how many signers are asked or told.

    A heading at the beginning of the text that is the letter's title is left out of it.

    Args:
        settings: The settings.
        letter: Its number.
        amendment: The change to make.
        organiser: The user id of the organiser.
        agrees: Is shown what changes and what that does, and says whether to do it; where not, None
            is given.

    Raises:
        Refused: there is no such letter, that person does not run it, or a field is not right.
    """
    async with opened_database(settings) as database:
        found = await _find(database, letter)
        person = Person(found.workspace, organiser)
        actor = Actor(workspace=found.workspace, person=person, membership=Membership.MEMBER)
        title, under = split_title(amendment.body)
        prospect = await proposals.propose(
            database,
            letter=letter,
            actor=actor,
            body=under if title == found.title else amendment.body,
            kind=amendment.kind,
            note=amendment.note,
            answer_by=amendment.answer_by,
            trigger=_trigger("propose"),
        )
        if not agrees(_at_terminal(prospect)):
            return None
        return await proposals.carry_out(
            database, proposal=prospect.proposal.id, actor=actor, trigger=_trigger("amend")
        )


def _at_terminal(prospect: Prospect) -> str:
    """Print an amendment's changes and effects."""
    t, texts = words("en"), prospect.texts
    said = [_unmarked(one) for one in effects(t, prospect)]
    changed = unified(t, difference(texts.old_body, texts.new_body))
    return "\n".join([changed, *(f"* {one}" for one in said), ""])


def _unmarked(said: str) -> str:
    return as_typed(_DATE.sub(r"\1", said).replace("*", ""))


async def _first_organiser(database: Database, letter: int) -> Actor:
    found = await _find(database, letter)
    first = (await lifecycle.organisers(database, letter=letter))[0]
    return Actor(workspace=found.workspace, person=first, membership=Membership.MEMBER)


async def import_invitations(
    settings: Settings, letter: int, data: bytes, organiser: str, tell: Callable[[str], None]
) -> Entered:
    """Invite everyone in a list or a table, all of them or none.

    Args:
        settings: The settings.
        letter: Its number.
        data: The file.
        organiser: The user id of the organiser.
        tell: Is told each line of the file that was skipped.

    Raises:
        SettingsError: the file is not right, with a line for each problem; Slack knows no such
            organiser; or a setting is wrong.
        Refused: there is no such letter, they do not run it, or it does not allow it now.
    """
    t = words("en")
    text = _text(data)
    async with connected(settings, creates=False) as process:
        actor = await _organiser(process.bot, organiser)
        try:
            if invitation_table.is_own_table(text):
                rows = invitation_table.read_invitations(text)
            else:
                reading = read_list(text)
                rows = tuple(invitation_table.row_of(entry) for entry in reading.entries)
                for skipped in reading.skipped:
                    tell(skipped_line(t, skipped))
            return await tables.bring(
                process.database,
                letter=letter,
                actor=actor,
                table=rows,
                met=[one.acquaintance for one in await named_in(process.bot, rows)],
                trigger=_trigger("invitations"),
            )
        except (Unreadable, TableRefused) as refused:
            problems = "\n".join(problem_lines(t, refused))
            raise SettingsError(f"nothing was taken, because:\n{problems}") from refused


def _text(data: bytes) -> str:
    try:
        return text_of(data)
    except SourceRefused as refused:
        raise SettingsError(unreadable_words(refused.why)) from refused


async def exported_invitations(settings: Settings, letter: int) -> str:
    """Those who were asked, as CSV.

    Raises:
        Refused: there is no such letter.
    """
    async with opened_database(settings) as database:
        actor = await _first_organiser(database, letter)
        _, rows = await tables.rows(database, letter=letter, actor=actor)
    return invitation_table.write_invitations(rows)


def _trigger(what: str) -> str:
    """Return a trigger that no other run has: nothing sends a command a second time."""
    return f"{what}:{new_id(datetime.now(UTC))}"


async def _find(database: Database, letter: int) -> Letter:
    for found in await exports.every_letter(database):
        if found.id == letter:
            return found
    raise Refused.because(Reason.NO_SUCH_LETTER)


async def every_letter(settings: Settings) -> list[Letter]:
    """All letters, oldest first."""
    async with opened_database(settings) as database:
        return await exports.every_letter(database)


async def exported(settings: Settings, letter: int, scope: Scope, *, embargoed: bool) -> Export:
    """A letter, its words and its list in order.

    Raises:
        Refused: there is no such letter, or it is under an embargo.
    """
    async with opened_database(settings) as database:
        return await exports.export(database, letter=letter, scope=scope, embargoed=embargoed)


async def delivered_copy(settings: Settings, letter: int) -> DeliveredCopy:
    """A letter's list and text as they were handed over.

    Raises:
        Refused: there is no such letter, or it was not handed over.
    """
    async with opened_database(settings) as database:
        return await handover.copy_of(database, letter=letter)


async def add_file(
    settings: Settings,
    letter: int,
    data: bytes,
    organiser: str,
    source: str,
    agrees: Callable[[str], bool],
) -> Brought | None:
    """Add every signature of a list or a table for an organiser, or none.

    Args:
        settings: The settings.
        letter: Its number.
        data: The file.
        organiser: The user id of the organiser.
        source: Where the signatures come from; a table may say it in each row.
        agrees: Is shown what would be added, and says whether to do it; where not, None is given.

    Raises:
        SettingsError: something in the file is not right; all of that is named.
        Refused: there is no such letter, that person does not run it, or it takes none now.
    """
    t = words("en")
    text = _text(data)
    async with opened_database(settings) as database:
        found = await _find(database, letter)
        person = Person(found.workspace, organiser)
        actor = Actor(workspace=found.workspace, person=person, membership=Membership.MEMBER)
        note = identification_note(found.language)
        try:
            rows, beside = _signatures(t, text, source)
            found, outlooks = await additions.look_through(
                database, letter=letter, actor=actor, table=rows, note=note
            )
            _refuse_problems(outlooks)
            if not agrees(_outlook_at_terminal(t, rows, outlooks, beside)):
                return None
            return await additions.bring(
                database,
                letter=letter,
                actor=actor,
                table=rows,
                note=note,
                text=found.text_sha256,
                consent=agreed_words(t),
                trigger=_trigger("add"),
            )
        except (Unreadable, TableRefused) as refused:
            told = "\n".join(problem_lines(t, refused))
            raise SettingsError(f"nothing was added, because:\n{told}") from refused


def _refuse_problems(outlooks: Sequence[Outlook]) -> None:
    problems = [
        additions.Problem(line=one.row, refusal=refusal)
        for one in outlooks
        for refusal in one.refusals
    ]
    if problems:
        raise TableRefused(problems)


def _signatures(t: Words, text: str, source: str) -> tuple[Sequence[SignatureRow], list[str]]:
    """Return the rows of a file, and what there is to know of them and of what was skipped."""
    if signature_table.is_own_table(text):
        return signature_table.read_signatures(text), []
    if not source.strip():
        raise SettingsError(
            "say where these signatures come from with --source, such as --source “E-mail, 3 March”."
        )
    reading = read_list(text)
    notes = [f"{entry.reads}: {note}" for entry in reading.entries if (note := note_of(t, entry))]
    skipped = [skipped_line(t, one) for one in reading.skipped]
    return [signature_table.row_of(entry, source) for entry in reading.entries], notes + skipped


def _outlook_at_terminal(
    t: Words, rows: Sequence[SignatureRow], outlooks: Sequence[Outlook], beside: Sequence[str]
) -> str:
    """Print what would be added."""
    said = [f"  {row.kind}: {one.entry}" for row, one in zip(rows, outlooks, strict=True)]
    said += [f"* {one}" for one in beside]
    said += [f"* {note}" for note in notes(t, outlooks)]
    said += [f"* {pair}" for pair in alike_lines(t, outlooks)]
    return "\n".join([*said, f"* {agreed_words(t)}", ""])
