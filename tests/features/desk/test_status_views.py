"""A letter's status says all that matters, within Slack's limits."""

from datetime import date, timedelta
from typing import Any

import pytest

from bolt_understudy.block_kit import total_text
from bot.features.desk.slack.status_views import CHART_DAYS, overview, report
from bot.features.desk.use_cases.status import LatestEntry
from bot.letters.letter import PostingState, Tally
from bot.letters.phases import Phase
from bot.locales import Words, words
from tests.support.live_marks import check_message, check_view
from tests.support.pseudo import spoken
from tests.support.reading import fields, words_of
from tests.support.scenes.worst import HOSTILE, a_letter, long_words
from tests.support.scenes.worst_facts import NOW, a_posting, a_progress, a_status

T = words("en-GB")


def said(status: Any) -> str:
    return words_of({"blocks": list(report(T, status).blocks)})


def buttons(status: Any) -> list[str]:
    return labels(list(report(T, status).blocks))


def labels(blocks: list[dict[str, Any]]) -> list[str]:
    """Return what can be pressed: buttons, and the options of menus."""
    return [
        one["text"]["text"]
        for _, element in fields(blocks)
        for one in element.get("options", [element])
    ]


@spoken
@pytest.mark.parametrize("text", long_words(140))
@pytest.mark.parametrize("phase", list(Phase))
def test_worst_status(t: Words, text: str, phase: Phase) -> None:
    """Slack takes the status of any letter, as a message and as a modal."""
    letter = a_letter(
        title=text, phase=phase, reason=text * 2, closed_at=NOW, goal=10_000_000,
        tally=Tally(people=9_999_999, organisations=9_999_999),
    )  # fmt: skip
    states = list(PostingState)
    status = a_status(
        letter,
        days=tuple((date(2025, 1, 1) + timedelta(days=n), Tally(people=n)) for n in range(400)),
        latest=tuple(LatestEntry((text * 9)[:1200], NOW) for _ in range(5)),
        postings=tuple(
            a_posting(n, states[n % len(states)], error=HOSTILE[n % 7]) for n in range(60)
        ),
        reminders=a_progress(
            sent=10**6, waiting=10**6, later=10**6, failed=10**6, hindrance="channel_not_found"
        ),
    )

    reply = report(t, status)

    assert check_message(list(reply.blocks)) == []
    assert check_view(overview(t, status)) == []
    assert total_text(reply.blocks) < 13_000
    assert len(reply.text) <= 3900


def test_says_all() -> None:
    """The status names tally, days, goal, channels, signers and reminders."""
    shown = said(a_status(a_letter(goal=20, deadline=NOW + timedelta(days=3))))

    for part in (
        "17 of 20",
        "15 organisations, 2 people",
        "4 Mar: 12 organisations, 1 person",
        "<#C0CHANNEL1>",
        "First Member",
        "4 sent",
        "Next reminders",
    ):
        assert part in shown
    text = report(T, a_status()).text
    assert "15 organisations, 2 people" in text
    assert "First Member" in text


def test_signers_are_not_pinged() -> None:
    """A signer's entry that reads like a mention is words, in the blocks and in the text."""
    entry = "<@U0ORGANISER> <!channel>"
    reply = report(T, a_status(latest=(LatestEntry(entry, NOW),)))

    assert entry not in str(reply.blocks)
    assert entry not in reply.text


def test_failed_cards() -> None:
    """A card that did not get through says what happened and what to do."""
    shown = said(
        a_status(
            postings=(
                a_posting(1, PostingState.FAILED, "not_in_channel"),
                a_posting(2, PostingState.FAILED, "is_archived"),
                a_posting(3, PostingState.UNKNOWN),
                a_posting(4, PostingState.FAILED, "something_new"),
            )
        )
    )

    assert "/invite @Undersigned" in shown
    assert "archived" in shown
    assert "press any of its buttons" in shown
    assert "something_new" in shown


def test_chart_from_two_days_on() -> None:
    """Two days make a chart, one does not; days without a signature are days in it."""

    def charts(status: Any) -> list[Any]:
        return [one for one in report(T, status).blocks if one["type"] == "data_visualization"]

    one_day = a_status(days=((date(2026, 3, 4), Tally(people=1)),))
    (chart,) = charts(a_status())

    assert charts(one_day) == []
    assert chart["chart"]["axis_config"]["categories"] == ["4 Mar", "5 Mar", "6 Mar"]
    assert [point["value"] for point in chart["chart"]["series"][0]["data"]] == [12, 0, 3]


def test_chart_is_cut() -> None:
    """A letter that runs for long shows its last days, no more than Slack draws."""
    days = tuple((date(2026, 1, 1) + timedelta(days=n), Tally(people=1)) for n in range(60))
    status = a_status(days=days)

    chart = next(one for one in report(T, status).blocks if one["type"] == "data_visualization")

    assert len(chart["chart"]["axis_config"]["categories"]) == CHART_DAYS
    assert chart["chart"]["axis_config"]["categories"][-1] == "1 Mar"


def test_next_steps() -> None:
    """The buttons are what one would do next in each phase."""
    assert buttons(a_status()) == [
        "Open",
        "Remind",
        "Invite",
        "Post in another channel",
        "Stop these reminders",
        "Change the deadline or close",
        "Change the text",
        "Remove a card",
        "Cancel the letter",
    ]
    first = {phase: buttons(a_status(a_letter(phase=phase)))[1] for phase in Phase}
    assert first == {
        Phase.DRAFT: "Post",
        Phase.FOUNDING: "Post",
        Phase.OPEN: "Remind",
        Phase.CLOSING: "Remind",
        Phase.CLOSED: "Deliver",
        Phase.DELIVERED: "Delivered copy",
        Phase.LATE: "Invite",
        Phase.CANCELLED: "Remove a card",
    }


def test_reminders_on_their_way() -> None:
    """Reminders on their way are counted, and can be stopped."""
    going = a_progress(sent=570, waiting=285)
    shown = a_status(reminders=going)
    assert "570 sent, 285 being sent" in said(shown)
    assert "Stop these reminders" in buttons(shown)
    confirmed = next(
        element["confirm"]
        for _, element in fields(list(report(T, shown).blocks))
        if element["action_id"] == "reminders.stop"
    )
    assert confirmed["title"]["text"] == "Stop these reminders"
    assert "Stop these reminders" not in buttons(a_status(reminders=a_progress(sent=9)))


@pytest.mark.parametrize(
    ("hindrance", "words_"),
    [
        ("ratelimited", "Slack isn’t accepting messages right now. We’ll"),
        ("messages_tab_disabled", "Undersigned isn’t set up for this. Ask the"),
    ],
)
def test_reminders_that_wait(hindrance: str, words_: str) -> None:
    """Reminders that do not move say why, and what somebody can do about it."""
    assert words_ in said(a_status(reminders=a_progress(waiting=5, hindrance=hindrance)))


def test_past_its_deadline() -> None:
    """An open letter whose deadline is here reads as closed, before the worker wrote it down."""
    assert buttons(a_status(a_letter(deadline=NOW)))[1] == "Deliver"


@pytest.mark.parametrize("phase", list(Phase))
def test_window_and_message_agree(phase: Phase) -> None:
    """The window has every fact and button of the message, and no chart."""
    status = a_status(a_letter(phase=phase, closed_at=NOW, delivered_at=NOW, reason="Done"))
    message, window = list(report(T, status).blocks), overview(T, status)["blocks"]
    facts = {one["text"]["text"] for one in message[1:] if one["type"] == "section"}

    assert facts <= {one["text"]["text"] for one in window if one["type"] == "section"}
    assert set(labels(message)) - {"Open"} <= set(labels(window))
    assert "data_visualization" not in {one["type"] for one in window}
    assert "data_visualization" in {one["type"] for one in message}


@pytest.mark.parametrize("phase", list(Phase))
def test_one_primary_button(phase: Phase) -> None:
    """At most one button of a status is primary, and no two have one name."""
    status = a_status(a_letter(phase=phase, closed_at=NOW, delivered_at=NOW, reason="Done"))
    for blocks in (list(report(T, status).blocks), overview(T, status)["blocks"]):
        styles = [element.get("style") for _, element in fields(blocks)]
        assert styles.count("primary") <= 1
        assert len(set(labels(blocks))) == len(labels(blocks))
