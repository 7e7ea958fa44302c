"""An organiser's views of a correction: form, preview and result."""

from dataclasses import replace
from typing import Any

from bot.features.corrections.rules import Correction
from bot.features.corrections.use_cases import Entry, Looked
from bot.letters.endorsement import Facts, Kind
from bot.letters.entries import ENTRY_MOST, NAME_MOST, suggested_sort_name
from bot.letters.ids import revision
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    field_block,
    modal,
    option,
    radio,
    section,
    text_input,
)
from bot.slack.entry_form import affiliation_fields, organisation_fields
from bot.slack.models.shapes import Memory
from bot.slack.text.escaping import escape, isolate
from bot.use_cases.seen import seen


class Correcting(Memory):
    """Memory of the correction form."""

    endorsement: str
    read: str | None = None
    """The revision of the signature that the organiser edited."""
    language: str
    suggested: str
    """The suggested name to sort under."""


class Corrected(Memory):
    """Memory of the preview: the corrected fields."""

    endorsement: str
    read: str | None = None
    """The revision of the signature that the organiser edited."""
    facts: Facts
    sort_name: str
    asks: bool
    """True if the signer is asked first."""


ASK, MAKE = "ask", "make"


def form(
    t: Words,
    entry: Entry,
    facts: Facts | None = None,
    *,
    sort_name: str = "",
    asks: bool = True,
    read: str | None = None,
) -> View:
    """Return the form with an entry's fields, and the choice to ask the signer first.

    `facts` are those that the organiser typed, and `read` is the revision that the fields were
    first read from; None for the current ones.
    """
    one, signed = entry.endorsement, entry.endorsement.signature
    facts = facts or signed.facts
    blocks: Blocks = [_labelled(t("Before:"), signed.entry)]
    if one.kind is Kind.PERSON:
        blocks.append(text_input("name", t("Name"), value=facts.name, most=NAME_MOST))
        blocks += affiliation_fields(t, facts)
    else:
        blocks += organisation_fields(t, facts, web=False)
    blocks.append(
        text_input(
            "sort",
            t("Sort as"),
            value=sort_name or signed.sort_name,
            most=ENTRY_MOST,
            optional=True,
            hint=t("Only affects the order of the list. Spreadsheets of the list show it."),
        )
    )
    if entry.can_be_asked:
        told = t("The signer gets a message and can check the entry.")
        options = {
            ASK: option(t("Ask the signer"), ASK, t("Nothing changes until they agree.")),
            MAKE: option(t("Change it now"), MAKE, told),
        }
        how = radio("value", options, ASK if asks else MAKE)
        blocks.append(field_block("how", t("How do you want to change it?"), how))
    removes = button(t("Remove from list"), "removals.remove", one.signatory)
    if one.person is not None:
        blocks.append(actions(removes))
    else:
        sure = confirm(t, t("Withdraw"), t("Do this if the signer asked you to."), danger=True)
        value = f"{one.signatory}:{one.id}:{seen(signed.entry, signed)}"
        withdraws = button(
            t("Withdraw for them"), "correct.off", value, style="danger", confirm=sure
        )
        source = escape(isolate(one.source))
        blocks.append(context(t("Collected outside Slack: {source}", source=source)))
        blocks.append(actions(withdraws, removes))
    memory = Correcting(
        endorsement=one.id,
        read=read or revision(signed),
        language=entry.letter.language,
        suggested=suggested_sort_name(signed.capacity, facts, language=entry.letter.language),
    )
    return modal(
        t("Correct an entry"),
        blocks,
        close=t("Cancel"),
        submit=t("Continue"),
        callback="correct",
        meta=memory.kept(),
    )


def _labelled(label: str, entry: str) -> dict[str, Any]:
    return section(f"{label}\n*{escape(isolate(entry))}*")


def look(t: Words, looked: Looked, *, asks: bool, read: str | None = None) -> View:
    """Return a view of the entry before and after the correction, with a button to confirm."""
    entry, signature = looked.entry, looked.signature
    one, waits = entry.endorsement, asks and entry.can_be_asked
    blocks: Blocks = [
        _labelled(t("Before:"), one.signature.entry),
        _labelled(t("After:"), signature.entry),
        context(f"{t('Sort as')}: {escape(isolate(signature.sort_name))}"),
    ]
    if waits:
        blocks.append(context(escape(t("Nothing changes until they agree."))))
    elif entry.can_be_asked:
        blocks.append(context(escape(t("The signer gets a message and can check the entry."))))
    yes = button(t("Ask the signer") if waits else t("Save"), "correct.yes", style="primary")
    blocks.append(actions(yes, button(t("Edit"), "correct.again")))
    # Leave out the facts that an organiser cannot correct.
    facts = replace(signature.facts, role="", authorised=False)
    if signature.capacity.kind is Kind.ORGANISATION:
        facts = replace(facts, name="")
    memory = Corrected(
        endorsement=one.id,
        read=read,
        facts=facts,
        sort_name=signature.sort_name,
        asks=waits,
    )
    return modal(
        t("Correct an entry"),
        blocks,
        close=t("Cancel"),
        callback="correct.yes",
        meta=memory.kept(),
    )


def done(t: Words, correction: Correction) -> View:
    """Return the confirmation that the entry was corrected, or that its signer was asked."""
    entry = escape(isolate(correction.entry))
    said = (
        t(":hourglass_flowing_sand: We’ve asked the signer to approve:")
        if correction.answer is None
        else f":white_check_mark: {t('Saved.')}"
    )
    return modal(t("Correct an entry"), [section(f"{said}\n*{entry}*")], close=t("Done"))
