"""Asks and signatures as tables: what is written is read back, what is incomplete is named."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.table_problems import TableRefused, refusal_lines
from bot.features.collected.rules import SignatureRow
from bot.features.collected.table import read_signatures
from bot.features.invitations.table import InvitationRow, read_invitations, write_invitations
from bot.letters.endorsement import Kind
from bot.letters.invitation import InvitationState
from bot.letters.standing import Ground
from bot.locales import words
from tests.support.scenes.signature_tables import write_signatures

T = words("en-GB")

any_text = st.text() | st.lists(
    st.sampled_from(
        ["=1+1", "'", "@", "-", '"', '""', ",", ";", "\t", "\n", "\r\n", "\r", " ", "a"]
    )
).map("".join)
filled = any_text.filter(str.strip)
days = st.dates(date(1900, 1, 1)).map(date.isoformat)
kinds = st.sampled_from([kind.value for kind in Kind])


@st.composite
def invitations(draw: st.DrawFn) -> InvitationRow:
    kind, state = draw(kinds), draw(st.sampled_from([state.value for state in InvitationState]))
    return InvitationRow(
        kind=kind,
        name=draw(filled if kind == Kind.PERSON else any_text),
        organisation=draw(filled if kind == Kind.ORGANISATION else any_text),
        country=draw(any_text),
        contact=draw(any_text),
        state=state,
        until=draw(days if state == InvitationState.AWAITING else days | st.just("")),
        note=draw(any_text),
    )


@st.composite
def signatures(draw: st.DrawFn) -> SignatureRow:
    kind = draw(kinds)
    row = SignatureRow(
        kind=kind,
        name=draw(filled if kind == Kind.PERSON else any_text),
        title=draw(any_text),
        affiliation=draw(any_text),
        organisation=draw(filled if kind == Kind.ORGANISATION else any_text),
        country=draw(any_text),
        via=draw(any_text),
        role=draw(any_text),
        source=draw(filled),
    )
    if draw(st.booleans()):
        return row
    return replace(
        row,
        ground=draw(st.sampled_from([ground.value for ground in Ground])),
        given_by=draw(filled),
        given_role=draw(filled),
        given_on=draw(days),
    )


@given(st.lists(invitations()))
def test_invitations_come_back(rows: list[InvitationRow]) -> None:
    """Invitations that are written are read back as they were, whatever people typed."""
    assert list(read_invitations(write_invitations(rows))) == rows


@given(st.lists(signatures()))
def test_signatures_come_back(rows: list[SignatureRow]) -> None:
    """Signatures that are written are read back as they were, whatever people typed."""
    assert list(read_signatures(write_signatures(rows))) == rows


@given(st.lists(invitations(), min_size=1))
def test_rows_know_where_they_stand(rows: list[InvitationRow]) -> None:
    """Each row knows its line in the file, counted over line ends inside cells."""
    written = write_invitations(rows)
    lines = written.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for row in read_invitations(written):
        assert lines[row.line - 1].startswith(row.kind)


def test_a_list_that_somebody_wrote() -> None:
    """A short list of names with a heading row is enough: nobody has said anything yet."""
    rows = read_invitations(
        "Kind;Organization;Name;State;Until\r\norganisation;Forum;;;\r\nPerson;;Member;Awaiting;2026-04-03\r\n"
    )
    assert rows == (
        InvitationRow(kind="organisation", organisation="Forum", state="invited"),
        InvitationRow(kind="Person", name="Member", state="Awaiting", until="2026-04-03"),
    )
    assert [row.line for row in rows] == [2, 3]


def test_no_table_of_invitations() -> None:
    """A table with an unknown column, or none for the kind, is refused as a whole."""
    with pytest.raises(TableRefused) as raised:
        read_invitations("name,organisation,email\nMember,,\n")
    said = refusal_lines(T, raised.value)
    assert said[0].startswith("Line 1: there is no column called “email”.")
    assert said[1:] == ["Line 1: the column “kind” is missing. Please add it."]


def test_incomplete_signatures() -> None:
    """Every signature needs its source, and what is known of a permission is known whole."""
    with pytest.raises(TableRefused) as raised:
        read_signatures(
            "kind,name,organisation,source,ground,given_by,given_role,given_on\n"
            "person,Member,,,,,,\n"
            "organisation,,Forum,Email,Written permission,,Director,\n"
            "organisation,,Forum,Email,,,,2026-04-03\n"
        )
    assert refusal_lines(T, raised.value) == [
        "Line 2: the column “source” is empty. Please fill it in.",
        "Line 3: the column “given_by” is empty. Please fill it in.",
        "Line 3: the column “given_on” is empty. Please fill it in.",
        "Line 4: the column “ground” is empty. Please fill it in.",
        "Line 4: the column “given_by” is empty. Please fill it in.",
        "Line 4: the column “given_role” is empty. Please fill it in.",
    ]


def test_choices_as_people_write_them() -> None:
    """A ground may be written with spaces and capitals."""
    [row] = read_signatures(
        "kind,organisation,source,ground,given_by,given_role,given_on\n"
        "ORGANISATION,Forum,Email,Written permission,Member,Director,2026-04-03\n"
    )
    assert (row.kind, row.ground) == ("organisation", "written_permission")
