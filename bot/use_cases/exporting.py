"""The list is handed over."""

from dataclasses import dataclass

from bot.letters.endorsement import Endorsement
from bot.letters.letter import Letter
from bot.letters.refusals import Reason, Refused
from bot.storage import endorsements, letters, signatories
from bot.storage.database import Transaction, reading
from bot.storage.signatories import Signatory


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A letter, its words, and its list in order with the endorsement that each line comes from."""

    letter: Letter
    body: str
    entries: tuple[tuple[Signatory, Endorsement], ...]


@reading
def export(tx: Transaction, *, letter: int) -> Export:
    """Everything that a list on paper needs, as of one instant.

    Raises:
        Refused: there is no such letter.
    """
    found = letters.find(tx, letter)
    if found is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    speakers = endorsements.speakers(tx, letter)
    return Export(
        letter=found,
        body=letters.read_text(tx, letter, found.text_sha256) or "",
        entries=tuple((party, speakers[party.id]) for _, party in signatories.listed(tx, letter)),
    )


@reading
def every_letter(tx: Transaction, *, workspace: str | None = None) -> list[Letter]:
    """All letters, oldest first, for the operator."""
    return letters.every(tx, workspace)
