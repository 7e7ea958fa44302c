"""The window in which an organiser pastes a list: the entries are shown, corrected, then taken."""

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
    """What would become of the entries if they were taken now."""

    rows: Sequence[Row]
    notes: Sequence[str] = ()
    """What else there is to know of all of them, as plain text."""


class PastedLists(ABC):
    """The window; a feature says what becomes of an entry, and does it."""

    name: str
    """The window's callback id, before the dot of its buttons' action ids."""
    action: Action
    """What the organiser has to be allowed to do."""

    @abstractmethod
    def wording(self, t: Words, rows: Sequence[Row], view: OpenView | None = None) -> Wording:
        """Return the feature's words: those about some rows, and what is typed in its own field."""

    @abstractmethod
    async def outlook(
        self, asked: Asked, letter: Letter, items: Sequence[Item], *, compare: bool
    ) -> Outlook:
        """Return what would become of entries; nothing is written.

        Args:
            asked: Who asks, and the window.
            letter: The letter.
            items: The entries, of which none was left out.
            compare: Look for entries that look like them, too.
        """

    @abstractmethod
    async def take(self, submission: Submission, letter: Letter, items: Sequence[Item]) -> Answer:
        """Take the entries as they were shown."""

    def register(self, features: Features) -> None:
        """Register the window's buttons and its submit."""
        features.on_click(f"{self.name}.correct", self._correct)
        features.on_click(f"{self.name}.page", self._page)
        features.on_click(f"{self.name}.back", self._back)
        features.on_submit(self.name, self._submit)

    def empty(self, t: Words, letter: Letter) -> View:
        """Return the window before anything was pasted."""
        return views.form(t, letter, Pasting(), self.wording(t, ()))

    async def _correct(self, click: Click) -> None:
        """Correct one entry; the value is `what:key`."""
        await self._change(click, pasting_of(click.modal).corrected(click.value))

    async def _page(self, click: Click) -> None:
        await self._change(click, replace(pasting_of(click.modal), page=int(click.value)))

    async def _back(self, click: Click) -> None:
        await self._change(click, replace(pasting_of(click.modal), editing=""))

    async def _change(self, click: Click, pasting: Pasting) -> None:
        letter = await self._letter(click, click.modal)
        await click.update(await self._shown(click, click.modal, letter, pasting))

    async def _submit(self, submission: Submission) -> Answer:
        """Show what was not shown yet, and take what was."""
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
            # Somebody may have signed since, or an entry was taken.
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
        """The window with the entries of its texts, or with the fields of the one that is edited."""
        t = asked.caller.t
        if not pasting.texts:
            return views.form(t, letter, pasting, self.wording(t, (), view))
        found = await asyncio.to_thread(understand, pasting, takes(letter))
        editing = next((one for one in found.items if one.key == pasting.editing), None)
        if editing is not None:
            return views.edit(t, letter, pasting, self.wording(t, (), view), editing)
        pasting = replace(pasting, editing="", shown=pasting.digest)
        # Those left out are no doubles of the others.
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
