"""The window in which an organiser pastes a list, corrects its entries, and adds them."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.locales import Words
from bot.slack.block_kit import View
from bot.slack.features import Features
from bot.slack.pasting import views
from bot.slack.pasting.state import (
    Item,
    Pasting,
    PastingWindow,
    digest_of,
    pasting_of,
    saved,
    takes,
    understand,
)
from bot.slack.pasting.views import Row, Wording, notes_of
from bot.slack.payloads import Answer, Click, OpenView, Submission, update
from bot.use_cases import letter_lookup

Asked = Click | Submission


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A preview: which of the pasted entries would be added, and what is wrong with the others."""

    rows: Sequence[Row]
    notes: Sequence[str] = ()
    """Remarks about the entries as a whole, as plain text."""


class PastedLists(ABC):
    """The window; each feature supplies the preview of the entries, and adds them."""

    name: str
    """The window's callback id; its buttons' action ids start with it and a dot."""
    action: Action
    """The action that the organiser must be allowed to do."""

    @abstractmethod
    def wording(self, t: Words, rows: Sequence[Row], view: OpenView | None = None) -> Wording:
        """Return the feature's texts; some count the rows, and one is the source typed so far."""

    @abstractmethod
    async def outlook(
        self, asked: Asked, letter: Letter, items: Sequence[Item], *, compare: bool
    ) -> Outlook:
        """Return a preview of entries; nothing is written.

        Args:
            asked: The click or submission.
            letter: The letter.
            items: The entries that the organiser has not left out.
            compare: Whether to search for similar entries too.
        """

    @abstractmethod
    async def take(self, submission: Submission, letter: Letter, items: Sequence[Item]) -> Answer:
        """Add the entries, which are as the window showed them."""

    def register(self, features: Features) -> None:
        """Register the window's buttons and its submission."""
        features.on_click(f"{self.name}.correct", self._correct)
        features.on_click(f"{self.name}.page", self._page)
        features.on_click(f"{self.name}.back", self._back)
        features.on_submit(self.name, self._submit)

    def empty(self, t: Words, letter: Letter) -> View:
        """Return the window with nothing pasted yet."""
        return views.form(t, letter, Pasting(), self.wording(t, ()))

    async def _correct(self, click: Click) -> None:
        """Apply a menu's correction of one entry; the value is `what:key`."""
        await self._change(click, pasting_of(click.modal).corrected(click.value))

    async def _page(self, click: Click) -> None:
        await self._change(click, replace(pasting_of(click.modal), page=int(click.value)))

    async def _back(self, click: Click) -> None:
        await self._change(click, replace(pasting_of(click.modal), editing=""))

    async def _change(self, click: Click, pasting: Pasting) -> None:
        letter = await self._letter(click, click.modal)
        await click.update(await self._shown(click, click.modal, letter, pasting))

    async def _submit(self, submission: Submission) -> Answer:
        """Add the entries if the window showed them as they are now; otherwise show them."""
        view = submission.view
        letter, pasting = await self._letter(submission, view), pasting_of(view)
        if pasting.editing:
            pasting = await asyncio.to_thread(saved, pasting, takes(letter), view.values)
        if pasting.texts and pasting.digest == pasting.shown:
            found = await asyncio.to_thread(understand, pasting, takes(letter))
            wanted = [one for one in found.items if not one.left_out]
            outlook = await self._outlook(submission, letter, wanted, compare=False)
            going = [row for row in outlook.rows if row.goes_in]
            shown = PastingWindow.of(view).going
            # Somebody may have signed since, or an entry may have been added.
            if going and digest_of(row.entry for row in going) == shown:
                return await self.take(submission, letter, [row.item for row in going])
        return update(await self._shown(submission, view, letter, pasting))

    async def _letter(self, asked: Asked, view: OpenView) -> Letter:
        return await letter_lookup.check(
            asked.bot.database,
            letter=PastingWindow.of(view).letter,
            actor=asked.caller.actor,
            action=self.action,
        )

    async def _outlook(
        self, asked: Asked, letter: Letter, items: Sequence[Item], *, compare: bool = True
    ) -> Outlook:
        if not items:
            return Outlook(rows=())
        return await self.outlook(asked, letter, items, compare=compare)

    async def _shown(self, asked: Asked, view: OpenView, letter: Letter, pasting: Pasting) -> View:
        """Return the window with all entries, or with the fields of the edited entry."""
        t = asked.caller.t
        if not pasting.texts:
            return views.form(t, letter, pasting, self.wording(t, (), view))
        found = await asyncio.to_thread(understand, pasting, takes(letter))
        editing = next((one for one in found.items if one.key == pasting.editing), None)
        if editing is not None:
            return views.edit(t, letter, pasting, self.wording(t, (), view), editing)
        pasting = replace(pasting, editing="", shown=pasting.digest)
        # Entries left out don't count as duplicates of the others.
        wanted = [one for one in found.items if not one.left_out]
        outlook = await self._outlook(asked, letter, wanted)
        ahead = iter(outlook.rows)
        rows = [
            Row(item=one, entry=one.entry.reads, notes=notes_of(t, one.entry))
            if one.left_out
            else next(ahead)
            for one in found.items
        ]
        wording = self.wording(t, rows, view)
        return views.look(t, letter, pasting, wording, rows, found.skipped, outlook.notes)
