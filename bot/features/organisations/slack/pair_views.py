"""An organiser's views of names that may be one party."""

from collections.abc import Sequence
from typing import Any

from bot.features.organisations.slack.views import page_view
from bot.features.organisations.use_cases.merge_history import MergedPair
from bot.features.organisations.use_cases.shown import Organisation, read_of
from bot.letters.endorsement import Kind
from bot.letters.letter import Letter
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.block_kit import (
    DIVIDER,
    Blocks,
    View,
    actions,
    button,
    confirm,
    context,
    of_row,
    option,
    section,
)
from bot.slack.page_parts import and_more, texts
from bot.slack.text.escaping import clip, escape, isolate, moment, plain
from bot.slack.words.rules import organiser_standing, where_from

PAIRS = 5
"""Pairs after which the search stops; further pairs of the last step are shown as well."""
MOST_SHOWN = 15
MOST_NAMES = 50
"""Names of a cluster that are shown, and decided about, at once."""
MOST_BLOCKS = 75
"""Blocks after which no further question is shown."""


def pairs_page(
    t: Words,
    letter: Letter,
    found: Sequence[Sequence[Organisation]],
    *,
    after: str,
    end: str | None,
    done: str = "",
) -> View:
    """Return the clusters to decide about, with a button that continues the search.

    Args:
        t: The organiser's words.
        letter: The letter.
        found: The clusters of two or more entries.
        after: The start of the search.
        end: The end of the search; None if all were compared.
        done: Confirmation of the last action; `mrkdwn`.
    """
    blocks: Blocks = [section(f":white_check_mark: {done}")] if done else []
    if not found and end is None:
        blocks.append(section(escape(t("No possible duplicates found."))))
    shown = 0
    for number, cluster in enumerate(found[:MOST_SHOWN]):
        if len(blocks) > MOST_BLOCKS:
            break
        blocks += [DIVIDER] if number else []
        if len(cluster) == 2:
            blocks += _pair(t, letter, cluster, number)
        else:
            blocks += _cluster(t, cluster, number)
        shown += 1
    blocks += and_more(t, len(found) - shown)
    buttons = [button(t("Undo a merge"), "merges"), button(t("Back"), "organisations.page")]
    if end is not None and len(found) == shown:
        buttons.insert(0, button(t("Look for more"), "pairs", f"from:{end}"))
    blocks.append(actions(*buttons, block="turn"))
    return page_view(t, t("Possible duplicates"), blocks, letter, after=after)


def merges_page(t: Words, letter: Letter, merged: Sequence[MergedPair], *, done: str = "") -> View:
    """Return the last merges, with Undo if possible; `done` (`mrkdwn`) confirms the last action."""
    blocks: Blocks = [section(f":white_check_mark: {done}")] if done else []
    if not merged:
        blocks.append(section(escape(t("No entries are merged."))))
    elif letter.delivered_at is not None:
        blocks.append(context(escape(t("After delivery, a merge can’t be undone."))))
    for number, one in enumerate(merged):
        said = t(
            "Merged: {other} into {entry}",
            other=escape(isolate(clip(one.gone, 300))),
            entry=escape(isolate(clip(one.kept, 300))),
        )
        undo = of_row(
            button(t("Undo"), f"merges.undo:{number}", f"{one.merge}:{one.read}"), one.gone, number
        )
        made = f"<@{one.by.user}>, {moment(t, one.made_at)}"
        blocks.append(section(f"{said}\n{made}", accessory=undo if one.may_undo else None))
    blocks.append(actions(button(t("Back"), "pairs", "from:"), block="turn"))
    return page_view(t, t("Merged entries"), blocks, letter)


def undone_words(t: Words, party: Signatory) -> str:
    """Return the confirmation that a merge was undone, as `mrkdwn`."""
    said = t("Restored: {entry}", entry=escape(isolate(clip(party.entry, 300))))
    if party.endorsements:
        return said
    return f"{said}\n{t('This entry isn’t on the list, because its signer has since withdrawn.')}"


def _cluster(t: Words, cluster: Sequence[Organisation], number: int) -> Blocks:
    shown = cluster[:MOST_NAMES]
    lines: list[str] = []
    names: Blocks = []
    for place, one in enumerate(shown, start=1):
        entry = escape(isolate(clip(one.party.entry, 75)))
        lines.append(f"{place}. *{entry}*, {_signed(t, one)}")
        names.append(option(f"{place}. {one.party.entry}", one.party.id))

    def menu(kind: str, placeholder: str) -> dict[str, Any]:
        return {
            "type": kind,
            "action_id": "pairs.choice",
            "placeholder": plain(placeholder, 150),
            "options": names,
        }

    read = read_of(*shown)
    # Another cluster has other blocks, so that Slack keeps no old choice.
    about = f"{number}-{read[:16]}"
    value = f"{','.join(one.party.id for one in shown)}:{read}"
    some = menu("multi_static_select", t("Choose names"))
    kept = menu("static_select", t("Choose a name"))
    return [
        *(section(text) for text in texts(lines)),
        *and_more(t, len(cluster) - len(shown)),
        section(escape(t("Which of these are the same?")), f"some-{about}", some),
        section(escape(t("List them as")), f"kept-{about}", kept),
        actions(
            *(
                of_row(one, shown[0].party.entry, number)
                for one in (
                    button(t("Merge"), f"pairs.one:some-{about}", value),
                    button(t("All different"), "pairs.apart", value),
                )
            ),
            block=f"cluster.{number}",
        ),
    ]


def _pair(t: Words, letter: Letter, pair: Sequence[Organisation], number: int) -> Blocks:
    one, other = pair
    first, second = one.party, other.party
    keep = t("Keep the first") if first.kind is Kind.PERSON else t("Merge into the first")
    choices = [_keep(t, keep, "first", one, other, number)]
    if first.kind is Kind.PERSON:
        # Only the first can stay, because the second was collected outside Slack.
        blocks = [
            section(f"*{escape(isolate(each.party.entry))}*\n{_signed(t, each)}") for each in pair
        ]
    else:
        blocks = [section(_organisation(t, letter, each)) for each in pair]
        if (
            first.removed
            or second.removed
            or Standing.DISPUTED in {first.standing, second.standing}
        ):
            off = t("The merged entry isn’t listed until you restore it or review the objection.")
            blocks.append(context(escape(off)))
        choices.append(_keep(t, t("Merge into the second"), "second", other, one, number))
    if first.kind is Kind.PERSON and any(given.person for given in other.endorsements):
        # Both signed here: an organiser can only remove one of them.
        gone = button(t("Remove the second"), f"removals.remove:{number}", second.id)
        choices = [of_row(gone, second.entry, number)]
    value = f"{first.id},{second.id}:{read_of(one, other)}"
    apart = button(t("Not the same"), "pairs.apart", value)
    choices.append(of_row(apart, first.entry, number))
    return [*blocks, actions(*choices, block=f"pair.{number}")]


def _keep(
    t: Words, label: str, which: str, kept: Organisation, gone: Organisation, number: int
) -> dict[str, Any]:
    keeps, goes = kept.party, gone.party
    entry = isolate(clip(keeps.entry, 120))
    if keeps.kind is Kind.PERSON:
        follows = t(
            "We remove the signature collected outside Slack, and “{entry}” stays. You can undo "
            "this until delivery.",
            entry=entry,
        )
    else:
        follows = t(
            "Signers of both are listed under “{entry}”. Those whose entry changes get a "
            "message. You can undo this until delivery.",
            entry=entry,
        )
    sure = confirm(t, label, follows)
    value = f"{keeps.id},{goes.id}:{read_of(kept, gone)}"
    pressed = button(label, f"pairs.one:{which}", value, confirm=sure)
    return of_row(pressed, keeps.entry, number)


def _signed(t: Words, one: Organisation) -> str:
    first = one.endorsements[0]
    return f"{where_from(t, first)}, {moment(t, first.signed_at)}"


def _organisation(t: Words, letter: Letter, one: Organisation) -> str:
    first = one.endorsements[0]
    facts = first.signature.facts
    parts = [clip(part, 100) for part in (facts.name, facts.role) if part]
    said = [
        escape(organiser_standing(t, letter, one.party)),
        ", ".join(escape(isolate(part)) for part in parts),
        moment(t, first.signed_at),
    ]
    more = len(one.endorsements) - 1
    if more > 0:
        said.append(t.n("and {count} more", "and {count} more", more))
    return f"*{escape(isolate(one.party.entry))}*\n{', '.join(said)}"


def merged_words(t: Words, party: Signatory) -> str:
    """Return the confirmation with the entry that two were merged into, as `mrkdwn`."""
    signers = t.n("{count} signer", "{count} signers", party.endorsements)
    return f"*{escape(isolate(party.entry))}* · {signers}"
