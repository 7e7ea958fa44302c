import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.documents.characters import sound
from bot.slack.text.escaping import escape
from bot.slack.text.rich_text import (
    markdown_to_rich_text,
    message_to_markdown,
    rich_text_to_markdown,
)
from tests.support.documents.letter_text import letter_blocks, visible_text
from tests.support.live_marks import check_view
from tests.support.scenes.published import LETTERS, Published

# Signs that mean something to Markdown or to Slack, crowded so that they meet.
tricky = st.text(
    st.sampled_from("aé字 \t\n*_~`[]()<>&#!|\\-+.:=1\"'—「」@/\u200b\u00a0\u0301😀")
    | st.characters(),
    min_size=1,
    max_size=12,
)
styles = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("bold", "italic", "strike", "code"), st.booleans())
)
urls = st.sampled_from(
    [
        *("https://a.example", "http://b.example/x_y?q=1&amp=2#z", "mailto:office@a.example"),
        *("https://c.example/(a)", "https://d.example/<b> c\\", "javascript:x", "/x", ""),
    ]
) | st.text(max_size=6).map("https://e.example/".__add__)
inlines = st.one_of(
    st.builds(lambda text, style: {"type": "text", "text": text, "style": style}, tricky, styles),
    st.builds(
        lambda url, text, style: {"type": "link", "url": url, "text": text, "style": style},
        *(urls, tricky | st.just(""), styles),
    ),
    st.sampled_from(
        [
            {"type": "user", "user_id": "U1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "usergroup", "usergroup_id": "S1"},
            {"type": "broadcast", "range": "channel"},
            {"type": "emoji", "name": "wave", "unicode": "1f44b-1f3fd"},
            {"type": "emoji", "name": "our_logo"},
            {"type": "date", "timestamp": 1_790_000_000, "format": "{date}"},
        ]
    ),
)
sections = st.builds(
    lambda parts: {"type": "rich_text_section", "elements": parts}, st.lists(inlines, max_size=5)
)
borders = st.sampled_from([0, 1])
parts = st.one_of(
    sections,
    sections.map(lambda part: {**part, "type": "rich_text_quote"}),
    st.builds(
        lambda part, border: {**part, "type": "rich_text_preformatted", "border": border},
        *(sections, borders),
    ),
    st.builds(
        lambda items, style, indent, offset, border: {
            "type": "rich_text_list",
            "elements": items,
            "style": style,
            "indent": indent,
            "offset": offset,
            "border": border,
        },
        st.lists(sections, max_size=3),
        st.sampled_from(["bullet", "ordered"]),
        st.integers(0, 9),
        st.integers(0, 11),
        borders,
    ),
)
rich_texts = st.builds(
    lambda elements: {"type": "rich_text", "elements": elements}, st.lists(parts, max_size=6)
)

names = st.sampled_from(
    [
        *("type", "elements", "text", "url", "style", "indent", "offset", "border", "unicode"),
        *("name", "timestamp", "fallback", "user_id", "range", "blocks", "fields", "bold"),
    ]
)
types = st.sampled_from(
    [
        *("rich_text", "rich_text_section", "rich_text_list", "rich_text_quote", "header"),
        *("rich_text_preformatted", "section", "context", "markdown", "mrkdwn", "text", "link"),
        *("user", "emoji", "date", "broadcast", "color", "divider", "ordered"),
    ]
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), types, st.text(st.characters(codec=None))
)
odd = st.recursive(
    scalars,
    lambda held: st.lists(held, max_size=4) | st.dictionaries(names | st.text(), held, max_size=6),
    max_leaves=30,
)


def lines(text: str) -> list[str]:
    """The lines of a text that are not blank, without white space at their ends."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def reread(markdown: str) -> list[str]:
    return lines(visible_text(letter_blocks(markdown)))


def section(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(words: str, *in_styles: str) -> dict[str, Any]:
    return {"type": "text", "text": words, "style": dict.fromkeys(in_styles, True)}


def plain(words: str) -> dict[str, Any]:
    return {"type": "text", "text": words}


def rich_text(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


@given(rich_texts)
def test_what_was_typed_is_what_is_read(block: dict[str, Any]) -> None:
    """A rich text kept as Markdown shows the same lines again, whatever signs are in it."""
    assert reread(rich_text_to_markdown(block)) == lines(visible_text([block]))


@example([text("0"), text("0", "bold"), text("0", "bold", "italic")])
@example([text("0 ", "bold", "italic"), text("0", "italic")])
@example([text("a", "bold", "code"), text(" ", "code"), text("b", "code")])
@given(
    st.lists(
        st.builds(
            lambda words, names: text(words, *names),
            st.sampled_from(["0", "a", ".", "(a", "b)", " ", "*"]) | tricky,
            st.sets(st.sampled_from(["bold", "italic", "strike", "code"])),
        ),
        max_size=6,
    )
)
def test_styles_are_kept_around_any_words(spans: list[dict[str, Any]]) -> None:
    """Every word keeps its styles through Markdown, whatever is beside it."""
    block = rich_text(section(*spans))
    again = letter_blocks(rich_text_to_markdown(block))

    assert styled_characters(again) == styled_characters([block])


def styled_characters(blocks: list[dict[str, Any]]) -> list[tuple[str, frozenset[str]]]:
    """Each character that is no white space, with its styles."""
    return [
        (character, frozenset(name for name, on in element.get("style", {}).items() if on))
        for block in blocks
        for part in block.get("elements", [])
        for element in part["elements"]
        for character in sound(element["text"])
        if character.strip()
    ]


@given(st.text(st.sampled_from("ab *_~`[]()<>&#!|\\-+.:=1\n") | st.characters(), max_size=40))
def test_a_letter_can_be_edited(markdown: str) -> None:
    """A letter put into a rich text input and saved unchanged shows the same words."""
    block = markdown_to_rich_text(markdown)
    saved = rich_text_to_markdown(block)

    assert reread(saved) == lines(visible_text([block])) == reread(markdown)


@given(st.text(st.characters(codec=None)))
def test_any_letter_fills_an_input(markdown: str) -> None:
    """Any letter is taken by Slack as the initial value of a rich text input."""
    initial = markdown_to_rich_text(markdown)
    element = {"type": "rich_text_input", "action_id": "text", "initial_value": initial}
    label = {"type": "plain_text", "text": "Text"}
    view = {
        "type": "modal",
        "title": label,
        "submit": label,
        "blocks": [{"type": "input", "label": label, "element": element}],
    }

    assert check_view(view) == []


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_the_published_letter_can_be_edited(letter: Published) -> None:
    """The published letter goes into an input and back with every word, its title in bold."""
    markdown = letter.text
    saved = rich_text_to_markdown(markdown_to_rich_text(markdown))

    assert reread(saved) == reread(markdown)
    assert saved.startswith(f"**{letter.title}**")


@given(odd)
def test_odd_payloads_do_not_raise(payload: Any) -> None:
    """Malformed blocks from Slack are read without an error, as text."""
    payload = payload if isinstance(payload, dict) else {"blocks": payload, "elements": payload}
    markdown = [
        rich_text_to_markdown(payload),
        message_to_markdown(text if isinstance(text := payload.get("text"), str) else "", payload),
        visible_text([payload]),
        message_to_markdown("", [payload]),
        rich_text_to_markdown({"type": "rich_text", "elements": [payload]}),
    ]

    json.dumps(markdown).encode()
    "".join(markdown).encode()


@given(st.text(st.characters(codec=None) | st.sampled_from("*_~`<>|!@#^&;•-1.\n ")))
def test_any_message_text_can_be_read(words: str) -> None:
    """Any text of a message becomes Markdown without an error."""
    letter_blocks(message_to_markdown(words))


@given(st.text(st.sampled_from("ab.,!?()[]#+=&<>'\"é字\n ") | st.characters(categories=["L"])))
def test_plain_message_text_is_kept(words: str) -> None:
    """A message's text without marks of style reads the same as a letter."""
    if any(line.startswith(">") for line in words.split("\n")):
        return

    assert reread(message_to_markdown(escape(words))) == lines(sound(words))


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "- a",
            "+ a",
            "* a",
            "1. a",
            "1) a",
            "1.",
            "# a",
            "#",
            "> a",
            "    a",
            "a\n===",
            "a\n---",
        ),
        *("***", "```\na\n```", "~~~", "a | b\n:-:", "|a|\n|-|", "[r]: http://a.example", "[r][r]"),
        *(
            "&amp; &#42;",
            "a\\",
            "\\*",
            "**a**",
            "__a__",
            "~~a~~",
            "`a`",
            "<http://a.example>",
            "<b>",
        ),
        *("![a](http://a.example)", "[a](http://a.example)", "a #", "<!-- a -->"),
    ],
)
def test_signs_that_were_typed_are_words(typed: str) -> None:
    """Markdown that somebody typed into an input without formatting is shown as typed."""
    (block,) = letter_blocks(rich_text_to_markdown(rich_text(section(text(typed)))))

    assert block["elements"] == [section(plain(typed.strip()))]


@pytest.mark.parametrize(
    "element",
    [
        section(text("look!"), {"type": "link", "url": "https://a.example", "text": "here"}),
        {"type": "rich_text_preformatted", "elements": [text("```\n````\nx")]},
        {"type": "rich_text_list", "style": "ordered", "offset": 10**12, "elements": [section()]},
        {"type": "rich_text_list", "style": "ordered", "offset": -7, "elements": [section()]},
        {"type": "rich_text_list", "style": "bullet", "indent": -7, "elements": [section()]},
        section({"type": "emoji", "name": "odd", "unicode": "ffffffffffffffff"}),
        section({"type": "date", "timestamp": 10**18, "format": "{date}"}),
    ],
)
def test_odd_corners_are_read_again_as_they_were(element: dict[str, Any]) -> None:
    """A rich text at the edges of what Markdown can say shows the same words again."""
    block = rich_text(element)

    assert reread(rich_text_to_markdown(block)) == lines(visible_text([block])) != []
    assert len(letter_blocks(rich_text_to_markdown(block))) == 1


def test_a_heading_may_end_with_a_hash() -> None:
    """The signs at the end of a header are words of it."""
    header = {"type": "header", "text": {"type": "plain_text", "text": "Letter #"}}

    assert reread(message_to_markdown("", [header])) == ["Letter #"]


def test_a_formatted_text_is_readable_markdown() -> None:
    """A text formatted in Slack is Markdown as a person would write it."""
    block = rich_text(
        section(text("We ask\n\n", "bold"), text("see "), text("this", "italic")),
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [section(text("first")), section(text("second"))],
        },
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 1,
            "elements": [section(text("in"))],
        },
        {"type": "rich_text_quote", "elements": [text("said")]},
        {"type": "rich_text_preformatted", "elements": [text("x = `1`")]},
        section({"type": "link", "url": "https://a.example/b", "text": "our page"}, text("!")),
        section({"type": "link", "url": "https://a.example/b"}),
    )

    assert rich_text_to_markdown(block).split("\n") == [
        *("**We ask**", "", "see _this_", ""),
        *("1. first", "2. second", "   - in", ""),
        *("> said", "", "```", "x = `1`", "```", ""),
        *("[our page](https://a.example/b)!", "", "<https://a.example/b>"),
    ]


def test_who_and_what_is_named_is_words() -> None:
    """Mentions, emoji, dates and broadcasts become words that ping nobody."""
    block = rich_text(
        section(
            {"type": "user", "user_id": "U1"},
            text(" "),
            {"type": "channel", "channel_id": "C1"},
            text(" "),
            {"type": "broadcast", "range": "here"},
            text(" "),
            {"type": "emoji", "name": "wave", "unicode": "1f44b"},
            {"type": "emoji", "name": "our-logo", "unicode": "no number"},
            text(" "),
            {"type": "date", "timestamp": 0, "fallback": "1 May"},
            text(" "),
            {"type": "date", "timestamp": 1_790_000_000},
        )
    )

    assert visible_text([block]) == "@U1 #C1 @here 👋:our-logo: 1 May 2026-09-21 14:13 UTC"


def test_a_letter_is_prefilled_as_an_editor_shows_it() -> None:
    """For editing, headings are bold lines, a rule is a line, and lists are lists."""
    block = markdown_to_rich_text("# Title\n\nWords\n\n---\n\n- one\n\n> said\n\nend")

    assert block == rich_text(
        section(
            {"type": "text", "text": "Title", "style": {"bold": True}},
            plain("\n\nWords\n\n———"),
            plain("\n"),
        ),
        {
            "type": "rich_text_list",
            "style": "bullet",
            "indent": 0,
            "elements": [section(plain("one"))],
        },
        {"type": "rich_text_quote", "elements": [plain("said")]},
        section(plain("end")),
    )
    assert rich_text_to_markdown(block) == "**Title**\n\nWords\n\n---\n\n- one\n\n> said\n\nend"
