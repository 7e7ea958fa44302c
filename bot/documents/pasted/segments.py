"""Parsing of a line into an entry: the line is split into pieces, and each goes to a field."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bot.documents.pasted.entries import Entry, Remark, tidy
from bot.documents.pasted.kinds import (
    CERTAIN,
    SURE,
    head_length,
    is_body,
    is_person,
    is_title,
    lean,
    names_body,
    titled_name,
    weigh,
    without_han_title,
)
from bot.documents.pasted.words import (
    BODY,
    CACHED,
    has_sign_of,
    is_arabic,
    is_credential,
    is_given,
    is_han,
    phrase_key,
    spelt,
    tables,
    tokens,
    worth,
)
from bot.letters.endorsement import Kind
from bot.names.countries import country_code

_OPENING = {"(": ")", "[": "]", "（": "）", "【": "】", "«": "»", "“": "”", "„": "“", "《": "》"}
_MARKS = dict.fromkeys(",،，", ",") | dict.fromkeys(";؛；、", ";") | dict.fromkeys("|\t│¦", "|")
_DASHES = frozenset("–—―‒−")
_BEHALF = (
    " on behalf of ", " signing for ", " au nom de ", " au nom du ", " au nom des ",
    " en nombre de ", " en representación de ", " em nome de ", " em nome da ", " em nome do ",
    " em representação de ", " em representação da ", " от имени ", " نيابة عن ", " باسم ",
    " im namen von ", " representing ", " a nome di ", " namens ", " w imieniu ",
)  # fmt: skip
_BY = (": ", " by ", " par ", " por ")
_VIA = (" via ", " vía ", " через ", " par l’intermédiaire de ", " por intermedio de ",
    " por meio de ", " a través de ", " عبر ", " 经由 ")  # fmt: skip
"""Words between an organisation and the coalition that it signs through."""
_SIGNED_BY = (
    "represented by", "signed by", "rep. by", "contact:", "per ", "représentée par",
    "représenté par", "representada por", "representado por", "firmado por", "assinado por",
    "в лице", "vertreten durch", "ممثلة ب", "代表人", "代表：",
)  # fmt: skip
_AT = (" at ", " @ ", " bei ", " chez ", " @")
"""Words after a title that are always followed by an organisation."""
_OF = (
    " of the ", " of ", " for the ", " for ", " with the ", " with ", " from the ", " from ",
    " de la ", " de l’", " de l'", " de las ", " de los ", " del ", " des ", " du ", " de ", " d’",
    " d'", " do ", " da ", " dos ", " das ", " au ", " à la ", " à l’", " à ", " en la ", " en el ",
    " en ", " na ", " no ", " em ", " в ", " der ", " des ", " im ", " am ", " an der ",
)  # fmt: skip
_ENGLISH = frozenset(("of", "for", "with", "from", "of the", "for the", "with the", "from the"))
_BRACKETS_MOST = 4
_NOT_SEEN = "\u2066\u2067\u2068\u2069"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line."""

    mark: str
    """The kind of separator before the piece: `,`, `;`, `|` or `-`; "" for the first."""
    text: str
    end: int
    """End of the piece in the line."""


@lru_cache(maxsize=CACHED)
def part(text: str) -> tuple[Part, ...]:
    """Split a line at its separators, but not inside brackets or quotes.

    Separators are commas, semicolons, enumeration commas, bars and tabs, as well as dashes and "@"
    next to spaces, but no hyphens inside words.
    """
    found: list[Part] = []
    start, mark = 0, ""
    last = {sign: text.rfind(sign) for sign in _OPENING.values()}
    closing: list[str] = []
    for place, sign in enumerate(text):
        if sign.isalnum():
            continue
        if closing and sign == closing[-1]:
            closing.pop()
        elif sign in _OPENING and last[_OPENING[sign]] > place:
            closing.append(_OPENING[sign])
        elif not closing and (name := _separator(text, place, sign)):
            found.append(Part(mark, text[start:place].strip(), place))
            start, mark = place + 1, name
    found.append(Part(mark, text[start:].strip(), len(text)))
    return tuple(one for one in found if one.text)


def _separator(text: str, place: int, sign: str) -> str:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if sign in _MARKS:
        # "1,000" is a number.
        return "" if sign == "," and before.isdigit() and after.isdigit() else _MARKS[sign]
    if sign in _DASHES:
        return "-" if before.isspace() or after.isspace() or is_han(before) else ""
    if sign in "-@" and (before.isspace() or before == ")") and after.isspace():
        return "-"
    return "-" if sign == "-" and after.isspace() and before.isalnum() else ""


def closing_bracket(text: str) -> tuple[str, str] | None:
    """Split brackets off the end of a text: return the text before and inside them, else None."""
    for opening, closing in (("(", ")"), ("[", "]"), ("（", "）"), ("【", "】")):
        if text.endswith(closing):
            head, found, inside = text[: -len(closing)].rpartition(opening)
            if found and head.strip():
                return head.strip(), inside.strip()
    return None


def peeled(text: str) -> tuple[str, list[str]]:
    """Strip brackets with facts off the end of a text; return the text and their contents."""
    insides: list[str] = []
    while len(insides) < _BRACKETS_MOST and (found := closing_bracket(text)):
        head, inside = found
        person = not inside.isdigit() and (lean(head) > 0 or is_title(head))
        if not (person or is_fact(inside)):
            break
        insides.append(inside)
        text = head
    return text, insides


@lru_cache(maxsize=CACHED)
def is_fact(inside: str) -> bool:
    """Return whether brackets hold a fact, such as a country or pronouns, not part of a name."""
    return (
        country_in(inside)[0] != ""
        or is_personal(inside)
        or is_pronouns(inside)
        or is_credential(inside)
        or inside.casefold().startswith(_SIGNED_BY)
        or not any(sign.isalnum() for sign in inside)
    )


@lru_cache(maxsize=CACHED)
def country_in(text: str) -> tuple[str, str]:
    """Return the country at the end of a text and the text before it; two "" if there is none."""
    bare = text.strip(_NOT_SEEN)
    if country_code(bare) is not None:
        return bare.strip(), ""
    pieces = part(bare)
    if len(pieces) in {2, 3} and country_code(pieces[-1].text) is not None:
        return pieces[-1].text, ", ".join(one.text for one in pieces[:-1])
    if "/" in bare and country_code(bare.rpartition("/")[2]) is not None:
        return bare.rpartition("/")[2].strip(), bare.rpartition("/")[0].strip()
    return "", ""


@lru_cache(maxsize=CACHED)
def is_personal(text: str) -> bool:
    """Return whether a remark means "in a personal capacity" or "for identification only"."""
    folded = " ".join(phrase_key(text))
    known = tables()
    return (
        folded in known["titles: personal alone"]
        or any(phrase in folded for phrase in known["titles: personal"])
        or has_sign_of("titles: personal in scripts", text)
    )


def is_pronouns(text: str) -> bool:
    """Return whether a remark is a person's pronouns ("she/her")."""
    parts = [part.strip().casefold() for part in text.replace("|", "/").split("/")]
    return all(part in tables()["titles: pronouns"] for part in parts)


@dataclass(frozen=True, slots=True)
class Pieces:
    """A line split into its first piece, which holds the name, and the other pieces."""

    text: str
    parts: tuple[Part, ...]
    first: str
    insides: list[str]
    rest: list[tuple[str, list[str]]]
    """The other pieces, each with the contents of its brackets."""
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
    titles: frozenset[tuple[int, int]] = frozenset()
    """Positions of titles: the number of pieces after the name, and the title's index in them."""


NOTHING = Hint()


@lru_cache(maxsize=CACHED)
def take_apart(text: str, *, inverted: bool = False) -> Pieces | None:
    """Split a line into its pieces; None if it has no letters."""
    parts = part(text)
    if inverted and is_inverted(parts):
        family, given = parts[0].text, parts[1].text.partition("(")[0].strip()
        behind = text[text.index(given, parts[0].end) + len(given) :]
        text = f"{given} {family}{behind}"
        parts = part(text)
    if not parts or not any(sign.isalpha() for sign in text):
        return None
    pieces = [peeled(one.text) for one in parts]
    (first, insides), rest = pieces[0], pieces[1:]
    named = rest and lean(rest[0][0]) >= SURE and not is_title(rest[0][0])
    if named and is_title(first) and not names_body(first):
        # "President of X, Ada Quill"
        (first, insides), rest = rest[0], [pieces[0], *rest[1:]]
    title, first = titled_name(first)
    if title:
        rest = [(title, list[str]()), *rest]
    if is_han(first) and " " in first and is_person(first.split()[0]):
        first, *behind = first.split()
        rest = [*((one, list[str]()) for one in behind), *rest]
    return Pieces(text, parts, first, insides, rest, _score(first, insides, rest))


def is_inverted(parts: Sequence[Part]) -> bool:
    """Return whether a line begins with "Family, Given"."""
    if len(parts) < 2 or parts[1].mark != ",":
        return False
    given = parts[1].text.partition("(")[0].split()
    return len(parts[0].text.split()) < 3 and 0 < len(given) < 4 and is_given(given[0])


def _score(first: str, insides: list[str], rest: list[tuple[str, list[str]]]) -> float:
    heads = [head for head, _ in rest]
    said = [*heads, *insides, *(one for _, more in rest for one in more)]
    own = 2 * CERTAIN if _couple(first) else lean(first)
    titled = any(is_title(one) and not names_body(one) for one in said)
    found = Counter(
        {
            "title beside": int(titled and not (own < 0 and any(map(is_person, heads)))),
            "personal remark": int(
                any(is_personal(one) or is_credential(one) or is_pronouns(one) for one in said)
            ),
            "country beside": int(bool(said) and all(country_in(one)[0] for one in said)),
        }
    )
    return own + weigh(found)


def read_line(text: str, row: int, hint: Hint = NOTHING) -> list[Entry]:
    """Return the entries of a line whose bullet was removed; empty if it holds no name."""
    signed = _on_behalf(text, row)
    if signed is not None:
        return [signed]
    pieces = take_apart(text, inverted=hint.inverted)
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
    for word in (" and ", " & ", " et ", " und ", " y ", " e ", " и "):
        one, found, other = text.partition(word)
        if not found or not is_person(other):
            continue
        given = len(one.split()) == 1 and is_given(one) and is_given(other.split()[0])
        if is_person(one) or given:
            return [f"{one} {other.split()[-1]}" if given else one, other]
    return []


def _on_behalf(text: str, row: int) -> Entry | None:
    """Return the organisation in a line such as "Ada Quill on behalf of Tide Lab", else None."""
    lower = f" {text.casefold()}".replace("(", " ")
    for phrase in _BEHALF:
        place = lower.find(phrase)
        if place >= 0:
            before, after = text[:place].rstrip(" (,"), text[place + len(phrase) - 1 :]
            signer = before if part(before) and is_person(part(before)[0].text) else ""
            body = after.replace(")", "", 1) if "(" not in after else after
            return _signed_for(signer, body, row)
    for start in (*_SIGNED_BY[:2], "pour ", "por ", "for ", "за "):
        if lower.startswith(f" {start}") and (" for " in lower or ": " in text):
            body, found, signer = text[len(start) :].partition(": ")
            if not found:
                signer, found, body = text[len(start) :].strip(": ").partition(" for ")
            if found and is_person(part(signer)[0].text if part(signer) else ""):
                return _signed_for(signer, body, row)
    return None


def _signed_for(signer: str, body: str, row: int) -> Entry | None:
    if not signer:
        for between in (*_BY, " – ", " — ", " - "):
            name, found, after = body.partition(between)
            first = part(after)[0].text if part(after) else ""
            if found and lean(first) >= SURE:
                body, signer = name, after
                break
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

    def add_title(self, said: str) -> None:
        title, affiliation = part_title(said)
        self.titles.append(title)
        self.affiliations += [affiliation] if affiliation else []

    def leave_out(self, words: str) -> None:
        if any(sign.isalnum() for sign in words):
            self.remarks.append((Remark.LEFT_OUT, tidy(words)))


def _person(pieces: Pieces, row: int, hint: Hint) -> Entry:
    name = pieces.first
    draft = _Draft(name)
    if is_han(name) and without_han_title(name) != name:
        draft.name = without_han_title(name)
        _add(draft, name[len(draft.name) :])
    for said in _told_apart(pieces.insides):
        _add(draft, tidy(said))
    told = [tidy(head) for head, _ in pieces.rest if not is_fact(head)]
    titles = {
        said
        for place, said in enumerate(told)
        if (len(told), place) in hint.titles and said and not (names_body(said) or is_body(said))
    }
    for head, more in pieces.rest:
        for said in (head, *_told_apart(more)):
            if tidy(said) in titles:
                draft.add_title(tidy(said))
            else:
                _add(draft, tidy(said))
    return Entry(
        kind=Kind.PERSON,
        name=tidy(draft.name),
        title=", ".join(draft.titles),
        affiliation=", ".join(draft.affiliations),
        country=draft.country,
        remarks=tuple(draft.remarks),
        row=row,
    )


def _told_apart(insides: Iterable[str]) -> Iterator[str]:
    """Yield the contents of brackets; split a title from its body: "Lecturer, X University"."""
    for inside in insides:
        pieces = [one.text for one in part(inside)]
        parted = pieces and is_title(pieces[0]) and any(map(names_body, pieces[1:]))
        yield from pieces if parted else [inside]


def is_title_place(said: str) -> bool:
    """Return whether a piece after a name is clearly a title."""
    if not said or is_title(said):
        return bool(said)
    # Lower-case words are an occupation: "street medic".
    return said[0].islower() and not names_body(said) and worth(said.split(maxsplit=1)[0]) < BODY


def _add(draft: _Draft, said: str) -> None:
    """Add a piece after a person's name to the matching field of the draft."""
    if not said:
        return
    country, place = country_in(said)
    if is_credential(said):
        draft.name = f"{draft.name}, {said}"
    elif is_personal(said):
        draft.remarks.append((Remark.PERSONAL, said))
    elif is_pronouns(said):
        draft.leave_out(said)
    elif country and not draft.country:
        draft.country = country
        if place and (is_title_place(place) or names_body(place)):
            _add(draft, place)
        elif place:
            draft.leave_out(place)
    elif is_title_place(said):
        draft.add_title(said)
    else:
        draft.affiliations.append(said)


def _through(draft: _Draft, name: str) -> tuple[str, str]:
    """Split "name via coalition"; return the name and the coalition, or ""."""
    # "Vía Láctea" is a name.
    phrase = next((phrase for phrase in _VIA if name.find(phrase) > 0), None)
    if phrase is None:
        return name, ""
    name, _, through = name.partition(phrase)
    name, insides = peeled(name)
    for inside in insides:
        _add_bracket(draft, inside)
    return name, tidy(through)


def _organisation(pieces: Pieces, row: int) -> Entry:
    draft = _Draft(pieces.first)
    kept, roles = 0, list[str]()
    countries = [country_in(head)[0] for head, _ in pieces.rest]
    for inside in pieces.insides:
        _add_bracket(draft, inside)
    for place, (head, more) in enumerate(pieces.rest, start=1):
        country = countries[place - 1]
        behind = pieces.rest[place][0] if place < len(pieces.rest) else ""
        named = lean(head) >= SURE and is_title(behind) and not is_title(head)
        if not draft.signer and (is_person(head) or named):
            draft.signer = tidy(head)
            roles += filter(is_title, more)
            continue
        if country and not draft.country:
            draft.country = country
            draft.leave_out(country_in(head)[1])
        elif is_fact(head):
            _add_bracket(draft, head)
        elif is_title(head) and not names_body(head) and (draft.signer or not head.islower()):
            roles.append(tidy(head))
        elif kept == place - 1 and not (
            countries[-1] and place == len(countries) - 1 and lean(head) > -1.5
        ):
            kept = place
        else:
            draft.leave_out(head)
        for inside in more:
            _add_bracket(draft, inside)
    whole = len(pieces.parts) == len(pieces.rest) + 1
    name = peeled(pieces.text[: pieces.parts[kept].end])[0] if kept and whole else pieces.first
    name, via = _through(draft, name)
    entry = Entry(
        kind=Kind.ORGANISATION, name=tidy(name), country=draft.country, via=via, row=row,
        remarks=tuple(draft.remarks),
    )  # fmt: skip
    role = ", ".join(roles)
    if role and not draft.signer:
        return replace(entry, remarks=(*entry.remarks, (Remark.LEFT_OUT, role)))
    return with_signer(entry, draft.signer, role)


def _add_bracket(draft: _Draft, said: str) -> None:
    """Add an organisation's bracket to the matching field of the draft."""
    country, place = country_in(said)
    prefix = next((one for one in _SIGNED_BY if said.casefold().startswith(one)), "")
    if country and not draft.country:
        draft.country = country
        draft.leave_out(place)
    elif prefix:
        draft.signer = tidy(said[len(prefix) :].lstrip(" :"))
    elif is_personal(said):
        draft.remarks.append((Remark.PERSONAL, said))
    else:
        draft.leave_out(said)


@lru_cache(maxsize=CACHED)
def part_title(text: str) -> tuple[str, str]:
    """Split "Director of Tide Lab" into title and affiliation; the latter is "" if there is none.

    A title with a subject instead stays whole: "Professor of Network Science".
    """
    if is_han(text):
        title = without_han_title(text)
        return (text[len(title) :], title) if title != text and names_body(title) else (text, "")
    for between in _AT:
        before, found, after = text.partition(between)
        if found and after.strip() and is_title(before):
            return before.strip(), after.strip().removeprefix("the ")
    cuts = [(text.find(between), -len(between), between) for between in _OF]
    for place, _, between in sorted(one for one in cuts if one[0] > 0):
        before, after = text[:place], text[place + len(between) :].strip()
        if is_title(before) and after and _is_led(before, after, between.strip()):
            return before.strip(), after
    words = text.split()
    for count in range(1, min(4, len(words))):
        # Without a word between: "директор Фонда …"
        title, body = " ".join(words[:count]), " ".join(words[count:])
        script = is_arabic(body) or (
            "\u0400" <= body[0] <= "\u04ff" and (body[0].isupper() or "«" in body)
        )
        if script and names_body(body) and is_title(title):
            return title, body
    return text.strip(), ""


def _is_led(title: str, body: str, between: str) -> bool:
    """Return whether `body`, the words after a title and a preposition, name an organisation."""
    words = tokens(body)
    if not words:
        return False
    first = words[0]
    marked = first.isupper() and len(first) > 2
    named = first[0].isupper() and country_code(body) is None and not is_title(body)
    if between in _ENGLISH:
        # "University of X" and "Bar Association", not "Network Science".
        leads = spelt(tokens(title)[-1]) in tables()["titles: leaders"]
        return named and (marked or leads or worth(words[head_length(words) - 1]) == BODY)
    if not first[0].isupper():
        return worth(first) == BODY and any(sign.isupper() for sign in body)
    leads = title[:1].islower() and not any(
        spelt(word).startswith(tuple(tables()["titles: of fields"])) for word in title.split()
    )
    return named and (names_body(body) or marked or lean(body) < -2 * CERTAIN or leads)
