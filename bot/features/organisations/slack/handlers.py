"""An organiser looks after the organisations of a letter: records, contests, names that are one.

All of it happens in one modal, page in the place of page, so that none goes stale below another.
"""

from datetime import date
from time import monotonic

from bot.features.organisations.slack import pair_views, removal_handlers, views
from bot.features.organisations.slack.memories import Deciding, Listing
from bot.features.organisations.use_cases import merge_history, merges, standing
from bot.features.organisations.use_cases.standing import Decision
from bot.letters.endorsement import Kind
from bot.letters.phases import Action
from bot.letters.refusals import Reason, Refused
from bot.letters.signatory import Signatory
from bot.letters.standing import Ground, Permission
from bot.slack.block_kit import View
from bot.slack.features import Features, RowAct
from bot.slack.letter_picker import choose
from bot.slack.models.memories import OfLetter
from bot.slack.pagination import turn
from bot.slack.payloads import Answer, Click, Command, Reply, Submission, update
from bot.slack.windows import may

LOOKING_S = 1.0
"""Seconds that one click may search a letter's organisations; Slack waits for 3."""


def register(features: Features) -> None:
    """Register `/letter organisations` and all that is done there."""
    features.on_command("organisations", _command)
    features.on_command("alike", _alike)
    features.on_row(
        "details",
        RowAct(
            label=lambda t: t("Who signed for it"),
            offered=lambda _, party: party.kind is Kind.ORGANISATION,
            act=_details,
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
            act=_record_row,
        ),
    )
    features.on_click("organisations.page", _turn_page)
    features.on_click("organisations.case", _open_case)
    features.on_click("organisations.open", _show_case)
    features.on_click("organisations.record", _open_record)
    features.on_click("organisations.decide", _open_decision)
    features.on_submit("organisations.record", _record)
    features.on_submit("decide", _decide)
    features.on_click("pairs", _open_pairs)
    features.on_click("pairs.one", _merge)
    features.on_click("pairs.two", _tell_apart)
    features.on_click("merges", _open_merges)
    features.on_click("merges.undo", _undo_merge)


async def _command(command: Command) -> Reply | None:
    letter = await choose(command, Action.SEE_STATUS)
    if isinstance(letter, Reply):
        return letter
    await command.open(await _page(command, letter.id, []))
    return None


async def _alike(command: Command) -> Reply | None:
    """Names that look alike, one after the other."""
    letter = await choose(command, Action.SEE_STATUS)
    if isinstance(letter, Reply):
        return letter
    await command.open(await _pairs(command, letter.id, ""))
    return None


async def _details(click: Click, party: Signatory) -> str:
    case = await _case(click, party.id)
    await click.show(views.case_page(click.caller.t, case, []))
    return ""


async def _record_row(click: Click, party: Signatory) -> str:
    case = await _case(click, party.id)
    await click.show(views.record_form(click.caller.t, case, []))
    return ""


async def _turn_page(click: Click) -> None:
    """On behind the organisation that the value names, back the way, or to where one came from."""
    page = Listing.of(click.modal)
    way = list(page.way)
    if click.value == "back":
        way = way[:-1]
    elif click.value:
        way.append(click.value)
    await turn(click, await _page(click, page.letter, way))


async def _page(asked: Click | Command, letter: int, way: list[str]) -> View:
    """The page of the list that starts behind the last one of the way to it."""
    found, page = await standing.unlisted(
        asked.bot.database,
        letter=letter,
        actor=asked.caller.actor,
        after=way[-1] if way else "",
        limit=views.ROWS + 1,
    )
    return views.list_page(asked.caller.t, found, page, way)


async def _case(asked: Click | Submission, signatory: str) -> standing.Case:
    return await standing.case(asked.bot.database, signatory=signatory, actor=asked.caller.actor)


async def _open_case(click: Click) -> None:
    case = await _case(click, click.value)
    await turn(click, views.case_page(click.caller.t, case, Listing.of(click.modal).way))


async def _show_case(click: Click) -> None:
    """Open one organisation from outside the list."""
    case = await _case(click, click.value)
    await click.show(views.case_page(click.caller.t, case, []))


async def _open_record(click: Click) -> None:
    case = await _case(click, click.value)
    await turn(click, views.record_form(click.caller.t, case, Listing.of(click.modal).way))


async def _open_decision(click: Click) -> None:
    case = await _case(click, click.value)
    await turn(click, views.decision_form(click.caller.t, case, Listing.of(click.modal).way))


async def _record(submission: Submission) -> Answer:
    """Read the proof of permission from its fields."""
    view, caller = submission.view, submission.caller
    given_on = view.values.day("given_on")
    if not given_on:
        raise Refused.because(Reason.EMPTY, "given_on")
    await standing.confirm(
        submission.bot.database,
        signatory=Deciding.of(view).signatory,
        actor=caller.actor,
        permission=Permission(
            ground=Ground(view.values.choice("ground")),
            given_by=view.values.text("given_by"),
            given_role=view.values.text("given_role"),
            given_on=date.fromisoformat(given_on),
        ),
        trigger=submission.trigger,
    )
    done = caller.t("Saved.")
    return await _back_to_case(submission, done)


async def _decide(submission: Submission) -> Answer:
    """Keep or remove an entry, and why; where nobody objects it is removed."""
    view, caller = submission.view, submission.caller
    if view.values.block("decision") is None:
        return await removal_handlers.remove(submission)
    decision = Decision(view.values.choice("decision"))
    await standing.decide(
        submission.bot.database,
        signatory=Deciding.of(view).signatory,
        actor=caller.actor,
        decision=decision,
        why=view.values.text("why"),
        trigger=submission.trigger,
    )
    t = caller.t
    done = (
        t("Saved.")
        if decision is Decision.LISTED
        else t("The signature is removed. The signers and the person who objected are told.")
    )
    return await _back_to_case(submission, done)


async def _back_to_case(submission: Submission, done: str) -> Answer:
    memory = Deciding.of(submission.view)
    case = await _case(submission, memory.signatory)
    return update(views.case_page(submission.caller.t, case, memory.way, done=done))


async def _open_pairs(click: Click) -> None:
    """From the list, or on from where one looked to; the value is where to start."""
    after = click.value.removeprefix("from:")
    await turn(click, await _pairs(click, OfLetter.of(click.modal).letter, after))


async def _pairs(click: Click | Command, letter: int, after: str, done: str = "") -> View:
    """Look through as many organisations as a click may, until there is something to decide."""
    database, actor = click.bot.database, click.caller.actor
    stretch = await merges.look_for_pairs(database, letter=letter, actor=actor, after=after)
    found = list(stretch.pairs)
    enough = monotonic() + LOOKING_S
    while stretch.end is not None and len(found) < pair_views.PAIRS and monotonic() < enough:
        stretch = await merges.look_for_pairs(
            database, letter=letter, actor=actor, after=stretch.end
        )
        seen = {(likely.one.party.id, likely.other.party.id) for likely in found}
        found += [
            one for one in stretch.pairs if (one.one.party.id, one.other.party.id) not in seen
        ]
    return pair_views.pairs_page(
        click.caller.t, stretch.letter, found, after=after, end=stretch.end, done=done
    )


async def _merge(click: Click) -> None:
    """They are one: the value is who stays and who goes into it."""
    keeps, _, goes = click.value.partition(":")
    party = await merges.merge(
        click.bot.database,
        keeps=keeps,
        goes=goes,
        actor=click.caller.actor,
        trigger=click.trigger,
    )
    await _next_pair(click, pair_views.merged_words(click.caller.t, party))


async def _tell_apart(click: Click) -> None:
    """They are two, for good."""
    one, _, other = click.value.partition(":")
    await merges.different(
        click.bot.database,
        one=one,
        other=other,
        actor=click.caller.actor,
        trigger=click.trigger,
    )
    t = click.caller.t
    await _next_pair(click, t("Saved as two separate entries. We won’t ask again."))


async def _next_pair(click: Click, done: str) -> None:
    page = Listing.of(click.modal)
    await turn(click, await _pairs(click, page.letter, page.after, done))


async def _open_merges(click: Click) -> None:
    await turn(click, await _merges(click))


async def _undo_merge(click: Click) -> None:
    party = await merge_history.undo_merge(
        click.bot.database,
        merge=click.value,
        actor=click.caller.actor,
        trigger=click.trigger,
    )
    await turn(click, await _merges(click, pair_views.undone_words(click.caller.t, party)))


async def _merges(click: Click, done: str = "") -> View:
    letter, merged = await merge_history.merges_of(
        click.bot.database, letter=OfLetter.of(click.modal).letter, actor=click.caller.actor
    )
    return pair_views.merges_page(click.caller.t, letter, merged, done=done)
