"""`undersigned letters import`, `post`, `amend` and `organisers`."""

import re
import shlex
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from bot.commands.letters import acting
from bot.commands.letters.acting import as_member, find, new_trigger
from bot.commands.terminal import (
    NO_QUESTIONS,
    AsJson,
    Flag,
    agrees,
    read_text,
    say,
    unmarked,
    with_offset,
)
from bot.documents.mail import Part, read_mail
from bot.features.amendments.slack.views import effects
from bot.features.amendments.use_cases import proposals
from bot.features.amendments.use_cases.proposals import Prospect
from bot.features.cards import use_cases as cards
from bot.features.drafts.use_cases import drafts
from bot.features.lifecycle.use_cases import appoint_organiser
from bot.letters.amendment import AmendmentKind
from bot.letters.draft import Draft
from bot.letters.letter import Signers
from bot.letters.text import front_matter, split_title
from bot.letters.text_diff import difference
from bot.locales import words
from bot.schema import opened_database
from bot.settings import Need, SettingsError, read
from bot.slack.text.diff import unified
from bot.wiring import connected

_CHANNEL = re.compile("[CG][A-Z0-9]+")
_USER = re.compile("[UW][A-Z0-9]+")


async def import_letter(
    file: Path,
    *,
    organiser: str,
    title: str = "",
    summary: str = "",
    sender: str = "",
    addressee: str = "",
    subject: str = "",
    deadline: datetime | None = None,
    signers: Signers = Signers.EVERYONE,
    goal: int | None = None,
    language: str = "",
    json: AsJson = False,
) -> None:
    """Make a draft from a Markdown or text file; print its number as the last line.

    Names at the end of the text are left out. It prints how to add them as signatures.

    Args:
        file: UTF-8 text. Its first heading is the title unless another is given. Title, date and language
            may be in front matter, between two lines `---`; a date to come is the deadline.
        organiser: Slack member ID of the full member who will run the letter (U… or W…).
        title: The title.
        summary: One or two sentences for the card.
        sender: The people or organisation asking for signatures, as named on the card.
        addressee: Who the letter is addressed to; people sign it too.
        subject: The subject line; people sign it too.
        deadline: The closing time, such as 2027-03-01T17:00+01:00. Without an offset, it's UTC.
            By default in 30 days at 17:00 UTC.
        signers: Who can sign.
        goal: The number of signatures hoped for.
        language: The letter's language, such as en or pt-BR; English by default.
        json: Print `{number}` for machines.
    """
    given, body = front_matter(read_text(file))
    title, language = title or given.get("title", ""), language or given.get("language", "en")
    settings = read(Need.BOT_TOKEN)
    heading, under = split_title(body)
    if not title:
        if heading is None and body.strip():
            raise SettingsError(
                "The file has no heading to take the title from: begin it with “# The title”, or "
                "give --title."
            )
        title = heading or ""
    if heading == title:
        body = under
    if deadline is None and (day := given.get("date")):
        try:
            deadline = with_offset(datetime.fromisoformat(day))
        except ValueError:
            raise SettingsError(
                f"The date “{day}” in the file can’t be read: write it like 2027-03-01."
            ) from None
        if deadline < datetime.now(UTC):
            print(
                f"Left out: the date {day} in the file, which is past and so no deadline. To choose "
                "one, give --deadline.",
                file=sys.stderr,
            )
            deadline = None
    body, names = _without_names(body)
    in_a_month = datetime.now(UTC) + timedelta(days=30)
    at_five = in_a_month.replace(hour=17, minute=0, second=0, microsecond=0)
    draft = Draft(
        title=title,
        body=body,
        deadline=with_offset(deadline or at_five),
        summary=summary,
        sender=sender,
        addressee=addressee,
        subject=subject,
        signers=signers,
        goal=goal,
        language=language,
    )
    async with connected(settings) as process:
        number = await drafts.create(
            process.database,
            actor=await acting.member_in_slack(process.bot, organiser),
            draft=draft,
            # Each run makes a new draft, even from the same file.
            trigger=acting.new_trigger("import"),
        )
    if names and not json:
        print(
            f"Left out: the names at the end ({names}). Once the letter is posted, add them as "
            f"signatures: undersigned letters add {number} {shlex.quote(str(file))} --organiser "
            f"{organiser} --source {shlex.quote(file.name)}"
        )
    text = (
        "The draft is saved. Its organiser can find it in Slack, on the app's Home tab. To post "
        f"it from here: undersigned letters post {number} --channel C…\n{number}"
    )
    say(text, {"number": number}, json=json)


def _without_names(body: str) -> tuple[str, int]:
    found = read_mail(body)
    names = sum(one.count for one in found.left_out)
    if names:
        body = found.body
        for one in reversed(found.left_out):
            body = body if one.part is Part.NAMES else one.put_back(body)
    return body, names


async def post_letter(
    letter: int, *, channel: Annotated[list[str], Parameter(negative=())], json: AsJson = False
) -> None:
    """Post a letter's card in channels, in the name of its first organiser.

    Args:
        letter: The letter's number.
        channel: A Slack channel ID (C…); may be given several times.
        json: Print `{number, channels}` for machines.
    """
    settings = read()
    for one in channel:
        if not _CHANNEL.fullmatch(one):
            raise SettingsError(
                f"{one} isn't a channel ID: in Slack, open the channel's details. The ID is at the "
                "bottom of “About” and begins with C."
            )
    async with opened_database(settings) as database:
        posted = await cards.post(
            database,
            letter=letter,
            actor=await acting.first_organiser(database, letter),
            channels=channel,
            trigger=acting.new_trigger("post"),
        )
    text = f"The bot will post the card in {', '.join(posted)} as soon as it runs."
    say(text, {"number": letter, "channels": posted}, json=json)


async def letter_organisers(letter: int, change: Literal["add"], user: str) -> None:
    """Make a full member an organiser of a letter, for example after its only organiser left.

    If `SLACK_BOT_TOKEN` is set, checks with Slack that the user is a full member.

    Args:
        letter: The letter's number.
        change: `add`. To remove an organiser, use `/letter organisers` in Slack.
        user: Slack member ID of a full member (U… or W…).
    """
    del change
    settings = read()
    if not _USER.fullmatch(user):
        raise SettingsError(
            f"{user} isn't a member ID. A member ID begins with U or W, such as U0123ABCD."
        )
    if settings.slack_bot_token:
        async with connected(settings, creates=False) as process:
            actor = await acting.member_in_slack(process.bot, user)
            found = await appoint_organiser(process.database, letter=letter, appointed=actor)
    else:
        async with opened_database(settings) as database:
            found = await acting.find(database, letter)
            actor = acting.as_member(found, user)
            await appoint_organiser(database, letter=letter, appointed=actor)
        print("This user wasn't checked with Slack: SLACK_BOT_TOKEN isn't set.", file=sys.stderr)
    print(f"{user} is now an organiser of “{found.title}”. The bot will tell them when it runs.")


async def amend_letter(
    letter: int,
    file: Path,
    *,
    organiser: str,
    kind: AmendmentKind,
    note: str,
    title: str | None = None,
    sender: str | None = None,
    addressee: str | None = None,
    subject: str | None = None,
    answer_by: datetime | None = None,
    meaning_stays: Flag = False,
    yes: Flag = False,
    json: AsJson = False,
) -> None:
    """Change the text of a posted letter, after showing the changes and their effects and asking.

    Args:
        letter: The letter's number.
        file: UTF-8 text of the whole new letter. A first heading equal to the title is left out.
        organiser: Slack member ID of the organiser who makes the change (U… or W…).
        kind: `cosmetic`: the meaning stays; signers are told. `material`: each signer is asked
            again.
        note: A note to everyone who signed.
        title: The new title; without it, the title stays.
        sender: The new sender; without it, the sender stays.
        addressee: The new addressee; without it, the addressee stays.
        subject: The new subject; without it, the subject stays.
        answer_by: The deadline for signers' answers, such as 2027-03-01T17:00+01:00. Without an
            offset, it's UTC. Required for a material change, at least a day ahead.
        meaning_stays: With --yes, make a small fix that looks like a change of meaning.
        yes: Do not ask.
        json: Print `{number, signatures}` for machines; needs --yes. `signatures`: those whose signers
            get a message.
    """
    if json and not yes:
        sys.exit(NO_QUESTIONS)
    body = read_text(file)
    async with opened_database(read()) as database:
        found = await find(database, letter)
        actor = as_member(found, organiser)
        heading, under = split_title(body)
        prospect = await proposals.propose(
            database,
            letter=letter,
            actor=actor,
            body=under if heading in {title, found.title} else body,
            kind=kind,
            note=note,
            title=title,
            sender=sender,
            addressee=addressee,
            subject=subject,
            answer_by=with_offset(answer_by) if answer_by else None,
            trigger=new_trigger("propose"),
        )
        # Without a question, nobody reads what it looks like.
        if yes and prospect.looks_material and not meaning_stays:
            sys.exit(
                "undersigned: this looks like a change of meaning. If not, add --meaning-stays."
            )
        if not agrees("Change the text? [y/N] ", _shown(prospect), yes=yes, quiet=json):
            sys.exit("undersigned: nothing was changed. Answer with y, or give --yes.")
        people = await proposals.carry_out(
            database,
            proposal=prospect.proposal.id,
            actor=actor,
            trigger=new_trigger("amend"),
        )
    text = f"The text is changed. Signatures whose signers get a message: {people}"
    say(text, {"number": letter, "signatures": people}, json=json)


def _shown(prospect: Prospect) -> str:
    t, texts = words("en"), prospect.texts
    said = [unmarked(one).replace("*", "") for one in effects(t, prospect)]
    changed = unified(t, difference(*texts.compared))
    return "\n".join([changed, *(f"* {one}" for one in said), ""])
