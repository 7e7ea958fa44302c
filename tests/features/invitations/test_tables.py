"""Our own tables are read as any other list: their columns are known, and wrong cells are told."""

from typing import Any

from bot.documents.pasted.reading import read_list
from bot.features.collected.rules import SignatureRow
from bot.features.collected.slack.handlers import row_of as signature_of
from bot.features.invitations.rules import InvitationRow
from bot.features.invitations.table import row_of as invitation_of
from tests.support.scenes.signature_tables import write_signatures


def invitations(text: str) -> list[InvitationRow]:
    return [invitation_of(entry) for entry in read_list(text).entries]


def signatures(text: str, source: str = "") -> list[SignatureRow]:
    return [signature_of(entry, source) for entry in read_list(text).entries]


def test_a_list_that_somebody_wrote() -> None:
    """A short list of names with a heading row is enough: nobody has said anything yet."""
    rows = invitations(
        "Kind;Organization;Name;State;Until\r\n"
        "organisation;Forum;;;\r\nPerson;;Ada Quill;Awaiting;2026-04-03\r\n"
    )
    assert rows == [
        InvitationRow(kind="organisation", organisation="Forum"),
        InvitationRow(kind="person", name="Ada Quill", state="awaiting", until="2026-04-03"),
    ]
    assert [row.line for row in rows] == [2, 3]


def test_members_by_their_ids() -> None:
    """A member ID is a contact of an organisation, or all that is said of a person."""
    rows = invitations(
        "kind,name,organisation,contact,note\n"
        "person,,,U0MEMBER1,\nperson,,,U0MEMBER2,Ask\norganisation,,Forum,U0MEMBER1,\n"
    )
    assert [(row.name, row.organisation, row.member, row.note) for row in rows] == [
        ("", "", "U0MEMBER1", ""),
        ("", "", "U0MEMBER2", "Ask"),
        ("", "Forum", "U0MEMBER1", ""),
    ]


def test_facts_without_a_column() -> None:
    """A column without a field becomes the note, and the signer is the person to ask."""
    rows = invitations("Ada Quill, Director, Fen Trust\n")
    assert [(row.name, row.note) for row in rows] == [("Ada Quill", "Director, Fen Trust")]


def test_signatures_come_back() -> None:
    """Signatures that are written as a table are read back as they were."""
    permitted: dict[str, Any] = {
        "ground": "board_decision", "given_by": "Ada King", "given_role": "Chair",
        "given_on": "2026-04-03",
    }  # fmt: skip
    rows = [
        SignatureRow(kind="person", name="Ada Quill", title="Director", source="On paper"),
        SignatureRow(
            kind="person", name="Bo Lund", affiliation="Fen Trust", source="=1+1",
            for_identification_only="yes", sort_under="Lund",
        ),
        SignatureRow(
            kind="organisation", organisation="Tide Lab", country="Kenya", via="the Coalition",
            name="Ada King", role="Chair", source="By mail", **permitted,
        ),
    ]  # fmt: skip
    assert signatures(write_signatures(rows), "not this") == rows


def test_source_of_the_rest() -> None:
    """The source that the organiser gives is that of the rows that do not say their own."""
    rows = signatures("name,source\nAda Quill,On paper\nBo Lund,\n", "By mail")
    assert [row.source for row in rows] == ["On paper", "By mail"]


def test_grounds_as_people_write_them() -> None:
    """A ground may be written with spaces and capitals."""
    (row,) = signatures(
        "kind,organisation,source,ground,given_by,given_role,given_on\n"
        "ORGANISATION,Forum,Email,Written permission,Ada Quill,Director,2026-04-03\n"
    )
    assert (row.kind, row.ground) == ("organisation", "written_permission")


def test_web_address_in_brackets() -> None:
    """A web address in brackets is left out of a title, an affiliation and an organisation."""
    rows = signatures(
        "kind,name,affiliation,organisation\n"
        "person,Ada Quill,Fen Trust (https://fen.example),\n"
        "organisation,,,Tide Lab [www.tide.example]\n"
    )
    assert [row.affiliation or row.organisation for row in rows] == ["Fen Trust", "Tide Lab"]
