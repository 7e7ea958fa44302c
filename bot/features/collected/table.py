"""Collected signatures, from the entries of a pasted list."""

from bot.documents.pasted.entries import Entry, Remark
from bot.features.collected.rules import PERMISSION, YES, SignatureRow
from bot.letters.endorsement import Kind


def row_of(entry: Entry, source: str) -> SignatureRow:
    """Return an entry as a signature row; `source` is used if the entry has none."""
    said = entry.details
    only_identifies = said.get("for_identification_only", "no")
    if entry.affiliation and any(remark is Remark.PERSONAL for remark, _ in entry.remarks):
        only_identifies = YES
    is_organisation = entry.kind is Kind.ORGANISATION
    return SignatureRow(
        kind=entry.kind,
        name=entry.signer if is_organisation else entry.name,
        title=entry.title,
        affiliation=entry.affiliation,
        for_identification_only=only_identifies,
        agreed_again=said.get("agreed_again", "no"),
        organisation=entry.name if is_organisation else "",
        country=entry.country,
        via=entry.via,
        web=said.get("web", ""),
        group=said.get("group", ""),
        role=entry.role,
        sort_under=said.get("sort_under", ""),
        source=said.get("source", source),
        line=entry.row,
        **{column: said.get(column, "") for column in PERMISSION},
    )
