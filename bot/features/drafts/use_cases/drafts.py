"""A letter is drafted, rewritten, or thrown away."""

from dataclasses import replace
from typing import Any

from bot.letters.deadlines import hard_deadline
from bot.letters.draft import Draft, as_draft, draft_revision, refuse_draft
from bot.letters.letter import Letter
from bot.letters.people import Actor, Membership
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused
from bot.letters.rules import Rules
from bot.letters.text import canonical, text_sha256
from bot.storage import letters
from bot.storage.database import Transaction, writing
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, once, repeated


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "title": draft.title.strip(),
        "summary": draft.summary.strip(),
        "sender": draft.sender.strip(),
        "language": draft.language,
        "signers": draft.signers.value,
        "goal": draft.goal,
        "deadline": draft.deadline,
        "tz": draft.tz,
        "grace_minutes": draft.grace.minutes,
        "grace_anywhere": draft.grace.anywhere,
        "closes_at": hard_deadline(draft.deadline, draft.tz, draft.grace),
        **letters.rules_columns(draft.rules),
        "text_sha256": text_sha256(draft.body),
    }


def _check(tx: Transaction, draft: Draft, before: Rules | None = None) -> None:
    refusal = refuse_draft(draft, tx.now, before)
    if refusal is not None:
        raise Refused(refusal)


@writing
def create(tx: Transaction, *, actor: Actor, draft: Draft, trigger: str) -> int:
    """Keep a new letter, whose first organiser is the actor, and return its number.

    Raises:
        Refused: the actor is no full member, or something in the draft is not right.
    """
    if actor.membership is not Membership.MEMBER:
        raise Refused.because(Reason.GUESTS_CANNOT_START)
    _check(tx, draft)

    def act() -> dict[str, int]:
        letter = letters.add(
            tx,
            body=canonical(draft.body),
            values={
                "workspace": actor.workspace,
                "phase": Phase.DRAFT.value,
                **_columns(draft),
            },
        )
        letters.add_organiser(tx, letter, actor.workspace, actor.person)
        started = letters.find(tx, letter)
        assert started is not None  # noqa: S101 - it was added by this transaction
        record(tx, started, Act.STARTED, actor.person)
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
    """Rewrite a draft and return its letter as it is then.

    Args:
        tx: The transaction.
        letter: The draft.
        actor: An organiser.
        draft: What it is to be.
        read: The `draft_revision` of what it was read from: then its rules stay as they are. None
            replaces whatever is there.
        trigger: Slack's id of the submit.

    Raises:
        Refused: it is no draft any more, the actor does not run it, the draft is not right, or it
            changed since it was read (`CHANGED_MEANWHILE`).
    """
    again = repeated(tx, letter, actor, trigger)
    if again is not None:
        return again
    found = admit(tx, letter, actor, Action.EDIT)
    if read is not None:
        now = as_draft(found, letters.read_text(tx, letter, found.text_sha256) or "")
        draft = replace(draft, rules=found.rules)
        if draft_revision(now) != read:
            raise Refused.because(Reason.CHANGED_MEANWHILE)
    _check(tx, draft, found.rules)
    columns = _columns(draft)
    letters.add_text(tx, letter, found.workspace, columns["text_sha256"], canonical(draft.body))
    letters.change(tx, letter, **columns)
    letters.drop_other_texts(tx, letter, columns["text_sha256"])
    changed = letters.find(tx, letter)
    assert changed is not None  # noqa: S101 - it is locked by this transaction
    return changed


@writing
def discard(tx: Transaction, *, letter: int, actor: Actor, trigger: str) -> str:
    """Throw a draft away and return the title that it had.

    Raises:
        Refused: it is no draft any more, or the actor does not run it.
    """

    def act() -> dict[str, str]:
        found = admit(tx, letter, actor, Action.DISCARD)
        letters.remove(tx, letter)
        return {"title": found.title}

    return str(once(tx, actor.workspace, trigger, act)["title"])
