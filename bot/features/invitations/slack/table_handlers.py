"""Those who were invited come in as a table that is pasted, and go out as one to copy."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.documents.table_problems import PROBLEMS_MOST, more_words, refusal_lines
from bot.documents.table_problems import TableRefused as Unreadable
from bot.features.invitations.rules import InvitationRow
from bot.features.invitations.slack import table_views
from bot.features.invitations.slack.handlers import back, may_invite
from bot.features.invitations.slack.views import entered_words
from bot.features.invitations.table import SAMPLE, read_invitations, write_invitations
from bot.features.invitations.use_cases import tables
from bot.features.invitations.use_cases.tables import TableRefused
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.bot import Bot
from bot.slack.directory import Profile
from bot.slack.features import Features
from bot.slack.payloads import Answer, Click, Submission, update
from bot.slack.refusal_words import sentence, unmarked
from bot.use_cases import letter_lookup

ONE_BY_ONE = 50
"""So many member IDs are looked up one by one; for more, everybody of the workspace is read."""


def register(features: Features) -> None:
    """Register the table of those who were invited, in and out."""
    features.on_click("invitations.paste", _paste)
    features.on_submit("invitations.paste", _take)
    features.on_click("invitations.copy", _copy)


async def _paste(click: Click) -> None:
    letter = await may_invite(click)
    await click.show(table_views.paste_form(click.caller.t, letter, SAMPLE))


async def _take(submission: Submission) -> Answer:
    caller, bot, number = submission.caller, submission.bot, submission.view.meta["letter"]
    try:
        rows = read_invitations(submission.view.values.text("table"))
        entered = await tables.bring(
            bot.database,
            letter=number,
            actor=caller.actor,
            table=rows,
            met=[one.acquaintance for one in await named_in(bot, rows)],
            delivery=submission.delivery,
        )
    except (Unreadable, TableRefused) as refused:
        letter = await letter_lookup.check(
            bot.database, letter=number, actor=caller.actor, action=Action.INVITE
        )
        problems = problem_lines(caller.t, refused)
        return update(table_views.paste_form(caller.t, letter, SAMPLE, problems))
    letter = await letter_lookup.check(
        bot.database, letter=number, actor=caller.actor, action=Action.SEE_STATUS
    )
    return await back(submission, number, entered_words(caller.t, entered, letter))


async def _copy(click: Click) -> None:
    caller = click.caller
    letter, rows = await tables.rows(
        click.bot.database, letter=int(click.value), actor=caller.actor
    )
    await click.show(table_views.copy_view(caller.t, letter, write_invitations(rows)))


async def named_in(bot: Bot, rows: Iterable[InvitationRow]) -> list[Profile]:
    """Those of the member IDs in a table who can be written to.

    Raises:
        SlackApiError: Slack would not say who they are.
    """
    users = sorted({row.member for row in rows} - {""})
    if len(users) > ONE_BY_ONE:
        # Kept in memory, so that the look-ups below mostly ask nothing.
        async for _ in bot.directory.everyone():
            pass
    found: list[Profile | None] = []
    for start in range(0, len(users), ONE_BY_ONE):
        some = users[start : start + ONE_BY_ONE]
        found += await asyncio.gather(*(bot.directory.profile(user) for user in some))
    return [one for one in found if one is not None and one.reachable]


def problem_lines(t: Words, refused: Unreadable | TableRefused) -> Sequence[str]:
    """List a table's problems and remedies, a line of plain text each."""
    if isinstance(refused, Unreadable):
        return refusal_lines(t, refused)
    lines = [
        t(
            "Line {line}, column “{column}”: {problem}",
            line=t.number(one.line),
            column=one.refusal.field or "",
            problem=unmarked(sentence(t, one.refusal)),
        )
        for one in refused.problems[:PROBLEMS_MOST]
    ]
    more = len(refused.problems) - len(lines)
    return [*lines, more_words(t, more)] if more else lines
