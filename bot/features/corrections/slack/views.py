"""Views of a correction: the organiser's form and preview, the signer's question."""

from dataclasses import replace
from typing import Any

from bot.features.corrections.rules import Correction
from bot.features.corrections.use_cases import Line, Looked
from bot.letters.endorsement import Facts, Kind, Signature
from bot.letters.ids import revision
from bot.letters.lines import LINE_MOST, NAME_MOST
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
from bot.slack.line_form import affiliation_fields, organisation_fields
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
    line: Line,
    facts: Facts,
    *,
    sort_name: str = "",
    asks: bool = True,
    read: str | None = None,
) -> View:
    """Ask for the fields of a line, and how to correct it.

    `read` is the revision of the entry that the fields were first read from, if not from this one.
    """
    signed = line.endorsement.signature
    is_person = line.endorsement.kind is Kind.PERSON
    blocks: Blocks = [_now(t, signed.line)]
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
            most=LINE_MOST,
            optional=True,
            hint=t("Only affects the order of the list. It isn’t shown."),
        )
    )
    if line.can_be_asked:
        blocks.append(_how(t, ASK if asks else MAKE))
    blocks += _leaving(t, line)
    return modal(
        t("Correct an entry"),
        blocks,
        close=t("Cancel"),
        submit=t("Continue"),
        callback="correct",
        meta=Correcting(
            endorsement=line.endorsement.id,
            read=read or revision(signed),
            language=line.letter.language,
            suggested=suggested_sort_name(signed.capacity, facts),
        ).kept(),
    )


def _leaving(t: Words, line: Line) -> Blocks:
    """Offer the ways off the list: an organiser removes any entry, and withdraws a collected one."""
    removes = button(t("Remove from list"), "removals.remove", line.endorsement.signatory)
    if line.endorsement.person is not None:
        return [actions(removes)]
    sure = confirm(t, t("Withdraw"), t("Do this if the signer asked you to."), danger=True)
    withdraws = button(
        t("Withdraw for them"), "correct.off", line.endorsement.id, style="danger", confirm=sure
    )
    source = escape(isolate(line.endorsement.source))
    return [
        context(t("Collected outside Slack: {source}", source=source)),
        actions(withdraws, removes),
    ]


def taken_off(t: Words, line: str) -> View:
    """Say that an organiser withdrew a collected signature for its signer."""
    said = t("Withdrawn: {line}", line=escape(isolate(line)))
    return modal(t("Correct an entry"), [section(f":white_check_mark: {said}")], close=t("Done"))


def _how(t: Words, chosen: str) -> dict[str, Any]:
    options = {
        ASK: option(t("Ask the signer"), ASK, t("Nothing changes until they agree.")),
        MAKE: option(t("Change it now"), MAKE, t("The signer is told, and can change it back.")),
    }
    return field_block("how", t("How do you want to change it?"), radio("value", options, chosen))


def _now(t: Words, line: str) -> dict[str, Any]:
    return section(f"{t('Before:')}\n*{escape(isolate(line))}*")


def _then(t: Words, line: str) -> dict[str, Any]:
    return section(f"{t('After:')}\n*{escape(isolate(line))}*")


def look(t: Words, looked: Looked, *, asks: bool, read: str | None = None) -> View:
    """The line as it is and as it will be, for a yes."""
    line, signature = looked.line, looked.signature
    waits = asks and line.can_be_asked
    then = _what_follows(t, line, waits=waits)
    blocks: Blocks = [
        _now(t, line.endorsement.signature.line),
        _then(t, signature.line),
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
            endorsement=line.endorsement.id,
            read=read,
            facts=_of_line(signature),
            sort_name=signature.sort_name,
            asks=waits,
        ).kept(),
    )


def _of_line(signature: Signature) -> Facts:
    """The facts of a line, without those that are kept besides and cannot be corrected."""
    line = replace(signature.facts, role="", authorised=False)
    return replace(line, name="") if signature.capacity.kind is Kind.ORGANISATION else line


def _what_follows(t: Words, line: Line, *, waits: bool) -> str:
    if waits:
        return t("Nothing changes until they agree.")
    if line.own or line.endorsement.person is None:
        return ""
    return t("The signer is told, and can change it back.")


def done(t: Words, correction: Correction) -> View:
    """Say what was corrected or asked."""
    line = escape(isolate(correction.line))
    said = (
        t(":hourglass_flowing_sand: We’ve asked the signer to approve:")
        if correction.answer is None
        else f":white_check_mark: {t('Saved.')}"
    )
    return modal(t("Correct an entry"), [section(f"{said}\n*{line}*")], close=t("Done"))
