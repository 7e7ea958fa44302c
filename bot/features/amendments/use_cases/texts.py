"""A letter's texts and the amendments between them, for signers and readers."""

from dataclasses import dataclass, replace

from bot.letters import send_windows
from bot.letters.amendment import Amendment, AmendmentKind
from bot.letters.endorsement import Endorsement, State
from bot.letters.letter import Letter
from bot.letters.people import Actor, Person, Role
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.letters.send_windows import NotNow
from bot.letters.text import LetterText
from bot.storage import amendments, endorsements, letters, workspaces
from bot.storage.database import Transaction, reading
from bot.use_cases.gate import admit


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Two texts of one letter."""

    letter: Letter
    old: LetterText
    new: LetterText

    @property
    def compared(self) -> tuple[str, str]:
        """The two texts for a comparison, with all that is signed if more than the text differs."""
        if replace(self.old, body=self.new.body) == self.new:
            return self.old.body, self.new.body
        return self.old.canonical, self.new.canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of the text that a signer is asked or informed about."""

    endorsement: Endorsement
    state: State
    texts: Texts
    amendments: tuple[Amendment, ...]
    """The amendments in between, oldest first."""

    @property
    def letter(self) -> Letter:
        """The letter in its current state."""
        return self.texts.letter


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A letter's amendments, for its readers."""

    letter: Letter
    amendments: tuple[Amendment, ...]
    """The amendments, oldest first."""


@reading
def to_remind(
    tx: Transaction, *, endorsement: str, person: Person, amendment: str
) -> Change | NotNow | None:
    """Return the change to remind a signer of; `NotNow` outside their daytime.

    None if no reminder is due any more, or the next daytime comes after the time to answer.
    """
    change = _to_tell(tx, endorsement, person, amendment)
    if change is None or change.state is not State.ASKED or change.letter.answer_by is None:
        return None
    known = workspaces.acquaintance(tx, change.letter.workspace, person)
    opens = send_windows.next_window(tx.now, known.tz if known else "UTC")
    if opens == tx.now:
        return change
    return NotNow(until=opens) if opens < change.letter.answer_by else None


@reading
def to_tell(tx: Transaction, *, endorsement: str, person: Person, amendment: str) -> Change | None:
    """Return the change for a notice to a signer, read when the notice is sent.

    None if the notice is no longer needed: the signer answered or withdrew, the time is up, the
    letter was cancelled, or the notice of a later amendment asks about all changes.
    """
    return _to_tell(tx, endorsement, person, amendment)


def _to_tell(tx: Transaction, endorsement: str, person: Person, amendment: str) -> Change | None:
    one = endorsements.find(tx, endorsement)
    if one is None or one.withdrawn_at is not None or one.person != person:
        return None
    letter = letters.find(tx, one.letter)
    if letter is None:
        return None
    history = amendments.of_letter(tx, letter.id)
    this = next((each for each in history if each.id == amendment), None)
    if this is None or letter.phase_at(tx.now) is Phase.CANCELLED:
        return None
    if one.state_at(letter, tx.now) is State.ASKED:
        return _asked(tx, letter, one, history) if this is history[-1] else None
    if this.kind is AmendmentKind.MATERIAL:
        return None
    return Change(
        endorsement=one,
        state=State.STANDS,
        texts=_texts(tx, letter, this.from_sha256, this.to_sha256),
        amendments=(this,),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The outcome of a question about a text change that nobody can answer any more."""

    letter: Letter
    phase: Phase
    endorsement: Endorsement


@reading
def standing(tx: Transaction, *, endorsement: str, person: Person) -> Change | Answered | None:
    """Return what a question about a text change asks now, or its outcome; None if not theirs."""
    one = endorsements.find(tx, endorsement)
    letter = None if one is None else letters.find(tx, one.letter)
    if one is None or letter is None or one.person != person:
        return None
    phase = letter.phase_at(tx.now)
    if one.state_at(letter, tx.now) is State.ASKED and phase is not Phase.CANCELLED:
        return _asked(tx, letter, one, amendments.of_letter(tx, letter.id))
    return Answered(letter=letter.as_seen_by(Role.MEMBER, tx.now), phase=phase, endorsement=one)


def to_answer(tx: Transaction, letter: Letter, actor: Actor) -> dict[str, Change]:
    """Return the changes that the actor is asked about now on a letter, by endorsement."""
    if letter.answer_by is None or letter.phase_at(tx.now) is Phase.CANCELLED:
        return {}
    held = endorsements.held_by(tx, [(letter.id, actor.person)])
    history = amendments.of_letter(tx, letter.id)
    return {
        one.id: _asked(tx, letter, one, history)
        for one in held.get((letter.id, actor.person), [])
        if one.state_at(letter, tx.now) is State.ASKED
    }


def _asked(tx: Transaction, letter: Letter, one: Endorsement, history: list[Amendment]) -> Change:
    # The number of the meaning is compared, not times, because clocks may differ.
    since = [place for place, each in enumerate(history) if each.meaning > one.meaning]
    return Change(
        endorsement=one,
        state=one.state_at(letter, tx.now),
        texts=_texts(tx, letter, one.stands_for, letter.text_sha256),
        amendments=tuple(history[since[0] :]) if since else (),
    )


def _texts(tx: Transaction, letter: Letter, old: str, new: str) -> Texts:
    before, after = (letters.read_text(tx, letter.id, sha256) for sha256 in (old, new))
    if before is None or after is None:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    return Texts(letter=letter.as_seen_by(Role.MEMBER, tx.now), old=before, new=after)


@reading
def compare(tx: Transaction, *, letter: int, actor: Actor, old: str, new: str) -> Texts:
    """Return two current or earlier texts of a letter.

    Raises:
        Refused: the letter never had such a text, or the actor may not read it.
    """
    return _texts(tx, admit(tx, letter, actor, Action.READ, lock=False), old, new)


@reading
def history(tx: Transaction, *, letter: int, actor: Actor) -> History:
    """Return all amendments of a letter.

    Raises:
        Refused: the workspace has no such letter, or the actor may not read it.
    """
    found = admit(tx, letter, actor, Action.READ, lock=False)
    return History(
        letter=found.as_seen_by(Role.MEMBER, tx.now),
        amendments=tuple(amendments.of_letter(tx, letter)),
    )
