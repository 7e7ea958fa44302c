"""Setting and applying a letter's rules, and ending embargoes."""

from dataclasses import replace
from typing import Any

import orjson

from bot.letters import notices
from bot.letters.draft import (
    BODY_MOST,
    SENDER_MOST,
    TITLE_MOST,
    details_of,
    refuse_details,
    refuse_texts,
)
from bot.letters.ids import new_share_id, revision
from bot.letters.letter import Letter, Sight, Tally
from bot.letters.notices import LetterTopic, SignatureTopic
from bot.letters.people import Actor, Role
from bot.letters.phases import Action, Phase
from bot.letters.refusals import Reason, Refused, raise_for
from bot.letters.rules import (
    NOTICE,
    Embargo,
    MaySign,
    PublicPage,
    Reminded,
    Rules,
    refuse_looser,
    refuse_rules,
)
from bot.letters.signatory import counted, settled
from bot.letters.text import Translation
from bot.storage import endorsements, letters, outbox, signatories, tallies
from bot.storage.database import Database, Transaction, writing, writing_aside
from bot.use_cases.audit import Act, record
from bot.use_cases.gate import admit, card_changed, repeated
from bot.use_cases.letter_jobs import for_each
from bot.use_cases.parties import told_of_standing


@writing_aside
def set_rules(
    tx: Transaction,
    *,
    letter: int,
    actor: Actor,
    rules: Rules,
    responsible: str = "",
    read: str | None = None,
    trigger: str | None = None,
) -> Letter:
    """Set a letter's rules and return the changed letter.

    If the rule of confirmation changes, organisations are listed or unlisted accordingly. If the
    order changes, the list is sorted again. An embargo lifted by its number of people stays lifted
    unless the embargo changes; if people signed under it, it keeps its end until all of them were
    told of an earlier one (`end_sooner`). `read` is the revision of the rules that the organiser
    edited; None accepts any. The public page can be turned on and off in any phase; if people signed
    before, it shows the list a day after all of them were told (`show_on_the_web`). `responsible` is
    who is responsible for the names, if nobody is named yet.

    Raises:
        Refused: the actor does not run the letter, the letter was delivered, a rule cannot be set
            now, or the rules changed since they were read (`CHANGED_MEANWHILE`).
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.PUBLISH)
    of_page = {name: getattr(rules, name) for name in ("page", "look", "hourly", "unindexed")}
    if rules == found.rules or replace(found.rules, **of_page) != rules:
        admit(tx, letter, actor, Action.SET_RULES)
    if read not in {None, revision(found.rules)}:
        raise Refused.because(Reason.CHANGED_MEANWHILE)
    shown = found.phase is not Phase.DRAFT
    raise_for(refuse_rules(rules, found.rules, tx.now, shown=shown))
    if rules.may_sign is MaySign.INVITED:
        rules = replace(rules, reminded=Reminded.INVITED)
    wanted, rules = rules, replace(rules, embargo=_keep_promise(tx, found, rules.embargo))
    columns = letters.rules_columns(rules)
    if wanted.embargo != found.rules.embargo:
        columns["unveiled_at"] = columns["embargo_sooner"] = None
        found = replace(found, unveiled_at=None)
    if wanted != rules and wanted.embargo:
        columns["embargo_sooner"] = wanted.embargo.until
    columns |= _page_columns(tx, found, rules.page, responsible.strip(), actor)
    letters.change(tx, letter, **columns)
    before, found = found.rules, replace(found, rules=rules)
    if rules.confirmation is not before.confirmation:
        found = _settle_again(tx, found)
    order = (rules.ordering, rules.grouped, rules.printing.groups)
    if order != (before.ordering, before.grouped, before.printing.groups):
        was, now = before.printing.groups, rules.printing.groups
        renamed = {
            old: new
            for old, new in zip(was, now, strict=False)
            if len(was) == len(now) and old not in now and new not in was
        }
        signatories.reorder(tx, found.id, rules, renamed)
    if tallies.has_enough(tx, found, found.tally):
        letters.change(tx, letter, unveiled_at=tx.now)
        found = replace(found, unveiled_at=tx.now)
    changed = dict(zip(("was", "now"), _changes(before, wanted), strict=True))
    record(tx, found, Act.RULES_CHANGED, actor.person, **changed)
    card_changed(tx, found)
    return replace(found, rules=wanted, share_id=columns.get("share_id", found.share_id))


def _page_columns(
    tx: Transaction, letter: Letter, page: PublicPage, responsible: str, actor: Actor
) -> dict[str, Any]:
    """Return the columns that turn a page on or off; tell those who signed before it is on."""
    if page is letter.rules.page:
        return {}
    if page is PublicPage.OFF:
        return {"listed_at": None}
    if letter.rules.page is not PublicPage.OFF:
        return {}
    columns: dict[str, Any] = {"share_id": letter.share_id or new_share_id()}
    if not letter.responsible:
        if not responsible:
            raise Refused.because(Reason.PAGE_NEEDS_RESPONSIBLE, "responsible")
        raise_for(refuse_details(replace(details_of(letter), responsible=responsible)))
        columns["responsible"] = responsible
        record(tx, letter, Act.DETAILS_CHANGED, actor.person, details=["responsible"])
    about, since = SignatureTopic.ON_THE_WEB, str(tx.now + NOTICE)
    signed = endorsements.holders(tx, letter.id)
    told = [notices.signer(about, letter.id, number, one, since=since) for number, one, _ in signed]
    outbox.owe(tx, letter.workspace, told)
    return columns | {"listed_at": None if signed else tx.now}


async def show_on_the_web(database: Database) -> list[int]:
    """Set when public pages show their lists, a day after the last signer was told; return them."""
    return await for_each(database, "on the web", letters.told_of_page, _show_one)


def _show_one(tx: Transaction, letter: int) -> int | None:
    found = letters.find(tx, letter, lock=True)
    # An organiser may have turned the page off before the lock was acquired.
    if found is None or found.rules.page is PublicPage.OFF or found.listed_at is not None:
        return None
    letters.change(tx, letter, listed_at=tx.now + NOTICE)
    return letter


def _changes(before: Rules, after: Rules) -> tuple[dict[str, Any], dict[str, Any]]:
    was, now = (orjson.loads(orjson.dumps(one)) for one in (before, after))
    names = sorted(name for name in was if was[name] != now[name])
    return {name: was[name] for name in names}, {name: now[name] for name in names}


@writing
def translate(
    tx: Transaction, *, letter: int, actor: Actor, text: Translation, trigger: str | None = None
) -> Letter:
    """Save a translation of a letter, in any phase, or remove it if only its language is given.

    Raises:
        Refused: it is the letter's own language, a field is empty or too long, or the actor does not
            run the letter.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.PUBLISH)
    if text.language == found.language:
        raise Refused.because(Reason.LETTERS_LANGUAGE, "language")
    known = {one.language for one in letters.translations_of(tx, letter)}
    given = text.title or text.body or text.translator
    if given or text.language not in known:
        raise_for(
            refuse_texts(
                ("title", text.title, TITLE_MOST),
                ("body", text.body, BODY_MOST),
                ("translator", text.translator, SENDER_MOST),
            )
        )
    letters.put_translation(tx, found, text)
    letters.change(tx, letter)
    record(tx, found, Act.TRANSLATED, actor.person, language=text.language, removed=not given)
    return found


@writing
def unveil(tx: Transaction, *, letter: int, actor: Actor, trigger: str | None = None) -> Letter:
    """Lift a letter's embargo, also after delivery, and return the changed letter.

    If people signed under it, they are told now, and it ends a day later (`end_sooner`).

    Raises:
        Refused: no embargo hides anything now, or the actor does not run the letter.
    """
    if again := repeated(tx, letter, actor, trigger):
        return again
    found = admit(tx, letter, actor, Action.UNVEIL)
    if found.sight(Role.MEMBER, tx.now) is Sight.ALL:
        raise Refused.because(Reason.NO_EMBARGO)
    embargo, in_a_day = found.rules.embargo, tx.now + NOTICE
    assert embargo is not None  # noqa: S101 - it hides something
    if not endorsements.holders(tx, letter):
        letters.change(tx, letter, unveiled_at=tx.now)
        found = replace(found, unveiled_at=tx.now)
        record(tx, found, Act.EMBARGO_LIFTED, actor.person)
    elif embargo.until is None or embargo.until > in_a_day:
        sooner = found.embargo_sooner
        wanted = replace(embargo, until=min(sooner or in_a_day, in_a_day))
        rules = replace(found.rules, embargo=wanted)
        if sooner is None or sooner > in_a_day:
            _keep_promise(tx, found, wanted)
            letters.change(tx, letter, embargo_sooner=in_a_day)
            was, now = _changes(found.rules, rules)
            record(tx, found, Act.RULES_CHANGED, actor.person, was=was, now=now)
        found = replace(found, rules=rules)
    card_changed(tx, found)
    return found


def _keep_promise(tx: Transaction, letter: Letter, embargo: Embargo | None) -> Embargo | None:
    """Tell signers if an embargo under which they signed ends earlier; return it until they know.

    Raises:
        Refused: it would be loosened otherwise, or without a day's notice.
    """
    before = letter.rules.embargo
    if before is None or letter.sight(Role.MEMBER, tx.now) is Sight.ALL:
        return embargo
    signed = endorsements.holders(tx, letter.id)
    raise_for(refuse_looser(embargo, before, tx.now) if signed else None)
    if not signed or embargo is None or not embargo.ends_sooner(before):
        return embargo
    about, until = SignatureTopic.EMBARGO_SOONER, str(embargo.until)
    told = [notices.signer(about, letter.id, number, one, until=until) for number, one, _ in signed]
    outbox.owe(tx, letter.workspace, told)
    return replace(embargo, until=before.until)


def _settle_again(tx: Transaction, letter: Letter) -> Letter:
    moved = Tally()
    for before in signatories.organisations(tx, letter.id):
        after = settled(before, letter.rules.confirmation)
        if after.standing is before.standing:
            continue
        signatories.put(tx, [after], letter.workspace, letter.rules)
        outbox.owe(tx, letter.workspace, told_of_standing(tx, before, after))
        moved += counted(after) - counted(before)
    return replace(letter, tally=tallies.move(tx, letter, moved))


async def end_sooner(database: Database) -> list[int]:
    """End embargoes earlier, a day after the last signer was told; return the letters."""
    return await for_each(database, "sooner", letters.told_of_sooner, _end_one_sooner)


def _end_one_sooner(tx: Transaction, letter: int) -> int | None:
    found = letters.find(tx, letter, lock=True)
    # An organiser may have put the end off again before the lock was acquired.
    if found is None or found.rules.embargo is None or found.embargo_sooner is None:
        return None
    sooner = replace(found.rules.embargo, until=max(found.embargo_sooner, tx.now + NOTICE))
    until = sooner.until if sooner.ends_sooner(found.rules.embargo) else found.rules.embargo.until
    letters.change(tx, letter, embargo_until=until, embargo_sooner=None)
    card_changed(tx, found)
    return letter


async def lift_due(database: Database) -> list[int]:
    """Record the embargoes that have ended and queue updates of the cards; return the letters.

    The list is visible as soon as an embargo ends; only the cards are updated here.
    """
    return await for_each(database, "lift", lambda tx: letters.past_embargo(tx, tx.now), _lift_one)


def _lift_one(tx: Transaction, letter: int) -> int | None:
    found = letters.find(tx, letter, lock=True)
    embargo = found.rules.embargo if found else None
    # An organiser may have changed the embargo before the lock was acquired.
    if found is None or embargo is None or embargo.until is None or tx.now < embargo.until:
        return None
    if found.unveiled_at is not None:
        return None
    letters.change(tx, letter, unveiled_at=embargo.until)
    record(tx, found, Act.EMBARGO_LIFTED, None)
    outbox.tell_organisers(tx, found.workspace, letter, LetterTopic.NAMES_PUBLIC, at=str(tx.now))
    card_changed(tx, found)
    return letter
