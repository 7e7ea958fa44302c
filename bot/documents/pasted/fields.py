"""An entry from a line: its pieces become a name, a title, an affiliation, a country."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.kinds import (
    CERTAIN,
    SURE,
    WEIGHTS,
    Part,
    country_in,
    is_fact,
    is_person,
    is_personal,
    is_pronouns,
    is_title,
    is_title_place,
    lean,
    name_and_title,
    names_body,
    part,
    peeled,
)
from bot.documents.pasted.words import (
    CACHED,
    COMMON,
    ends,
    is_credential,
    is_han,
    phrases,
    tokens,
    without_han_title,
    worth,
)
from bot.letters.endorsement import Kind


@dataclass(frozen=True, slots=True)
class Pieces:
    """A line split into the piece that holds the name, the other pieces, and what is in brackets."""

    parts: tuple[Part, ...]
    first: str
    rest: tuple[str, ...]
    insides: tuple[str, ...]
    behind: tuple[str, ...]
    """All of it but the name, in the order of the line."""
    score: float


@lru_cache(maxsize=CACHED)
def take_apart(text: str, glued: int = 0) -> Pieces | None:
    """Split a line into its pieces; None if it has no letters."""
    if not any(map(str.isalpha, text)):
        return None
    parts = part(text)
    (first, insides), *rest = (peeled(one.text) for one in parts)
    label, _, name = first.partition(": ")
    title, first = (label, name) if lean(name) >= SURE and is_title(label) else ("", first)
    if glued and not title:
        first, title = name_and_title(first, glued)
    before = [title] if title else []
    if is_han(first) and " " in first and is_person(first.split()[0]) and not is_person(first):
        first, *behind = first.split()
        before = [*behind, *before]
    heads = [*before, *(head for head, _ in rest)]
    behind = (*before, *insides)
    for one, (head, more) in zip(parts[1:], rest, strict=True):
        behind += (head, *more) if any(map(is_fact, (head, *more))) else (one.text,)
    insides += tuple(one for _, more in rest for one in more)
    said = (*heads, *insides)
    own = 2 * CERTAIN if _couple(first) else lean(first)
    signed = own < 0 and any(map(is_person, heads))
    remarked = any(is_personal(one) or is_credential(one) or is_pronouns(one) for one in said)
    titled = any(is_title(one) and not names_body(one) for one in said) and not signed
    score = own + WEIGHTS["title beside"] * titled + WEIGHTS["personal remark"] * remarked
    return Pieces(parts, first, tuple(heads), insides, behind, score)


def given_first(text: str) -> str:
    """Turn a line that begins with "Family, Given" around; return "" for any other."""
    family, *others = part(text)
    given = others[0].text.partition("(")[0].strip() if others and others[0].mark == "," else ""
    words = tokens(f"{family.text} {given}")
    if (
        not given
        or max(len(family.text.split()), len(given.split())) > 3
        or any(worth(word) > COMMON for word in words)
        or is_title(given)
    ):
        return ""
    behind = text[family.end + 1 :].lstrip().removeprefix(given)
    return f"{given} {family.text}{behind}"


def read_line(
    text: str, row: int, more: float = 0.0, heading: Kind | None = None, glued: int = 0
) -> list[Entry]:
    """Return the entries of a line whose bullet was removed; empty if it holds no name.

    `more` is evidence from the rest of the list: positive for a person. `glued` is a name's usual
    number of words, if the list puts titles after names without a separator.
    """
    signed = _on_behalf(text, row)
    pieces = take_apart(text, glued)
    if pieces is None or signed is not None:
        return [signed] if signed else []
    score = pieces.score + more
    kind = Kind.PERSON if score > 0 else Kind.ORGANISATION
    entry = _person(pieces, row) if score > 0 else _organisation(pieces, text, row)
    if not any(map(str.isalnum, entry.name)):
        return []
    # Capitals among people may be a nickname.
    nick = more > 0 > score and pieces.first.isupper() and " " not in pieces.first
    if nick or abs(score) < SURE or (heading is not None and heading is not kind):
        entry = replace(entry, remarks=((Remark.UNSURE, ""), *entry.remarks))
    couple = _couple(pieces.first) if kind is Kind.PERSON else []
    return [replace(entry, name=name) for name in couple] or [entry]


def _couple(text: str) -> list[str]:
    for word in phrases("and"):
        one, found, other = text.partition(word)
        if found and is_person(one) and is_person(other):
            return [one, other]
    return []


def _on_behalf(text: str, row: int) -> Entry | None:
    """Return the organisation in a line such as "Ada Quill on behalf of Tide Lab", else None."""
    lower = f" {text.casefold()}".replace("(", " ")
    phrase = next((one for one in phrases("behalf") if one in lower), "")
    if not phrase:
        return None
    place = lower.index(phrase)
    signer, body = text[:place].rstrip(" (,"), text[place + len(phrase) - 1 :]
    if not signer:
        body, _, signer = body.partition(": ")
    for article in ("the ", "la ", "le ", "el ", "l’", "l'"):
        body = body.removeprefix(article)
    body = body if "(" in body else body.replace(")", "", 1)
    pieces = take_apart(body)
    if pieces is None:
        return None
    name, *rest = [tidy(one.text) for one in part(signer)] or [""]
    entry = _organisation(pieces, body, row)
    return with_signer(entry, name if is_person(name) else "", ", ".join(rest))


def with_signer(entry: Entry, signer: str, role: str) -> Entry:
    """Add the signer and their role to an organisation's entry, unless `signer` is empty."""
    if not signer:
        return entry
    said = f"{signer}, {role}" if role else signer
    remarks = (*entry.remarks, (Remark.SIGNED_BY, said))
    return replace(entry, signer=signer, role=role, remarks=remarks)


@dataclass(slots=True)
class _Facts:
    country: str = ""
    remarks: list[tuple[Remark, str]] = field(default_factory=list[tuple[Remark, str]])

    def leave_out(self, words: str) -> None:
        if any(map(str.isalnum, words)):
            self.remarks.append((Remark.LEFT_OUT, tidy(words)))

    def take(self, said: str) -> str:
        """Take a country or a remark out of a piece, and return the rest."""
        country, place = country_in(said)
        if is_personal(said):
            self.remarks.append((Remark.PERSONAL, said))
            return ""
        if country and not self.country:
            self.country = country
            return place
        return said


def _person(pieces: Pieces, row: int) -> Entry:
    """Return a person's entry, with all words behind the name in their order."""
    name = without_han_title(pieces.first) if is_han(pieces.first) else pieces.first
    facts, said = _Facts(), list[str]()
    for piece in (pieces.first[len(name) :], *pieces.behind):
        left = facts.take(tidy(piece))
        if is_credential(left) and not said:
            name = f"{name}, {left}"
        elif is_pronouns(left) or (
            left != tidy(piece) and "," not in left
            and not (names_body(left) or is_title_place(left))
        ):  # fmt: skip
            facts.leave_out(left)
        elif left:
            said.append(left)
    titles = next((n for n, one in enumerate(said) if not is_title_place(one)), len(said))
    return Entry(
        kind=Kind.PERSON, name=tidy(name), title=", ".join(said[:titles]),
        affiliation=", ".join(said[titles:]), country=facts.country,
        remarks=tuple(facts.remarks), row=row,
    )  # fmt: skip


def _organisation(pieces: Pieces, text: str, row: int) -> Entry:
    facts, roles, insides = _Facts(), list[str](), list(pieces.insides)
    kept, signer, heads = 0, "", pieces.rest
    # A name ends with its line.
    last = next(
        (n for n, one in enumerate(pieces.parts[1:]) if one.mark == "\n"), len(pieces.parts) - 1
    )
    for place, head in enumerate(heads):
        named = lean(head) >= SURE and any(map(is_title, heads[place + 1 : place + 2]))
        if not signer and (is_person(head) or (named and not is_title(head))):
            signer = tidy(head)
        elif is_title(head) and not names_body(head) and (signer or not head.islower()):
            roles.append(tidy(head))
        elif is_fact(head):
            insides.append(head)
        elif kept == place < last and not (
            country_in(heads[-1])[0] and _are_places(heads[place:-1])
        ):
            kept = place + 1
        else:
            facts.leave_out(head)
    name = peeled(text[: pieces.parts[kept].end])[0] if kept else pieces.first
    # "Vía Láctea" is a name.
    via = next((phrase for phrase in phrases("via") if name.find(phrase) > 0), "")
    name, _, through = name.partition(via) if via else (name, "", "")
    name, more = peeled(name) if via else (name, ())
    for said in map(facts.take, (*insides, *more)):
        signed_by = ends("phrases: signed by")
        prefix = next((one for one in signed_by if said.casefold().startswith(one)), "")
        if prefix:
            signer = tidy(said[len(prefix) :].lstrip(" :"))
        elif signer and is_title(said):
            roles.append(said)
        else:
            facts.leave_out(said)
    if not signer:
        facts.leave_out(", ".join(roles))
    entry = Entry(
        kind=Kind.ORGANISATION, name=tidy(name), country=facts.country, via=tidy(through), row=row,
        remarks=tuple(facts.remarks),
    )  # fmt: skip
    return with_signer(entry, signer, ", ".join(roles))


def _are_places(heads: Sequence[str]) -> bool:
    joined = any(word in f" {one} " for one in heads for word in phrases("and"))
    return bool(heads) and not joined and (len(heads) > 1 or lean(heads[0]) >= -1.5)
