"""Exports: the list as lines, CSV or Markdown, public or with details for organisers.

A list is written in parts (stretches), so that a long one needs little memory.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.documents.cells import write_rows, write_table
from bot.documents.lists import Line, as_items, as_lines, escaped, in_lines
from bot.documents.paper import Sheet
from bot.features.delivery.rules import PUBLIC_FACTS, DeliveredCopy, Listed, Proof
from bot.letters.endorsement import Endorsement, Kind, marked_before
from bot.letters.letter import Letter
from bot.letters.order import own_heading
from bot.letters.signatory import Signatory
from bot.letters.standing import ON_LIST, Standing
from bot.locales import Words, words


class Format(StrEnum):
    """Format of a list."""

    LINES = "lines"
    CSV = "csv"
    MARKDOWN = "markdown"


class CopyFormat(StrEnum):
    """Format of a delivered copy."""

    LINES = "lines"
    """One line for each signatory, as on the letter."""
    JSON = "json"
    """The whole copy, with its hashes and its clock."""
    TEXT = "text"
    """The exact bytes that `text_sha256` is the hash of: all that is signed."""
    PRINTED = "printed"
    """The exact bytes that `copy_sha256` is the hash of: all that is printed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A consecutive part of a letter's list."""

    letter: Letter
    body: str
    entries: tuple[Listed, ...]
    proofs: Mapping[str, Proof] | None
    """Proofs of organisations' signatures, by signatory; None in a public export."""
    embargoed: bool
    """True if an embargo hides the list from everybody but organisers."""
    now: datetime
    """Time at which the list was read."""
    before: Signatory | None
    """The signatory before the first entry; None at the beginning."""
    more: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A stretch of a list as text: `head`, `entries` and `foot`, to be concatenated."""

    head: str
    """The text before the first entry of a list."""
    entries: tuple[str, ...]
    """The text of each entry, with the separator or heading before it."""
    foot: str
    """The text after a list's last entry, if an entry so far needs that note."""


PUBLIC_COLUMNS = (
    "entry", "kind", "convener", "late", "withdrawn", "earlier_version", "name", *PUBLIC_FACTS,
    "sort_under", "text_sha256",
)  # fmt: skip
RECORD_COLUMNS = (
    "standing", "source", "ground", "given_by", "given_role", "given_on", "corrected", "signed_by",
    "role", "confirmed_by", "confirmed_on",
)  # fmt: skip
WORKING_COLUMNS = (
    "entry", "kind", "standing", "signed_by", "role", "account", "signed_on", "source", "ground",
    "given_by", "given_role", "given_on", "confirmed_by", "confirmed_on", "corrected", "title",
    "affiliation", "organisation", "country",
)  # fmt: skip
EARLIER = " †"
"""The mark after an entry that was signed for an earlier text."""


def write(form: Format, stretch: Stretch, *, marked: bool = False) -> Written:
    """Write a stretch of a list.

    `marked`: whether an entry before the stretch needs the note at the foot.
    """
    letter = stretch.letter
    t = words(letter.language)
    before = marked_before(letter, stretch.now)
    match form:
        case Format.LINES:
            return Written("", tuple(as_lines(_lines(t, stretch, before))), "")
        case Format.CSV:
            return _csv(t, stretch, before)
        case Format.MARKDOWN:
            head = [
                in_lines(letter.addressee),
                f"# {escaped(letter.title)}",
                f"**{escaped(letter.subject)}**" if letter.subject else "",
                stretch.body.rstrip(),
                f"## {t('Signed by')}",
            ]
            under = None if stretch.before is None else _heading(t, letter, stretch.before)
            marked = marked or any(one.meaning < before for one in stretch.entries)
            explained = t("Signed an earlier version of this letter.")
            return Written(
                "\n\n".join(filter(None, head)) + "\n",
                tuple(as_items(_lines(t, stretch, before, markdown=True), under)),
                f"\n{EARLIER.strip()} {explained}\n" if marked else "",
            )


def _lines(t: Words, stretch: Stretch, before: int, *, markdown: bool = False) -> list[Line]:
    earlier = EARLIER if markdown else f" {t('(for an earlier version)')}"
    lines: list[Line] = []
    for one in stretch.entries:
        reads, heading = one.entry, ""
        if one.standing == Standing.MARKED:
            reads = t("{entry} (withdrawn after delivery)", entry=reads)
        behind = earlier if one.meaning < before else ""
        if stretch.proofs is not None:
            behind += (" – " if markdown else "\t") + _standing_words(t, one.standing)
        if markdown:
            heading = _heading(t, stretch.letter, one)
            if stretch.proofs is not None and one.corrected:
                behind += f", {t('corrected')}"
        lines.append(Line(reads, behind, heading))
    return lines


def _standing_words(t: Words, standing: str) -> str:
    return {
        Standing.LISTED: t("listed"),
        Standing.UNCONFIRMED: t("not confirmed"),
        Standing.CONFIRMED: t("confirmed by one person"),
        Standing.DISPUTED: t("disputed"),
        Standing.REMOVED: t("removed"),
        Standing.MARKED: t("withdrawn after delivery"),
        Standing.GONE: t("withdrawn"),
    }[Standing(standing)]


def _heading(t: Words, letter: Letter, party: Listed | Signatory) -> str:
    if party.standing not in ON_LIST:
        return t("Not on the list")
    if party.pinned:
        return t("Conveners")
    if own := own_heading(party.heading, letter.rules, late=party.late):
        return own
    if not letter.rules.grouped:
        return t("Late signatures") if party.late else t("Signatories")
    if party.kind == Kind.ORGANISATION:
        return t("Late: organisations") if party.late else t("Organisations")
    return t("Late: people") if party.late else t("People")


def _csv(t: Words, stretch: Stretch, before: int) -> Written:
    columns = PUBLIC_COLUMNS
    rows = [public_cells(one, earlier=one.meaning < before) for one in stretch.entries]
    if stretch.proofs is not None:
        columns = (*PUBLIC_COLUMNS, *RECORD_COLUMNS)
        zone = ZoneInfo(stretch.letter.tz)
        rows = [
            row | record_cells(t, zone, one, stretch.proofs.get(one.id))
            for row, one in zip(rows, stretch.entries, strict=True)
        ]
    return Written(write_table(columns, ()), tuple(write_rows(columns, [row]) for row in rows), "")


def public_cells(one: Listed, *, earlier: bool) -> dict[str, str]:
    """Return an entry's public cells by column name.

    `earlier` marks the entry as signed for an earlier text.
    """
    return {
        "entry": one.entry,
        "kind": one.kind,
        "convener": "yes" if one.pinned else "",
        "late": "yes" if one.late else "",
        "withdrawn": "yes" if one.standing == Standing.MARKED else "",
        "earlier_version": "yes" if earlier else "",
        # The person who signed for an organisation is not named on the public list.
        "name": one.name if one.kind == Kind.PERSON else "",
        "title": one.title,
        "affiliation": one.affiliation,
        "organisation": one.organisation,
        "country": one.country,
        "via": one.via,
        **({"heading": one.heading} if one.heading else {}),
        **({"web": one.web} if one.web else {}),
        "sort_under": one.sort_name,
        "text_sha256": one.stands_for,
    }


def record_cells(t: Words, zone: ZoneInfo, one: Listed, proof: Proof | None) -> dict[str, str]:
    """Return an entry's cells for organisers only, by column name."""
    for_organisation = one.kind == Kind.ORGANISATION
    permission = proof.permission if proof else None
    confirmers = proof.confirmers if proof else ()
    return {
        "standing": _standing_words(t, one.standing),
        "source": one.source,
        "ground": permission.ground.value if permission else "",
        "given_by": permission.given_by if permission else "",
        "given_role": permission.given_role if permission else "",
        "given_on": permission.given_on.isoformat() if permission else "",
        "corrected": "yes" if one.corrected else "",
        "signed_by": one.name if for_organisation else "",
        "role": one.role if for_organisation else "",
        "confirmed_by": "; ".join(
            t("An organiser") if by.organiser else by.name for by in confirmers
        ),
        "confirmed_on": "; ".join(by.at.astimezone(zone).date().isoformat() for by in confirmers),
    }


def working_sheet(
    letter: Letter,
    entries: Iterable[Listed],
    given: Mapping[str, Sequence[Endorsement]],
    proofs: Mapping[str, Proof],
    names: Mapping[str, str],
) -> Sheet:
    """Return a row for each signature, for organisers.

    Args:
        letter: The letter.
        entries: The entries on the list and off it.
        given: The active signatures of each entry, by signatory.
        proofs: Proofs of organisations' signatures, by signatory.
        names: The names of accounts, by user id.
    """
    t, zone = words("en"), ZoneInfo(letter.tz)
    rows: list[tuple[str, ...]] = []
    for entry in entries:
        facts = entry._asdict() | record_cells(t, zone, entry, proofs.get(entry.id))
        for one in given.get(entry.id, ()):
            signed = one.signature.facts
            cells = facts | {
                "signed_by": signed.name,
                "role": signed.role,
                "title": signed.title,
                "affiliation": signed.affiliation,
                "account": names.get(one.person.user, "")
                if one.person and not one.signature.is_withheld
                else "",
                "signed_on": one.signed_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
                "source": one.source or "Slack",
            }
            rows.append(tuple(str(cells[column]) for column in WORKING_COLUMNS))
    return Sheet(name="Signatures", columns=WORKING_COLUMNS, rows=tuple(rows))


def answers_sheet(entries: Iterable[Listed], given: Mapping[str, Sequence[Endorsement]]) -> Sheet:
    """Return the answers to the letter's own question, for organisers, with the entries."""
    answered = (
        (entry.entry, one.signature.facts) for entry in entries for one in given.get(entry.id, ())
    )
    rows = tuple(
        (entry, facts.question, facts.answer, "yes" if facts.quotable else "")
        for entry, facts in answered
        if facts.answer
    )
    return Sheet(
        name="Answers", columns=("entry", "question", "answer", "may_be_quoted"), rows=rows
    )


def write_copy(form: CopyFormat, copy: DeliveredCopy) -> str:
    """Return a delivered copy as text in a format."""
    match form:
        case CopyFormat.LINES:
            return "".join(as_lines(Line(entry["entry"]) for entry in copy.entries_read()))
        case CopyFormat.TEXT:
            return copy.text.canonical
        case CopyFormat.PRINTED:
            return copy.printed
        case CopyFormat.JSON:
            whole = {
                "letter": copy.letter,
                **copy.shown,
                "clock": copy.clock,
                "text_sha256": copy.text.sha256,
                "copy_sha256": copy.copy_sha256,
                "list": copy.entries_read(),
            }
            return f"{json.dumps(whole, ensure_ascii=False, indent=2)}\n"
