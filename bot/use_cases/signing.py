"""Somebody signs, changes what they signed, or takes it back."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from bot.letters import notices
from bot.letters.endorsement import Endorsement, Kind, Signature, refuse_signature
from bot.letters.letter import Action, Letter, refuse
from bot.letters.people import Actor, Person, Role
from bot.letters.refusals import Reason, Refusal, Refused
from bot.storage import endorsements, inbox, letters, outbox, signatories, tallies
from bot.storage.database import Database, Transaction, reading, writing
from bot.storage.ids import new_id
from bot.storage.signatories import Signatory
from bot.use_cases.gate import admit, card_changed, cards_of, once, role_in


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRequest:
    """One person's yes to a line that was shown to them."""

    letter: int
    actor: Actor
    signature: Signature
    delivery: str
    """The trigger of the submit: the same again has no second effect."""
    from_home: bool = False
    """It came from the App Home, which then shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What was kept."""

    endorsement: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What the Sign form starts from."""

    letter: Letter
    held: tuple[Endorsement, ...]
    """What the person holds on this letter already, oldest first."""
    refusal: Refusal | None
    """Why nothing new can be signed now, if so."""


async def sign(database: Database, request: SignRequest) -> Signed:
    """Keeps a signature; when this returns it is on the disk.

    Signatures that wait at the same time are loaded, decided and committed together.

    Raises:
        Refused: the letter cannot be signed like that now; nothing was written.
    """
    return await database.together(sign_all, request)


def sign_all(tx: Transaction, requests: list[SignRequest]) -> list[Signed | Exception]:
    """Signs for all that wait, one after the other, in one transaction.

    A refusal is an answer and writes nothing; the others stand.
    """
    batch = _Batch(tx, requests)
    answers = [batch.answer(request) for request in requests]
    batch.write()
    return answers


class _Batch:
    """What a batch of signatures has loaded, and what it will write."""

    def __init__(self, tx: Transaction, requests: list[SignRequest]) -> None:
        numbers = {request.letter for request in requests}
        holders = {(request.letter, request.actor.person) for request in requests}
        self._tx = tx
        # The lock comes first: what is read after it cannot change before the commit.
        self._letters = letters.find_many(tx, numbers, lock=True)
        self._answered = inbox.answers(tx, {request.delivery for request in requests})
        self._held = defaultdict(list, endorsements.held_by(tx, holders))
        self._parties = signatories.by_keys(tx, {_party_key(request) for request in requests})
        self._new: dict[str, list[Endorsement]] = defaultdict(list)
        self._changed: dict[str, dict[str, Signatory]] = defaultdict(dict)
        self._came: dict[int, Counter[Kind]] = defaultdict(Counter)
        self._kept: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
        self._home: dict[str, list[Person]] = defaultdict(list)

    def answer(self, request: SignRequest) -> Signed | Exception:
        """Decides one request."""
        known = self._answered.get(request.delivery)
        if known is not None:
            return Signed(**known)
        letter = self._letters.get(request.letter)
        if letter is None or letter.workspace != request.actor.workspace:
            return Refused.because(Reason.NO_SUCH_LETTER)
        person = request.actor.person
        held = self._held[request.letter, person]
        # Everybody may sign an open letter, organisers too: their own role needs no look-up.
        refusal = refuse(
            letter, Action.SIGN, Role(request.actor.membership.value), self._tx.now
        ) or refuse_signature(letter, request.signature, tuple(held))
        if refusal is not None:
            return Refused(refusal)
        return self._accept(letter, request)

    def _accept(self, letter: Letter, request: SignRequest) -> Signed:
        signature, workspace = request.signature, letter.workspace
        number = new_id(self._tx.now)
        party = self._join(letter, request, number)
        endorsement = Endorsement(
            id=number,
            letter=letter.id,
            signatory=party.id,
            person=request.actor.person,
            signature=signature,
            signed_at=self._tx.now,
        )
        self._new[workspace].append(endorsement)
        self._held[letter.id, endorsement.person].append(endorsement)
        signed = Signed(endorsement=endorsement.id, line=signature.line)
        answer = {"endorsement": signed.endorsement, "line": signed.line}
        self._kept[workspace][request.delivery] = self._answered[request.delivery] = answer
        if request.from_home:
            self._home[workspace].append(endorsement.person)
        return signed

    def _join(self, letter: Letter, request: SignRequest, endorsement: str) -> Signatory:
        """The signatory that the signature speaks for, one voice stronger."""
        key = _party_key(request)
        signature, kind = request.signature, request.signature.capacity.kind
        party = self._parties.get(key)
        if party is None or party.endorsements == 0:
            self._came[letter.id][kind] += 1
            party = Signatory(
                id=party.id if party else new_id(self._tx.now),
                letter=letter.id,
                kind=kind,
                key=signature.key,
                line=signature.line,
                sort_fold=signature.sort_fold,
                pinned=0,
                endorsements=1,
                speaker=endorsement,
            )
        else:
            party = replace(party, endorsements=party.endorsements + 1)
        self._parties[key] = self._changed[letter.workspace][party.id] = party
        return party

    def write(self) -> None:
        """Writes all that was accepted, a statement for each table."""
        tx = self._tx
        for workspace, new in self._new.items():
            signatories.put(tx, list(self._changed[workspace].values()), workspace)
            endorsements.add(tx, new, workspace)
            inbox.keep(tx, workspace, self._kept[workspace])
            touched = {endorsement.letter for endorsement in new}
            for letter in touched:
                tallies.count(tx, workspace, letter, self._came[letter], Counter())
            receipts = [notices.receipt(one.id, one.person) for one in new]
            homes = [notices.home(person) for person in self._home[workspace]]
            outbox.owe(tx, workspace, [*cards_of(tx, touched), *receipts, *homes])


def _party_key(request: SignRequest) -> tuple[int, Kind, str]:
    return request.letter, request.signature.capacity.kind, request.signature.key


@reading
def opening(tx: Transaction, *, letter: int, actor: Actor) -> Opening:
    """What the Sign form starts from: the letter, what is held already, whether more may be.

    Raises:
        Refused: there is no such letter here.
    """
    found = letters.find(tx, letter)
    if found is None or found.workspace != actor.workspace:
        raise Refused.because(Reason.NO_SUCH_LETTER)
    held = endorsements.held_by(tx, [(letter, actor.person)]).get((letter, actor.person), [])
    return Opening(
        letter=found,
        held=tuple(held),
        refusal=refuse(found, Action.SIGN, role_in(tx, letter, actor), tx.now),
    )


@reading
def held(tx: Transaction, *, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    """One of the actor's own endorsements that stands, and its letter.

    Raises:
        Refused: it is not theirs, or was withdrawn.
    """
    return _own(tx, endorsement, actor)


def _own(tx: Transaction, endorsement: str, actor: Actor) -> tuple[Letter, Endorsement]:
    found = endorsements.find(tx, endorsement)
    if found is None or found.person != actor.person or found.withdrawn_at is not None:
        raise Refused.because(Reason.NOT_SIGNED)
    letter = letters.find(tx, found.letter)
    if letter is None or letter.workspace != actor.workspace:
        raise Refused.because(Reason.NOT_SIGNED)
    return letter, found


@writing
def withdraw(
    tx: Transaction, *, endorsement: str, actor: Actor, delivery: str, from_home: bool = False
) -> str:
    """Takes a signature back, also after closing, and gives the line that was withdrawn.

    `from_home` says that it was done from the App Home, which then shows it.

    Raises:
        Refused: it is not theirs, or was withdrawn before.
    """

    def act() -> dict[str, str]:
        letter, found = _own(tx, endorsement, actor)
        admit(tx, letter.id, actor, Action.WITHDRAW)
        letter, found = _own(tx, endorsement, actor)
        endorsements.withdraw(tx, found.id)
        gone = _refresh(tx, letter, found.signatory, leaves=True)
        tallies.count(tx, letter.workspace, letter.id, Counter(), gone)
        card_changed(tx, letter)
        if from_home:
            outbox.owe(tx, letter.workspace, [notices.home(actor.person)])
        return {"line": found.signature.line}

    return once(tx, actor.workspace, delivery, act)["line"]


def _refresh(tx: Transaction, letter: Letter, party: str, *, leaves: bool) -> Counter[Kind]:
    """Makes a signatory carry the line of the first that still stands for it.

    Returns:
        The kind that came off the list, if it did.
    """
    now = signatories.find(tx, party)
    voices = now.endorsements - (1 if leaves else 0)
    speaker = endorsements.speaking_for(tx, party, now.speaker)
    if speaker is None:
        changed = replace(now, endorsements=voices, pinned=0)
    else:
        signature = speaker.signature
        changed = replace(
            now,
            endorsements=voices,
            line=signature.line,
            sort_fold=signature.sort_fold,
            speaker=speaker.id,
        )
    signatories.put(tx, [changed], letter.workspace)
    return Counter() if voices else Counter([now.kind])


@writing
def change(
    tx: Transaction,
    *,
    endorsement: str,
    actor: Actor,
    signature: Signature,
    delivery: str,
    from_home: bool = False,
) -> Signed:
    """Corrects what somebody signed, as they approved it anew.

    The same party keeps its endorsement; another party (a different organisation, another
    capacity) is a new endorsement in place of the old one. `from_home` says that it was done from
    the App Home, which then shows it.

    Raises:
        Refused: it is not theirs, the letter is closed, or the signature cannot stand.
    """

    def act() -> dict[str, str]:
        letter, found = _own(tx, endorsement, actor)
        letter = admit(tx, letter.id, actor, Action.CHANGE)
        letter, found = _own(tx, endorsement, actor)
        others = endorsements.held_by(tx, [(letter.id, actor.person)])[letter.id, actor.person]
        rest = tuple(one for one in others if one.id != found.id)
        refusal = refuse_signature(letter, signature, rest)
        if refusal is not None:
            raise Refused(refusal)
        if from_home:
            outbox.owe(tx, letter.workspace, [notices.home(actor.person)])
        if (found.kind, found.signature.key) == (signature.capacity.kind, signature.key):
            endorsements.change(tx, found.id, signature)
            _refresh(tx, letter, found.signatory, leaves=False)
            card_changed(tx, letter)
            outbox.owe(tx, letter.workspace, [notices.receipt(found.id, actor.person)])
            return {"endorsement": found.id, "line": signature.line}
        endorsements.withdraw(tx, found.id)
        gone = _refresh(tx, letter, found.signatory, leaves=True)
        tallies.count(tx, letter.workspace, letter.id, Counter(), gone)
        request = SignRequest(
            letter=letter.id, actor=actor, signature=signature, delivery=f"{delivery}:again"
        )
        (signed,) = sign_all(tx, [request])
        if isinstance(signed, Exception):
            raise signed
        return {"endorsement": signed.endorsement, "line": signed.line}

    return Signed(**once(tx, actor.workspace, delivery, act))


@reading
def mine(tx: Transaction, *, actor: Actor) -> list[tuple[Letter, Endorsement]]:
    """What the actor holds on the letters of this workspace, newest first."""
    everything = endorsements.everything_held_by(tx, actor.person)
    found = letters.find_many(tx, {one.letter for one in everything})
    return [
        (found[one.letter], one)
        for one in everything
        if found[one.letter].workspace == actor.workspace
    ]


@reading
def receipt(tx: Transaction, *, endorsement: str) -> tuple[Letter, Endorsement] | None:
    """What a signer's receipt says now; None where it was withdrawn meanwhile."""
    found = endorsements.find(tx, endorsement)
    if found is None or found.withdrawn_at is not None:
        return None
    letter = letters.find(tx, found.letter)
    return None if letter is None else (letter, found)
