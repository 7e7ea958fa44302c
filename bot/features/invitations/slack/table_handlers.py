"""Invitations from a pasted list."""

from collections.abc import Mapping, Sequence

from bot.features.invitations.rules import WORDS_MOST
from bot.features.invitations.slack.handlers import back, invite
from bot.features.invitations.slack.views import Inviting, entered_words
from bot.features.invitations.table import Matched, matched
from bot.features.invitations.use_cases import tables
from bot.features.invitations.use_cases.tables import Prospect
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.pasting.handlers import Outlook, PastedLists
from bot.slack.pasting.state import Item
from bot.slack.pasting.views import Row, Wording, counts_words, problem_of
from bot.slack.payloads import Answer, Asked, Click, OpenView, Submission
from bot.slack.text.escaping import escape, isolate
from bot.slack.words.invitations import is_now, reach_words, when_field, words_field


class InvitedLists(PastedLists):
    """The window that invites people and organisations from a pasted list."""

    name = "invite"
    action = Action.INVITE

    def wording(self, t: Words, rows: Sequence[Row], view: OpenView | None = None) -> Wording:
        """Return the window's texts."""
        going = [row for row in rows if row.goes_in]
        words = "" if view is None else view.values.text("words")
        now = view is not None and is_now(view.values)
        return Wording(
            callback=self.name,
            title=t("Invite from a list"),
            question=t("Who do you want to invite?"),
            check=t(
                "Check who you’ll invite: {entries}. To correct an entry, use the menu beside it.",
                entries=counts_words(t, going),
            ),
            submit=t.n("Invite {count}", "Invite {count}", len(going)),
            fields=(words_field(t, WORDS_MOST, words), when_field(t, now=now)),
        )

    async def outlook(
        self, asked: Asked, letter: Letter, items: Sequence[Item], *, compare: bool
    ) -> Outlook:
        """Return the effect of inviting each entry."""
        del compare
        found = matched([one.entry for one in items], await self.people(asked.bot))
        table = [one.row for one in found]
        prospects = await tables.look_through(
            asked.database,
            letter=letter.id,
            actor=asked.actor,
            table=table,
            met=[
                one.acquaintance
                for one in await asked.bot.directory.reachable({row.member for row in table} - {""})
            ],
        )
        rows = [_row(asked.t, *one) for one in zip(items, found, prospects, strict=True)]
        told = {one.told for one in prospects} - {None}
        alone = sum(one.alone for one in prospects)
        said = reach_words(asked.t, len(told), alone)
        return rows, [said] if said else []

    async def people(self, bot: Bot) -> Mapping[str, Sequence[str]]:
        """Return the ids of the active full members, by their folded names."""
        return await bot.directory.by_name()

    def account(self, item: Item, people: Mapping[str, Sequence[str]]) -> str | None:
        """Return the member that an entry is, or may be; empty if there is none."""
        (found,) = matched([item.entry], people)
        return found.row.member or (found.members[0] if len(found.members) == 1 else "")

    async def _submit(self, submission: Submission) -> Answer:
        # People are invited by one kind of form, pasted or picked.
        pasted = Inviting.of(submission.view).pasting is not None
        return await (super()._submit if pasted else invite)(submission)

    async def take(self, submission: Submission, letter: Letter, items: Sequence[Item]) -> Answer:
        """Invite the entries, and show the list of invitations."""
        bot = submission.bot
        people = await self.people(bot)
        table = [one.row for one in matched([one.entry for one in items], people)]
        values = submission.view.values
        entered, refused = await tables.bring(
            bot.database,
            letter=letter.id,
            actor=submission.actor,
            table=table,
            met=[
                one.acquaintance
                for one in await bot.directory.reachable({row.member for row in table} - {""})
            ],
            words=values.text("words"),
            at_once=is_now(values),
            trigger=submission.trigger,
        )
        letter = await submission.allowed(letter.id, Action.SEE_STATUS)
        said = [entered_words(submission.t, entered, letter)]
        for place, refusals in refused.items():
            name = isolate(items[place].entry.reads)
            said.append(escape(f"{name}: {problem_of(submission.t, refusals)}"))
        return await back(submission, letter.id, " ".join(said))


WINDOW = InvitedLists()


def register(features: Features) -> None:
    """Register the form of invitations, and its pasted list."""
    features.on_click("invitations.paste", _paste)
    WINDOW.register(features)


async def _paste(click: Click) -> None:
    letter = await click.allowed(int(click.value), Action.INVITE)
    await click.show(WINDOW.empty(click.t, letter))


def _row(t: Words, item: Item, found: Matched, prospect: Prospect) -> Row:
    said: list[str] = []
    row = found.row
    if row.contact and not row.member:
        said.append(t("Contact: {contact}.", contact=row.contact))
    if prospect.signed:
        said.append(t("Has already signed."))
    elif prospect.known:
        said.append(t("Already invited. Nothing changes."))
    elif prospect.told is not None:
        said.append(t("Gets a message."))
    elif prospect.alone and found.asks:
        who = t.n(
            "A member has this name. If you mean them, choose their account with “Edit…”.",
            "{count} members have this name. If you mean one, choose their account with “Edit…”.",
            len(found.members),
        )
        said.append(who)
    elif prospect.alone:
        said.append(t("Gets no message in Slack."))
    problem = problem_of(t, prospect.refusals)
    return Row(item, item.entry.reads, said, problem, asks=found.asks, account=row.member)
