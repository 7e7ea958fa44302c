import pytest

from tests.browser.bolt_app import Gallery
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

DRAW = """async ([module, name, text, options]) => {
    const draw = (await import(`/static/${module}.js`))[name];
    const node = document.createElement("div");
    node.append(...[draw(text, options)].flat());
    for (const one of node.querySelectorAll("*")) {
        for (const { name } of [...one.attributes]) if (name !== "href") one.removeAttribute(name);
    }
    for (const one of node.querySelectorAll("svg, span:empty")) one.remove();
    return node.innerHTML;
}"""

MRKDWN = [
    ("*bold* _it_ ~no~ `c*d*e`", "<b>bold</b> <i>it</i> <s>no</s> <code>c*d*e</code>"),
    ("*_both_* and 2*3*4 snake_case_name", "<b><i>both</i></b> and 2*3*4 snake_case_name"),
    ("* not bold* and *open", "* not bold* and *open"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("> one\n> two\nthree", "<blockquote>one\ntwo</blockquote>three"),
    (">>> all\nof it", "<blockquote>all\nof it</blockquote>"),
    ("a ```x *y*``` b", "a <pre>x *y*</pre> b"),
    ("<https://example.org|the *site*>", '<a href="https://example.org">the *site*</a>'),
    (
        "see https://example.org/a.",
        'see <a href="https://example.org/a">https://example.org/a</a>.',
    ),
    ("<javascript:alert(1)|click>", "<span>click</span>"),
    (
        "<@U0GUEST> <@U404|gone> <!here>",
        "<span>@Guest</span> <span>@gone</span> <span>@here</span>",
    ),
    (
        "<#C0GENERAL|x> #general",
        '<a href="#C0GENERAL">general</a> <a href="#C0GENERAL">general</a>',
    ),
    ("<!date^1798794000^{date_num} {time}|then>", "<time>2027-01-01 10:00</time>"),
    (
        "*<!date^00000000^{_}|_it_ &lt;b&gt; :tada:>* <!date^0^{_}|~>no<!date^0^{_}|~>",
        "<b>_it_ &lt;b&gt; :tada:</b> ~no~",
    ),
    (":tada: :no_such_thing: 10:30:00", "<span>🎉</span> :no_such_thing: 10:30:00"),
]

VERBATIM = "https://example.org #general @here"

MARKDOWN = [
    (
        "# A\n\ntext **b** *i* ~~s~~ `c`",
        "<h2>A</h2><p>text <b>b</b> <i>i</i> <s>s</s> <code>c</code></p>",
    ),
    ("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"),
    ("3. c\n4. d", "<ol><li>c</li><li>d</li></ol>"),
    ("> q\n\n---", "<blockquote><p>q</p></blockquote><hr>"),
    ("```py\nx <y>\n```\nz", "<pre>x &lt;y&gt;</pre><p>z</p>"),
    (
        "[l](https://example.org) <b>x</b>",
        '<p><a href="https://example.org">l</a> &lt;b&gt;x&lt;/b&gt;</p>',
    ),
    ("\\*as typed\\* snake_case_name", "<p>*as typed* snake_case_name</p>"),
]


async def test_mrkdwn_is_read_as_slack_reads_it(gallery: Gallery, open_page: OpenPage) -> None:
    """Marks, quotes, code, links, mentions, dates and emoji become what they mean, and no more."""
    assert gallery
    page = await open_page()
    for text, expected in MRKDWN:
        drawn = await page.evaluate(DRAW, ["mrkdwn", "mrkdwn", text, {}])
        assert drawn == expected, text
    drawn = await page.evaluate(DRAW, ["mrkdwn", "mrkdwn", VERBATIM, {"verbatim": True}])
    assert drawn == VERBATIM


async def test_the_markdown_block_reads_markdown(gallery: Gallery, open_page: OpenPage) -> None:
    """The common marks of Markdown are drawn, and HTML in it stays words."""
    assert gallery
    page = await open_page()
    for text, expected in MARKDOWN:
        assert await page.evaluate(DRAW, ["markdown", "markdownNodes", text, {}]) == expected, text


@pytest.mark.parametrize(
    ("zone", "date", "time", "utc"),
    [
        ("Europe/Berlin", "2026-10-24", "12:00", 1_792_836_000),
        ("Europe/Berlin", "2026-10-25", "12:00", 1_792_926_000),
        ("America/New_York", "2026-03-08", "01:30", 1_772_951_400),
        ("America/New_York", "2026-03-08", "03:30", 1_772_955_000),
        ("Asia/Kolkata", "2026-11-24", "09:00", 1_795_491_000),
    ],
)
async def test_a_wall_clock_time_is_the_right_moment(
    gallery: Gallery, open_page: OpenPage, zone: str, date: str, time: str, utc: int
) -> None:
    """A picked day and time become the moment that they are in their zone, across a change of clocks too."""
    assert gallery
    page = await open_page()
    asked = "async (given) => (await import('/static/times.js')).toUnix(...given)"
    assert await page.evaluate(asked, [date, time, zone]) == utc
    back = "async (given) => (await import('/static/times.js')).fromUnix(...given)"
    assert await page.evaluate(back, [utc, zone]) == {"date": date, "time": time}
