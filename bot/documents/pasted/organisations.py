"""An organisation's entry, put together of the pieces of its line."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bot.documents.pasted.capacities import SIGNED_BY, VIA, is_personal
from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.facts import country_in, peeled
from bot.documents.pasted.kinds import NAMELIKE, is_city, is_title, names_body, organisedness
from bot.documents.pasted.listings import is_certain_person
from bot.documents.pasted.separators import Part
from bot.letters.endorsement import Kind


@dataclass(slots=True)
class _Draft:
    """An entry that is being put together."""

    kept: int = 0
    """Number of pieces after the first that belong to the name."""
    country: str = ""
    signer: str = ""
    roles: list[str] = field(default_factory=list[str])
    remarks: list[tuple[Remark, str]] = field(default_factory=list[tuple[Remark, str]])

    def leave_out(self, words: str) -> None:
        if any(sign.isalnum() for sign in words):
            self.remarks.append((Remark.LEFT_OUT, tidy(words)))


def organisation_of(
    text: str, parts: Sequence[Part], pieces: Sequence[tuple[str, list[str]]], row: int
) -> Entry:
    """Return the entry of an organisation.

    Args:
        text: The line.
        parts: Its pieces.
        pieces: The same without the brackets at their ends, and these.
        row: Where the line stands.
    """
    draft = _Draft()
    first, insides = pieces[0]
    ends_in_country = len(pieces) > 1 and country_in(pieces[-1][0])[0] != ""
    for inside in insides:
        _add_bracket(draft, inside)
    for place, (head, more) in enumerate(pieces[1:], start=1):
        before_country = ends_in_country and place < len(pieces) - 1
        if _add_person(draft, head, more):
            continue
        _add(draft, head, place, before_country=before_country)
        for inside in more:
            _add_bracket(draft, inside)
    name, via = _without_via(first if draft.kept == 0 else peeled(text[: parts[draft.kept].end])[0])
    role = ", ".join(draft.roles)
    if not draft.signer:
        draft.leave_out(role)
    entry = Entry(
        kind=Kind.ORGANISATION,
        name=tidy(name),
        country=draft.country,
        via=via,
        remarks=tuple(draft.remarks),
        row=row,
    )
    return with_signer(entry, draft.signer, role)


def with_signer(entry: Entry, signer: str, role: str) -> Entry:
    """Return an organisation's entry with the person who signed for it, if one is named."""
    if not signer:
        return entry
    said = f"{signer}, {role}" if role else signer
    remarks = (*entry.remarks, (Remark.SIGNED_BY, said))
    return replace(entry, signer=signer, role=role, remarks=remarks)


def _add_person(draft: _Draft, head: str, more: Sequence[str]) -> bool:
    """File a piece that names the signer; say whether it does."""
    if draft.signer or not is_certain_person(head):
        return False
    draft.signer = tidy(head)
    draft.roles += [inside for inside in more if is_title(inside)]
    return True


def _add(draft: _Draft, head: str, place: int, *, before_country: bool) -> None:
    country, before = country_in(head)
    if country and not draft.country:
        draft.country = country
        draft.leave_out(before)
    elif is_personal(head) or head.casefold().startswith(SIGNED_BY):
        _add_bracket(draft, head)
    elif is_title(head) and not names_body(head):
        draft.roles.append(tidy(head))
    elif before_country and (is_city(head) or organisedness(head) <= NAMELIKE):
        draft.leave_out(head)
    elif draft.kept == place - 1:
        draft.kept = place
    else:
        draft.leave_out(head)


def _add_bracket(draft: _Draft, said: str) -> None:
    country, place = country_in(said)
    lower = said.casefold()
    prefix = next((one for one in SIGNED_BY if lower.startswith(one)), "")
    if country and not draft.country:
        draft.country = country
        draft.leave_out(place)
    elif prefix:
        draft.signer = tidy(said[len(prefix) :].lstrip(" :"))
    elif is_personal(said):
        draft.remarks.append((Remark.PERSONAL, said))
    else:
        draft.leave_out(said)


def _without_via(name: str) -> tuple[str, str]:
    """Return a name and the coalition that it says it signs through."""
    for phrase in VIA:
        # In small letters: "Vía Láctea" is a name.
        place = name.find(phrase)
        if place > 0:
            return name[:place], tidy(name[place + len(phrase) :])
    return name, ""
