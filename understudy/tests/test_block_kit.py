from typing import Any

import pytest

from bolt_understudy.block_kit import check_message
from bolt_understudy.block_kit.blocks import Surface
from tests.support.block_kit import (
    actions,
    asking,
    button,
    cells,
    confirm,
    container,
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
    table,
)
from tests.support.block_kit_samples import BLOCKS, MENU, TEXT_INPUT


def on(surface: Surface, block: dict[str, Any]) -> dict[str, Any]:
    """The arguments that put one block on a surface."""
    return {"message": message, "modal": modal, "home": home}[surface](block)


@pytest.mark.parametrize(
    ("block", "surfaces"),
    BLOCKS,
    ids=lambda part: str(sorted(part) if isinstance(part, set) else part)[:60],
)
def test_a_block_passes_on_its_surfaces_alone(
    block: dict[str, Any], surfaces: set[Surface]
) -> None:
    """A sound block passes where Slack shows it and is an unsupported type elsewhere."""
    for surface in ("message", "modal", "home"):
        arguments = on(surface, block)
        found = problems(arguments)
        if surface in surfaces:
            assert found == []
        else:
            assert [problem.message for problem in found] == [f"unsupported type: {block['type']}"]
            assert resolve(arguments, found[0].pointer) == block["type"]


HOLDER = "/blocks/0"
FIRST = "/blocks/0/elements/0"

REFUSED: list[tuple[str, list[Any], str, str]] = [
    ("a word for a block", ["section"], HOLDER, "must provide an object"),
    ("no type", [{"text": plain()}], HOLDER, "missing required field: type"),
    ("a number for a type", [{"type": 7}], f"{HOLDER}/type", "must provide a string"),
    ("unknown block", [of_type("poem")], f"{HOLDER}/type", "unsupported type: poem"),
    ("file block", [of_type("file", external_id="x", source="remote")], f"{HOLDER}/type", "unsupported type: file"),
    ("unknown field", [section(colour="red")], HOLDER, "invalid additional property: colour"),
    ("unknown field of a text", [section() | {"text": {**plain(), "color": 1}}], f"{HOLDER}/text", "invalid additional property: color"),
    ("emoji in mrkdwn", [section() | {"text": {**mrkdwn(), "emoji": True}}], f"{HOLDER}/text", "invalid additional property: emoji"),
    ("null for a part", [section(accessory=None)], f"{HOLDER}/accessory", "must provide an object"),
    ("section without text", [of_type("section")], HOLDER, "missing required field: text or fields"),
    ("a word for a text", [of_type("section", text="x")], f"{HOLDER}/text", "must provide an object"),
    ("a number for a name", [section(block_id=7)], f"{HOLDER}/block_id", "must provide a string"),
    ("a word for a confirm", [actions(button(confirm="Sure?"))], f"{FIRST}/confirm", "must provide an object"),
    ("a word for a flag", [section(expand="yes")], f"{HOLDER}/expand", "must provide a boolean"),
    ("mrkdwn header", [of_type("header", text=mrkdwn())], f"{HOLDER}/text/type", "unsupported type: mrkdwn"),
    ("header without text", [of_type("header")], HOLDER, "missing required field: text"),
    ("true for a level", [of_type("header", text=plain(), level=True)], f"{HOLDER}/level", "must provide an integer"),
    ("mrkdwn label of a button", [actions(button(text=mrkdwn()))], f"{FIRST}/text/type", "unsupported type: mrkdwn"),
    ("mrkdwn label of an input", [asking(TEXT_INPUT, label=mrkdwn())], f"{HOLDER}/label/type", "unsupported type: mrkdwn"),
    ("actions without elements", [of_type("actions")], HOLDER, "missing required field: elements"),
    ("actions with an object", [of_type("actions", elements={})], f"{HOLDER}/elements", "must provide an array"),
    ("image among actions", [actions(image())], f"{FIRST}/type", "unsupported type: image"),
    ("text input among actions", [actions(TEXT_INPUT)], f"{FIRST}/type", "unsupported type: plain_text_input"),
    ("button in an input", [asking(button())], f"{HOLDER}/element/type", "unsupported type: button"),
    ("text input as accessory", [section(accessory=TEXT_INPUT)], f"{HOLDER}/accessory/type", "unsupported type: plain_text_input"),
    ("button in a context", [of_type("context", elements=[button()])], f"{FIRST}/type", "unsupported type: button"),
    ("button among context_actions", [of_type("context_actions", elements=[button()])], f"{FIRST}/type", "unsupported type: button"),
    ("unknown style", [actions(button(style="warning"))], f"{FIRST}/style", "must be one of: primary, danger"),
    ("confirm without deny", [actions(button(confirm={**confirm(), "deny": mrkdwn()}))], f"{FIRST}/confirm/deny/type", "unsupported type: mrkdwn"),
    ("confirm style", [actions(button(confirm=confirm(style="red")))], f"{FIRST}/confirm/style", "must be one of: primary, danger"),
    ("image without source", [of_type("image", alt_text="x")], HOLDER, "must provide exactly one of: image_url, slack_file"),
    ("image with two sources", [image(slack_file={"id": "F1"})], HOLDER, "must provide exactly one of: image_url, slack_file"),
    ("slack_file with two names", [of_type("image", alt_text="x", slack_file={"id": "F1", "url": "u"})], f"{HOLDER}/slack_file", "must provide exactly one of: id, url"),
    ("image without alt_text", [of_type("image", image_url="x")], HOLDER, "missing required field: alt_text"),
    ("select without options", [actions(of_type("static_select"))], FIRST, "must provide exactly one of: options, option_groups"),
    ("select with both", [actions(of_type("static_select", options=[option()], option_groups=[{"label": plain(), "options": [option()]}]))], FIRST, "must provide exactly one of: options, option_groups"),
    ("mrkdwn option of a select", [actions(of_type("static_select", options=[option(text=mrkdwn())]))], f"{FIRST}/options/0/text/type", "unsupported type: mrkdwn"),
    ("option without value", [actions(of_type("overflow", options=[{"text": plain()}]))], f"{FIRST}/options/0", "missing required field: value"),
    ("option url in a select", [actions(of_type("static_select", options=[option(url="x")]))], f"{FIRST}/options/0", "invalid additional property: url"),
    ("stranger chosen", [actions(of_type("static_select", **MENU, initial_option=option("third")))], f"{FIRST}/initial_option", "must match one of the options"),
    ("same value, other text", [actions(of_type("radio_buttons", options=[option()], initial_option=option(text=plain("x"))))], f"{FIRST}/initial_option", "must match one of the options"),
    ("stranger among chosen", [actions(of_type("checkboxes", options=[option()], initial_options=[option(), option("third")]))], f"{FIRST}/initial_options/1", "must match one of the options"),
    ("stranger to the groups", [actions(of_type("multi_static_select", option_groups=[{"label": plain(), "options": [option()]}], initial_options=[option("third")]))], f"{FIRST}/initial_options/0", "must match one of the options"),
    ("nothing chosen", [actions(of_type("checkboxes", options=[option()], initial_options=[]))], f"{FIRST}/initial_options", "no fewer than 1 items allowed"),
    ("empty filter", [actions(of_type("conversations_select", filter={}))], f"{FIRST}/filter", "missing required field: include or exclude_bot_users or exclude_external_shared_channels"),
    ("unknown conversation", [actions(of_type("conversations_select", filter={"include": ["dm"]}))], f"{FIRST}/filter/include/0", "must be one of: im, mpim, private, public"),
    ("date in words", [actions(of_type("datepicker", initial_date="soon"))], f"{FIRST}/initial_date", "must be a date in the form YYYY-MM-DD"),
    ("no such day", [actions(of_type("datepicker", initial_date="2027-02-29"))], f"{FIRST}/initial_date", "must be a day of the calendar"),
    ("no such time", [actions(of_type("timepicker", initial_time="24:00"))], f"{FIRST}/initial_time", "must be a time in the form HH:mm"),
    ("time in words", [actions(of_type("datetimepicker", initial_date_time="1900000000"))], f"{FIRST}/initial_date_time", "must provide an integer"),
    ("min over max", [asking(of_type("plain_text_input", min_length=9, max_length=8))], f"{HOLDER}/element/min_length", "must not be greater than max_length"),
    ("dispatch on a whim", [asking(of_type("plain_text_input", dispatch_action_config={"trigger_actions_on": ["on_whim"]}))], f"{HOLDER}/element/dispatch_action_config/trigger_actions_on/0", "must be one of: on_enter_pressed, on_character_entered"),
    ("number without decimals said", [asking(of_type("number_input"))], f"{HOLDER}/element", "missing required field: is_decimal_allowed"),
    ("a number for a string", [asking(of_type("number_input", is_decimal_allowed=False, min_value=1))], f"{HOLDER}/element/min_value", "must be a number in a string"),
    ("decimals not allowed", [asking(of_type("number_input", is_decimal_allowed=False, initial_value="1.5"))], f"{HOLDER}/element/initial_value", "must be a whole number"),
    ("over the greatest", [asking(of_type("number_input", is_decimal_allowed=False, initial_value="17", max_value="16"))], f"{HOLDER}/element/initial_value", "must not be greater than max_value"),
    ("dispatch of files", [asking(of_type("file_input"), dispatch_action=True)], f"{HOLDER}/dispatch_action", "not allowed with a file_input"),
    ("empty rich text style", [rich_text(of_type("text", text="x", style={"loud": True}))], f"{FIRST}/elements/0/style", "invalid additional property: loud"),
    ("unknown rich text", [of_type("rich_text", elements=[of_type("rich_text_poem", elements=[])])], f"{FIRST}/type", "unsupported type: rich_text_poem"),
    ("user without id", [rich_text(of_type("user"))], f"{FIRST}/elements/0", "missing required field: user_id"),
    ("unknown broadcast", [rich_text(of_type("broadcast", range="all"))], f"{FIRST}/elements/0/range", "must be one of: here, channel, everyone"),
    ("date without format", [rich_text(of_type("date", timestamp=1))], f"{FIRST}/elements/0", "missing required field: format"),
    ("list without style", [of_type("rich_text", elements=[of_type("rich_text_list", elements=[])])], FIRST, "missing required field: style"),
    ("emoji in code", [of_type("rich_text", elements=[of_type("rich_text_preformatted", elements=[of_type("emoji", name="wave")])])], f"{FIRST}/elements/0/type", "unsupported type: emoji"),
    ("mrkdwn cell", [of_type("table", rows=[[mrkdwn()]])], f"{HOLDER}/rows/0/0/type", "unsupported type: mrkdwn"),
    ("unknown alignment", [table(column_settings=[{"align": "justify"}])], f"{HOLDER}/column_settings/0/align", "must be one of: left, center, right"),
    ("words for a number", [of_type("table", rows=[[of_type("raw_number", value="7", text="7")]])], f"{HOLDER}/rows/0/0/value", "must provide a number"),
    ("data_table without caption", [of_type("data_table", rows=[cells(1), cells(1)])], HOLDER, "missing required field: caption"),
    ("ragged data_table", [of_type("data_table", caption="x", rows=[cells(2), cells(1)])], f"{HOLDER}/rows/1", "must have as many cells as the header: 2"),
    ("rich header cell", [of_type("data_table", caption="x", rows=[[rich_text()], cells(1)])], f"{HOLDER}/rows/0/0/type", "unsupported type: rich_text"),
    ("segment of a pie in words", [of_type("data_visualization", segments=[{"value": "7"}])], f"{HOLDER}/segments/0/value", "must provide a number"),
    ("container without title", [of_type("container", child_blocks=[section()])], HOLDER, "missing required field: title or rich_text_title"),
    ("container in a container", [container(container(section()))], f"{HOLDER}/child_blocks/0/type", "unsupported type: container"),
    ("container that folds and is ruled", [container(section(), is_collapsible=True, has_header_divider=True)], f"{HOLDER}/has_header_divider", "not allowed with is_collapsible"),
    ("container that is folded and cannot fold", [container(section(), default_collapsed=True)], f"{HOLDER}/default_collapsed", "only allowed with is_collapsible"),
    ("unknown width", [container(section(), width="huge")], f"{HOLDER}/width", "must be one of: narrow, standard, wide, full"),
    ("empty card", [of_type("card")], HOLDER, "missing required field: hero_image or title or actions or body"),
    ("section in a carousel", [of_type("carousel", elements=[section()])], f"{FIRST}/type", "unsupported type: section"),
    ("unknown level", [of_type("alert", text=plain(), level="loud")], f"{HOLDER}/level", "must be one of: default, info, warning, error, success"),
    ("response_url in a message", [actions(of_type("channels_select", response_url_enabled=True))], f"{FIRST}/response_url_enabled", "only allowed in an input block of a modal"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("blocks", "pointer", "words"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_a_wrong_part_is_refused_with_its_place(
    blocks: list[Any], pointer: str, words: str
) -> None:
    """A part that Slack does not take is one problem in words, with a pointer to its place."""
    assert [(p.message, p.pointer) for p in check_message(blocks)] == [(words, pointer)]
    resolve({"blocks": blocks}, pointer)
