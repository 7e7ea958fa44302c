"""Signatures collected outside Slack, as an organiser enters them in a form or a table."""

from dataclasses import dataclass, field, fields, replace
from datetime import date

from bot.letters.endorsement import (
    FACTS,
    SOURCE_MOST,
    Capacity,
    Facts,
    Kind,
    Signature,
    refuse_kind,
)
from bot.letters.entries import compose
from bot.letters.letter import Letter
from bot.letters.refusals import Reason, Refusal
from bot.letters.standing import GROUNDS, Permission, refuse_permission
from bot.names.cleaning import clean

PERMISSION = ("ground", "given_by", "given_role", "given_on")
"""The fields of a permission: if one is filled in, all must be."""
YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureRow:
    """A collected signature as it was typed."""

    kind: str
    """A `Kind`."""
    name: str = ""
    """The person's name; for an organisation its signer's, unless they gave permission."""
    title: str = ""
    affiliation: str = ""
    for_identification_only: str = "no"
    """`yes` if the affiliation is for identification only, and the entry has to state that."""
    agreed_again: str = "no"
    """`yes` if the person withdrew from the letter, and has agreed again since."""
    organisation: str = ""
    country: str = ""
    via: str = ""
    web: str = ""
    group: str = ""
    """A heading of the letter's own, or empty."""
    role: str = ""
    sort_under: str = ""
    """The typed sort name; empty for the suggested one."""
    source: str = ""
    ground: str = ""
    """A `Ground`, or empty."""
    given_by: str = ""
    given_role: str = ""
    given_on: str = ""
    """A date in ISO format (2026-04-03)."""
    line: int = field(default=0, compare=False)
    """Line number in the file that it was read from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A collected signature, ready to be added."""

    signature: Signature
    source: str
    permission: Permission | None
    """The organiser's proof of permission, if given."""
    heading: str = ""
    """The heading of the letter's to put it under, or empty."""
    agreed_again: bool = False
    """True for a person who withdrew from the letter, and has agreed again."""


def gathered(
    row: SignatureRow, letter: Letter, *, note: str, consent: str, today: date
) -> Gathered | tuple[Refusal, ...]:
    """Return the signature in a row, or all its problems, each with the row's field.

    `note`: words after an affiliation that is for identification only. `consent`: the organiser's
    statement that the signer agreed.
    """
    wrong: list[Refusal] = []
    permission = _permission(row, today, wrong)
    source = clean(row.source)
    if not source:
        wrong.append(Refusal(Reason.EMPTY, "source"))
    elif len(source) > SOURCE_MOST:
        facts = {"most": SOURCE_MOST, "length": len(source)}
        wrong.append(Refusal(Reason.TOO_LONG, "source", facts))
    kind = next((kind for kind in Kind if kind == row.kind), None)
    if kind is None:
        return (Refusal(Reason.NOT_A_KIND, "kind"), *wrong)
    refusal = refuse_kind(letter, kind, "kind")
    if refusal is not None:
        return (refusal, *wrong)
    made = compose(
        None,
        _capacity(kind, row),
        _facts(
            row if letter.rules.printing.web else replace(row, web=""),
            note if row.for_identification_only == YES else "",
            permission,
        ),
        sort_name=row.sort_under,
        language=letter.language,
        text_sha256=letter.text_sha256,
        consent=consent,
    )
    if not isinstance(made, Signature):
        named = {"sort": "sort_under"}
        return (
            *(replace(one, field=named.get(one.field or "", one.field)) for one in made),
            *wrong,
        )
    again, heading = row.agreed_again == YES, clean(row.group)
    if heading and heading not in letter.rules.printing.groups:
        wrong.append(Refusal(Reason.NO_SUCH_HEADING, "group"))
    return tuple(wrong) or Gathered(
        signature=made, source=source, permission=permission, agreed_again=again, heading=heading
    )


def _capacity(kind: Kind, row: SignatureRow) -> Capacity:
    if kind is Kind.ORGANISATION:
        return Capacity.ORGANISATION
    titled = clean(row.title) or clean(row.affiliation)
    return Capacity.AFFILIATED if titled else Capacity.INDIVIDUAL


def _facts(row: SignatureRow, note: str, permission: Permission | None) -> Facts:
    typed = {one.name: getattr(row, one.name) for one in fields(row) if one.name in FACTS}
    facts = Facts(**typed, note=note, authorised=permission is not None)
    if permission is not None and row.kind == Kind.ORGANISATION and not clean(row.name):
        # The person who gave permission counts as the signer.
        return replace(facts, name=permission.given_by, role=row.role or permission.given_role)
    return facts


def _permission(row: SignatureRow, today: date, wrong: list[Refusal]) -> Permission | None:
    said = {name: clean(getattr(row, name)) for name in PERMISSION}
    if not any(said.values()):
        return None
    before = len(wrong)
    wrong += [Refusal(Reason.EMPTY, name) for name, value in said.items() if not value]
    ground = next((one for one in GROUNDS if one == said["ground"]), None)
    if ground is None and said["ground"]:
        wrong.append(Refusal(Reason.NOT_A_GROUND, "ground"))
    day = _day(said["given_on"])
    if day is None and said["given_on"]:
        wrong.append(Refusal(Reason.NOT_A_DATE, "given_on"))
    if ground is None or day is None or len(wrong) > before:
        return None
    permission = Permission(
        ground=ground, given_by=said["given_by"], given_role=said["given_role"], given_on=day
    )
    refusal = refuse_permission(permission, today)
    if refusal is not None:
        wrong.append(refusal)
    return permission


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
