"""Views of a correction: the organiser's form and preview, the signer's question."""

from dataclasses import replace
from typing import Any

from bot.features.corrections.rules import Correction
from bot.features.corrections.use_cases import Entry, Looked
from bot.letters.endorsement import Facts, Kind, Signature
from bot.letters.entries import ENTRY_MOST, NAME_MOST
from bot.letters.ids import revision
from bot.letters.signature import suggested_sort_name
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
from bot.slack.models.memories import Memory
from bot.slack.text.escaping import escape, isolate


class _OfEntry(Memory):
    endorsement: str
    read: str | None = None
    """The revision that the correction was made from."""


class Correcting(_OfEntry):
    """Memory of the form."""

    language: str
    suggested: str
    """Our suggestion of a name to sort under."""


class Corrected(_OfEntry):
    """Memory of the entry as it will be."""

    facts: Facts
    sort_name: str
    asks: bool
    """Whether the signer is asked."""


ASK, MAKE = "ask", "make"


def form(
    t: Words,
    entry: Entry,
    facts: Facts,
    *,
    sort_name: str = "",
    asks: bool = True,
    read: str | None = None,
) -> View:
    """Ask for the fields of an entry, and how to correct it.

    `read` is the revision of the entry that the fields were first read from, if not from this one.
    """
    signed = entry.endorsement.signature
    is_person = entry.endorsement.kind is Kind.PERSON
    blocks: Blocks = [_now(t, signed.entry)]
    if is_person:
        blocks.append(text_input("name", t("Name"), value=facts.name, most=NAME_MOST))
        blocks += affiliation_fields(t, facts)
    else:
        blocks += organisation_fields(t, facts)
    blocks.append(
        text_input(
            "sort",
            t("Sort as"),
            value=sort_name or signed.sort_name,
            most=ENTRY_MOST,
            optional=True,
            hint=t("Only affects the order of the list. It isn’t shown."),
        )
    )
    if entry.can_be_asked:
        blocks.append(_how(t, ASK if asks else MAKE))
    blocks += _leaving(t, entry)
    return modal(
        t("Correct an entry"),
        blocks,
        close=t("Cancel"),
        submit=t("Continue"),
        callback="correct",
        meta=Correcting(
            endorsement=entry.endorsement.id,
            read=read or revision(signed),
            language=entry.letter.language,
            suggested=suggested_sort_name(signed.capacity, facts),
        ).kept(),
    )


def _leaving(t: Words, entry: Entry) -> Blocks:
    """Offer the ways off the list: an organiser removes any entry, and withdraws a collected one."""
    removes = button(t("Remove from list"), "removals.remove", entry.endorsement.signatory)
    if entry.endorsement.person is not None:
        return [actions(removes)]
    sure = confirm(t, t("Withdraw"), t("Do this if the signer asked you to."), danger=True)
    withdraws = button(
        t("Withdraw for them"), "correct.off", entry.endorsement.id, style="danger", confirm=sure
    )
    source = escape(isolate(entry.endorsement.source))
    return [
        context(t("Collected outside Slack: {source}", source=source)),
        actions(withdraws, removes),
    ]


def taken_off(t: Words, entry: str) -> View:
    """Say that an organiser withdrew a collected signature for its signer."""
    said = t("Withdrawn: {entry}", entry=escape(isolate(entry)))
    return modal(t("Correct an entry"), [section(f":white_check_mark: {said}")], close=t("Done"))


def _how(t: Words, chosen: str) -> dict[str, Any]:
    options = {
        ASK: option(t("Ask the signer"), ASK, t("Nothing changes until they agree.")),
        MAKE: option(t("Change it now"), MAKE, t("The signer is told, and can change it back.")),
    }
    return field_block("how", t("How do you want to change it?"), radio("value", options, chosen))


def _now(t: Words, entry: str) -> dict[str, Any]:
    return section(f"{t('Before:')}\n*{escape(isolate(entry))}*")


def _then(t: Words, entry: str) -> dict[str, Any]:
    return section(f"{t('After:')}\n*{escape(isolate(entry))}*")


def look(t: Words, looked: Looked, *, asks: bool, read: str | None = None) -> View:
    """The entry as it is and as it will be, for a yes."""
    entry, signature = looked.entry, looked.signature
    waits = asks and entry.can_be_asked
    then = _what_follows(t, entry, waits=waits)
    blocks: Blocks = [
        _now(t, entry.endorsement.signature.entry),
        _then(t, signature.entry),
        context(f"{t('Sort as')}: {escape(isolate(signature.sort_name))}"),
        *([context(escape(then))] if then else []),
        actions(
            button(
                t("Ask the signer") if waits else t("Save"),
                "correct.yes",
                style="primary",
            ),
            button(t("Edit"), "correct.again"),
        ),
    ]
    return modal(
        t("Correct an entry"),
        blocks,
        close=t("Cancel"),
        callback="correct.yes",
        meta=Corrected(
            endorsement=entry.endorsement.id,
            read=read,
            facts=_of_entry(signature),
            sort_name=signature.sort_name,
            asks=waits,
        ).kept(),
    )


def _of_entry(signature: Signature) -> Facts:
    """The facts of an entry, without those that are kept besides and cannot be corrected."""
    facts = replace(signature.facts, role="", authorised=False)
    return replace(facts, name="") if signature.capacity.kind is Kind.ORGANISATION else facts


def _what_follows(t: Words, entry: Entry, *, waits: bool) -> str:
    if waits:
        return t("Nothing changes until they agree.")
    if entry.own or entry.endorsement.person is None:
        return ""
    return t("The signer is told, and can change it back.")


def done(t: Words, correction: Correction) -> View:
    """Say what was corrected or asked."""
    entry = escape(isolate(correction.entry))
    said = (
        t(":hourglass_flowing_sand: We’ve asked the signer to approve:")
        if correction.answer is None
        else f":white_check_mark: {t('Saved.')}"
    )
    return modal(t("Correct an entry"), [section(f"{said}\n*{entry}*")], close=t("Done"))
