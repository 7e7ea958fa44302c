"""An organiser's handling of entries: permissions, objections, removals, duplicates.

Each page of the window replaces the one before, so that no outdated page stays below another.
Buttons elsewhere open a removal (`removals.remove`) or restore an entry (`removals.restore`); their
value is the signatory's id.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from time import monotonic

from bot.features.organisations.slack import pair_views, removal_views, views
from bot.features.organisations.slack.removal_views import OfEntry
from bot.features.organisations.slack.views import Deciding, Listing
from bot.features.organisations.use_cases import (
    merge_history,
    merges,
    removals,
    standing,
)
from bot.features.organisations.use_cases.standing import Decision
from bot.letters.endorsement import Kind
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import Ground, Permission
from bot.locales import Words
from bot.slack.block_kit import View
from bot.slack.features import Features, RowAct
from bot.slack.letter_picker import opens
from bot.slack.models.shapes import OfLetter
from bot.slack.page_parts import done_view, or_as_now, shows, turn, turns
from bot.slack.payloads import Answer, Click, Command, Submission, update
from bot.slack.text.escaping import escape, isolate
from bot.slack.windows import may

LOOKING_S = 1.0
"""Seconds that one click may search a letter's organisations; Slack waits for 3."""

CaseView = Callable[[Words, standing.Case, Sequence[str]], View]
"""Builds the view of one entry; the last argument is the way back to the list."""


def register(features: Features) -> None:
    """Register `/letter organisations`, and the buttons and forms about entries."""
    see = Action.SEE_STATUS
    features.on_command("organisations", opens(see, lambda asked, one: _page(asked, one.id, [])))
    features.on_command("alike", opens(see, lambda asked, one: _pairs(asked, one.id, "")))
    features.on_row(
        "details",
        RowAct(
            label=lambda t: t("Who signed"),
            offered=lambda _, party: party.endorsements > 0,
            act=_shows(views.case_page),
        ),
    )
    features.on_row(
        "record",
        RowAct(
            label=lambda t: t("Record permission"),
            offered=lambda letter, party: (
                party.kind is Kind.ORGANISATION
                and not party.confirmed
                and may(letter, Action.CONFIRM)
            ),
            act=_shows(views.record_form),
        ),
    )
    features.on_row(
        "remove",
        RowAct(
            label=lambda t: t("Remove from list"),
            offered=lambda letter, party: not party.removed and may(letter, Action.DECIDE),
            act=_removal_row,
        ),
    )
    features.on_row(
        "restore",
        RowAct(
            label=lambda t: t("Restore"),
            offered=lambda letter, party: party.removed and may(letter, Action.DECIDE),
            act=_shows(views.case_page),
        ),
    )
    features.on_click("organisations.page", _turn_page)
    features.on_click("organisations.open", shows(case_now))
    features.on_click("organisations.case", _turns_to(views.case_page))
    features.on_click("organisations.record", _turns_to(views.record_form))
    features.on_click("organisations.decide", _turns_to(views.decision_form))
    features.on_submit("organisations.record", or_as_now(_record, case_now))
    features.on_submit("decide", or_as_now(_decide, case_now))
    features.on_click("removals.remove", _open_removal)
    features.on_click("removals.restore", or_as_now(_restore, case_now))
    features.on_click("signatures.remove", _open_signature)
    features.on_click("signatures.restore", _restore)
    features.on_click("correct.off", or_as_now(_withdraw_for_them, case_now))
    features.on_click("pairs", _open_pairs)
    features.on_click("pairs.one", or_as_now(_merge, _pairs_now))
    features.on_click("pairs.choice", _choose)
    features.on_click("pairs.apart", or_as_now(_tell_apart, _pairs_now))
    features.on_click("merges", turns(_merges))
    features.on_click("merges.undo", or_as_now(_undo_merge, _merges))


def _shows(view: CaseView) -> Callable[[Click, Signatory], Awaitable[str]]:
    async def show(click: Click, party: Signatory) -> str:
        await click.show(view(click.t, await read_case(click, party.id), []))
        return ""

    return show


def _turns_to(view: CaseView) -> Callable[[Click], Awaitable[None]]:
    async def show(click: Click) -> None:
        case = await read_case(click, click.value)
        await turn(click, view(click.t, case, Listing.of(click.modal).way))

    return show


async def read_case(asked: Click | Submission, signatory: str) -> standing.Case:
    """Return an entry as its organiser sees it."""
    keys = asked.bot.keys
    return await standing.case(asked.database, signatory=signatory, actor=asked.actor, keys=keys)


async def case_now(asked: Click | Submission) -> View:
    """Return the view of an entry as it is now."""
    is_form = isinstance(asked, Submission)
    party = OfEntry.of(asked.view).signatory if is_form else asked.value.partition(":")[0]
    return views.case_page(asked.t, await read_case(asked, party), [])


async def _turn_page(click: Click) -> None:
    """Show the page after the organisation in the value, the previous page, or the last shown."""
    page = Listing.of(click.modal)
    way = list(page.way)
    if click.value == "back":
        way = way[:-1]
    elif click.value:
        way.append(click.value)
    await turn(click, await _page(click, page.letter, way))


async def _page(asked: Click | Command, letter: int, way: list[str]) -> View:
    found, page = await standing.unlisted(
        asked.database,
        letter=letter,
        actor=asked.actor,
        after=way[-1] if way else "",
        limit=views.ROWS + 1,
    )
    return views.list_page(asked.t, found, page, way)


async def _record(submission: Submission) -> Answer:
    view = submission.view
    given_on = view.values.day("given_on")
    if not given_on:
        raise Refused.because(Reason.EMPTY, "given_on")
    await standing.confirm(
        submission.database,
        signatory=Deciding.of(view).signatory,
        actor=submission.actor,
        permission=Permission(
            ground=Ground(view.values.choice("ground")),
            given_by=view.values.text("given_by"),
            given_role=view.values.text("given_role"),
            given_on=date.fromisoformat(given_on),
        ),
        read=Deciding.of(view).read,
        trigger=submission.trigger,
    )
    return await _back_to_case(submission, submission.t("Saved."))


async def _decide(submission: Submission) -> Answer:
    view, t = submission.view, submission.t
    why = view.values.text("why")
    if view.values.block("decision") is None:
        memory = OfEntry.of(view)
        count = await removals.remove(
            submission.database,
            signatory=memory.signatory,
            endorsement=memory.endorsement,
            everything=memory.everything,
            actor=submission.actor,
            why=why,
            read=memory.read,
            trigger=submission.trigger,
        )
        if memory.endorsement:
            said = t.n("Removed: {count} signature", "Removed: {count} signatures", count)
            return update(done_view(t, f":white_check_mark: {said}"))
        one = await removals.entry(
            submission.database, signatory=memory.signatory, actor=submission.actor
        )
        return update(removal_views.removed_page(t, one))
    decision = Decision(view.values.choice("decision"))
    await standing.decide(
        submission.database,
        signatory=Deciding.of(view).signatory,
        actor=submission.actor,
        decision=decision,
        why=why,
        read=Deciding.of(view).read,
        trigger=submission.trigger,
    )
    done = t("The signature is removed. We’ll tell the signers and the person who objected.")
    if decision is Decision.LISTED:
        done = t("Saved.")
    return await _back_to_case(submission, done)


async def _back_to_case(submission: Submission, done: str) -> Answer:
    memory = Deciding.of(submission.view)
    case = await read_case(submission, memory.signatory)
    return update(views.case_page(submission.t, case, memory.way, done=done))


async def _open_removal(click: Click) -> None:
    await _show(click, await _removal_form(click, click.value))


async def _removal_row(click: Click, party: Signatory) -> str:
    await click.show(await _removal_form(click, party.id))
    return ""


async def _removal_form(click: Click, signatory: str) -> View:
    found = await removals.entry(click.database, signatory=signatory, actor=click.actor)
    return removal_views.removal_form(click.t, found)


async def _withdraw_for_them(click: Click) -> None:
    _, endorsement, read = click.value.split(":", 2)
    await removals.remove(
        click.database,
        endorsement=endorsement,
        actor=click.actor,
        why=None,
        read=read,
        trigger=click.trigger,
    )
    said = click.t("Withdrawn: {entry}", entry=escape(isolate(read.split(":", 3)[-1])))
    await turn(click, done_view(click.t, f":white_check_mark: {said}"))


async def _restore(click: Click) -> None:
    """Restore an entry (`signatory:read`), or what a removal in the history removed."""
    which, _, read = click.value.partition(":")
    count = await removals.restore(
        click.database,
        signatory=which if read else "",
        removal=which,
        actor=click.actor,
        read=read,
        trigger=click.trigger,
    )
    said = click.t.n("Restored: {count} signature", "Restored: {count} signatures", count)
    await _show(click, done_view(click.t, f":white_check_mark: {said}"))


async def _open_signature(click: Click) -> None:
    signatory, _, endorsement = click.value.partition(":")
    case = await read_case(click, signatory)
    given = next((one for one in case.organisation.endorsements if one.id == endorsement), None)
    if given is None:
        raise Refused.because(Reason.SIGNATURE_GONE)
    signed = case.signed_for(given) if click.about.startswith("all") else 0
    await turn(click, removal_views.removal_form(click.t, case.organisation, given, signed))


async def _show(click: Click, view: View) -> None:
    """Show a view in place of the click's modal, so that no outdated view stays."""
    if click.view is None:
        await click.show(view)
    else:
        await turn(click, view)


async def _open_pairs(click: Click) -> None:
    after = click.value.removeprefix("from:")
    await turn(click, await _pairs(click, OfLetter.of(click.modal).letter, after))


async def _pairs(click: Click | Command, letter: int, after: str, done: str = "") -> View:
    """Search until a page is full, all organisations are compared, or the time is over."""
    found: dict[tuple[str, str], merges.Likely] = {}
    enough = monotonic() + LOOKING_S
    end = after
    while True:
        stretch = await merges.look_for_pairs(
            click.database, letter=letter, actor=click.actor, after=end
        )
        for likely in stretch.pairs:
            found.setdefault((likely.one.party.id, likely.other.party.id), likely)
        if stretch.end is None or len(found) >= pair_views.PAIRS or monotonic() >= enough:
            break
        end = stretch.end
    return pair_views.pairs_page(
        click.t,
        stretch.letter,
        merges.clusters(found.values()),
        after=after,
        end=stretch.end,
        done=done,
    )


async def _merge(click: Click) -> None:
    """Merge the second entry of a pair into the first, or what was chosen of a cluster."""
    shown, read = _shown(click)
    keeps, *goes = shown
    if click.about.startswith("some"):
        values = click.modal.values
        keeps = values.choice(click.about.replace("some", "kept"))
        goes = [one for one in values.choices(click.about) if one != keeps]
        if not keeps or not goes:
            raise Refused.because(Reason.NOTHING_CHOSEN)
    party = await merges.merge(
        click.database,
        keeps=keeps,
        goes=tuple(goes),
        actor=click.actor,
        read=read,
        shown=shown,
        trigger=click.trigger,
    )
    await turn(click, await _pairs_now(click, pair_views.merged_words(click.t, party)))


async def _choose(click: Click) -> None:
    """Do nothing: the view keeps what was chosen until a button is pressed."""


async def _tell_apart(click: Click) -> None:
    shown, read = _shown(click)
    await merges.different(
        click.database, parties=shown, actor=click.actor, read=read, trigger=click.trigger
    )
    done = click.t("Saved as separate entries. We won’t ask again.")
    await turn(click, await _pairs_now(click, done))


def _shown(click: Click) -> tuple[tuple[str, ...], str]:
    """Return the entries of a question, and their state on the screen."""
    ids, _, read = click.value.partition(":")
    return tuple(ids.split(",")), read


async def _pairs_now(click: Click, done: str = "") -> View:
    page = Listing.of(click.modal)
    return await _pairs(click, page.letter, page.after, done)


async def _undo_merge(click: Click) -> None:
    merge, _, read = click.value.partition(":")
    party = await merge_history.undo_merge(
        click.database, merge=merge, actor=click.actor, read=read, trigger=click.trigger
    )
    await turn(click, await _merges(click, pair_views.undone_words(click.t, party)))


async def _merges(click: Click, done: str = "") -> View:
    letter, merged = await merge_history.merges_of(
        click.database, letter=OfLetter.of(click.modal).letter, actor=click.actor
    )
    return pair_views.merges_page(click.t, letter, merged, done=done)
