"""Papers to write documents of: plain ones, large ones, ones with names that are hard to write."""

import zlib
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import cycle, islice
from typing import Any

from bot.documents.paper import Paper
from bot.features.delivery.paper import Late, paper_of_list
from bot.features.delivery.rules import Listed
from bot.letters.endorsement import Capacity, Facts, Kind
from bot.letters.letter import Letter
from tests.support.scenes.worst import a_letter
from tests.support.scenes.worst_facts import a_listed, a_signatory, an_endorsement

NOW = datetime(2026, 4, 9, 15, 30, tzinfo=UTC)

SCRIPTS = {
    "Arabic": "جمعية الحقوق الرقمية 2024",
    "Arabic with Latin": "منظمة الويب المفتوح (Web Group) 350",
    "Hebrew": "בית הספר הפתוח (2019)",
    "Greek": "Σύλλογος Ελλήνων Χρηστών Διαδικτύου",
    "Cyrillic": "Объединение «Свободный интернет»",
    "Chinese": "开放互联网协会",
    "Japanese": "東京インターネット市民の会",
    "Hindi": "डिजिटल अधिकार मंच",
    "Vietnamese": "Hội Người Dùng Mạng Việt Nam",
    "Korean": "열린 인터넷 연대",
    "Latin": "Łódź Ćwiek-Žižek Fundação Ångström",
}
"""A name in each script; all are made up."""

HOSTILE = (
    '=HYPERLINK("https://example.org","Click")',
    "#set text(red)",
    "</w:t><w:br/>",
    "<script>alert(1)</script>",
    "]]>",
    "\u202eturned round\u202c",
    "zero\u200bwidth\u200djoiner\ufeff",
    "&amp; &lt; *bold* _it_ `code` [x](https://example.org)",
    "@here +1 -1 ＝1",  # noqa: RUF001 - a full-width sign starts a formula too
    '$x^2$ \\ #import "x" // /* */ <label>',
    "1. one",
)
"""Names that mean something to a format, or to a reader's eye."""

BODY = """\
We, the undersigned, ask for an internet that stays **open**, *interconnected* and interoperable.

## What we ask

1. Protect human rights, as the [Charter](https://example.org/charter) says.
2. Keep the network whole:
   - no shutdowns,
   - no walls between networks.

> An open network is worth more than the sum of its parts.

### How

Set the limits in `policy`, and review them each year.

---

With respect,
"""


def an_organisation(entry: str, number: int, country: str = "", **changes: Any) -> Listed:
    """An organisation's place on a list."""
    given = an_endorsement(entry, number)
    facts = Facts(name="A Delegate", role="Treasurer", organisation=entry, country=country)
    signature = replace(given.signature, capacity=Capacity.ORGANISATION, facts=facts, entry=entry)
    party = a_signatory(entry, number, kind=Kind.ORGANISATION, **changes)
    return a_listed(party, replace(given, signature=signature))


def a_person(entry: str, number: int, **changes: Any) -> Listed:
    """A person's place on a list."""
    given = an_endorsement(entry, number)
    signature = replace(given.signature, facts=Facts(name=entry), entry=entry)
    return a_listed(a_signatory(entry, number, **changes), replace(given, signature=signature))


def a_list(organisations: int, people: int) -> list[Listed]:
    """A list with a convener, organisations in every script, and people."""
    countries = cycle(("Kenya", "Peru", "France", "Paraguay", "Japan", ""))
    names = islice(cycle(SCRIPTS.values()), organisations)
    listed = [an_organisation("The Convening Coalition", 1, "Kenya", pinned=1)]
    for number, (name, country) in enumerate(zip(names, countries, strict=False), start=2):
        again = f" {number}" if number > len(SCRIPTS) else ""
        listed.append(an_organisation(f"{name}{again}", number, country))
    return listed + [
        a_person(f"Ada King {number}, Lecturer, University of the Sea", number + organisations + 1)
        for number in range(1, people + 1)
    ]


def a_paper(
    listed: list[Listed] | None = None,
    *,
    letter: Letter | None = None,
    body: str = BODY,
    language: str = "",
    delivered: bool = True,
    late: Late = Late.APART,
) -> Paper:
    """A letter's paper: delivered on 9 April 2026 unless said otherwise."""
    paper = paper_of_list(
        letter or a_letter(title="An Open Internet for Everyone"),
        body,
        a_list(11, 12) if listed is None else listed,
        now=NOW,
        language=language,
        late=late,
        days={date(2026, 4, 1): 3, date(2026, 4, 2): 9, date(2026, 4, 5): 12},
    )
    return replace(paper, draft="") if delivered else paper


def a_picture(width: int = 8, height: int = 4) -> bytes:
    """A PNG of one colour."""
    row = b"\x00" + b"\x3f\x2a\x56" * width
    chunks = (
        (b"IHDR", width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
        for kind, data in chunks
    )
