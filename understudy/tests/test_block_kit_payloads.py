from typing import Any

import pytest

from bolt_understudy.block_kit import check_message, check_view, total_text
from tests.support.block_kit import (
    actions,
    asking,
    button,
    cells,
    container,
    data_table,
    home,
    image,
    message,
    modal,
    mrkdwn,
    of_type,
    option,
    plain,
    problems,
    resolve,
    rich_text,
    section,
)

NAME = asking(of_type("plain_text_input", action_id="name"), block_id="name")


def found(arguments: dict[str, Any]) -> list[tuple[str, str]]:
    """The problems as pairs, after a look at where each pointer leads."""
    for problem in problems(arguments):
        resolve(arguments, problem.pointer)
    return [(problem.message, problem.pointer) for problem in problems(arguments)]


@pytest.mark.parametrize("surface", [message, modal, home])
def test_a_block_id_stands_once_in_a_payload(surface: Any) -> None:
    """The second block of the same block_id is refused on every surface."""
    again = surface(section(block_id="card"), section(), section(block_id="card"))
    place = "/blocks/2/block_id" if surface is message else "/view/blocks/2/block_id"
    assert found(again) == [("block_id already exists: card", place)]


def test_blocks_within_blocks_count_for_their_ids() -> None:
    """A block_id inside a container or a carousel is taken for the whole payload."""
    card = of_type("card", body=mrkdwn(), block_id="card")
    inside = message(section(block_id="card"), container(section(block_id="card")))
    assert found(inside) == [
        ("block_id already exists: card", "/blocks/1/child_blocks/0/block_id"),
    ]
    cards = message(of_type("carousel", elements=[card, card]))
    assert found(cards) == [("block_id already exists: card", "/blocks/0/elements/1/block_id")]


def test_the_block_id_of_markdown_is_ignored() -> None:
    """Slack ignores the block_id of a markdown block, so two of the same are no problem."""
    markdown = of_type("markdown", text="x", block_id="text")
    assert found(message(markdown, markdown)) == []


def test_an_action_id_stands_once_in_a_block() -> None:
    """The second element of the same action_id in a block is refused."""
    twice = message(actions(button(action_id="sign"), button(), button(action_id="sign")))
    assert found(twice) == [("action_id already exists: sign", "/blocks/0/elements/2/action_id")]
    card = of_type("card", actions=[button(action_id="sign"), button(action_id="sign")])
    assert found(message(card)) == [
        ("action_id already exists: sign", "/blocks/0/actions/1/action_id"),
    ]


def test_blocks_may_share_an_action_id() -> None:
    """Rows of letters, each with its own button of one action_id, are taken."""
    row = section(accessory=button(action_id="open"))
    assert found(home(row, actions(button(action_id="open")), container(row))) == []


def test_an_empty_payload_is_taken() -> None:
    """No blocks at all break no documented rule."""
    assert found(message()) == []
    assert found(modal()) == []
    assert found(home()) == []


@pytest.mark.parametrize("blocks", [None, "[]", {}, 7, {"blocks": []}])
def test_blocks_are_a_list(blocks: Any) -> None:
    """Anything but a list is refused as a whole."""
    assert [str(problem) for problem in check_message(blocks)] == [
        "must provide an array [json-pointer:/blocks]"
    ]


@pytest.mark.parametrize("view", [None, "{}", [], 7])
def test_a_view_is_an_object(view: Any) -> None:
    """Anything but an object is refused as a whole."""
    assert [str(problem) for problem in check_view(view)] == [
        "must provide an object [json-pointer:/view]"
    ]


def test_a_view_is_a_modal_or_a_home() -> None:
    """A view without a type, or of another, is refused."""
    assert found({"view": {"blocks": []}}) == [("missing required field: type", "/view")]
    assert found({"view": {"type": "workflow_step", "blocks": []}}) == [
        ("unsupported type: workflow_step", "/view/type")
    ]


def test_a_modal_has_a_title_and_blocks() -> None:
    """A missing field of a modal is named, and the pointer leads to the view."""
    assert found({"view": {"type": "modal"}}) == [
        ("missing required field: title", "/view"),
        ("missing required field: blocks", "/view"),
    ]
    assert found({"view": {"type": "home"}}) == [("missing required field: blocks", "/view")]


@pytest.mark.parametrize("name", ["title", "submit", "close"])
def test_the_words_of_a_modal_are_plain_text(name: str) -> None:
    """Title, submit and close take no mrkdwn."""
    assert found(modal(**{name: mrkdwn("x")})) == [
        ("unsupported type: mrkdwn", f"/view/{name}/type")
    ]


def test_a_modal_that_asks_has_a_submit() -> None:
    """An input block without `submit` is refused in a modal, and taken in Home."""
    bare = modal(section(), NAME)
    del bare["view"]["submit"]
    assert found(bare) == [("missing required field: submit", "/view")]
    assert found(home(NAME)) == []
    reading = modal(section())
    del reading["view"]["submit"]
    assert found(reading) == []


@pytest.mark.parametrize("name", ["title", "submit", "close", "clear_on_close"])
def test_home_has_no_frame(name: str) -> None:
    """Home has no title, no buttons and nothing to close."""
    assert found(home(**{name: plain()})) == [(f"invalid additional property: {name}", "/view")]


@pytest.mark.parametrize("name", ["id", "hash", "state", "team_id", "root_view_id", "bot_id"])
def test_what_slack_adds_to_a_view_cannot_be_sent_back(name: str) -> None:
    """A view taken from an answer is refused for the fields that Slack put there."""
    assert found(modal(**{name: "x"})) == [(f"invalid additional property: {name}", "/view")]


def test_one_element_of_a_view_has_the_focus() -> None:
    """The second element with `focus_on_load` is refused."""
    focused = of_type("plain_text_input", focus_on_load=True)
    assert found(modal(asking(focused), asking(of_type("users_select")))) == []
    assert found(modal(asking(focused), asking(focused))) == [
        ("only one element may have focus_on_load", "/view/blocks/1/element/focus_on_load")
    ]


def test_a_response_url_belongs_to_an_input_of_a_modal() -> None:
    """`response_url_enabled` is taken in an input block of a modal and nowhere else."""
    menu = of_type("conversations_select", response_url_enabled=True)
    words = "only allowed in an input block of a modal"
    assert found(modal(asking(menu))) == []
    assert found(modal(actions(menu))) == [
        (words, "/view/blocks/0/elements/0/response_url_enabled")
    ]
    assert found(home(asking(menu))) == [(words, "/view/blocks/0/element/response_url_enabled")]


def test_two_primary_buttons_are_only_unwise() -> None:
    """Two primary buttons of a set are taken: one alone is mere advice."""
    two = actions(button(style="primary"), button(style="primary"))
    assert found(message(two)) == []


def test_every_problem_is_told() -> None:
    """Three faults in three places are three problems, in the order of the payload."""
    wrong = message(section(""), actions(), of_type("header", text=mrkdwn()))
    assert [pointer for _, pointer in found(wrong)] == [
        "/blocks/0/text/text",
        "/blocks/1/elements",
        "/blocks/2/text/type",
    ]


def test_free_fields_may_be_deep_and_odd() -> None:
    """A block whose fields are not all known may have a rest of any depth and form."""
    deep: Any = "bottom"
    for _ in range(5000):
        deep = [{"text": deep}]
    odd = data_table(elements=["x", 7], accessory="x", actions={"action_id": []}, more=deep)
    assert check_message([odd, of_type("data_visualization", chart=deep)]) == []


def test_a_pointer_through_a_free_name_is_escaped() -> None:
    """A slash or a tilde in the name of a free field does not lead astray."""
    chart = of_type("data_visualization", **{"people/~day": {"label": "x" * 21}})
    assert found(message(chart)) == [
        ("must be less than 21 characters", "/blocks/0/people~1~0day/label")
    ]


def test_total_text_counts_what_stands_in_text() -> None:
    """Texts of every depth count; ids, values and addresses do not."""
    blocks = [
        section("12345", block_id="card", accessory=button(text=plain("123"), value="7")),
        of_type("context", elements=[mrkdwn("12"), image()]),
        of_type("table", rows=[cells(2, "1234"), [rich_text(of_type("text", text="1"))]]),
        actions(of_type("static_select", options=[option(text=plain("12"))])),
        of_type("markdown", text="123456"),
    ]
    assert total_text(blocks) == 5 + 3 + 2 + 8 + 1 + 2 + 6
    assert total_text([]) == 0
