"""Views in which an organiser removes an entry from the list, or restores it."""

from typing import Any

from bot.features.organisations.use_cases.removals import TOLD_MOST, Entry
from bot.letters.audit import AuditEntry
from bot.letters.signatory import Signatory
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, context, modal, section, text_input
from bot.slack.payloads import remember
from bot.slack.text.escaping import escape, isolate, plain
from bot.slack.times import moment

View = dict[str, Any]


def removal_form(t: Words, entry: Entry) -> View:
    """Ask why an entry is to be removed."""
    blocks: Blocks = [
        section(
            t(
                "Remove *{line}* from *{title}*?",
                line=escape(isolate(entry.party.line)),
                title=escape(isolate(entry.letter.title)),
            )
        ),
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
        t("Remove an entry"),
        blocks,
        close=t("Cancel"),
        submit=t("Remove"),
        callback="removals.remove",
        meta=remember(signatory=entry.party.id),
    )


def restoring_form(t: Words, entry: Entry) -> View:
    """Ask whether a removed entry is to be restored, with its removal."""
    blocks: Blocks = [
        section(
            t(
                "Restore *{line}* on *{title}*?",
                line=escape(isolate(entry.party.line)),
                title=escape(isolate(entry.letter.title)),
            )
        ),
        *removal_blocks(t, entry.removal),
        text_input("why", t("Reason"), most=TOLD_MOST, multiline=True, optional=True),
    ]
    return modal(
        t("Restore an entry"),
        blocks,
        close=t("Cancel"),
        submit=t("Restore"),
        callback="removals.restore",
        meta=remember(signatory=entry.party.id),
    )


def removal_blocks(t: Words, removal: AuditEntry | None) -> Blocks:
    """Say who removed an entry, when and why; nothing where that is not known."""
    if removal is None:
        return []
    said = (
        t("Removed {when}.", when=moment(t, removal.at))
        if removal.by is None
        else t("Removed by <@{by}>, {when}.", by=removal.by.user, when=moment(t, removal.at))
    )
    if not removal.ground:
        return [section(said)]
    return [section(said), {"type": "section", "text": plain(isolate(removal.ground))}]


def removed_page(t: Words, party: Signatory) -> View:
    """Say that an entry was removed, with the way back."""
    said = t(
        ":white_check_mark: *{line}* was removed. The signer will be told.",
        line=escape(isolate(party.line)),
    )
    blocks: Blocks = [section(said), actions(button(t("Restore"), "removals.restore", party.id))]
    return modal(t("Removed"), blocks, close=t("Done"))


def restored_page(t: Words, party: Signatory) -> View:
    """Say that an entry was restored."""
    line = escape(isolate(party.line))
    said = (
        t(":white_check_mark: *{line}* was restored. The signer will be told.", line=line)
        if party.endorsements
        else t(":white_check_mark: *{line}* can sign again.", line=line)
    )
    return modal(t("Restored"), [section(said)], close=t("Done"))
