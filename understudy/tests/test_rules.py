"""Rules of the local Slack that need no process."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bolt_understudy.clock import Clock
from bolt_understudy.rich_text import rich_text
from bolt_understudy.seed import new_workspace, plant
from bolt_understudy.typed import as_message, escaped, plain
from bolt_understudy.web_api.arguments import Arguments
from bolt_understudy.web_api.paging import page
from bolt_understudy.workspace.blocks import with_ids
from bolt_understudy.workspace.inputs import first_values, kept_values, merged

WORDS = st.text(alphabet="ab <>&@#*_`•->\n1.:|", max_size=40)


def workspace():
    """A demo workspace without a process."""
    planted = new_workspace("Undersigned", Clock())
    plant(planted)
    return planted


async def test_sleepers_wake_when_the_clock_moves():
    """Someone who waits for an hour wakes when the clock is moved past it."""
    clock = Clock()
    sleeper = asyncio.create_task(clock.sleep_until(clock.now() + 3600))
    await asyncio.sleep(0)
    clock.advance(1800)
    await asyncio.sleep(0.01)
    assert not sleeper.done()
    clock.advance(1801)
    await asyncio.wait_for(sleeper, 1)


def test_the_clock_can_be_set():
    """The clock goes on from the moment it was set to."""
    clock = Clock()
    clock.set(datetime(2030, 1, 1))  # noqa: DTZ001 - a moment without a zone is UTC
    assert clock.moment().replace(second=0, microsecond=0) == datetime(2030, 1, 1, tzinfo=UTC)
    clock.follow_machine()
    assert abs(clock.now() - time.time()) < 1


def test_timestamps_grow_whatever_the_clock_does():
    """No two messages share a ts, and a later one has a greater ts."""
    planted = workspace()
    first = [planted.new_ts() for _ in range(3)]
    planted.clock.advance(-3600)
    stamps = [*first, planted.new_ts()]
    assert stamps == sorted(set(stamps))


@given(count=st.integers(0, 40), limit=st.integers(1, 15))
def test_pages_hold_everything_once(count: int, limit: int):
    """Following the cursors gives every item once, in order."""
    items = [f"C{number}" for number in range(count)]
    found: list[str] = []
    following = ""
    for _ in range(count + 1):
        args = Arguments({"cursor": following, "limit": str(limit)})
        shown, metadata = page(args, items, word="team", key=str, default=100)
        found += shown
        following = metadata["next_cursor"]
        if not following:
            break
    assert found == items


@given(WORDS)
def test_nothing_typed_escapes_as_markup(text: str):
    """Typed text holds no markup of Slack's but mentions of people and channels that are here."""
    form = escaped(workspace(), text)
    assert "<!" not in form
    assert "<" not in form.replace("<@", "").replace("<#", "").replace("<http", "")


@given(WORDS)
def test_rich_text_keeps_the_letters(text: str):
    """Any typed text becomes one rich text block that holds its letters."""
    block = rich_text(text)
    assert block["type"] == "rich_text"
    letters = "".join(sorted(letter for letter in _all_text(block) if letter in "ab"))
    assert letters == "".join(sorted(letter for letter in text if letter in "ab"))


def _all_text(part: Any) -> str:
    if isinstance(part, list):
        return "".join(_all_text(item) for item in part)
    if isinstance(part, dict):
        if part["type"] == "emoji":
            return part["name"]
        return part.get("text", "") + _all_text(part.get("elements", []))
    return ""


def test_lists_quotes_and_styles():
    """A typed list, a quote and bold words become what Slack's composer makes of them."""
    text, blocks = as_message(workspace(), "Dear *all*\n• one\n• two\n&gt; said @Guest")
    assert "<@U0GUEST>" in text
    kinds = [element["type"] for element in blocks[0]["elements"]]
    assert kinds[:2] == ["rich_text_section", "rich_text_list"]
    assert blocks[0]["elements"][0]["elements"][1] == {
        "type": "text",
        "text": "all",
        "style": {"bold": True},
    }
    assert len(blocks[0]["elements"][1]["elements"]) == 2


def test_names_are_words():
    """A name is a mention only as a whole word, and the longest one counts."""
    here = workspace()
    assert escaped(here, "@Guesthouse") == "@Guesthouse"
    assert escaped(here, "@Second Organiser!") == "<@U0SECOND|u0second>!"
    assert plain(here, "<@U0NOBODY> <https://example.org|x>") == "@U0NOBODY https://example.org"


SELECT: dict[str, Any] = {
    "type": "section",
    "text": {"type": "mrkdwn", "text": "x"},
    "accessory": {"type": "multi_users_select", "initial_users": ["U0GUEST"]},
}


def test_states_start_and_stay():
    """A fresh state holds initial values; an update keeps what has the same ids and type."""
    blocks = with_ids([SELECT])
    assert "block_id" not in SELECT
    values = first_values(blocks)
    block_id, action_id = blocks[0]["block_id"], blocks[0]["accessory"]["action_id"]
    assert values[block_id][action_id]["selected_users"] == ["U0GUEST"]
    changed = merged(values, {block_id: {action_id: {"selected_users": []}, "x": {}}, "y": {}})
    assert changed[block_id] == {action_id: {"type": "multi_users_select", "selected_users": []}}
    assert kept_values(blocks, changed) == changed
    renamed = [{**blocks[0], "block_id": "other"}]
    assert kept_values(renamed, changed)["other"][action_id]["selected_users"] == ["U0GUEST"]


def test_the_current_conversation_is_chosen():
    """`default_to_current_conversation` means the channel where the person was."""
    element = {
        "type": "conversations_select",
        "action_id": "where",
        "default_to_current_conversation": True,
    }
    block = {"type": "input", "block_id": "b", "element": element}
    held = first_values([block], "C0GENERAL")["b"]["where"]
    assert held["selected_conversation"] == "C0GENERAL"
