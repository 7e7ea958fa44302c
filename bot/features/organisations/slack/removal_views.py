"""Views for removing an entry from the list, and for restoring it."""

from typing import Any

from bot.features.organisations.use_cases.removals import TOLD_MOST
from bot.features.organisations.use_cases.shown import Organisation, read_of
from bot.letters.audit import AuditEntry
from bot.letters.signatory import Signatory
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    modal,
    section,
    text_input,
)
from bot.slack.models.shapes import Memory
from bot.slack.text.escaping import clip, escape, isolate, moment, plain


class OfEntry(Memory):
    """Memory of a form about one entry."""

    signatory: str
    read: str
    """The state that it was made from (`use_cases/seen`)."""


def removal_form(t: Words, one: Organisation) -> View:
    """Return the form that asks why an entry is to be removed."""
    party = one.party
    blocks: Blocks = [
        section(f"*{escape(isolate(party.entry))}*"),
        context(
            escape(t("It stays off the list, even if it’s signed again. You can restore it later."))
        ),
        text_input(
            "why",
            t("Reason"),
            most=TOLD_MOST,
            multiline=True,
            hint=t("The signer gets this reason in a message."),
        ),
    ]
    return modal(
        t("Remove from list"),
        blocks,
        close=t("Cancel"),
        submit=t("Remove"),
        callback="decide",
        meta=OfEntry(signatory=party.id, read=read_of(one)).kept(),
    )


def removal_blocks(t: Words, removal: AuditEntry | None) -> Blocks:
    """Return who removed an entry, when and why; [] if unknown."""
    if removal is None:
        return []
    by = "" if removal.by is None else f"<@{removal.by.user}>, "
    said = f"{t('Removed by an organiser')}\n{by}{moment(t, removal.at)}"
    if not removal.ground:
        return [section(said)]
    return [section(said), {"type": "section", "text": plain(isolate(removal.ground))}]


def removed_page(t: Words, one: Organisation) -> View:
    """Return the confirmation that an entry was removed, with a Restore button."""
    said = t("Removed: {entry}", entry=escape(isolate(one.party.entry)))
    restores = restore_button(t, one.party, read_of(one))
    blocks: Blocks = [section(f":white_check_mark: {said}"), actions(restores)]
    return modal(t("Done"), blocks, close=t("Close"))


def restore_button(t: Words, party: Signatory, read: str) -> dict[str, Any]:
    """Return the button that restores a removed entry, after a confirmation."""
    sure = confirm(
        t,
        t("Restore"),
        t("“{entry}” goes back on the list.", entry=isolate(clip(party.entry, 120))),
    )
    return button(t("Restore"), "removals.restore", f"{party.id}:{read}", confirm=sure)


def restored_words(t: Words, party: Signatory) -> str:
    """Return the confirmation that an entry was restored, as `mrkdwn`."""
    return t("Restored: {entry}", entry=escape(isolate(party.entry)))
