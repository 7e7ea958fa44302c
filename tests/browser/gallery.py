"""Blocks of every sort that the page can draw, and a form with every input."""

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    """A `plain_text` object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str, **fields: Any) -> Block:
    """A `mrkdwn` object."""
    return {"type": "mrkdwn", "text": text, **fields}


def option(text: str, value: str, note: str = "") -> Block:
    """An option of a menu."""
    return {
        "text": plain(text),
        "value": value,
        **({"description": plain(note)} if note else {}),
    }


def asking(block_id: str, label: str, element: Block, **fields: Any) -> Block:
    """An input block; the action has the block's name."""
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(label),
        "element": {"action_id": block_id, **element},
        **fields,
    }


WAYS = [
    option("As myself", "self", "Your name alone"),
    option("With my affiliation", "affiliated", "Add “(for identification only)"),
    option("For my organisation", "organisation"),
]
DEADLINE = 1798794000
"""1 January 2027, 9:00 UTC."""

CARD: list[Block] = [
    {"type": "header", "block_id": "title", "text": plain("Seven principles for an open internet")},
    {
        "type": "section",
        "block_id": "summary",
        "text": mrkdwn(
            "An *open letter* to everyone who _makes_ the rules, ~quietly~ with `care`.\n"
            f"> Closes <!date^{DEADLINE}^{{date_short}} at {{time}}|1 Jan>, asked by <@U0ORGANISER>"
        ),
        "accessory": {
            "type": "overflow",
            "action_id": "more",
            "options": [option("Remove", "removed"), option("Pin", "pin")],
        },
    },
    {
        "type": "section",
        "block_id": "tally",
        "fields": [mrkdwn("*Signed*\n12 of 17"), mrkdwn("*Organisations*\n4")],
    },
    {
        "type": "context",
        "block_id": "progress",
        "elements": [mrkdwn(":large_green_square::large_green_square::white_large_square: 71 %")],
    },
    {"type": "divider", "block_id": "line"},
    {
        "type": "actions",
        "block_id": "deeds",
        "elements": [
            {
                "type": "button",
                "action_id": "sign",
                "text": plain("Sign"),
                "style": "primary",
                "value": "letter-1",
            },
            {"type": "button", "action_id": "form", "text": plain("Read letter")},
            {
                "type": "button",
                "action_id": "withdraw",
                "text": plain("Withdraw"),
                "style": "danger",
                "confirm": {
                    "title": plain("Withdraw your signature?"),
                    "text": mrkdwn("Your entry *leaves* the letter."),
                    "confirm": plain("Withdraw"),
                    "deny": plain("Stay"),
                    "style": "danger",
                },
            },
            {
                "type": "static_select",
                "action_id": "way",
                "placeholder": plain("Sign as"),
                "options": WAYS,
            },
        ],
    },
]

RICH: Block = {
    "type": "rich_text",
    "block_id": "rich",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "We ask "},
                {"type": "text", "text": "everyone", "style": {"bold": True}},
                {"type": "text", "text": " to read "},
                {"type": "link", "url": "https://example.org/letter", "text": "the letter"},
                {"type": "text", "text": ", with "},
                {"type": "user", "user_id": "U0MEMBER1"},
                {"type": "text", "text": " in "},
                {"type": "channel", "channel_id": "C0OPENINTERNET"},
                {"type": "text", "text": " "},
                {"type": "emoji", "name": "tada"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": word}],
                }
                for word in ("Connectivity", "Privacy", "Openness")
            ],
        },
        {
            "type": "rich_text_quote",
            "elements": [{"type": "text", "text": "The network is for everyone."}],
        },
        {
            "type": "rich_text_preformatted",
            "elements": [{"type": "text", "text": "sha256 9f86d081"}],
        },
    ],
}

FIGURES: list[Block] = [
    {
        "type": "data_visualization",
        "block_id": "chart",
        "title": "Signatures by day",
        "chart": {
            "type": "bar",
            "series": [
                {
                    "name": "People",
                    "data": [
                        {"label": "Mon", "value": 4},
                        {"label": "Tue", "value": 9},
                        {"label": "Wed", "value": 7},
                    ],
                },
                {
                    "name": "Organisations",
                    "data": [
                        {"label": "Mon", "value": 1},
                        {"label": "Tue", "value": 3},
                        {"label": "Wed", "value": 5},
                    ],
                },
            ],
        },
    },
    {
        "type": "data_visualization",
        "block_id": "pie",
        "title": "By kind",
        "chart": {
            "type": "pie",
            "segments": [
                {"label": "People", "value": 20},
                {"label": "Organisations", "value": 9},
                {"label": "Affiliated", "value": 4},
            ],
        },
    },
    {
        "type": "table",
        "block_id": "table",
        "column_settings": [{"align": "left"}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Channel"}, {"type": "raw_text", "text": "Signed"}],
            [{"type": "raw_text", "text": "#general"}, {"type": "raw_text", "text": "8"}],
            [{"type": "raw_text", "text": "#partners"}, {"type": "raw_text", "text": "4"}],
        ],
    },
    {
        "type": "data_table",
        "block_id": "data",
        "caption": "Who signed",
        "page_size": 3,
        "rows": [
            [{"type": "raw_text", "text": "Name"}, {"type": "raw_text", "text": "Order"}],
            *[
                [
                    {"type": "raw_text", "text": f"Signer {letter}"},
                    {"type": "raw_number", "value": number, "text": str(number)},
                ]
                for letter, number in zip("CABED", (3, 1, 20, 5, 4), strict=True)
            ],
        ],
    },
    {
        "type": "markdown",
        "text": "## Plain *Markdown*\n\n- one\n- **two**\n\n| A | B |\n|---|---|\n| 1 | 2 |",
    },
    {
        "type": "image",
        "block_id": "seal",
        "image_url": "https://example.org/seal.png",
        "alt_text": "A seal of wax",
        "title": plain("The seal"),
    },
]

FORM: list[Block] = [
    {
        "type": "section",
        "block_id": "words",
        "text": mrkdwn("Signing publishes your *name* and can be taken back."),
    },
    asking(
        "name",
        "Your name",
        {
            "type": "plain_text_input",
            "placeholder": plain("As it should read"),
            "min_length": 3,
            "max_length": 40,
        },
        hint=plain("Exactly as on the letter."),
    ),
    asking("why", "Why", {"type": "plain_text_input", "multiline": True}, optional=True),
    asking("text", "The text", {"type": "rich_text_input"}, optional=True),
    asking("mail", "Email", {"type": "email_text_input"}, optional=True),
    asking("site", "Web page", {"type": "url_text_input"}, optional=True),
    asking(
        "goal",
        "Goal",
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "500"},
        optional=True,
    ),
    asking("day", "Day", {"type": "datepicker"}, optional=True),
    asking("hour", "Hour", {"type": "timepicker"}, optional=True),
    asking("deadline", "Deadline", {"type": "datetimepicker"}, optional=True),
    asking("how", "Sign how", {"type": "radio_buttons", "options": WAYS}, optional=True),
    asking("agree", "I agree", {"type": "checkboxes", "options": WAYS[:2]}, optional=True),
    asking("letter", "Letter", {"type": "static_select", "options": WAYS}, optional=True),
    asking("letters", "Letters", {"type": "multi_static_select", "options": WAYS}, optional=True),
    asking("person", "Person", {"type": "users_select"}, optional=True),
    asking(
        "crowd", "People", {"type": "multi_users_select", "max_selected_items": 2}, optional=True
    ),
    asking(
        "place",
        "Conversation",
        {"type": "conversations_select", "filter": {"include": ["public", "private"]}},
        optional=True,
    ),
    asking("channels", "Channels", {"type": "multi_channels_select"}, optional=True),
    asking(
        "country",
        "Country",
        {
            "type": "external_select",
            "min_query_length": 2,
            "placeholder": plain("Search countries"),
        },
        optional=True,
    ),
]
