"""An entry from a line: its pieces become a name, a title, an affiliation, a country; corrections."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.kinds import (
    CERTAIN,
    SURE,
    is_body,
    is_person,
    is_title,
    lean,
    name_and_title,
    names_body,
    titled_name,
    weigh,
)
from bot.documents.pasted.segments import (
    Part,
    country_in,
    first_of,
    is_fact,
    is_personal,
    is_pronouns,
    is_title_place,
    part,
    part_title,
    peeled,
)
from bot.documents.pasted.words import (
    CACHED,
    ends,
    is_credential,
    is_given,
    is_han,
    phrases,
    without_han_title,
)
from bot.letters.endorsement import Kind

Piece = tuple[str, tuple[str, ...]]
"""A piece of a line, and the contents of its brackets."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A line split into its first piece, which holds the name, and the other pieces."""

    text: str
    parts: tuple[Part, ...]
    first: str
    insides: tuple[str, ...]
    rest: tuple[Piece, ...]
    score: float
    """Positive for a person, negative for an organisation."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Evidence about an entry from the rest of its list."""

    heading: Kind | None = None
    score: float = 0.0
    """Added to the entry's own score: positive for a person, negative for an organisation."""
    inverted: bool = False
    """The list writes names as "Family, Given"."""
    glued: int = 0
    """The usual number of words of a name, if the list puts titles after them without a separator."""
    titles: frozenset[tuple[int, int]] = frozenset()
    """Positions of titles: the number of pieces after the name, and the title's index in them."""


NOTHING = Hint()


@lru_cache(maxsize=CACHED)
def take_apart(text: str, *, inverted: bool = False, glued: int = 0) -> Pieces | None:
    """Split a line into its pieces; None if it has no letters."""
    parts = part(text)
    if not parts or not any(sign.isalpha() for sign in text):
        return None
    pieces = [peeled(one.text) for one in parts]
    (first, insides), rest = pieces[0], pieces[1:]
    if inverted and is_inverted(parts):
        given, _, inside = parts[1].text.partition("(")
        first, insides = f"{given.strip()} {first}", (*insides, inside.strip(" )"))
        rest = rest[1:]
    named = rest and lean(rest[0][0]) >= SURE and not is_title(rest[0][0])
    if named and is_title(first) and not names_body(first):
        # "President of X, Ada Quill"
        (first, insides), rest = rest[0], [pieces[0], *rest[1:]]
    title, first = titled_name(first)
    if glued and not title:
        first, title = name_and_title(first, glued)
    if title:
        rest = [(title, ()), *rest]
    if is_han(first) and " " in first and is_person(first.split()[0]):
        first, *behind = first.split()
        rest = [*((one, ()) for one in behind), *rest]
    return Pieces(text, parts, first, insides, tuple(rest), _score(first, insides, rest))


def is_inverted(parts: Sequence[Part]) -> bool:
    """Return whether a line begins with "Family, Given"."""
    if len(parts) < 2 or parts[1].mark != ",":
        return False
    given = parts[1].text.partition("(")[0].split()
    return len(parts[0].text.split()) < 3 and 0 < len(given) < 4 and is_given(given[0])


def _score(first: str, insides: Iterable[str], rest: Sequence[Piece]) -> float:
    heads = [head for head, _ in rest]
    said = [*heads, *insides, *(one for _, more in rest for one in more)]
    own = 2 * CERTAIN if _couple(first) else lean(first)
    titled = any(is_title(one) and not names_body(one) for one in said)
    remarks = any(is_personal(one) or is_credential(one) or is_pronouns(one) for one in said)
    found = Counter(
        {
            "title beside": int(titled and not (own < 0 and any(map(is_person, heads)))),
            "personal remark": int(remarks),
        }
    )
    return own + weigh(found)


def read_line(text: str, row: int, hint: Hint = NOTHING) -> list[Entry]:
    """Return the entries of a line whose bullet was removed; empty if it holds no name."""
    signed = _on_behalf(text, row)
    if signed is not None:
        return [signed]
    pieces = take_apart(text, inverted=hint.inverted, glued=hint.glued)
    if pieces is None:
        return []
    score = pieces.score + hint.score
    kind = Kind.PERSON if score > 0 else Kind.ORGANISATION
    entry = _person(pieces, row, hint) if score > 0 else _organisation(pieces, row)
    if not any(sign.isalnum() for sign in entry.name):
        return []
    if abs(score) < SURE or (hint.heading is not None and hint.heading is not kind):
        entry = replace(entry, remarks=((Remark.UNSURE, ""), *entry.remarks))
    couple = _couple(pieces.first) if kind is Kind.PERSON else []
    return [replace(entry, name=name) for name in couple] or [entry]


def _couple(text: str) -> list[str]:
    """Return both names of "Ada Quill and Ivo Renn" or "Ada and Ivo Quill"."""
    for word in phrases("and"):
        one, found, other = text.partition(word)
        if not found or not is_person(other):
            continue
        given = " " not in one and is_given(one) and is_given(other.split()[0])
        if is_person(one) or given:
            return [f"{one} {other.split()[-1]}" if given else one, other]
    return []


def _on_behalf(text: str, row: int) -> Entry | None:
    """Return the organisation in a line such as "Ada Quill on behalf of Tide Lab", else None."""
    lower = f" {text.casefold()}".replace("(", " ")
    for phrase in phrases("behalf"):
        place = lower.find(phrase)
        if place >= 0:
            before, after = text[:place].rstrip(" (,"), text[place + len(phrase) - 1 :]
            signer = before if is_person(first_of(before)) else ""
            return _signed_for(signer, after if "(" in after else after.replace(")", "", 1), row)
    for start in ("represented by", "signed by", "pour ", "por ", "for ", "за "):
        if lower.startswith(f" {start}") and (" for " in lower or ": " in text):
            body, found, signer = text[len(start) :].partition(": ")
            if not found:
                signer, _, body = text[len(start) :].strip(": ").partition(" for ")
            if is_person(first_of(signer)):
                return _signed_for(signer, body, row)
    return None


def _signed_for(signer: str, body: str, row: int) -> Entry | None:
    for between in (": ", *phrases("by"), " – ", " — ", " - "):
        name, found, after = body.partition(between)
        if not signer and found and lean(first_of(after)) >= SURE:
            body, signer = name, after
    for article in ("the ", "la ", "le ", "el ", "l’", "l'"):
        body = body.removeprefix(article)
    pieces = take_apart(body)
    if pieces is None:
        return None
    entry = _organisation(pieces, row)
    name, *rest = [tidy(one.text) for one in part(signer)] or [""]
    return with_signer(entry, name, ", ".join(rest) or entry.role) if entry.name else None


def with_signer(entry: Entry, signer: str, role: str) -> Entry:
    """Add the signer and their role to an organisation's entry, unless `signer` is empty."""
    if not signer:
        return entry
    said = f"{signer}, {role}" if role else signer
    remarks = (*entry.remarks, (Remark.SIGNED_BY, said))
    return replace(entry, signer=signer, role=role, remarks=remarks)


@dataclass(slots=True)
class _Draft:
    """An entry under construction."""

    name: str
    titles: list[str] = field(default_factory=list[str])
    affiliations: list[str] = field(default_factory=list[str])
    country: str = ""
    signer: str = ""
    remarks: list[tuple[Remark, str]] = field(default_factory=list[tuple[Remark, str]])

    def leave_out(self, words: str) -> None:
        if any(sign.isalnum() for sign in words):
            self.remarks.append((Remark.LEFT_OUT, tidy(words)))

    def add_title(self, said: str) -> None:
        title, affiliation = part_title(said)
        self.titles.append(title)
        self.affiliations += [affiliation] if affiliation else []

    def add_to_person(self, said: str) -> None:
        """Add a piece after a person's name to the matching field."""
        country, place = country_in(said)
        if is_credential(said):
            self.name = f"{self.name}, {said}"
        elif is_personal(said):
            self.remarks.append((Remark.PERSONAL, said))
        elif is_pronouns(said):
            self.leave_out(said)
        elif country and not self.country:
            self.country = country
            if place and (is_title_place(place) or names_body(place)):
                self.add_to_person(place)
            else:
                self.leave_out(place)
        elif is_title_place(said):
            self.add_title(said)
        elif said:
            self.affiliations.append(said)

    def add_to_organisation(self, said: str) -> None:
        """Add the contents of an organisation's brackets to the matching field."""
        country, place = country_in(said)
        signed_by = ends("phrases: signed by")
        prefix = next((one for one in signed_by if said.casefold().startswith(one)), "")
        if country and not self.country:
            self.country = country
            self.leave_out(place)
        elif prefix:
            self.signer = tidy(said[len(prefix) :].lstrip(" :"))
        elif is_personal(said):
            self.remarks.append((Remark.PERSONAL, said))
        else:
            self.leave_out(said)


def _person(pieces: Pieces, row: int, hint: Hint) -> Entry:
    name = without_han_title(pieces.first) if is_han(pieces.first) else pieces.first
    draft = _Draft(name)
    said = [(pieces.first[len(name) :], False), *((one, False) for one in _told(pieces.insides))]
    told = [tidy(head) for head, _ in pieces.rest if not is_fact(head)]
    for head, more in pieces.rest:
        place = told.index(tidy(head)) if tidy(head) in told else -1
        titled = (len(told), place) in hint.titles and not (names_body(head) or is_body(head))
        said += [(head, titled), *((one, False) for one in _told(more))]
    for words, titled in said:
        if titled:
            draft.add_title(tidy(words))
        else:
            draft.add_to_person(tidy(words))
    return Entry(
        kind=Kind.PERSON, name=tidy(draft.name), title=", ".join(draft.titles),
        affiliation=", ".join(draft.affiliations), country=draft.country,
        remarks=tuple(draft.remarks), row=row,
    )  # fmt: skip


def _told(insides: Iterable[str]) -> list[str]:
    """Return the contents of brackets; split a title from its body: "Lecturer, X University"."""
    found: list[str] = []
    for inside in insides:
        pieces = [one.text for one in part(inside)]
        parted = pieces and is_title(pieces[0]) and any(map(names_body, pieces[1:]))
        found += pieces if parted else [inside]
    return found


def _organisation(pieces: Pieces, row: int) -> Entry:
    draft = _Draft(pieces.first)
    kept, roles = 0, list[str]()
    for inside in pieces.insides:
        draft.add_to_organisation(inside)
    heads = [head for head, _ in pieces.rest]
    last = country_in(heads[-1])[0] if heads else ""
    for place, (head, more) in enumerate(pieces.rest, start=1):
        country, town = country_in(head)
        behind = heads[place] if place < len(heads) else ""
        named = lean(head) >= SURE and is_title(behind) and not is_title(head)
        if not draft.signer and (is_person(head) or named):
            draft.signer = tidy(head)
            roles += filter(is_title, more)
            continue
        if country and not draft.country:
            draft.country = country
            draft.leave_out(town)
        elif is_fact(head):
            draft.add_to_organisation(head)
        elif is_title(head) and not names_body(head) and (draft.signer or not head.islower()):
            roles.append(tidy(head))
        elif kept == place - 1 and not (last and _is_place(heads[place - 1 :])):
            kept = place
        else:
            draft.leave_out(head)
        for inside in more:
            draft.add_to_organisation(inside)
    whole = len(pieces.parts) == len(pieces.rest) + 1
    name = peeled(pieces.text[: pieces.parts[kept].end])[0] if kept and whole else pieces.first
    name, through = _through(draft, name)
    entry = Entry(
        kind=Kind.ORGANISATION, name=tidy(name), country=draft.country, via=through, row=row,
        remarks=tuple(draft.remarks),
    )  # fmt: skip
    role = ", ".join(roles)
    if role and not draft.signer:
        return replace(entry, remarks=(*entry.remarks, (Remark.LEFT_OUT, role)))
    return with_signer(entry, draft.signer, role)


def _through(draft: _Draft, name: str) -> tuple[str, str]:
    """Split "name via coalition"; return the name and the coalition, or ""."""
    # "Vía Láctea" is a name.
    via = next((phrase for phrase in phrases("via") if name.find(phrase) > 0), "")
    if not via:
        return name, ""
    name, _, through = name.partition(via)
    name, insides = peeled(name)
    for inside in insides:
        draft.add_to_organisation(inside)
    return name, tidy(through)


def _is_place(heads: Sequence[str]) -> bool:
    """Return whether the pieces before a country, at the end, are places and no part of a name."""
    *before, _ = heads
    joined = any(word in f" {one} " for one in before for word in phrases("and"))
    return bool(before) and not joined and (len(before) > 1 or lean(before[0]) > -1.5)


def other_kind(entry: Entry) -> Entry:
    """Turn a person into an organisation or the reverse, and keep all words of the entry."""
    if entry.kind is Kind.PERSON:
        kept = tuple(one for one in entry.remarks if one[0] is Remark.LEFT_OUT)
        return Entry(
            kind=Kind.ORGANISATION, name=entry.reads, country=entry.country, remarks=kept,
            row=entry.row, contact=entry.contact,
        )  # fmt: skip
    name = f"{entry.name} via {entry.via}" if entry.via else entry.name
    found = read_line(name, entry.row, Hint(score=100.0))
    is_read = len(found) == 1 and found[0].kind is Kind.PERSON
    read = found[0] if is_read else Entry(kind=Kind.PERSON, name=name, row=entry.row)
    return replace(read, country=entry.country or read.country, contact=entry.contact, remarks=())


FIELDS = {
    Kind.PERSON: ("name", "title", "affiliation"),
    Kind.ORGANISATION: ("name", "country", "via"),
}
"""The editable fields of an entry, by its kind."""


def edited(entry: Entry, values: tuple[str, ...]) -> Entry:
    """Return the entry with new values for `FIELDS`, in order; its kind is no longer unsure.

    One value more is the person's Slack user id, or empty for somebody without an account.
    """
    fields, details = FIELDS[entry.kind], entry.details
    if len(values) > len(fields):
        details = {**details, "member": values[-1]}
    words = dict(zip(fields, map(tidy, values), strict=False))
    remarks = tuple(one for one in entry.remarks if one[0] is not Remark.UNSURE)
    return replace(entry, remarks=remarks, details=details, **words)
