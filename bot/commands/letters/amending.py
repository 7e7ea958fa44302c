"""`undersigned letters amend`: a change of a posted letter's text."""

import sys
from datetime import datetime
from pathlib import Path

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
from bot.features.amendments.slack.views import effects
from bot.features.amendments.use_cases import proposals
from bot.features.amendments.use_cases.proposals import Prospect
from bot.letters.amendment import AmendmentKind
from bot.letters.text import split_title
from bot.letters.text_diff import difference
from bot.locales import words
from bot.schema import opened_database
from bot.settings import read
from bot.slack.text.diff import unified


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
        organiser: Slack user id of the organiser who makes the change (U… or W…).
        kind: `cosmetic`: the meaning stays; signers are told. `material`: each signer is asked
            again.
        note: A note to everyone who signed.
        title: The new title; without it, the title stays.
        sender: The new sender; without it, the sender stays.
        addressee: The new addressee; without it, the addressee stays.
        subject: The new subject; without it, the subject stays.
        answer_by: The deadline for signers' answers, such as 2027-03-01T17:00+01:00; UTC without an
            offset. Required for a material change, at least a day ahead.
        meaning_stays: With --yes, make a small fix that looks like a change of meaning.
        yes: Do not ask.
        json: Print `{number, signatures}` for machines: the signatures whose signers get a message.
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
