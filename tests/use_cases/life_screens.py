"""Every number that a screen says is compared with the rows, whatever has happened to the letter."""

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import Any

from hypothesis.stateful import precondition, rule
from sqlalchemy import select

from bot.features.cards.slack.card import card
from bot.features.delivery.list_files import Format
from bot.features.delivery.slack import views as delivery_views
from bot.features.delivery.use_cases import handover
from bot.features.delivery.use_cases.exports import Scope
from bot.features.desk.slack import home_view
from bot.features.desk.slack.signers import signers_view
from bot.features.desk.slack.status_views import overview, report
from bot.features.desk.use_cases.home import page as home_page
from bot.features.desk.use_cases.signers import SignersPage, signers
from bot.features.desk.use_cases.status import Status, status
from bot.features.reading.slack.views import list_page
from bot.features.reading.use_cases import pages
from bot.letters.letter import Letter, Tally
from bot.letters.people import Role
from bot.letters.phases import Phase
from bot.locales import words
from bot.slack.windows import Part, Place
from bot.storage import letters
from bot.storage.database import Transaction
from bot.storage.tables import amendments, endorsements, signatories
from tests.support.exporting import exported, stretches, whole
from tests.support.letters import ORGANISER
from tests.support.reading import words_of
from tests.use_cases.life_stories import Stories

T = words("en-GB")
_SAID = re.compile(
    r"(?<![\w+#-])(-?[\d,]+) (signatures?\*? to go|late signature|signature|"
    r"organisations?\*? (?:isn’t|aren’t) confirmed|organisation|person|people|to go|of (?=\d))"
)
_OTHER = re.compile(r"^• .*$|once [\d,]+ (?:people have|person has) signed", re.MULTILINE)
"""A day of a status, and what an embargo waits for."""
_KINDS = {"person": "people", "organisation": "organisations"}
_IN_WORDS = {
    "listed": "listed",
    "unconfirmed": "not confirmed",
    "confirmed": "confirmed by one person",
    "disputed": "disputed",
    "removed": "removed",
    "marked": "withdrawn after delivery",
}


@dataclass(frozen=True)
class Counted:
    """The numbers that the rows of a letter give."""

    tally: Tally
    marked: int
    withdrawn: int
    """Signatures that were withdrawn after delivery."""
    standings: Counter[str] = field(default_factory=Counter[str])
    """Entries that somebody backs or that are marked, by their words in an export."""
    voices: Counter[str] = field(default_factory=Counter[str])
    """Signatures that still count, by their entry."""

    def of(self, noun: str) -> int:
        """Return the number before a noun."""
        tally = self.tally
        if noun.endswith(" confirmed"):
            return self.standings["not confirmed"] + self.standings["confirmed by one person"]
        return {
            "signature": tally.total,
            "of ": tally.total,
            "late signature": tally.late,
            "organisation": tally.organisations,
            "person": tally.people,
            "people": tally.people,
        }[noun]


def counted(tx: Transaction, letter: int) -> Counted:
    """Count the rows of a letter, by no way that the app counts them."""
    tally, marked, standings = Counter[str](), 0, Counter[str]()
    for row in tx.connection.execute(select(signatories).where(signatories.c.letter == letter)):
        kind = "people" if row.kind == "person" else "organisations"
        if row.endorsements or row.standing == "marked":
            standings[_IN_WORDS[row.standing]] += 1
        if row.standing == "marked":
            marked += 1
        elif row.endorsements and row.standing == "listed":
            tally[f"late_{kind}" if row.late else kind] += 1
        elif row.endorsements and row.standing in {"unconfirmed", "confirmed", "disputed"}:
            tally["waiting"] += 1
    given = tx.connection.execute(select(endorsements).where(endorsements.c.letter == letter)).all()
    withdrawn = sum(row.ended == "withdrawn_after_delivery" for row in given)
    voices = Counter(row.signatory for row in given if row.withdrawn_at is None)
    return Counted(Tally(**tally), marked, withdrawn, standings, voices)


def answered(tx: Transaction, letter: Letter) -> dict[str, Any] | None:
    """Count those who were asked last by their answer, from the rows; None where nobody was."""
    asking = select(amendments).where(amendments.c.letter == letter.id)
    last = [row for row in tx.connection.execute(asking) if row.kind == "material"]
    if not last:
        return None
    made = max(last, key=lambda row: row.number).made_at
    given = tx.connection.execute(
        select(endorsements).where(endorsements.c.letter == letter.id)
    ).all()
    said: dict[str, set[str]] = defaultdict(set)
    for row in given:
        kept = row.kept_at is not None and row.kept_at >= made and row.meaning >= letter.meaning
        if row.ended in {"merged", "removed"}:
            continue
        if row.user and (kept or row.meaning < letter.meaning):
            if row.withdrawn_at is None:
                said[row.user].add("kept" if kept else "silent")
            elif row.withdrawn_at > made:
                said[row.user].add("dropped" if row.ended == "dropped" else "withdrew")
    order = ("silent", "kept", "dropped", "withdrew")
    counts = Counter(next(one for one in order if one in of) for of in said.values())
    behind = sum(row.withdrawn_at is None and row.meaning < letter.meaning for row in given)
    return {"amendment": None, **{name: counts[name] for name in order}, "behind": behind}


class Screens(Stories):
    """The screens that people read."""

    def _same(self, said: str, rows: Counted, *, missing: int | None = None) -> None:
        shown = _OTHER.sub("", said)
        for number, noun in _SAID.findall(shown):
            wanted = missing if noun.endswith("to go") else rows.of(noun)
            assert int(number.replace(",", "")) == wanted, (number, noun, rows, said)

    @precondition(lambda self: self.model.phase is not Phase.DRAFT)
    @rule()
    def screens(self) -> None:
        """Card, Home, status, list, delivery and export say what the rows say."""
        run, database, number = self.run, self.database, self.letter.id
        found: Any = run(database.read(lambda tx: letters.find(tx, number)))
        rows: Counted = run(database.read(lambda tx: counted(tx, number)))
        phase = found.phase_at(self.now)
        public = found.as_seen_by(Role.MEMBER, self.now)
        said, blocks = card(T, public, "p" * 26, phase)
        for text in (said, words_of({"blocks": blocks})):
            self._same(text, rows)
        shown: Status = run(status(database, letter=number, actor=ORGANISER, tz="Asia/Kolkata"))
        missing = None if found.goal is None else found.goal - rows.tally.total
        self._same(report(T, shown).text, rows, missing=missing)
        assert "-" not in "".join(number for number, _ in _SAID.findall(report(T, shown).text))
        came = sum((came.people for _, came in shown.days), 0)
        assert came == rows.tally.people + rows.tally.late_people
        came = sum((came.organisations for _, came in shown.days), 0)
        assert came == rows.tally.organisations + rows.tally.late_organisations
        assert shown.withdrawn == rows.withdrawn
        answers: Any = run(database.read(lambda tx: answered(tx, found)))
        assert (shown.answers and asdict(shown.answers) | {"amendment": None}) == answers
        self._same(words_of(overview(T, shown)), rows, missing=missing)
        found_page = run(home_page(database, actor=ORGANISER))
        assert [own.letter.tally for own in found_page.organised] == [rows.tally]
        self._same(words_of(home_view.home(T, found_page)), rows, missing=missing)
        self._signers(rows)
        listed = run(exported(database, number, embargoed=True))
        assert len(listed) == rows.tally.total + rows.tally.late + rows.marked
        self._files(rows)
        if phase is not Phase.CANCELLED:
            page = run(
                pages.who_signed(database, letter=number, actor=ORGANISER, after=None, limit=100)
            )
            self._same(words_of(list_page(T, page, number=1, at="", back=[])), rows)
            assert len(page.signatories) == len(listed)
        if self.copy is not None and phase is not Phase.CANCELLED:
            delivered = run(handover.delivered(database, letter=number, actor=ORGANISER))
            assert delivered.copy.total == len(delivered.copy.entries_read())
            assert len(delivered.withdrawn) == rows.withdrawn
            then = Tally(people=delivered.copy.people, organisations=delivered.copy.organisations)
            kept = Counted(then, 0, rows.withdrawn)
            self._same(
                words_of(
                    delivery_views.delivered(
                        T, delivered, Place(letter=number, part=Part.DELIVERY), ""
                    )
                ),
                kept,
            )

    def _signers(self, rows: Counted) -> None:
        """The part of the letter's window that shows its entries."""
        page: SignersPage = self.run(
            signers(
                self.database,
                letter=self.letter.id,
                actor=ORGANISER,
                after="",
                limit=100,
            )
        )
        shown = rows.tally.total + rows.tally.late + rows.marked
        assert len(page.parties) == shown
        said = words_of(
            signers_view(T, page, Place(letter=self.letter.id, part=Part.SIGNERS), {}, "")
        )
        wanted = [rows.voices[party.id] for party in page.parties]
        found = [int(number) for number in re.findall(r"(\d+) signers", said)]
        assert found == [count for count in wanted if count > 1]

    def _files(self, rows: Counted) -> None:
        """The list as text, for the public and with all that organisers know."""

        def written(form: Format, scope: Scope) -> str:
            return whole(
                form, self.run(stretches(self.database, self.letter.id, scope, embargoed=True))
            )

        cells = list(csv.DictReader(io.StringIO(written(Format.CSV, Scope.LISTED))))
        counted = Counter(
            ("late_" if row["late"] else "") + _KINDS[row["kind"]]
            for row in cells
            if not row["withdrawn"]
        )
        assert Tally(**counted, waiting=rows.tally.waiting) == rows.tally
        assert sum(bool(row["withdrawn"]) for row in cells) == rows.marked
        everything = list(csv.DictReader(io.StringIO(written(Format.CSV, Scope.ALL))))
        assert Counter(row["standing"] for row in everything) == rows.standings
        assert written(Format.LINES, Scope.ALL).count("\n") == len(everything)
        listed = written(Format.MARKDOWN, Scope.LISTED)
        assert len(re.findall(r"^- ", listed, re.MULTILINE)) == len(cells)
