"""Two parties of a letter are found to be one, and that is undone, in the simplest words."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.letters.refusals import Reason
from tests.use_cases.life_model import ModelLetter
from tests.use_cases.life_parties import Given, Objection, Party, Proof


@dataclass(frozen=True)
class Was:
    """The state of a party before a merge."""

    speaker: str
    country: str
    pinned: int
    removed: bool

    @classmethod
    def of(cls, party: Party) -> "Was":
        """Take a party's state now."""
        return cls(party.speaker, party.country, party.pinned, party.removed)


@dataclass(eq=False)
class Merging:
    """A merge, and all that undoing it needs."""

    kept: Party
    gone: Party
    kept_was: Was
    gone_was: Was
    names: list[tuple[str, str]]
    """The names by which the one that went is known to be the other."""
    given: list[Given]
    proofs: list[Proof]
    objections: list[Objection]
    before: set[Given]
    """All that was given before, for either."""
    followed: list[Party]
    """The parties that had been merged into the one that went."""
    ended: list[tuple[Given, Given, int]] = field(default_factory=list[tuple[Given, Given, int]])
    """Signatures that ended, those that replaced them, and how often those had been kept."""
    closed: list[Objection] = field(default_factory=list[Objection])


def merge(model: ModelLetter, kept: Party, gone: Party, now: datetime) -> Merging:
    """An organiser found two to be one."""
    done = Merging(
        kept=kept,
        gone=gone,
        kept_was=Was.of(kept),
        gone_was=Was.of(gone),
        names=[(gone.key, gone.country), *gone.names[1:]],
        given=list(gone.ever),
        proofs=list(gone.proofs),
        objections=list(gone.objections),
        before={*kept.ever, *gone.ever},
        followed=[one for one in model.parties if one.merged is gone],
    )
    _end_doubles(done)
    # What silence ended before does not come back, also where nobody has written that down yet.
    done.ended = [one for one in done.ended if not model.silent(one[0], now)]
    kept.ever += gone.ever
    kept.names += done.names
    kept.proofs += gone.proofs
    kept.objections += gone.objections
    kept.removed |= gone.removed
    kept.waits = False
    kept.late &= gone.late
    kept.stood |= gone.stood
    kept.pinned = kept.pinned or gone.pinned
    gone.ever, gone.given, gone.proofs, gone.objections = [], [], [], []
    gone.removed, gone.pinned, gone.stood, gone.merged = False, 0, False, kept
    for one in done.followed:
        one.merged = kept
    kept.speak(model.backed())
    model.count()
    return done


def _end_doubles(done: Merging) -> None:
    """End one of two signatures or objections of one person, one for each party."""
    kept, gone = done.kept, done.gone
    stays: list[Given] = []
    # The heaviest first: only what stays itself makes another end.
    for one in sorted([*kept.given, *gone.given], key=lambda one: one.weight, reverse=True):
        others = gone.given if one in kept.given else kept.given
        theirs = (other for other in stays if other in others and one.may_be_theirs(other))
        other = next(theirs, None)
        if other is None:
            stays.append(one)
        else:
            done.ended.append((one, other, other.answers))
    kept.given = sorted(stays, key=lambda one: one.id)
    done.closed = [one for one in gone.objections if one.open and one.person in kept.objecting]
    for one in done.closed:
        one.open, one.moot = False, True


def cannot_undo(model: ModelLetter, merges: list[Merging], done: Merging) -> Reason | None:
    """Return why a merge cannot be undone; `merges` are those still in force, the first one first."""
    if model.was_delivered:
        return Reason.IS_DELIVERED
    later = merges[merges.index(done) + 1 :]
    if any(done.kept in {one.kept, one.gone} for one in later):
        return Reason.UNDO_LATER_FIRST
    return None


def undo(model: ModelLetter, done: Merging) -> None:
    """Give each its signers back, and those who signed since under its names."""
    kept, gone = done.kept, done.gone
    was_pinned = done.kept_was.pinned or done.gone_was.pinned
    decided = kept.removed != (done.kept_was.removed or done.gone_was.removed)
    pinned = kept.pinned if kept.pinned != was_pinned else None
    removed = kept.removed
    kept.names = kept.names[: len(kept.names) - len(done.names)]
    gone.merged = None
    for one in done.followed:
        one.merged = gone
    back = [one for one in kept.ever if _goes_back(done, one)]
    gone.ever, kept.ever = back, [one for one in kept.ever if one not in back]
    gone.given, kept.given = (
        [one for one in kept.given if one in back],
        [one for one in kept.given if one not in back],
    )
    gone.proofs = [one for one in kept.proofs if one in done.proofs]
    kept.proofs = [one for one in kept.proofs if one not in done.proofs]
    gone.objections = done.objections
    kept.objections = [one for one in kept.objections if one not in done.objections]
    for one in done.closed:
        if one.person in kept.objecting:
            one.open, one.moot = True, False
    _revive(done)
    for party, was, pin in ((kept, done.kept_was, pinned), (gone, done.gone_was, 0)):
        party.speaker, party.country = was.speaker, was.country
        party.removed = removed if decided else was.removed
        party.pinned = was.pinned if pinned is None else pin or 0
    for party in (kept, gone):
        party.speak(model.backed())
        if not party.given:
            model.let_go(party)
    model.count()


def _goes_back(done: Merging, one: Given) -> bool:
    key, country = one.signature.key, one.signature.country

    def distance(names: list[tuple[str, str]], of: str) -> int:
        known = [named or of for name, named in names if name == key]
        if country in known:
            return 0
        return 1 if any(not country or not named for named in known) else 2

    theirs = one in done.given
    if one not in done.kept.given:
        return theirs
    if one in done.before:
        own, others = (done.gone, done.kept) if theirs else (done.kept, done.gone)
        unknown = key not in dict(own.names) and key in dict(others.names)
        return theirs is not unknown
    return distance(done.gone.names, done.gone_was.country) < distance(
        done.kept.names, done.kept_was.country
    )


def _revive(done: Merging) -> None:
    """Revive a signature that the merge ended, if its signer's other signature still counts."""
    for ended, survivor, answers in done.ended:
        party = done.gone if ended in done.gone.ever else done.kept
        stands = survivor in {*done.gone.given, *done.kept.given}
        if not stands or any(ended.may_be_theirs(one) for one in party.given):
            continue
        party.given = sorted([*party.given, ended], key=lambda one: one.id)
        if survivor.answers > answers:
            ended.meaning = max(ended.meaning, survivor.meaning)
