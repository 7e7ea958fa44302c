"""One sound block of every kind, around every element, with the surfaces that show it."""

from typing import Any

from bolt_understudy.block_kit.blocks import Surface
from tests.support.block_kit import (
    actions,
    asking,
    button,
    confirm,
    container,
    data_table,
    image,
    mrkdwn,
    of_type,
    option,
    plain,
    rich_text,
    section,
    table,
)

TEXT_INPUT = of_type("plain_text_input")
CHOICE = option(text=mrkdwn("*as myself*"), description=mrkdwn("one line"))
MENU = {"options": [option("self"), option("other")], "placeholder": plain(), "confirm": confirm()}
FILTER = {"include": ["public", "im"], "exclude_bot_users": True}

ELEMENTS: list[dict[str, Any]] = [
    button(style="primary", confirm=confirm(style="danger"), visible_to_user_ids=["U1"]),
    of_type("workflow_button", text=plain(), workflow={"trigger": {"url": "https://example.org"}}),
    of_type("overflow", options=[option(url="https://example.org")], confirm=confirm()),
    of_type("static_select", **MENU, initial_option=option("other"), focus_on_load=True),
    of_type("multi_static_select", **MENU, initial_options=[option("self")], max_selected_items=2),
    of_type(
        "static_select",
        option_groups=[{"label": plain(), "options": [option()]}],
        initial_option=option(),
    ),
    of_type("external_select", min_query_length=3, initial_option=option()),
    of_type("multi_external_select", initial_options=[option()], placeholder=plain()),
    of_type("users_select", initial_user="U1"),
    of_type("multi_users_select", initial_users=["U1", "U2"]),
    of_type("conversations_select", default_to_current_conversation=True, filter=FILTER),
    of_type("multi_conversations_select", initial_conversations=["C1"], filter=FILTER),
    of_type("channels_select", initial_channel="C1"),
    of_type("multi_channels_select", initial_channels=["C1"], max_selected_items=1),
    of_type("checkboxes", options=[CHOICE, option("other")], initial_options=[CHOICE]),
    of_type("radio_buttons", options=[CHOICE, option("other")], initial_option=CHOICE),
    of_type("datepicker", initial_date="2028-02-29", placeholder=plain(), confirm=confirm()),
    of_type("timepicker", initial_time="23:59", timezone="Europe/Dublin"),
]
INPUTS: list[dict[str, Any]] = [
    of_type("datetimepicker", initial_date_time=1_900_000_000, confirm=confirm()),
    of_type(
        "plain_text_input",
        initial_value="An open letter",
        multiline=True,
        min_length=3,
        max_length=3000,
        placeholder=plain(),
        dispatch_action_config={"trigger_actions_on": ["on_character_entered"]},
    ),
    of_type("rich_text_input", initial_value=rich_text(), min_lines=3, max_lines=8),
    of_type("email_text_input", initial_value="press@example.org"),
    of_type("url_text_input", initial_value="https://example.org", placeholder=plain()),
    of_type(
        "number_input",
        is_decimal_allowed=False,
        initial_value="17",
        min_value="1",
        max_value="100",
    ),
    of_type("number_input", is_decimal_allowed=True, initial_value="-0.5"),
    of_type("file_input", filetypes=["md", "txt"], max_files=1),
]

STYLED = {"style": {"bold": True, "italic": True, "strike": True, "code": False}}
INLINE: list[dict[str, Any]] = [
    of_type("text", text="We, the undersigned", **STYLED),
    of_type("link", url="https://example.org", text="the letter", **STYLED),
    of_type("link", url="https://example.org"),
    of_type("user", user_id="U1"),
    of_type("channel", channel_id="C1"),
    of_type("usergroup", usergroup_id="S1"),
    of_type("team", team_id="T1"),
    of_type("broadcast", range="here"),
    of_type("emoji", name="wave", unicode="1f44b", skin_tone=3),
    of_type("date", timestamp=1_900_000_000, format="{date_long}", fallback="soon"),
    of_type("color", value="#005f73"),
]
RICH_TEXT = of_type(
    "rich_text",
    block_id="letter",
    elements=[
        of_type("rich_text_section", elements=INLINE),
        of_type(
            "rich_text_list",
            style="ordered",
            indent=1,
            offset=2,
            border=0,
            elements=[of_type("rich_text_section", elements=INLINE)],
        ),
        of_type("rich_text_quote", elements=INLINE, border=1),
        of_type("rich_text_preformatted", elements=INLINE[:3], border=0),
    ],
)
CARD = of_type("card", hero_image=image(), icon=image(), title=mrkdwn(), actions=[button()])
ICON_BUTTON = of_type("icon_button", icon="trash", text=plain(), value="7", confirm=confirm())

BLOCKS: list[tuple[dict[str, Any], set[Surface]]] = [
    (section(accessory=image(), fields=[plain(), mrkdwn()], expand=True), {"message", "modal", "home"}),
    (of_type("section", fields=[{**plain(), "emoji": True}, {**mrkdwn(), "verbatim": False}]), {"message", "modal", "home"}),
    (of_type("divider", block_id="line"), {"message", "modal", "home"}),
    (of_type("header", text=plain(), level=2), {"message", "modal", "home"}),
    (of_type("context", elements=[mrkdwn(), plain(), image()]), {"message", "modal", "home"}),
    (of_type("image", alt_text="", slack_file={"id": "F1"}, title=plain()), {"message", "modal", "home"}),
    (RICH_TEXT, {"message", "modal", "home"}),
    (of_type("video", alt_text="A talk", title=plain(), video_url="https://example.org/v", thumbnail_url="https://example.org/t"), {"message", "modal", "home"}),
    (asking(TEXT_INPUT, hint=plain(), optional=True, dispatch_action=True), {"message", "modal", "home"}),
    (CARD, {"message", "modal", "home"}),
    (of_type("carousel", elements=[CARD, CARD]), {"message", "modal", "home"}),
    (of_type("alert", text=mrkdwn(), level="warning"), {"message", "modal", "home"}),
    (table(column_settings=[None, {"align": "right", "is_wrapped": True}]), {"message", "home"}),
    (data_table(page_size=10), {"message", "home"}),
    (container(section(), RICH_TEXT, subtitle=mrkdwn(), width="wide", icon=image(), is_collapsible=True, default_collapsed=True), {"message", "home"}),
    (container(table(), rich_text_title=rich_text(INLINE[0]), has_header_divider=True), {"message", "home"}),
    (of_type("markdown", text="# An open letter"), {"message"}),
    (of_type("context_actions", elements=[ICON_BUTTON]), {"message"}),
    (of_type("data_visualization", title="By day", chart={"type": "pie"}), {"message"}),
    *((actions(element), {"message", "modal", "home"}) for element in (*ELEMENTS, INPUTS[0], INPUTS[2])),
    *((section(accessory=element), {"message", "modal", "home"}) for element in ELEMENTS),
    *((asking(element), {"message", "modal", "home"}) for element in (*ELEMENTS[3:], *INPUTS)),
]  # fmt: skip
