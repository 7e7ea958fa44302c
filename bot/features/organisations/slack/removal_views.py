"""Views for removing an entry from the list, and for restoring it."""

from typing import Any

from bot.features.organisations.use_cases.shown import Organisation, read_of
from bot.letters.audit import AuditEntry
from bot.letters.endorsement import Endorsement, Kind
from bot.letters.entries import TOLD_MOST
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing, Waits
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
    endorsement: str = ""
    """The only signature of it to remove; empty for the entry."""
    everything: bool = False
    """Remove everything that its signer signed on the letter."""


def removal_form(
    t: Words, one: Organisation, given: Endorsement | None = None, signed: int = 0
) -> View:
    """Return the form that asks why an entry is to be removed.

    Or only the signature `given`, or all of its signer, who signed for `signed` organisations.
    """
    party = one.party
    shown = f"*{escape(isolate(party.entry))}*"
    follows = t("They can’t sign as themselves again. You can restore the entry later.")
    if signed and given:
        shown = signed_for_words(t, given.signature.facts.name, signed)
        follows = t(
            "All their signatures on this letter are removed, and they can’t sign for these "
            "organisations again. You can undo this in *History*."
        )
    elif given:
        name, entry = given.signature.facts.name, given.signature.entry
        shown = f"*{escape(isolate(name))}*: {escape(isolate(entry))}"
        follows = t("They can’t sign for it again. You can undo this in *History*.")
    elif party.kind is Kind.ORGANISATION:
        follows = t(
            "People who signed for this organisation can’t sign for it again. Someone else from "
            "there can. You can restore the entry later."
        )
    why = text_input(
        "why",
        t("Reason"),
        most=TOLD_MOST,
        multiline=True,
        hint=t("If we can reach the signer, they get this reason in a message."),
    )
    asked = party.standing is Standing.UNCONFIRMED and party.waits is not Waits.NO
    refuses = asked and given is None
    memory = OfEntry(
        signatory=party.id,
        read=read_of(one),
        endorsement=given.id if given else "",
        everything=bool(signed),
    )
    return modal(
        t("Refuse") if refuses else t("Remove from list"),
        [section(shown), context(escape(follows)), why],
        close=t("Cancel"),
        submit=t("Refuse") if refuses else t("Remove"),
        callback="decide",
        meta=memory.kept(),
    )


def signed_for_words(t: Words, name: str, count: int) -> str:
    """Say for how many organisations a person signed; `mrkdwn`."""
    return t.n(
        "*{name}* signed for {count} organisation.",
        "*{name}* signed for {count} organisations.",
        count,
        name=escape(isolate(name)),
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
