from typing import Any, NamedTuple

import pytest

from tests.support.block_kit import (
    actions,
    asking,
    button,
    cells,
    confirm,
    container,
    data_table,
    home,
    image,
    message,
    modal,
    mrkdwn,
    of_size,
    of_type,
    option,
    plain,
    problems,
    resolve,
    rich_text,
    section,
    table,
)


class Bound(NamedTuple):
    """The bound of a text's length, a list's length or a number, and its place."""

    name: str
    arguments: dict[str, Any]
    pointer: str
    least: int | None
    most: int | None


def of_block(block: dict[str, Any], path: str, least: int | None, most: int | None) -> Bound:
    return Bound(f"{block['type']} {path}", message(block), f"/blocks/0/{path}", least, most)


def of_element(element: dict[str, Any], path: str, least: int | None, most: int | None) -> Bound:
    place = f"/blocks/0/elements/0/{path}"
    return Bound(f"{element['type']} {path}", message(actions(element)), place, least, most)


def of_input(element: dict[str, Any], path: str, least: int | None, most: int | None) -> Bound:
    place = f"/view/blocks/0/element/{path}"
    return Bound(f"{element['type']} {path}", modal(asking(element)), place, least, most)


ADDRESS = "https://example.org/seal.png"
FEEDBACK = {"text": plain("Good"), "value": "good", "accessibility_label": "It was good"}
GROUP = {"label": plain("People"), "options": [option()]}
VIEW = modal(
    section(), close=plain(), private_metadata="7", callback_id="sign", external_id="letter-7"
)
VIDEO = of_type(
    "video",
    alt_text="A talk",
    title=plain(),
    description=plain(),
    author_name="x",
    video_url=ADDRESS,
    thumbnail_url=ADDRESS,
)
CARD = of_type("card", title=mrkdwn(), subtitle=mrkdwn(), body=mrkdwn())
CONTAINER = container(section(), subtitle=plain())
FEEDBACK_BUTTONS = of_type("feedback_buttons", positive_button=FEEDBACK, negative_button=FEEDBACK)
ICON = of_type(
    "icon_button",
    icon="trash",
    text=plain(),
    value="7",
    accessibility_label="x",
    visible_to_user_ids=["U1"],
)
CONTEXT_ACTIONS = of_type("context_actions", elements=[FEEDBACK_BUTTONS, ICON])
FULL_BUTTON = button(
    action_id="sign",
    value="7",
    url=ADDRESS,
    accessibility_label="Sign it",
    agent_prompt="Sign it",
    confirm=confirm(),
)
MENU = of_type(
    "static_select",
    options=[option(description=plain())],
    placeholder=plain(),
)
GROUPED = of_type("static_select", option_groups=[GROUP])
OVERFLOW = of_type("overflow", options=[option(url=ADDRESS)])
PIE = of_type(
    "data_visualization",
    title="Days",
    chart={"segments": [{"label": "People", "value": 7}]},
)
LINES = of_type(
    "data_visualization",
    chart={"series": [{"name": "People", "data": [{"value": 7}]}], "axis": {"x_label": "Day"}},
)

BOUNDS = [
    Bound("message blocks", message(section()), "/blocks", None, 50),
    Bound("modal blocks", VIEW, "/view/blocks", None, 100),
    Bound("home blocks", home(section()), "/view/blocks", None, 100),
    Bound("title", VIEW, "/view/title/text", 1, 24),
    Bound("submit", VIEW, "/view/submit/text", 1, 24),
    Bound("close", VIEW, "/view/close/text", 1, 24),
    Bound("private_metadata", VIEW, "/view/private_metadata", None, 3000),
    Bound("callback_id", VIEW, "/view/callback_id", None, 255),
    Bound("external_id", VIEW, "/view/external_id", None, 255),
    Bound("home metadata", home(private_metadata="7"), "/view/private_metadata", None, 3000),
    of_block(section(block_id="card"), "block_id", 1, 255),
    of_block(section(), "text/text", 1, 3000),
    of_block(of_type("section", fields=[mrkdwn()]), "fields", 1, 10),
    of_block(of_type("section", fields=[mrkdwn()]), "fields/0/text", 1, 2000),
    of_block(section(accessory=image()), "accessory/alt_text", None, 2000),
    of_block(of_type("header", text=plain()), "text/text", 1, 150),
    of_block(of_type("header", text=plain(), level=1), "level", 1, 4),
    of_block(of_type("context", elements=[mrkdwn()]), "elements", 1, 10),
    of_block(of_type("context", elements=[mrkdwn()]), "elements/0/text", 1, 3000),
    of_block(actions(button()), "elements", 1, 25),
    of_block(image(), "image_url", 1, 3000),
    of_block(image(), "alt_text", None, 2000),
    of_block(image(title=plain()), "title/text", 1, 2000),
    of_block(asking(of_type("plain_text_input"), hint=plain()), "label/text", 1, 2000),
    of_block(asking(of_type("plain_text_input"), hint=plain()), "hint/text", 1, 2000),
    of_block(of_type("markdown", text="x"), "text", 1, 12000),
    of_block(table(), "rows", 1, 100),
    of_block(table(), "rows/0", 1, 20),
    of_block(table(), "rows/0/0/text", 1, None),
    of_block(table(column_settings=[{"align": "right"}]), "column_settings", None, 20),
    of_block(data_table(), "rows", 2, 201),
    of_block(data_table(), "caption", 1, None),
    of_block(data_table(page_size=5), "page_size", 1, 100),
    of_block(PIE, "title", None, 50),
    of_block(PIE, "chart/segments", 1, 12),
    of_block(PIE, "chart/segments/0/label", None, 20),
    of_block(PIE, "chart/segments/0/value", 1, None),
    of_block(LINES, "chart/series", 1, 12),
    of_block(LINES, "chart/series/0/data", 1, 20),
    of_block(LINES, "chart/series/0/name", None, 20),
    of_block(LINES, "chart/axis/x_label", None, 50),
    of_block(CONTAINER, "title/text", 1, 150),
    of_block(CONTAINER, "subtitle/text", 1, 150),
    of_block(CONTAINER, "child_blocks", 1, 10),
    of_block(CARD, "title/text", 1, 150),
    of_block(CARD, "subtitle/text", 1, 150),
    of_block(CARD, "body/text", 1, 200),
    of_block(of_type("carousel", elements=[CARD]), "elements", 1, 10),
    of_block(VIDEO, "title/text", 1, 199),
    of_block(VIDEO, "description/text", 1, 199),
    of_block(VIDEO, "author_name", None, 49),
    of_block(CONTEXT_ACTIONS, "elements", 1, 5),
    of_block(CONTEXT_ACTIONS, "elements/0/positive_button/text/text", 1, 75),
    of_block(CONTEXT_ACTIONS, "elements/0/negative_button/value", None, 2000),
    of_block(CONTEXT_ACTIONS, "elements/0/negative_button/accessibility_label", None, 75),
    of_block(CONTEXT_ACTIONS, "elements/1/text/text", 1, 75),
    of_block(CONTEXT_ACTIONS, "elements/1/value", None, 2000),
    of_block(CONTEXT_ACTIONS, "elements/1/accessibility_label", None, 75),
    of_block(CONTEXT_ACTIONS, "elements/1/visible_to_user_ids", None, 10),
    of_block(rich_text(of_type("text", text="x")), "elements/0/elements/0/text", 1, None),
    of_element(FULL_BUTTON, "action_id", 1, 255),
    of_element(FULL_BUTTON, "text/text", 1, 75),
    of_element(FULL_BUTTON, "value", None, 2000),
    of_element(FULL_BUTTON, "url", 1, 3000),
    of_element(FULL_BUTTON, "accessibility_label", None, 75),
    of_element(FULL_BUTTON, "agent_prompt", None, 4000),
    of_element(FULL_BUTTON, "confirm/title/text", 1, 100),
    of_element(FULL_BUTTON, "confirm/text/text", 1, 300),
    of_element(FULL_BUTTON, "confirm/confirm/text", 1, 30),
    of_element(FULL_BUTTON, "confirm/deny/text", 1, 30),
    of_element(MENU, "placeholder/text", 1, 150),
    of_element(MENU, "options", 1, 100),
    of_element(MENU, "options/0/text/text", 1, 75),
    of_element(MENU, "options/0/description/text", 1, 75),
    of_element(MENU, "options/0/value", None, 150),
    of_element(GROUPED, "option_groups", 1, 100),
    of_element(GROUPED, "option_groups/0/label/text", 1, 75),
    of_element(GROUPED, "option_groups/0/options", 1, 100),
    of_element(of_type("multi_static_select", options=[option()]), "options", 1, 100),
    of_element(of_type("multi_static_select", option_groups=[GROUP]), "option_groups", 1, 100),
    of_element(of_type("multi_users_select", max_selected_items=1), "max_selected_items", 1, None),
    of_element(of_type("checkboxes", options=[option()]), "options", 1, 10),
    of_element(of_type("radio_buttons", options=[option()]), "options", 1, 10),
    of_element(OVERFLOW, "options", 1, 5),
    of_element(OVERFLOW, "options/0/url", 1, 3000),
    of_element(
        of_type("datetimepicker", initial_date_time=0),
        "initial_date_time",
        1_000_000_000,
        9_999_999_999,
    ),
    of_input(of_type("plain_text_input", min_length=0), "min_length", 0, 3000),
    of_input(of_type("plain_text_input", max_length=1), "max_length", 1, 3000),
    of_input(of_type("plain_text_input", initial_value="x"), "initial_value", None, 3000),
    of_input(of_type("plain_text_input", initial_value="", max_length=70), "initial_value", None, 70),
    of_input(of_type("rich_text_input", min_lines=1), "min_lines", 1, 100),
    of_input(of_type("rich_text_input", max_lines=1), "max_lines", 1, 100),
    of_input(of_type("file_input", max_files=1), "max_files", 1, 10),
]  # fmt: skip


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: bound.name)
def test_a_bound_is_inside_and_one_step_further_is_outside(bound: Bound) -> None:
    """The least and the most pass; one step further is refused, and the pointer leads to it."""
    for inside, outside in ((bound.least, -1), (bound.most, 1)):
        if inside is None:
            continue
        assert problems(of_size(bound.arguments, bound.pointer, inside)) == []
        if inside + outside < 0 and not isinstance(resolve(bound.arguments, bound.pointer), int):
            continue
        refused = of_size(bound.arguments, bound.pointer, inside + outside)
        assert [problem.pointer for problem in problems(refused)] == [bound.pointer]


def test_markdown_is_counted_over_all_its_blocks() -> None:
    """12,000 characters in two markdown blocks pass, in a container too; one more is refused."""
    half = of_type("markdown", text="x" * 6000)
    more = of_type("markdown", text="x" * 6001)
    assert problems(message(half, half)) == []
    assert problems(message(half, container(half))) == []
    assert [p.pointer for p in problems(message(half, more))] == ["/blocks/1/text"]
    in_container = problems(message(half, container(more)))
    assert [p.pointer for p in in_container] == ["/blocks/1/child_blocks/0/text"]


def test_a_message_has_one_table() -> None:
    """A second table in a message is refused, inside a container too."""
    assert problems(message(table())) == []
    assert [p.pointer for p in problems(message(table(), table()))] == ["/blocks/1"]
    in_container = problems(message(table(), container(table())))
    assert [p.pointer for p in in_container] == ["/blocks/1/child_blocks/0"]


def test_a_message_has_two_charts() -> None:
    """A third data_visualization in a message is refused."""
    assert problems(message(PIE, LINES)) == []
    assert [p.pointer for p in problems(message(PIE, LINES, PIE))] == ["/blocks/2"]


def test_the_text_of_a_table_is_counted() -> None:
    """10,000 characters in the cells of a table pass, rich text among them; one more is refused."""
    rest = [rich_text(of_type("text", text="x" * 5000))]
    assert problems(message(of_type("table", rows=[cells(1, "x" * 5000), rest]))) == []
    over = message(of_type("table", rows=[cells(1, "x" * 5001), rest]))
    assert [p.pointer for p in problems(over)] == ["/blocks/0/rows"]


def test_the_text_of_data_tables_is_counted_together() -> None:
    """20,000 characters in all data tables of a message pass; one more is refused."""
    half = data_table(rows=2, columns=1, text="x" * 5000)
    more = of_type("data_table", caption="x", rows=[cells(1, "x" * 5001), cells(1, "x" * 5000)])
    assert problems(message(half, half)) == []
    assert [p.pointer for p in problems(message(half, more))] == ["/blocks/1/rows"]


def test_a_data_table_is_one_to_twenty_columns_wide() -> None:
    """Twenty columns pass and twenty-one are refused, row by row."""
    assert problems(message(data_table(columns=20))) == []
    over = problems(message(data_table(columns=21)))
    assert [p.pointer for p in over] == ["/blocks/0/rows/0", "/blocks/0/rows/1"]
    under = problems(message(data_table(columns=0)))
    assert [p.pointer for p in under] == ["/blocks/0/rows/0", "/blocks/0/rows/1"]


def test_characters_are_counted_not_bytes() -> None:
    """A letter outside ASCII and an emoji are one character each."""
    assert problems(message(section("ي" * 3000))) == []
    assert problems(message(section("🖋" * 3000))) == []


def test_a_problem_reads_as_slack_writes_it() -> None:
    """The words of a refusal are followed by the JSON pointer in brackets."""
    over = message(section(), actions(*([button()] * 26)))
    assert [str(problem) for problem in problems(over)] == [
        "no more than 25 items allowed [json-pointer:/blocks/1/elements]"
    ]
