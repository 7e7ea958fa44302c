"""The window in which an organiser pastes a list, corrects its entries, and adds them."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.block_kit import View
from bot.slack.bot import Bot
from bot.slack.features import Features
from bot.slack.pasting import state, views
from bot.slack.pasting.state import Item, Pasting, PastingWindow
from bot.slack.pasting.views import Row, Wording
from bot.slack.payloads import Answer, Asked, Click, OpenView, Submission, update

Outlook = tuple[Sequence[Row], Sequence[str]]
"""A preview of pasted entries, and remarks about the entries as a whole, as plain text."""


class PastedLists(ABC):
    """The window for pasted lists; each feature previews the entries and adds them."""

    name: str
    """The window's callback id; its buttons' action ids start with it and a dot."""
    action: Action
    """The action that the organiser must be allowed to do."""

    @abstractmethod
    def wording(self, t: Words, rows: Sequence[Row], view: OpenView | None = None) -> Wording:
        """Return the feature's texts, which depend on the rows and on the source typed so far."""

    @abstractmethod
    async def outlook(
        self, asked: Asked, letter: Letter, items: Sequence[Item], *, compare: bool
    ) -> Outlook:
        """Return a preview of the entries that the organiser has not left out; nothing is written.

        With `compare`, similar entries are searched for too.
        """

    async def people(self, bot: Bot) -> Mapping[str, Sequence[str]]:
        """Return the ids of members by folded name, if entries are matched with members."""
        del bot
        return {}

    def account(self, item: Item, people: Mapping[str, Sequence[str]]) -> str | None:
        """Return the user id that an entry is for; None if the entries have no accounts."""
        del item, people
        return None

    @abstractmethod
    async def take(self, submission: Submission, letter: Letter, items: Sequence[Item]) -> Answer:
        """Add the entries, which are the same as in the window."""

    def register(self, features: Features) -> None:
        """Register the window's buttons and its submission."""
        features.on_click(f"{self.name}.correct", self._correct)
        features.on_submit(self.name, self._submit)

    def empty(self, t: Words, letter: Letter) -> View:
        """Return the window with nothing pasted yet."""
        return views.form(t, letter, Pasting(), self.wording(t, ()))

    async def _correct(self, click: Click) -> None:
        pasting = state.pasting_of(click.modal).corrected(click.value)
        letter = await self._letter(click, click.modal)
        await click.update(await self._shown(click, click.modal, letter, pasting))

    async def _submit(self, submission: Submission) -> Answer:
        view = submission.view
        letter, pasting = await self._letter(submission, view), state.pasting_of(view)
        people = await self.people(submission.bot)
        if pasting.editing:
            pasting = await asyncio.to_thread(state.saved, pasting, letter, view.values, people)
        if pasting.texts and pasting.digest == pasting.shown:
            found, _ = await asyncio.to_thread(state.understand, pasting, letter, people)
            wanted = [one for one in found if not one.left_out]
            rows, _ = await self.outlook(submission, letter, wanted, compare=False)
            going = [row for row in rows if row.goes_in]
            shown = PastingWindow.of(view).going
            # Somebody may have signed since, or an entry may have been added.
            if going and state.digest_of(row.line for row in going) == shown:
                return await self.take(submission, letter, [row.item for row in going])
        return update(await self._shown(submission, view, letter, pasting))

    async def _letter(self, asked: Asked, view: OpenView) -> Letter:
        return await asked.allowed(PastingWindow.of(view).letter, self.action)

    async def _shown(self, asked: Asked, view: OpenView, letter: Letter, pasting: Pasting) -> View:
        t = asked.t
        if not pasting.texts:
            return views.form(t, letter, pasting, self.wording(t, (), view))
        people = await self.people(asked.bot)
        found, skipped = await asyncio.to_thread(state.understand, pasting, letter, people)
        for one in found:
            if one.key == pasting.editing:
                account = self.account(one, people)
                return views.edit(t, letter, pasting, self.wording(t, (), view), one, account)
        pasting = pasting.but(editing="", shown=pasting.digest)
        # Entries left out don't count as duplicates of the others.
        wanted = [one for one in found if not one.left_out]
        wanted_rows, notes = await self.outlook(asked, letter, wanted, compare=True)
        ahead = iter(wanted_rows)
        rows = [Row(one, one.entry.reads) if one.left_out else next(ahead) for one in found]
        wording = self.wording(t, rows, view)
        return views.look(t, letter, pasting, wording, rows, skipped, notes)
