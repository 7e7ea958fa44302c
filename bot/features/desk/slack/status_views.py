"""A letter's status, as blocks and as text."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from bot.features.cards.slack.card import card
from bot.features.desk.slack.home_view import needs_blocks
from bot.features.desk.slack.steps import next_steps, open_button
from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Posting, PostingState, Sight, Tally
from bot.letters.people import Role
from bot.letters.phases import ALLOWED, Action, Phase
from bot.locales import Words
from bot.slack.api_errors import advice, doubt, hindrance
from bot.slack.block_kit import Blocks, actions, button, context, section
from bot.slack.page_parts import head_blocks, page_arrows, page_foot
from bot.slack.payloads import Reply
from bot.slack.text.escaping import TEXT_LIMIT, clip, escape, isolate, moment
from bot.slack.text.paging import pages
from bot.slack.windows import Part, Place, View, frame, part_button
from bot.slack.words.deadlines import closing_words
from bot.slack.words.invitations import pipeline_words
from bot.slack.words.phases import (
    counted_words,
    progress_words,
    standing_words,
    status_words,
    title_line,
)
from bot.slack.words.rules import answers_words, choice_words, embargo_words
from bot.use_cases.letter_lookup import Whole

CHART_DAYS = 20
"""Points of a chart (limits.json)."""
WORD_DAYS = 7
MOST_CHANNELS = 12


def report(t: Words, status: Status) -> Reply:
    """Return the status as a message, with its chart."""
    phase = status.letter.phase_at(status.now)
    standing, *facts = _facts(t, status, phase)
    said = [f"{title_line(status.letter)}\n{standing}", *facts]
    blocks: Blocks = [section(clip(part, TEXT_LIMIT)) for part in said]
    if len(status.days) > 1:
        blocks.insert(2, _chart(t, status.days))
    steps = [open_button(t, status.letter), *next_steps(t, status, phase)]
    blocks += needs_blocks(t, status.needs, of_one=True)
    blocks.append(actions(*steps, block="next"))
    return Reply(clip("\n\n".join(said), 3900), blocks)


def overview(t: Words, status: Status, done: str = "") -> View:
    """Return the first part of the letter's window: the status without its chart."""
    phase = status.letter.phase_at(status.now)
    standing, *facts = [section(clip(part, TEXT_LIMIT)) for part in _facts(t, status, phase)]
    steps = [*next_steps(t, status, phase), part_button(t("All letters"), Place())]
    # Buttons come before the facts, which may fill the screen of a phone.
    top = [standing, actions(*steps, block="next"), *needs_blocks(t, status.needs, of_one=True)]
    place = Place(letter=status.letter.id, part=Part.OVERVIEW)
    return frame(t, status.letter, place, [*top, *facts], said=done)


def draft(t: Words, status: Status, whole: Whole, number: int, done: str = "") -> View:
    """Return the first part of a draft's window: its card, and a page of its text."""
    letter, dealt = whole.letter, pages(whole.body)
    number = min(max(number, 1), len(dealt))
    # Posting compares the text with the one shown here.
    value = f"{letter.id}:{letter.text_sha256}"
    post = button(t("Post"), "draft.post", value, style="primary")
    steps = [post, *next_steps(t, status, letter.phase)[1:], part_button(t("All letters"), Place())]
    _, shown = card(t, letter, "", Phase.OPEN)
    late = closing_words(t, letter)
    arrows = page_arrows(t, "window", f"{letter.id}:{Part.OVERVIEW}", number, len(dealt))
    blocks: Blocks = [
        section(standing_words(t, letter, letter.phase)),
        actions(*steps, block="next"),
        {"type": "divider"},
        # The card without its buttons, which need a posted letter.
        *(block for block in shown if block["type"] != "actions"),
        *([context(late)] if late else []),
        {"type": "divider"},
        *head_blocks(t, letter),
        *dealt[number - 1],
        *page_foot(t, number, len(dealt), arrows),
    ]
    place = Place(letter=letter.id, part=Part.OVERVIEW, at=str(number))
    return frame(t, letter, place, blocks, said=done)


def _facts(t: Words, status: Status, phase: Phase) -> list[str]:
    """Return the paragraphs (`mrkdwn`); the first is the letter's state, deadline and embargo."""
    letter = status.letter
    standing = status_words(t, letter, phase, status.withdrawn)
    if phase is not Phase.CANCELLED and letter.sight(Role.MEMBER, status.now) is not Sight.ALL:
        standing += f"\n{embargo_words(t, letter)}"
    parts = [
        standing,
        "" if phase is Phase.DRAFT else _under(t("Signatures"), _tally(t, status)),
        _answers(t, status, phase),
        _under(t("Channels"), _channels(t, status.postings)),
        _under(
            t("Latest signatures"),
            [
                f"• {escape(isolate(clip(one.entry, 200)))}, {moment(t, one.signed_at)}"
                for one in status.latest
            ],
        ),
    ]
    if status.invitations:
        awaited = status.awaited if phase.is_signable else None
        parts.append(_under(t("Invited to sign"), [pipeline_words(t, status.invitations, awaited)]))
    parts.append(_under(t("Reminders"), _reminders(t, status, phase)))
    return [part for part in parts if part]


def _under(heading: str, lines: Iterable[str]) -> str:
    said = [f"*{escape(heading)}*", *lines]
    return "\n".join(said) if said[1:] else ""


def _tally(t: Words, status: Status) -> list[str]:
    bar = progress_words(t, status.letter)
    lines = [] if bar is None else [bar]
    lines.append(escape(counted_words(t, status.letter)))
    for day, came in reversed(status.days[-WORD_DAYS:]):
        if said := _came(t, came):
            lines.append(f"• {escape(t.day(day))}: {escape(said)}")
    return lines


def _came(t: Words, came: Tally) -> str:
    parts: list[str] = []
    if came.organisations > 0:
        parts.append(t.n("{count} organisation", "{count} organisations", came.organisations))
    if came.people > 0:
        parts.append(t.n("{count} person", "{count} people", came.people))
    return t(", ").join(parts)


def _chart(t: Words, days: tuple[tuple[date, Tally], ...]) -> dict[str, Any]:
    """Return bars of the last days, for each kind; days without a change have a bar of 0."""
    came = dict(days)
    last = days[-1][0]
    first = max(days[0][0], last - timedelta(days=CHART_DAYS - 1))
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    labels = {day: clip(t.day(day), 20) for day in span}

    def series(name: str, kind: str) -> dict[str, Any]:
        points = [
            {"label": label, "value": int(getattr(came.get(day, Tally()), kind))}
            for day, label in labels.items()
        ]
        return {"name": clip(name, 20), "data": points}

    return {
        "type": "data_visualization",
        "title": clip(t("Signatures by day"), 50),
        "chart": {
            "type": "bar",
            "series": [
                series(t("Organisations"), "organisations"),
                series(t("People"), "people"),
            ],
            "axis_config": {"categories": [*labels.values()]},
        },
    }


def _channels(t: Words, postings: tuple[Posting, ...]) -> list[str]:
    lines = [f"• {_channel(t, one)}" for one in postings[:MOST_CHANNELS]]
    if len(postings) > MOST_CHANNELS:
        lines.append(t.n("and {count} more", "and {count} more", len(postings) - MOST_CHANNELS))
    return lines


def _channel(t: Words, posting: Posting) -> str:
    where = f"<#{posting.channel}>"
    if posting.state is PostingState.UNKNOWN:
        return f":warning: {where}: {doubt(t)}"
    if posting.state is PostingState.WAITING:
        return f"{where}: {t('posting…')}"
    if posting.state is PostingState.LEAVING:
        return f"{where}: {t('removing…')}"
    if posting.state is PostingState.FAILED or posting.error:
        return f":warning: {where}: {advice(t, posting.error)}"
    return where


def _answers(t: Words, status: Status, phase: Phase) -> str:
    answers = status.answers
    if answers is None:
        return ""
    heading, until = t("Text change"), answers.amendment.answer_by
    counts = {name: getattr(answers, name) for name in ("kept", "withdrew", "dropped", "silent")}
    asked = t.n(
        "{count} signer was asked: {answers}.",
        "{count} signers were asked: {answers}.",
        answers.asked,
        answers=answers_words(t, **counts),
    )
    can_answer = Role.MEMBER in ALLOWED[Action.KEEP][phase]
    if can_answer and until is not None and until > status.now:
        rule = choice_words(t, status.letter.rules.silence)
        then = t("Signers can answer until {when}.", when=moment(t, until))
        ends = f"{then} {escape(rule)}"
    else:
        ends = escape(t("The time to answer has passed."))
    return f"*{escape(heading)}*, {moment(t, answers.amendment.made_at)}\n{escape(asked)}\n{ends}"


def _reminders(t: Words, status: Status, phase: Phase) -> list[str]:
    found = status.reminders
    if phase.is_unposted and not found.sent:
        return []
    counts = [t.n("{count} sent", "{count} sent", found.sent)] if found.sent else []
    lines: list[str] = []
    if phase.is_running:
        if found.waiting:
            counts.append(t.n("{count} being sent", "{count} being sent", found.waiting))
            if stopped_by := hindrance(t, found.hindrance):
                lines.append(t(":warning: Paused. {why}", why=stopped_by))
            elif found.hindrance:
                lines.append(t("Slack isn’t accepting messages right now. We’ll keep trying."))
        if found.later:
            counts.append(t.n("{count} scheduled", "{count} scheduled", found.later))
        if status.next_reminder is not None and status.next_reminder > status.now:
            lines.append(t("Next reminders: {when}.", when=moment(t, status.next_reminder)))
    if counts:
        lines.insert(0, t(", ").join(counts))
    if found.failed:
        lines.append(
            t.n(
                ":warning: {count} message couldn’t be sent.",
                ":warning: {count} messages couldn’t be sent.",
                found.failed,
            )
        )
    return lines
