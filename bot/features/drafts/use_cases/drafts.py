"""Starting, saving, rewriting and deleting a draft."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.letters.deadlines import hard_deadline, suggested_deadline
from bot.letters.draft import Draft, as_draft, draft_revision, refuse_draft
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership, Person
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.rules import Rules, carried
from bot.storage import letters
from bot.storage.database import Transaction, reading, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, repeated
from bot.use_cases.organisers import let_run, tell_others


@reading
def start(tx: Transaction, *, actor: Actor, tz: str) -> datetime:
    """Return the suggested deadline for the form of a new letter.

    Called before the form is shown, so that people who may not start a letter don't write one.

    Raises:
        Refused: the actor is not a full member.
    """
    _check_may_start(actor)
    return suggested_deadline(tx.now, tz)


def _check_may_start(actor: Actor) -> None:
    if actor.membership is not Membership.MEMBER:
        raise Refused.because(Reason.GUESTS_CANNOT_START)


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "summary": draft.summary.strip(),
        "language": draft.language,
        "signers": draft.signers.value,
        "goal": draft.goal,
        "deadline": draft.deadline,
        "tz": draft.tz,
        "grace_minutes": draft.grace.minutes,
        "grace_anywhere": draft.grace.anywhere,
        "closes_at": hard_deadline(draft.deadline, draft.tz, draft.grace),
        **letters.rules_columns(draft.rules),
    }


def _check(tx: Transaction, draft: Draft, before: Rules | None = None) -> None:
    raise_for(refuse_draft(draft, tx.now, before))


@writing
def create(
    tx: Transaction, *, actor: Actor, draft: Draft, start: int | None = None, trigger: str
) -> int:
    """Insert a new letter, with the actor as its first organiser, and return its number.

    `start` is a letter from which it takes language, rules and organisers. The public page stays
    off: turning it on says what everyone will see.

    Raises:
        Refused: the actor is not a full member or doesn't run the letter `start`, or a field of
            the draft is not valid.
    """
    _check_may_start(actor)

    def act() -> dict[str, int]:
        values: dict[str, Any] = {"workspace": actor.workspace, "phase": Phase.DRAFT.value}
        others, new = list[Person](), draft
        if start is not None:
            earlier = admit(tx, start, actor, Action.SEE_STATUS, lock=False)
            rules = carried(earlier.rules, draft.deadline - earlier.deadline, tx.now)
            new = replace(draft, language=earlier.language, rules=rules)
            values |= {"started_from": start, "responsible": earlier.responsible}
            others = [one for one in letters.organisers_of(tx, start) if one != actor.person]
        _check(tx, new)
        letter = letters.add(tx, text=new.text, values=_columns(new) | values)
        letters.add_organiser(tx, letter, actor.workspace, actor.person)
        started = letters.find(tx, letter)
        assert started is not None  # noqa: S101 - it was added by this transaction
        record(tx, started, Act.STARTED, actor.person)
        for one in others:
            let_run(tx, started, one, Membership.MEMBER, by=actor.person)
        return {"letter": letter}

    return once(tx, actor.workspace, trigger, act)["letter"]


@writing
def edit(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    draft: Draft,
    read: str | None = None,
    trigger: str | None = None,
) -> Letter:
    """Rewrite a draft and return the changed letter.

    `read` is the `draft_revision` that the organiser edited; the letter's rules then stay as they
    are. None accepts any revision, and replaces the rules too.

    Raises:
        Refused: the letter is no longer a draft, the actor does not run it, a field is invalid, or
            the draft changed since it was read (`CHANGED_MEANWHILE`).
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.EDIT)
    if read is not None:
        now = as_draft(found, letters.text_of(tx, found).body)
        draft = replace(draft, rules=found.rules)
        if draft_revision(now) != read:
            raise Refused.because(Reason.CHANGED_MEANWHILE)
    _check(tx, draft, found.rules)
    letters.add_text(tx, letter, found.workspace, draft.text)
    letters.change(tx, letter, **letters.text_columns(draft.text), **_columns(draft))
    letters.drop_other_texts(tx, letter, draft.text.sha256)
    changed = letters.find(tx, letter)
    assert changed is not None  # noqa: S101 - it is locked by this transaction
    return changed


@writing
def discard(tx: Transaction, *, letter: int, actor: Actor, trigger: str) -> str:
    """Delete a draft and return its title.

    Raises:
        Refused: the letter is no longer a draft, or the actor does not run it.
    """

    def act() -> dict[str, str]:
        found = admit(tx, letter, actor, Action.DISCARD)
        tell_others(tx, found, actor.person, "discarded")
        letters.remove(tx, letter)
        return {"title": found.title}

    return str(once(tx, actor.workspace, trigger, act)["title"])
