import json
import time
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.characters import sound
from bot.documents.markdown_reading import parser
from bot.slack.text.escaping import width
from bot.slack.text.paging import pages
from tests.support.documents.letter_text import letter_blocks, visible_text
from tests.support.live_marks import check_message, check_view
from tests.support.scenes.published import LETTERS, Published

snippets = st.sampled_from(
    [
        *("# Heading\n", "## *Two* [words](https://a.example)\n", "Title\n===\n", "---\n", "\n\n"),
        *("**bold**", "_it_", "~~gone~~", "`code`", "[a](http://b.example)", "![alt](https://i/x)"),
        *("- item\n", "  - nested\n", "1. one\n", "7) seven\n", "0. none\n", "   > in item\n"),
        *("> quote\n", "> - q\n", "```\ncode\n```\n", "    indented\n", "|a|b|\n|-|-|\n|1|2|\n"),
        *(
            "<b>",
            "<!channel>",
            "<@U1>",
            "@here",
            "&amp;",
            "\\",
            "\\*",
            "  \n",
            "<https://c.example>",
        ),
        *("[x](javascript:y)", "[r]\n\n[r]: http://r.example\n", "![](http://i)", "[](http://e)"),
    ]
)
letters = st.lists(snippets | st.text(max_size=12), max_size=14).map("".join)
prose = st.lists(
    st.lists(st.text("abcé.😀", min_size=1, max_size=60), min_size=1).map(" ".join), max_size=8
).map("\n\n".join)


class Reader(HTMLParser):
    """A reader of a letter as HTML: another way from Markdown to words than the bot's."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.lists: list[int | None] = []
        self.first_cell = True
        self.address: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given_by = {name: value or "" for name, value in attrs}
        match tag:
            case "ol":
                self.lists.append(int(given_by.get("start", "1")))
            case "ul":
                self.lists.append(None)
            case "li":
                number = self.lists[-1]
                self.seen.append("•" if number is None else f"{number}.")
                self.lists[-1] = None if number is None else number + 1
            case "hr":
                self.seen.append("———")
            case "tr":
                self.first_cell = True
            case "td" | "th":
                self.seen.append("" if self.first_cell else "|")
                self.first_cell = False
            case "img":
                self.handle_data(given_by["alt"].strip() or given_by["src"])
            case "a":
                self.address = given_by["href"]
            case _:
                pass

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ol", "ul"}:
            self.lists.pop()
        if tag == "a" and self.address is not None:
            self.seen.append(self.address)
            self.address = None

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.address = None
        self.seen.append(data)


def words(text: str) -> str:
    """A text without white space, which pages and blocks may set differently."""
    return "".join(text.split())


def as_html(markdown: str) -> str:
    """Return the words of the letter on a web page, without white space."""
    reader = Reader()
    reader.feed(parser().render(sound(markdown)))
    reader.close()
    return words("".join(reader.seen))


def shown(dealt: list[list[dict[str, Any]]]) -> str:
    return words("".join(visible_text(page) for page in dealt))


def as_view(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Read letter"},
        "blocks": blocks,
    }


def inline(block: dict[str, Any]) -> list[dict[str, Any]]:
    """The inline elements of a block of one paragraph."""
    return block["elements"][0]["elements"]


@given(letters)
def test_blocks_show_every_word(markdown: str) -> None:
    """A letter's blocks show what a web page of it shows: no word is lost or made up."""
    assert words(visible_text(letter_blocks(markdown))) == as_html(markdown)


@given(letters, st.integers(1, 6), st.integers(20, 90))
def test_pages_lose_nothing(markdown: str, blocks: int, characters: int) -> None:
    """The pages together show the whole letter, and each keeps its bounds."""
    dealt = pages(markdown, blocks=blocks, characters=characters)

    assert shown(dealt) == words(visible_text(letter_blocks(markdown)))
    for page in dealt:
        assert len(page) <= blocks
        assert width(words(visible_text(page))) <= characters


@given(prose, st.integers(30, 200))
def test_prose_keeps_within_a_page(text: str, characters: int) -> None:
    """No page of prose shows more characters than it should."""
    for page in pages(text, characters=characters):
        assert width(words(visible_text(page))) <= characters


@given(prose)
def test_a_paragraph_that_fits_is_not_cut(text: str) -> None:
    """A paragraph shorter than a page is one block of one page."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
    dealt = pages(text, characters=4000)

    assert [" ".join(visible_text([block]).split()) for page in dealt for block in page] == (
        paragraphs
    )


@given(letters | st.text(st.characters(codec=None)))
def test_slack_takes_every_letter(markdown: str) -> None:
    """A modal takes the pages of any letter, and a message takes what fits in it."""
    for page in pages(markdown):
        assert check_view(as_view(page)) == []
        assert check_message(page) == []


@given(letters)
def test_nothing_in_a_letter_is_live(markdown: str) -> None:
    """A letter makes text and links only: it pings nobody and turns no colons into emoji."""
    kinds = {
        element["type"]
        for block in letter_blocks(markdown)
        if block["type"] == "rich_text"
        for part in block["elements"]
        for held in part["elements"]
        for element in held.get("elements", [held])
    }

    assert kinds <= {"text", "link"}


@pytest.mark.parametrize("typed", ["<!channel>", "<@U1>", "@here", "<!subteam^S1>", "<b>&</b>"])
def test_a_mention_in_a_letter_is_words(typed: str) -> None:
    """Mentions, broadcasts and raw HTML that were typed in a letter are shown as typed."""
    assert inline(letter_blocks(typed)[0]) == [{"type": "text", "text": typed}]


@pytest.mark.parametrize("letter", LETTERS, ids=str)
def test_the_published_letter_is_a_few_pages(letter: Published) -> None:
    """The published letter, longer than any input, is two pages with every word in them."""
    markdown = letter.text
    dealt = pages(markdown)

    assert len(dealt) == 2
    assert shown(dealt) == as_html(markdown) == words(markdown.removeprefix("# "))
    assert all(len(json.dumps(as_view(page))) < 10_000 for page in dealt)


def test_a_heading_is_a_header_where_it_fits() -> None:
    """A short heading is a header; one that is long or holds a link is a line in bold."""
    short, long, linked = letter_blocks(f"# We *ask*\n\n## {'x' * 151}\n\n# [a](http://b.example)")

    assert short == {
        "type": "header",
        "text": {"type": "plain_text", "text": "We ask", "emoji": False},
    }
    assert inline(long) == [{"type": "text", "text": "x" * 151, "style": {"bold": True}}]
    assert inline(linked) == [
        {"type": "link", "url": "http://b.example", "text": "a", "style": {"bold": True}}
    ]


def test_styles_and_links_are_kept() -> None:
    """Bold, italic, strike, code, links and an image's description reach the reader."""
    (block,) = letter_blocks(
        "**b _bi_** ~~s~~ `c` [l](mailto:office@a.example) ![seal](https://i.example/s.png)"
    )

    assert inline(block) == [
        {"type": "text", "text": "b ", "style": {"bold": True}},
        {"type": "text", "text": "bi", "style": {"bold": True, "italic": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "s", "style": {"strike": True}},
        {"type": "text", "text": " "},
        {"type": "text", "text": "c", "style": {"code": True}},
        {"type": "text", "text": " "},
        {"type": "link", "url": "mailto:office@a.example", "text": "l"},
        {"type": "text", "text": " "},
        {"type": "link", "url": "https://i.example/s.png", "text": "seal"},
    ]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "slack://x", "file:///x", "/x", f"https://a.example/{'x' * 3000}"],
)
def test_only_web_and_mail_addresses_are_links(address: str) -> None:
    """A link that leads anywhere else is shown as typed, so that nothing hides behind it."""
    typed = f"[here]({address})"

    assert inline(letter_blocks(typed)[0]) == [{"type": "text", "text": typed}]


def test_lists_nest_and_count_on() -> None:
    """Lists nest, begin at their number, and go on after what comes between their items."""
    (block,) = letter_blocks("3. three\n   - inner\n4. four\n5. five")

    assert [
        (part["style"], part["indent"], part.get("offset"), len(part["elements"]))
        for part in block["elements"]
    ] == [("ordered", 0, 2, 1), ("bullet", 1, None, 1), ("ordered", 0, 3, 2)]


def test_an_empty_item_and_a_quoted_item() -> None:
    """An item without words keeps its place, and a quotation inside an item stays one."""
    (listed,) = letter_blocks("1.\n2. two")
    item, quotation = letter_blocks("- item\n\n  > said")

    assert visible_text([listed]) == "1. \n2. two"
    assert listed["elements"][0]["elements"][0]["elements"] == [{"type": "text", "text": " "}]
    assert visible_text([item]) == "• item"
    assert quotation["elements"][0]["type"] == "rich_text_quote"


def test_a_list_below_one_keeps_its_numbers() -> None:
    """A list that begins at 0, which Slack cannot count, still shows 0."""
    assert visible_text(letter_blocks("0. preamble\n1. first")) == "0. preamble\n1. first"


def test_quotes_code_rules_and_tables() -> None:
    """Quotations, code, thematic breaks and tables have their own blocks."""
    blocks = letter_blocks(
        "> said\n>\n> - point\n\n```\nx < 1\n```\n\n---\n\n|a|b|\n|-|-|\n|1|*2*|"
    )

    assert [block["type"] for block in blocks] == [*["rich_text"] * 3, "divider", "rich_text"]
    assert [block["elements"][0]["type"] for block in blocks if "elements" in block] == [
        "rich_text_quote",
        "rich_text_list",
        "rich_text_preformatted",
        "rich_text_section",
    ]
    assert blocks[1]["elements"][0]["border"] == 1
    assert visible_text([blocks[4]]) == "a | b\n1 | 2"


def test_a_long_paragraph_is_cut_after_a_sentence() -> None:
    """A paragraph longer than a page is cut where a sentence ends."""
    sentence = "We call on every state to keep the network open. "
    dealt = pages(sentence * 20, characters=280)

    assert len(dealt) > 3
    assert all(visible_text(page).endswith("open.") for page in dealt)


def test_a_heading_is_not_left_behind() -> None:
    """A heading at the end of a page moves to the page of what it heads."""
    first, second = pages(f"{'word ' * 30}\n\n# Principles\n\n{'text ' * 30}", characters=180)

    assert [block["type"] for block in first] == ["rich_text"]
    assert [block["type"] for block in second] == ["header", "rich_text"]


@pytest.mark.parametrize("nested", ["> " * 200, "- " * 200, "1. " * 200, "> - " * 100])
def test_what_is_nested_too_deep_is_shown_as_typed(nested: str) -> None:
    """Words below more levels than any reader follows are still shown."""
    blocks = letter_blocks(f"Before.\n\n{nested}words\n\nAfter.")

    assert visible_text(blocks).split("\n") == ["Before.", f"{nested}words", "After."]


def test_an_empty_letter_is_one_page() -> None:
    """A letter without words is one page without blocks."""
    assert pages(" \n\n") == [[]]


@pytest.mark.parametrize(
    "hostile",
    [
        *("[" * 5_000, "![" * 2_000, "> " * 20_000 + "x", "- " * 5_000 + "x", "`a``b" * 1_500),
        *("**a" * 3_000, "|a" * 3_000 + "\n" + "|-" * 3_000, "a\n\n" * 3_000, "1. a\n" * 3_000),
        *("*a*b" * 3_000, f"[a](http://{'x' * 2900}.example) " * 100, "e" + "\u0301" * 20_000),
        "![" * 700 + "x" + "](http://i.example)" * 700,
    ],
    ids=lambda text: text[:8],
)
def test_a_hostile_letter_stays_within_bounds(hostile: str) -> None:
    """No letter takes long to page, or makes a page that Slack would refuse for its size."""
    begun = time.thread_time()  # a busy machine does not count
    dealt = pages(hostile)

    assert time.thread_time() - begun < 2
    assert shown(dealt) == words(visible_text(letter_blocks(hostile)))
    for page in dealt:
        assert check_view(as_view(page)) == []
        assert len(json.dumps(as_view(page))) < 100_000
