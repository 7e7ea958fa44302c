"""The list as text: lines, CSV, Markdown; for the public, or with all that its organisers know."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.documents.cells import write_rows, write_table
from bot.documents.markdown_escaping import escaped
from bot.features.delivery.rules import PUBLIC_FACTS, Confirmer, Proof
from bot.letters.endorsement import Endorsement, Kind
from bot.letters.letter import Letter
from bot.letters.signatory import Signatory
from bot.letters.standing import ON_LIST, Standing
from bot.locales import Words, words

Entry = tuple[Signatory, Endorsement]
"""A signatory, and the endorsement that gives how it reads."""


class Format(StrEnum):
    """Format of a list."""

    LINES = "lines"
    CSV = "csv"
    MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A letter, its words, and its list in order with the endorsement that each entry comes from."""

    letter: Letter
    body: str
    entries: tuple[tuple[Signatory, Endorsement], ...]
    proofs: Mapping[str, Proof] | None
    """Proofs of organisations' signatures, by signatory; None where only public facts are asked for."""
    embargoed: bool
    """Nobody but organisers may see it now."""
    now: datetime | None = None
    """When it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Export):
    """A stretch of the list."""

    before: Signatory | None
    """The signatory before the first entry; None at the beginning."""
    more: bool
    """Whether others follow."""


@dataclass(frozen=True, slots=True)
class _List:
    letter: Letter
    body: str
    entries: Sequence[Entry]
    proofs: Mapping[str, Proof] | None
    now: datetime
    t: Words
    """In the letter's own language."""
    before: Signatory | None = None
    """The signatory before the first entry, where others precede it."""
    marked: bool = False
    """Whether any of those before is marked as one for an earlier text."""

    def is_earlier(self, given: Endorsement) -> bool:
        """Return whether an entry is marked as one for an earlier text."""
        return given.is_marked_earlier(self.letter, self.now)


@dataclass(frozen=True, slots=True)
class Written:
    """A list, or a stretch of one, as text: all its pieces together are the whole."""

    head: str
    """The text before the first entry of a list."""
    entries: tuple[str, ...]
    """The text of each entry, with what comes between it and the one before."""
    foot: str
    """The text behind the last entry of a list, where any entry of the stretch asks for it."""


def write(
    form: Format,
    letter: Letter,
    body: str,
    entries: Iterable[Entry],
    proofs: Mapping[str, Proof] | None = None,
    *,
    now: datetime | None = None,
) -> str:
    """The list of a letter, in order, in one of the formats; ends with a line end.

    Args:
        form: The format.
        letter: The letter.
        body: Its words.
        entries: Its list, in order.
        proofs: How organisers know, by signatory. Given for a list of everything, which is for
            organisers only; None for a public one, which says nothing of who signed for whom.
        now: The present instant: while signers may answer, none is marked as for an earlier text.
            None where nobody can answer any more.
    """
    at = now or datetime.max.replace(tzinfo=UTC)
    made = _List(letter, body, list(entries), proofs, at, words(letter.language))
    written = _WRITERS[form](made)
    return written.head + "".join(written.entries) + written.foot


def write_stretch(form: Format, stretch: Stretch, *, marked: bool = False) -> Written:
    """The same for a stretch of a list, piece by piece.

    Args:
        form: The format.
        stretch: The stretch.
        marked: Whether an entry before it asks for the words behind the last one.
    """
    letter = stretch.letter
    at = stretch.now or datetime.max.replace(tzinfo=UTC)
    made = _List(
        letter, stretch.body, stretch.entries, stretch.proofs, at, words(letter.language),
        stretch.before, marked,
    )  # fmt: skip
    return _WRITERS[form](made)


def _lines(made: _List) -> Written:
    lines = tuple(
        f"{_entry(made, party)}{_earlier(made, given)}{_standing(made, party)}\n"
        for party, given in made.entries
    )
    return Written("", lines, "")


def _earlier(made: _List, given: Endorsement) -> str:
    said = made.t("(for an earlier version)")
    return f" {said}" if made.is_earlier(given) else ""


def _entry(made: _List, party: Signatory) -> str:
    if party.standing is Standing.MARKED:
        return made.t("{entry} (withdrawn after delivery)", entry=party.entry)
    return party.entry


def _standing(made: _List, party: Signatory) -> str:
    """Behind a tab, on a list of everything only."""
    return "" if made.proofs is None else f"\t{_standing_words(made.t, party.standing)}"


def _standing_words(t: Words, standing: Standing) -> str:
    return {
        Standing.LISTED: t("listed"),
        Standing.UNCONFIRMED: t("not confirmed"),
        Standing.CONFIRMED: t("confirmed once"),
        Standing.DISPUTED: t("disputed"),
        Standing.REMOVED: t("removed"),
        Standing.MARKED: t("withdrawn after delivery"),
        Standing.GONE: t("withdrawn"),
    }[standing]


PUBLIC_COLUMNS = (
    "entry", "kind", "convener", "late", "withdrawn", "earlier_version", "name", *PUBLIC_FACTS,
    "sort_under", "text_sha256",
)  # fmt: skip
RECORD_COLUMNS = (
    "standing", "source", "ground", "given_by", "given_role", "given_on", "corrected", "signed_by",
    "role", "confirmed_by", "confirmed_on",
)  # fmt: skip


def _csv(made: _List) -> Written:
    columns = PUBLIC_COLUMNS
    rows = [public_cells(*entry, earlier=made.is_earlier(entry[1])) for entry in made.entries]
    if made.proofs is not None:
        columns = (*PUBLIC_COLUMNS, *RECORD_COLUMNS)
        rows = [
            row | record_cells(made.t, made.letter, entry, made.proofs.get(entry[0].id))
            for row, entry in zip(rows, made.entries, strict=True)
        ]
    return Written(write_table(columns, ()), tuple(write_rows(columns, [row]) for row in rows), "")


def public_cells(party: Signatory, given: Endorsement, *, earlier: bool) -> dict[str, str]:
    """Return an entry's cells of the public columns, by their names.

    `earlier` is whether it is marked as one for an earlier text.
    """
    signature = given.signature
    facts = signature.facts
    return {
        "entry": party.entry,
        "kind": party.kind.value,
        "convener": _yes(party.pinned),
        "late": _yes(party.late),
        "withdrawn": _yes(party.standing is Standing.MARKED),
        "earlier_version": _yes(earlier),
        # For an organisation the signer's own name is not part of the public list.
        "name": facts.name if party.kind is Kind.PERSON else "",
        **{name: getattr(facts, name) for name in PUBLIC_FACTS},
        "sort_under": signature.sort_name,
        "text_sha256": given.stands_for,
    }


def record_cells(t: Words, letter: Letter, entry: Entry, proof: Proof | None) -> dict[str, str]:
    """Return an entry's cells of the columns that only organisers get, by their names."""
    party, given = entry
    facts = given.signature.facts
    for_organisation = party.kind is Kind.ORGANISATION
    permission = proof.permission if proof else None
    confirmers, zone = proof.confirmers if proof else (), ZoneInfo(letter.tz)
    return {
        "standing": _standing_words(t, party.standing),
        "source": given.source,
        "ground": permission.ground.value if permission else "",
        "given_by": permission.given_by if permission else "",
        "given_role": permission.given_role if permission else "",
        "given_on": permission.given_on.isoformat() if permission else "",
        "corrected": _yes(given.corrected_at),
        "signed_by": facts.name if for_organisation else "",
        "role": facts.role if for_organisation else "",
        "confirmed_by": "; ".join(_confirmer(t, one) for one in confirmers),
        "confirmed_on": "; ".join(one.at.astimezone(zone).date().isoformat() for one in confirmers),
    }


def _confirmer(t: Words, one: Confirmer) -> str:
    if one.organiser:
        return t("An organiser ({user})", user=one.organiser.user)
    return one.name


def _yes(true: object) -> str:
    return "yes" if true else ""


EARLIER = " †"
"""Behind an entry that stands for an earlier text."""


def _markdown(made: _List) -> Written:
    t = made.t
    head = f"# {escaped(made.letter.title)}\n\n{made.body.rstrip()}\n\n## {t('Signed by')}\n"
    items: list[str] = []
    under = "" if made.before is None else _heading(made, made.before)
    for entry in made.entries:
        heading = _heading(made, entry[0])
        over = "" if heading == under else f"\n### {heading}\n\n"
        items.append(f"{over}- {_item(made, *entry)}\n")
        under = heading
    earlier = t("Signed an earlier version of this letter.")
    foot = f"\n{EARLIER.strip()} {earlier}\n"
    marked = made.marked or any(made.is_earlier(given) for _, given in made.entries)
    return Written(head, tuple(items), foot if marked else "")


def _heading(made: _List, party: Signatory) -> str:
    t = made.t
    if party.standing not in ON_LIST:
        return t("Not on the list")
    if party.pinned:
        return t("Conveners")
    if not made.letter.rules.grouped:
        return t("Late signatures") if party.late else t("Signatories")
    if party.kind is Kind.ORGANISATION:
        return t("Late: organisations") if party.late else t("Organisations")
    return t("Late: people") if party.late else t("People")


def _item(made: _List, party: Signatory, given: Endorsement) -> str:
    notes: list[str] = []
    if made.proofs is not None:
        notes.append(_standing_words(made.t, party.standing))
        notes += [made.t("corrected")] if given.corrected_at else []
    shown = escaped(_entry(made, party))
    if made.is_earlier(given):
        shown += EARLIER
    return f"{shown} – {', '.join(notes)}" if notes else shown


_WRITERS: dict[Format, Callable[[_List], Written]] = {
    Format.LINES: _lines,
    Format.CSV: _csv,
    Format.MARKDOWN: _markdown,
}
