"""People and organisations to invite, from a form or from the rows of a table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar

from bot.letters.endorsement import Kind
from bot.letters.entries import COUNTRY_MOST, NAME_MOST, refuse_part
from bot.letters.invitation import Invitation, InvitationState, Whom, day_of, whom, whom_for
from bot.letters.people import Person
from bot.letters.refusals import Reason, Refusal
from bot.names.cleaning import clean

NOTE_MOST = 300
WORDS_MOST = 600
"""Most characters of an organiser's own words in an invitation."""

W = TypeVar("W", bound=StrEnum)
_MEMBER_ID = re.compile("[UW][A-Z0-9]{2,30}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitee:
    """A person or organisation to invite, and their state so far."""

    kind: Kind
    person: Person | None = None
    """The person, or the organisation's contact; None for one without an account here."""
    name: str = ""
    called: str = ""
    """Their name in Slack; not stored, but an invitation under it is theirs."""
    organisation: str = ""
    country: str = ""
    contact: str = ""
    """Address of a contact without an account here."""
    note: str = ""
    words: str = ""
    """The organiser's own words to them."""
    state: InvitationState = InvitationState.INVITED
    until: date | None = None
    """The day until which they wait for an approval."""

    @property
    def whom(self) -> Whom:
        """Return the party that an invitation is for."""
        if self.kind is Kind.PERSON:
            return whom(self.person, self.name or self.called)
        return whom_for(self.organisation, self.country)


def cleaned(one: Invitee) -> Invitee:
    """Return the invitee with cleaned texts."""
    return replace(
        one,
        name=clean(one.name),
        organisation=clean(one.organisation),
        country=clean(one.country),
        contact=clean(one.contact),
        note=clean(one.note),
        words=one.words.strip(),
    )


def refusals(one: Invitee) -> Iterator[Refusal]:
    """Yield the problems of a cleaned invitee, each with its field."""
    is_person = one.kind is Kind.PERSON
    needed = {"organisation": not is_person, "name": is_person and one.person is None}
    for name in ("organisation", "name", "country"):
        most = COUNTRY_MOST if name == "country" else NAME_MOST
        value: str = getattr(one, name)
        refusal = refuse_part(name, value, most=most, needed=needed.get(name, False))
        if refusal is not None:
            yield refusal
    # A contact may be an address.
    for name, most in (("contact", NAME_MOST), ("note", NOTE_MOST), ("words", WORDS_MOST)):
        length = len(getattr(one, name))
        if length > most:
            yield Refusal(Reason.TOO_LONG, name, {"most": most, "length": length})
    if one.state is InvitationState.AWAITING and one.until is None:
        yield Refusal(Reason.EMPTY, "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """One row of a table of invitations, as text."""

    line: int = field(default=0, compare=False)
    """The line of the file on which it begins, from 1; 0 without a file."""
    kind: str
    name: str = ""
    organisation: str = ""
    country: str = ""
    contact: str = ""
    """A member ID (U…, W…), or another way to reach them."""
    state: str = InvitationState.INVITED.value
    until: str = ""
    """A day as YYYY-MM-DD."""
    note: str = ""

    @property
    def member(self) -> str:
        """The member ID in the contact, or an empty text."""
        found = _MEMBER_ID.fullmatch(self.contact.strip().removeprefix("<@").removesuffix(">"))
        return found[0] if found else ""


def column_of(one: Invitee) -> str:
    """Return the column with the invitee's name."""
    if one.kind is Kind.ORGANISATION:
        return "organisation"
    return "name" if one.person is None else "contact"


def read_row(
    row: InvitationRow, people: Mapping[str, Person], words: str = ""
) -> Invitee | list[Refusal]:
    """Return a row's invitee, or all its problems by column; `people` are active accounts."""
    wrong: list[Refusal] = []
    kind = _word(Kind, row.kind)
    if kind is None:
        wrong.append(Refusal(Reason.NOT_A_KIND, "kind"))
    state = _word(InvitationState, row.state or InvitationState.INVITED)
    if state is None:
        wrong.append(Refusal(Reason.NOT_A_STATE, "state"))
    until = _day(row.until)
    if until is None and row.until.strip():
        wrong.append(Refusal(Reason.NOT_A_DATE, "until"))
    if row.member and row.member not in people:
        wrong.append(Refusal(Reason.NO_SUCH_MEMBER, "contact", {"name": row.member}))
    elif kind is Kind.PERSON and not row.member and row.contact.strip().startswith("@"):
        # A handle is ambiguous, because Slack lets two people have the same.
        wrong.append(Refusal(Reason.NOT_A_MEMBER_ID, "contact"))
    if kind is None or state is None:
        return wrong
    one = cleaned(
        Invitee(
            kind=kind,
            person=people.get(row.member),
            name=row.name,
            organisation=row.organisation if kind is Kind.ORGANISATION else "",
            country=row.country if kind is Kind.ORGANISATION else "",
            contact="" if row.member else row.contact,
            note=row.note,
            words=words,
            state=state,
            until=until if state is InvitationState.AWAITING else None,
        )
    )
    told = {refusal.field for refusal in wrong}
    if "contact" in told:
        # A missing name matters only for a person without an account.
        told.add("name")
    return [*wrong, *(refusal for refusal in refusals(one) if refusal.field not in told)] or one


def _word(words: type[W], typed: str) -> W | None:
    try:
        return words(typed.strip().casefold())
    except ValueError:
        return None


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def row_of(invitation: Invitation, names: Mapping[str, str]) -> InvitationRow:
    """Return an invitation as a row; `names` are those of accounts, by user id.

    An account without a name there keeps its id, by which the row is read back.
    """
    account = invitation.account.user if invitation.account else ""
    called = names.get(account, "")
    is_person = invitation.kind is Kind.PERSON
    written = "" if called and is_person else called or account
    return InvitationRow(
        kind=invitation.kind.value,
        name=(called if is_person else "") or invitation.name,
        organisation=invitation.organisation,
        country=invitation.country,
        contact=written or invitation.contact,
        state=invitation.state.value,
        until="" if invitation.until is None else day_of(invitation.until).isoformat(),
        note=invitation.note,
    )
