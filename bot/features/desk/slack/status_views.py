"""A letter's status, as blocks and as text."""

from datetime import date, timedelta
from typing import Any

from bot.features.desk.slack import pipeline, status_progress
from bot.features.desk.slack.needs_view import needs_blocks
from bot.features.desk.slack.pipeline import answers_words
from bot.features.desk.slack.steps import next_steps, open_button
from bot.features.desk.use_cases.status import Status
from bot.letters.letter import Sight, Tally
from bot.letters.people import Role
from bot.letters.phases import Phase
from bot.letters.posting import Posting, PostingState
from bot.locales import Words
from bot.slack.block_kit import Blocks, actions, section
from bot.slack.error_advice import advice, doubt
from bot.slack.payloads import Reply
from bot.slack.text.escaping import clip, escape, isolate
from bot.slack.times import moment
from bot.slack.windows import Part, Place, View, frame, part_button
from bot.slack.words.letter_list import title_line
from bot.slack.words.phases import PHASE_WORDS, Particulars, counted_words, progress_words
from bot.slack.words.rules import embargo_words

CHART_DAYS = 20
"""Points of a chart (limits.json)."""
WORD_DAYS = 7
MOST_CHANNELS = 12


def report(t: Words, status: Status) -> Reply:
    """Return the status as a message, with its chart."""
    phase = status.letter.phase_at(status.now)
    said = [
        f"{title_line(status.letter)}\n{_standing(t, status, phase)}",
        *_facts(t, status, phase),
    ]
    blocks: Blocks = [section(clip(part, 3000)) for part in said]
    if len(status.days) > 1:
        blocks.insert(2, chart(t, status.days))
    steps = [open_button(t, status.letter), *next_steps(t, status, phase)]
    blocks += needs_blocks(t, status.needs, of_one=True)
    blocks.append(actions(*steps, block="next"))
    return Reply(clip("\n\n".join(said), 3900), blocks)


def overview(t: Words, status: Status, done: str = "") -> View:
    """Return the first part of the letter's window: the same facts and buttons, in words."""
    phase = status.letter.phase_at(status.now)
    said = [_standing(t, status, phase), *_facts(t, status, phase)]
    blocks: Blocks = [section(clip(part, 3000)) for part in said]
    steps = [*next_steps(t, status, phase), part_button(t("All letters"), Place())]
    # Above the facts: they may fill the screen of a phone.
    blocks.insert(1, actions(*steps, block="next"))
    blocks[2:2] = needs_blocks(t, status.needs, of_one=True)
    place = Place(letter=status.letter.id, part=Part.OVERVIEW)
    return frame(t, status.letter, place, blocks, said=done)


def _standing(t: Words, status: Status, phase: Phase) -> str:
    """Describe the letter's state, deadline and embargo; `mrkdwn`."""
    letter = status.letter
    known = Particulars(withdrawn=status.withdrawn)
    said = PHASE_WORDS[phase].status(t, letter, known)
    if phase is Phase.CANCELLED or letter.sight(Role.MEMBER, status.now) is Sight.ALL:
        return said
    return f"{said}\n{embargo_words(t, letter)}"


def _facts(t: Words, status: Status, phase: Phase) -> list[str]:
    parts = [
        _tally(t, status, phase),
        answers_words(t, status),
        _channels(t, status.postings),
        _latest(t, status),
        pipeline.pipeline(t, status),
        status_progress.progress(t, status, phase),
    ]
    return [part for part in parts if part]


def _tally(t: Words, status: Status, phase: Phase) -> str:
    letter = status.letter
    if phase is Phase.DRAFT:
        return ""
    lines = [_heading(t("Signatures"))]
    bar = progress_words(t, letter)
    if bar is not None:
        lines.append(bar)
    lines.append(escape(counted_words(t, letter)))
    for day, came in reversed(status.days[-WORD_DAYS:]):
        if said := _came(t, came):
            lines.append(f"• {escape(t.day(day))}: {escape(said)}")
    return "\n".join(lines)


def _came(t: Words, came: Tally) -> str:
    parts: list[str] = []
    if came.organisations > 0:
        parts.append(t.n("{count} organisation", "{count} organisations", came.organisations))
    if came.people > 0:
        parts.append(t.n("{count} person", "{count} people", came.people))
    left = -min(came.organisations, 0) - min(came.people, 0)
    if left:
        parts.append(t.n("{count} left the list", "{count} left the list", left))
    return t(", ").join(parts)


def chart(t: Words, days: tuple[tuple[date, Tally], ...]) -> dict[str, Any]:
    """Bars of the last days, one for each kind; days without anything are days too."""
    came = dict(days)
    last = days[-1][0]
    first = max(days[0][0], last - timedelta(days=CHART_DAYS - 1))
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    labels = [clip(t.day(day), 20) for day in span]

    def series(name: str, kind: str) -> dict[str, Any]:
        # A day on which more left than came has no bar; the words beside it say so.
        counts = [max(0, int(getattr(came.get(day, Tally()), kind))) for day in span]
        points = [
            {"label": label, "value": count} for label, count in zip(labels, counts, strict=True)
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
            "axis_config": {"categories": labels},
        },
    }


def _channels(t: Words, postings: tuple[Posting, ...]) -> str:
    if not postings:
        return ""
    lines = [_heading(t("Channels"))]
    lines += [f"• {_channel(t, one)}" for one in postings[:MOST_CHANNELS]]
    if len(postings) > MOST_CHANNELS:
        rest = len(postings) - MOST_CHANNELS
        lines.append(t.n("and {count} more", "and {count} more", rest))
    return "\n".join(lines)


def _channel(t: Words, posting: Posting) -> str:
    where = f"<#{posting.channel}>"
    match posting.state:
        case PostingState.FAILED:
            return f":warning: {where}: {advice(t, posting.error)}"
        case PostingState.UNKNOWN:
            return f":warning: {where}: {doubt(t)}"
        case PostingState.WAITING:
            return f"{where}: {t('posting…')}"
        case PostingState.LEAVING:
            return f"{where}: {t('removing…')}"
        case _:
            return where if not posting.error else f":warning: {where}: {advice(t, posting.error)}"


def _latest(t: Words, status: Status) -> str:
    if not status.latest:
        return ""
    lines = [_heading(t("Latest signatures"))]
    for one in status.latest:
        entry = escape(isolate(clip(one.entry, 200)))
        lines.append(f"• {entry}, {moment(t, one.signed_at)}")
    return "\n".join(lines)


def _heading(words: str) -> str:
    return f"*{escape(words)}*"
