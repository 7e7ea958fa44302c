"""Views for removing an entry from the list, and for restoring it."""

from typing import Any

from bot.features.organisations.use_cases.removals import TOLD_MOST
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


def removal_form(t: Words, party: Signatory) -> View:
    """Return the form that asks why an entry is to be removed."""
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
        meta=OfEntry(signatory=party.id).kept(),
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


def removed_page(t: Words, party: Signatory) -> View:
    """Return the confirmation that an entry was removed, with a Restore button."""
    said = t("Removed: {entry}", entry=escape(isolate(party.entry)))
    blocks: Blocks = [section(f":white_check_mark: {said}"), actions(restore_button(t, party))]
    return modal(t("Done"), blocks, close=t("Close"))


def restore_button(t: Words, party: Signatory) -> dict[str, Any]:
    """Return the button that restores a removed entry, after a confirmation."""
    sure = confirm(
        t,
        t("Restore"),
        t("“{entry}” goes back on the list.", entry=isolate(clip(party.entry, 120))),
    )
    return button(t("Restore"), "removals.restore", party.id, confirm=sure)


def restored_words(t: Words, party: Signatory) -> str:
    """Return the confirmation that an entry was restored, as `mrkdwn`."""
    return t("Restored: {entry}", entry=escape(isolate(party.entry)))
