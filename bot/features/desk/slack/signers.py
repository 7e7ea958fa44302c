"""Signers, a part of the letter's window: every entry with a menu of actions."""

from collections.abc import Mapping
from typing import Any

from bot.features.desk.use_cases import signers
from bot.features.desk.use_cases.signers import SignersPage
from bot.letters.endorsement import Endorsement, Kind
from bot.letters.letter import Letter
from bot.letters.phases import Action
from bot.letters.signatory import Signatory
from bot.letters.standing import Standing
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, context, option, overflow, section, text_input
from bot.slack.bot import Bot
from bot.slack.features import Features, RowAct
from bot.slack.letter_picker import command_button
from bot.slack.models.shapes import Memory, OfLetter
from bot.slack.page_parts import turn
from bot.slack.payloads import Answer, Caller, Click, Submission, update
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.windows import Part, Place, View, frame, may, page_turns, part_button
from bot.slack.words.rules import organiser_standing

ROWS = 50
SEARCH_MOST = 80
MENU_MOST = 5
"""Options of a `⋯` menu (limits.json)."""
ENTRY_MOST = 600


def register(features: Features) -> None:
    """Register the part, its search, and the menus of its rows."""
    rows = features.rows

    async def draw(bot: Bot, caller: Caller, place: Place, said: str) -> View:
        after, _, search = place.at.partition("?")
        if search:
            page = await signers.named(
                bot.database, letter=place.letter, actor=caller.actor, search=search, limit=ROWS
            )
        else:
            page = await signers.signers(
                bot.database, letter=place.letter, actor=caller.actor, after=after, limit=ROWS
            )
        return signers_view(caller.t, page, place, rows, said)

    async def find(submission: Submission) -> Answer:
        search = clip(submission.view.values.text("search").strip(), SEARCH_MOST)
        letter = OfLetter.of(submission.view).letter
        place = Place(letter=letter, part=Part.SIGNERS, at=f"?{search}" if search else "")
        return update(await draw(submission.bot, submission.caller, place, ""))

    async def act(click: Click) -> None:
        name, _, signatory = click.value.partition(":")
        party = await signers.party(click.database, signatory=signatory, actor=click.actor)
        if said := await rows[name].act(click, party):
            place = Place.parse(Memory.of(click.modal).window or "")
            await turn(click, await draw(click.bot, click.caller, place, said))

    features.on_part(Part.SIGNERS, draw)
    features.on_submit("window", find)
    features.on_click("row", act)


def signers_view(
    t: Words, page: SignersPage, place: Place, rows: Mapping[str, RowAct], said: str
) -> View:
    """Return the Signers part: search, entries, and buttons for the list.

    `place.at` is the entry before the page, or `?` and the searched name. `rows` are the actions in
    an entry's menu. `said` confirms the last action (`mrkdwn`).
    """
    letter, search = page.letter, place.at.partition("?")[2]
    tools: Blocks = []
    if may(letter, Action.ADD):
        tools.append(command_button(t("Add signatures"), "add", letter.id))
    if may(letter, Action.EXPORT):
        tools.append(command_button(t("Get the letter"), "export", letter.id))
    if may(letter, Action.MERGE):
        tools.append(command_button(t("Possible duplicates"), "alike", letter.id))
    if page.off_list:
        tools.append(command_button(t("Waiting or removed"), "organisations", letter.id))
    blocks: Blocks = [actions(*tools, block="tools")] if tools else []
    if not page.parties and not search:
        empty = t("No one is on the list yet.")
        return frame(t, letter, place, [*blocks, section(escape(empty))], said=said)
    blocks.append(
        text_input(
            # The id changes with the search, so that a cleared field is shown empty.
            f"search.{len(search)}",
            t("Search by name"),
            value=search,
            most=SEARCH_MOST,
            optional=True,
        )
    )
    if not page.parties:
        blocks.append(section(escape(t("No entry matches."))))
    for number, party in enumerate(page.parties):
        row = _row(t, letter, party, number, rows)
        if signed := page.signed.get(party.speaker):
            row["text"]["text"] += _only_here(t, signed)
        blocks.append(row)
    blocks += _turns(t, letter, page, place, search)
    return frame(t, letter, place, blocks, said=said, submit=t("Search"))


def _row(
    t: Words, letter: Letter, party: Signatory, number: int, rows: Mapping[str, RowAct]
) -> dict[str, Any]:
    said = [escape(isolate(clip(party.entry, ENTRY_MOST)))]
    if party.pinned:
        said.append(t("Listed first"))
    if party.kind is Kind.ORGANISATION and party.standing is not Standing.LISTED:
        said.append(escape(organiser_standing(t, letter, party)))
    if party.endorsements > 1:
        said.append(t.n("{count} signer", "{count} signers", party.endorsements))
    offered = [
        option(one.label(t), f"{name}:{party.id}")
        for name, one in rows.items()
        if one.offered(letter, party)
    ]
    menu = overflow(f"row:{number}", offered[:MENU_MOST]) if offered else None
    return section("\n".join([said[0], " · ".join(said[1:])]).rstrip(), f"party.{number}", menu)


def _only_here(t: Words, signed: Endorsement) -> str:
    """Return lines for organisers: a withheld name, which nothing else shows them, and an answer."""
    facts, said = signed.signature.facts, ""
    if facts.withheld:
        account = f" (<@{signed.person.user}>)" if signed.person else ""
        name = f"{escape(isolate(facts.withheld))}{account}"
        said += f"\n{t('Only organisers see this: {name}', name=name)}"
    if facts.answer:
        answer = escape(isolate(facts.answer))
        said += f"\n{t('Answer: “{answer}”', answer=answer)}"
        said += f" {t('This answer may be quoted.')}" if facts.quotable else ""
    return said


def _turns(t: Words, letter: Letter, page: SignersPage, place: Place, search: str) -> Blocks:
    first = Place(letter=letter.id, part=Part.SIGNERS)
    if search:
        more = [context(escape(t("There are more. Type more of the name.")))] if page.more else []
        return [*more, actions(part_button(t("Show everyone"), first), block="turn")]
    return page_turns(t, place, page.parties[-1].id if page.more else "")
