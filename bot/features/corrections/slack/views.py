"""Views of a correction: the organiser's form and preview, the signer's question."""

from dataclasses import asdict
from typing import Any

from bot.features.corrections.rules import Correction
from bot.features.corrections.use_cases import Line, Looked
from bot.letters.endorsement import Facts, Kind, Signature
from bot.letters.letter import Letter
from bot.letters.lines import LINE_MOST, NAME_MOST
from bot.letters.signature import suggested_sort_name
from bot.locales import Words
from bot.slack.block_kit import (
    Blocks,
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
from bot.slack.payloads import remember
from bot.slack.text.escaping import escape, isolate

View = dict[str, Any]

ASK, MAKE = "ask", "make"


def naming(t: Words, letter: Letter) -> View:
    """Ask which line shall be corrected."""
    return modal(
        t("Correct a line"),
        [
            section(
                t("Which line of *{title}* is not right?", title=escape(isolate(letter.title)))
            ),
            text_input(
                "named",
                t("Line or name"),
                most=LINE_MOST,
                hint=t("The line as it reads on the list, or the name in it."),
            ),
        ],
        close=t("Cancel"),
        submit=t("Continue"),
        callback="correct.named",
        meta=remember(letter=letter.id),
    )


def form(t: Words, line: Line, facts: Facts, *, sort_name: str = "", asks: bool = True) -> View:
    """The fields of a line, and how it shall be corrected."""
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
            t("Sort under"),
            value=sort_name or signed.sort_name,
            most=LINE_MOST,
            optional=True,
            hint=t("Only for the order of the list; nobody sees it."),
        )
    )
    if line.can_be_asked:
        blocks.append(_how(t, ASK if asks else MAKE))
    if line.endorsement.person is None:
        blocks += _taking_back(t, line)
    return modal(
        t("Correct a line"),
        blocks,
        close=t("Cancel"),
        submit=t("Continue"),
        callback="correct",
        meta=remember(
            endorsement=line.endorsement.id,
            language=line.letter.language,
            suggested=suggested_sort_name(signed.capacity, facts),
        ),
    )


def _taking_back(t: Words, line: Line) -> Blocks:
    """The way off the list for a signature that was given elsewhere."""
    sure = confirm(
        t("Take it off the list?"),
        t("Do this if they asked for it, or if it should never have been added."),
        t("Take it off"),
        t("Keep it"),
        danger=True,
    )
    off = button(
        t("Take it off the list"),
        "correct.off",
        line.endorsement.id,
        style="danger",
        confirm=sure,
    )
    source = escape(isolate(line.endorsement.source))
    return [context(t("Given elsewhere: {source}", source=source)), actions(off)]


def taken_off(t: Words, line: str) -> View:
    """After an organiser took a signature off the list that was given elsewhere."""
    said = t(":white_check_mark: *{line}* is off the list.", line=escape(isolate(line)))
    return modal(t("Correct a line"), [section(said)], close=t("Done"))


def _how(t: Words, chosen: str) -> dict[str, Any]:
    options = {
        ASK: option(t("Ask the signer first"), ASK, t("Until they say yes, the old line stands.")),
        MAKE: option(t("Change it now"), MAKE, t("It is marked as yours, and the signer is told.")),
    }
    return field_block("how", t("How?"), radio("value", options, chosen))


def _now(t: Words, line: str) -> dict[str, Any]:
    return section(t("Now it reads:\n*{line}*", line=escape(isolate(line))))


def _then(t: Words, line: str) -> dict[str, Any]:
    return section(t("It will read:\n*{line}*", line=escape(isolate(line))))


def look(t: Words, looked: Looked, *, asks: bool) -> View:
    """The line as it is and as it will be, for a yes."""
    line, signature = looked.line, looked.signature
    waits = asks and line.can_be_asked
    blocks: Blocks = [
        _now(t, line.endorsement.signature.line),
        _then(t, signature.line),
        context(t("Sorted under: {name}", name=escape(isolate(signature.sort_name)))),
        context(escape(_what_follows(t, line, waits=waits))),
        actions(button(t("Change something"), "correct.again")),
    ]
    return modal(
        t("Correct a line"),
        blocks,
        close=t("Cancel"),
        submit=t("Ask the signer") if waits else t("Change the line"),
        callback="correct.yes",
        meta=remember(
            endorsement=line.endorsement.id,
            facts=_of_line(signature),
            sort_name=signature.sort_name,
            asks=waits,
        ),
    )


def _of_line(signature: Signature) -> dict[str, Any]:
    """The facts of a line, without those that are kept besides and cannot be corrected."""
    private = {"role", "authorised"}
    if signature.capacity.kind is Kind.ORGANISATION:
        private.add("name")
    kept = {name: value for name, value in asdict(signature.facts).items() if name not in private}
    return {"name": "", **kept}


def _what_follows(t: Words, line: Line, *, waits: bool) -> str:
    if waits:
        return t(
            "The signer gets a message with both lines. Until they say yes, the old one stands."
        )
    if line.own:
        return t("It is your own line.")
    if line.endorsement.person is None:
        return t("It was given elsewhere, so nobody can be asked here. It is marked as yours.")
    return t("It is marked as yours. The signer is told, and can change it back.")


def done(t: Words, correction: Correction) -> View:
    """Say what was corrected or asked."""
    line = escape(isolate(correction.line))
    said = (
        t(
            ":hourglass_flowing_sand: The signer is asked whether it may read:\n*{line}*\nYou will "
            "be told what they say.",
            line=line,
        )
        if correction.answer is None
        else t(":white_check_mark: It reads now:\n*{line}*", line=line)
    )
    return modal(t("Correct a line"), [section(said)], close=t("Done"))
