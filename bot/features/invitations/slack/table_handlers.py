"""Invitations from a pasted list, and the table of invitations for copying."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.features.invitations.rules import InvitationRow
from bot.features.invitations.slack import table_views
from bot.features.invitations.slack.handlers import back, may_invite
from bot.features.invitations.slack.views import entered_words
from bot.features.invitations.table import row_of, write_invitations
from bot.features.invitations.use_cases import tables
from bot.features.invitations.use_cases.tables import Prospect
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.bot import Bot
from bot.slack.directory import Profile
from bot.slack.features import Features
from bot.slack.pasting.handlers import Outlook, PastedLists
from bot.slack.pasting.state import Item
from bot.slack.pasting.views import Row, Wording, counts_words, problem_of
from bot.slack.payloads import Answer, Asked, Click, OpenView, Submission
from bot.slack.text.escaping import escape, isolate
from bot.use_cases import letter_lookup

ONE_BY_ONE = 50
"""Most member IDs looked up one by one; for more, all members of the workspace are read."""


class InvitedLists(PastedLists):
    """The window that invites people and organisations from a pasted list."""

    name = "invitations.paste"
    action = Action.INVITE

    def wording(self, t: Words, rows: Sequence[Row], view: OpenView | None = None) -> Wording:
        """Return the window's texts."""
        del view
        going = [row for row in rows if row.goes_in]
        return Wording(
            callback=self.name,
            title=t("Invite from a list"),
            question=t("Who do you want to invite?"),
            check=t(
                "Check who you’ll invite: {entries}. Correct any entry with its menu.",
                entries=counts_words(t, going),
            ),
            submit=t.n("Invite {count}", "Invite {count}", len(going)),
        )

    async def outlook(
        self, asked: Asked, letter: Letter, items: Sequence[Item], *, compare: bool
    ) -> Outlook:
        """Return the effect of inviting each entry."""
        del compare
        table = [row_of(one.entry) for one in items]
        prospects = await tables.look_through(
            asked.bot.database,
            letter=letter.id,
            actor=asked.caller.actor,
            table=table,
            met=[one.acquaintance for one in await named_in(asked.bot, table)],
        )
        rows = zip(items, table, prospects, strict=True)
        return Outlook(rows=[_row(asked.caller.t, *one) for one in rows])

    async def take(self, submission: Submission, letter: Letter, items: Sequence[Item]) -> Answer:
        """Invite the entries, and show the list of invitations."""
        bot, caller = submission.bot, submission.caller
        table = [row_of(one.entry) for one in items]
        entered, refused = await tables.bring(
            bot.database,
            letter=letter.id,
            actor=caller.actor,
            table=table,
            met=[one.acquaintance for one in await named_in(bot, table)],
            trigger=submission.trigger,
        )
        letter = await letter_lookup.check(
            bot.database, letter=letter.id, actor=caller.actor, action=Action.SEE_STATUS
        )
        said = [entered_words(caller.t, entered, letter)]
        for place, refusals in refused.items():
            name = isolate(items[place].entry.reads)
            said.append(escape(f"{name}: {problem_of(caller.t, refusals)}"))
        return await back(submission, letter.id, " ".join(said))


WINDOW = InvitedLists()


def register(features: Features) -> None:
    """Register the pasted list and the table for copying."""
    features.on_click("invitations.paste", _paste)
    features.on_click("invitations.copy", _copy)
    WINDOW.register(features)


async def _paste(click: Click) -> None:
    letter = await may_invite(click)
    await click.show(WINDOW.empty(click.caller.t, letter))


def _row(t: Words, item: Item, row: InvitationRow, prospect: Prospect) -> Row:
    said: list[str] = []
    if row.contact and not row.member:
        said.append(t("Contact: {contact}.", contact=row.contact))
    if prospect.signed:
        said.append(t("Has signed already."))
    elif prospect.known:
        said.append(t("Already invited: stays as it is."))
    return Row(item, item.entry.reads, said, problem_of(t, prospect.refusals))


async def _copy(click: Click) -> None:
    caller = click.caller
    letter, rows = await tables.rows(
        click.bot.database, letter=int(click.value), actor=caller.actor
    )
    await click.show(table_views.copy_view(caller.t, letter, write_invitations(rows)))


async def named_in(bot: Bot, rows: Iterable[InvitationRow]) -> list[Profile]:
    """Return the profiles of the members in a table who can get messages.

    Raises:
        SlackApiError: Slack did not return the profiles.
    """
    users = sorted({row.member for row in rows} - {""})
    if len(users) > ONE_BY_ONE:
        # This fills the cache, so that the look-ups below rarely call Slack.
        await bot.directory.everyone()
    found: list[Profile | None] = []
    for start in range(0, len(users), ONE_BY_ONE):
        some = users[start : start + ONE_BY_ONE]
        found += await asyncio.gather(*(bot.directory.profile(user) for user in some))
    return [one for one in found if one is not None and one.reachable]
