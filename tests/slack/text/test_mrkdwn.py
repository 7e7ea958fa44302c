"""Messages from a channel, as the Markdown of a letter."""

from typing import Any

import pytest

from bot.slack.text.rich_text import message_to_markdown, pasted_to_markdown


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("*bold* _it_ ~no~ `a*b`", r"**bold** _it_ ~~no~~ `a*b`"),
        ("*both _in_*", r"**both _in_**"),
        ("2 * 3 * 4, snake_case_name, a*b*c", r"2 \* 3 \* 4, snake\_case\_name, a\*b\*c"),
        ("a *b*c, *d* e*", r"a \*b\*c, **d** e\*"),
        ("*open\nend*", "\\*open\\\nend\\*"),
        ("R&amp;D &lt;3", r"R&D \<3"),
        ("<@U1|Organiser> and <@U2>", "Organiser and @U2"),
        ("<#C1|general> <#C2> <#C3|>", "#general #C2 #C3"),
        ("<!here> <!channel|@channel> <!subteam^S1|@board>", "@here @channel @board"),
        ("<!subteam^S1> <!date^1790000000^{date}|21 Sep>", "@S1 21 Sep"),
        ("<https://a.example/?x=1&amp;y=2|here>", r"[here](<https://a.example/?x=1\&y=2>)"),
        ("<https://a.example>", "<https://a.example>"),
        ("<mailto:o@a.example|o@a.example>", "[o@a.example](mailto:o@a.example)"),
        ("<tel:+1|call> <odd>", r"call \<odd>"),
        ("• one\n    ◦ two\n• three", "- one\n  - two\n- three"),
        ("- one\n- two", "- one\n- two"),
        ("1. one\n2. two\n7) seven", "1. one\n2. two\n\n7) seven"),
        ("said:\n&gt; yes\n&gt; no\nso", "said:\n\n> yes\\\n> no\n\nso"),
        ("a\n&gt;&gt;&gt; b\n\nc", "a\n\n> b\n>\n> c"),
        ("```\nx &lt; <https://a.example|y>\n```", "```\nx < y\n```"),
        ("one\ntwo\n\nthree", "one\\\ntwo\n\nthree"),
        ("```not closed", r"\`\`\`not closed"),
    ],
)
def test_message_markup_becomes_markdown(words: str, markdown: str) -> None:
    """Slack's markup of a message's text is read as Slack shows it."""
    assert message_to_markdown(words) == markdown


def test_a_message_is_read_from_its_blocks() -> None:
    """The blocks of a message speak for it, all of them, and not its text."""
    blocks = [
        {"type": "header", "text": {"type": "plain_text", "text": "Our letter"}},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "text", "text": "First *not bold*"}],
                }
            ],
        },
        {"type": "divider"},
        {"type": "section", "text": {"type": "mrkdwn", "text": "*Second*"}},
        {"type": "markdown", "text": "- third"},
        {"type": "actions", "elements": []},
    ]

    assert message_to_markdown("a notification", blocks) == (
        "## Our letter\n\nFirst \\*not bold\\*\n\n---\n\n**Second**\n\n- third"
    )


def test_bold_lines_are_headings_where_there_is_text_below() -> None:
    """A line in bold is a heading, unless it is the last one or the message has headings itself."""
    below: list[dict[str, Any]] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": words}}
        for words in ("*What we ask*", "Keep *them* open.", "*The council*")
    ]
    header = {"type": "header", "text": {"type": "plain_text", "text": "Our letter"}}

    ends = "Keep **them** open.\n\n**The council**"
    assert message_to_markdown("", below) == f"## What we ask\n\n{ends}"
    assert message_to_markdown("", [header, *below]) == (
        f"## Our letter\n\n**What we ask**\n\n{ends}"
    )


def test_front_matter_is_plainly_markdown() -> None:
    """A text that begins with facts between two lines of dashes is read as it was typed."""
    typed = "---\ntitle: Our letter\n---\n\nWe *ask*_."
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": typed}]}
    assert pasted_to_markdown({"type": "rich_text", "elements": [section]}) == typed
    section["elements"] = [{"type": "text", "text": typed.partition("\n")[2]}]
    assert "\\*ask" in pasted_to_markdown({"type": "rich_text", "elements": [section]})


@pytest.mark.parametrize(
    "blocks", [None, [], [{"type": "rich_text", "elements": []}], [{"type": "image"}], "odd"]
)
def test_a_message_without_worded_blocks_is_read_from_its_text(blocks: Any) -> None:
    """A message without words in its blocks is read from its text."""
    assert message_to_markdown("*We* ask", blocks) == "**We** ask"
