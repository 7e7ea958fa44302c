"""An organiser's views of two names that may be one party."""

from collections.abc import Sequence
from typing import Any

from bot.features.organisations.use_cases.merges import Likely, Organisation
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, button, confirm, context, modal, section
from bot.slack.payloads import remember
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.times import moment
from bot.slack.words.standing import organiser_standing

View = dict[str, Any]

PAIRS = 5
"""Enough for one page; what was looked through besides is never left out."""
MOST_SHOWN = 15


def pairs_page(
    t: Words,
    letter: Letter,
    found: Sequence[Likely],
    *,
    after: str,
    end: str | None,
    done: str = "",
) -> View:
    """Pairs to decide, and the way on to where nobody has looked yet.

    Args:
        t: The organiser's words.
        letter: The letter.
        found: The pairs.
        after: Where looking began.
        end: Where it ended; None where all were looked at.
        done: What was just done, if something was.
    """
    blocks: Blocks = []
    if done:
        blocks.append(section(f":white_check_mark: {done}"))
    if found:
        blocks.append(section(escape(t("Are these one, or two?"))))
    elif end is None:
        blocks.append(section(escape(t("No two names look alike that you have not decided."))))
    else:
        blocks.append(
            section(escape(t("No two names look alike so far. There are more to look at.")))
        )
    for number, likely in enumerate(found[:MOST_SHOWN]):
        blocks += _pair(t, letter, likely, number)
    rest = len(found) - MOST_SHOWN
    if rest > 0:
        blocks.append(context(t.n("and {count} more", "and {count} more", rest)))
    buttons: Blocks = []
    if end is not None and rest <= 0:
        buttons.append(button(t("Look further"), "pairs", f"from:{end}"))
    buttons.append(button(t("← Back to the list"), "organisations.page"))
    blocks.append(actions(*buttons, block="turn"))
    return modal(
        t("Names that look alike"),
        blocks,
        close=t("Close"),
        callback="organisations",
        meta=remember(letter=letter.id, way=[], after=after),
    )


def _pair(t: Words, letter: Letter, likely: Likely, number: int) -> Blocks:
    one, other = likely.one, likely.other
    if one.party.kind is Kind.PERSON:
        return _namesakes(t, likely, number)
    blocks: Blocks = [
        {"type": "divider"},
        section(_described(t, letter, one)),
        section(_described(t, letter, other)),
    ]
    if one.party.removed or other.party.removed:
        blocks.append(
            context(
                escape(t("One of them was struck off: as one they stay off until you decide anew."))
            )
        )
    elif Standing.DISPUTED in {one.party.standing, other.party.standing}:
        blocks.append(
            context(
                escape(t("Somebody objects to one of them: as one they wait for your decision."))
            )
        )
    blocks.append(
        actions(
            _one(t, t("One: keep the first line"), "first", one.party, other.party),
            _one(t, t("One: keep the second line"), "second", other.party, one.party),
            button(t("They are two"), "pairs.two", f"{one.party.id}:{other.party.id}"),
            block=f"pair.{number}",
        )
    )
    return blocks


def _namesakes(t: Words, likely: Likely, number: int) -> Blocks:
    """Two people of one name, of whom the second was added from elsewhere."""
    one, other = likely.one.party, likely.other.party
    asked = confirm(
        t("Make them one?"),
        t(
            "The signature that was added from elsewhere ends, and “{line}” stays. This cannot be "
            "undone.",
            line=isolate(clip(one.line, 120)),
        ),
        t("They are one"),
        t("Not now"),
    )
    value = f"{one.id}:{other.id}"
    return [
        {"type": "divider"},
        section(_given(t, likely.one)),
        section(_given(t, likely.other)),
        actions(
            button(t("One person: keep the first line"), "pairs.one:first", value, confirm=asked),
            button(t("They are two"), "pairs.two", value),
            block=f"pair.{number}",
        ),
    ]


def _given(t: Words, one: Organisation) -> str:
    first = one.endorsements[0]
    when = moment(t, first.signed_at)
    said = (
        t("given elsewhere, added {when}", when=when)
        if first.person is None
        else t("signed here, {when}", when=when)
    )
    return f"*{escape(isolate(one.party.line))}*\n{said}"


def _described(t: Words, letter: Letter, one: Organisation) -> str:
    first = one.endorsements[0]
    facts = first.signature.facts
    parts = [clip(part, 100) for part in (facts.name, facts.role) if part]
    who = ", ".join(escape(isolate(part)) for part in parts)
    said = [
        escape(organiser_standing(t, letter, one.party)),
        t("signed by {name}, {when}", name=who, when=moment(t, first.signed_at)),
    ]
    more = len(one.endorsements) - 1
    if more > 0:
        said.append(t.n("and {count} more", "and {count} more", more))
    return f"*{escape(isolate(one.party.line))}*\n{', '.join(said)}"


def _one(t: Words, label: str, which: str, keeps: Signatory, goes: Signatory) -> dict[str, Any]:
    asked = confirm(
        t("Make them one?"),
        t(
            "Whoever signed for either stands under “{line}”. This cannot be undone.",
            line=isolate(clip(keeps.line, 120)),
        ),
        t("They are one"),
        t("Not now"),
    )
    return button(label, f"pairs.one:{which}", f"{keeps.id}:{goes.id}", confirm=asked)


def merged_words(t: Words, party: Signatory) -> str:
    """After two were made one; `mrkdwn`."""
    said = t.n(
        "One line now: *{line}*, with {count} signature for it.",
        "One line now: *{line}*, with {count} signatures for it.",
        party.endorsements,
        line=escape(isolate(party.line)),
    )
    if party.kind is Kind.PERSON:
        return said
    told = t("Whoever signed under the other name is told.")
    return f"{said} {escape(told)}"
