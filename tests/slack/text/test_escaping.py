import html
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.characters import sound
from bot.slack.text.escaping import clip, date_token, escape, fit, isolate, mrkdwn, plain, width
from tests.support.shared import ROOT

ISOLATE, END = "\u2068", "\u2069"
FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
WAVE = "\U0001f44b\U0001f3fd"
FLAG = "\U0001f1ee\U0001f1ea"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
HEART = "\u2764\ufe0f"
KSHA = "\u0915\u094d\u0937"
HAN = "\u1112\u1161\u11ab"

anything = st.text(st.characters() | st.sampled_from("\u200d\ufe0f\u0301\u2066\u2068\u2069 \n"))


@given(st.text(st.characters(exclude_characters=ISOLATE)))
def test_escaping_can_be_undone(text: str) -> None:
    """Nothing but the three signs is encoded, and each is."""
    escaped = escape(text)

    assert not set("<>") & set(escaped)
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@pytest.mark.parametrize(
    "typed", ["<!channel>", "<@U1>", "<!subteam^S1>", "<https://evil.example|slack.com>"]
)
def test_nothing_typed_stays_live(typed: str) -> None:
    """A broadcast, mention or disguised link that somebody typed is words."""
    assert escape(typed) == html.escape(typed, quote=False)


DEAD = "<!date^00000000^{_}|"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Open _Source_ ~Lab~", f"Open {DEAD}_Source_ ~Lab~>"),
        ("*a*|_b_^`c`", f"{DEAD}*a*>|{DEAD}_b_>^{DEAD}`c`>"),
        (":tada: <b> & _", f"{DEAD}:tada: &lt;b&gt; &amp; _>"),
        ("\uff0awide\uff0a \uff3fa\uff40", f"{DEAD}\uff0awide\uff0a \uff3fa\uff40>"),
        ("AT&T: 10:30", "AT&amp;T: 10:30"),
    ],
)
def test_marks_are_dead(typed: str, shown: str) -> None:
    """Slack shows a name's own marks as they were typed: as the fallback of a date."""
    assert escape(isolate(typed)) == f"{ISOLATE}{shown}{END}"


def test_our_own_marks_stay() -> None:
    """Only what is marked as somebody's words loses its marks, not the sentence around it."""
    assert escape(f"*{isolate('a')}*: `/letter list`") == f"*{isolate('a')}*: `/letter list`"


def test_marked_words_are_plain_text() -> None:
    """A text with typed marks and no reference is plain text: our emphasis goes, emoji stay."""
    text = f":lock: *{escape(isolate('<Open> _Source_ :lock:'))}* `/letter`"

    assert mrkdwn(text) == {
        "type": "plain_text",
        "text": f"🔒 {isolate('<Open> _Source_ :lock:')} /letter",
        "emoji": False,
    }


def test_references_beside_marked_words_work() -> None:
    """A text that needs a date or a mention stays `mrkdwn`, with the typed marks dead, and fits."""
    name = escape(isolate("_a|" * 900))

    made = mrkdwn(f"<@U1> signed: {name}")

    assert made["type"] == "mrkdwn"
    assert made["text"].startswith("<@U1> signed:")
    assert width(made["text"]) <= 3000
    assert "_" not in re.sub(r"<[^<>]*>", "", made["text"])


@given(st.text(st.sampled_from("_*a&<|: "), max_size=60), st.integers(0, 200))
def test_a_cut_leaves_nothing_live(typed: str, limit: int) -> None:
    """No reference or entity is halved and no typed mark comes alive, however a text is cut."""
    clipped = clip(f"<@U1> {escape(isolate(typed))} &amp; <!date^1^{{time}}|1 &lt; 2>", limit)

    outside = re.sub(r"<[@!][^<>]*>", "", clipped)
    assert not set("<>_*") & set(outside)
    assert "&" not in re.sub("&(amp|lt|gt);", "", clipped)


def test_every_emoji_of_ours_has_a_sign() -> None:
    """Each `:name:` that our own sentences begin with has its sign for plain text."""
    names = {
        name
        for path in (ROOT / "bot").rglob("slack/**/*.py")
        for name in re.findall(r'"(:[a-z_]+:) ', path.read_text())
    }
    assert len(names) > 5
    for name in names:
        assert mrkdwn(f"{name} {escape(isolate('_'))}")["text"][0] != ":"


def test_mrkdwn_is_verbatim() -> None:
    """Bare addresses and `@here` in a mrkdwn text are not made live by Slack."""
    assert mrkdwn("*Sign*") == {"type": "mrkdwn", "text": "*Sign*", "verbatim": True}


def test_plain_keeps_colons() -> None:
    """A plain text keeps `:smile:` as it was typed, and fits its limit."""
    expected = {"type": "plain_text", "text": ":smi…", "emoji": False}

    assert plain(":smile:", 5) == expected


@given(anything, st.integers(0, 40))
def test_a_clipped_text_fits(text: str, limit: int) -> None:
    """A clipped text never runs over, is whole where it fits, and says where it was cut."""
    clipped = clip(text, limit)

    assert width(clipped) <= limit
    assert (clipped == text) == (width(text) <= limit)
    if clipped and clipped != text:
        assert text.startswith(clipped.rstrip(END).removesuffix("…"))


@given(anything, st.integers(0, 40))
def test_a_cut_isolate_is_closed(text: str, limit: int) -> None:
    """The direction of a name does not leak out of it, however the text is cut."""
    assert open_isolates(clip(text, limit)) <= open_isolates(text)


def test_a_name_cut_short_stays_isolated() -> None:
    """A text cut inside a name still ends the name's isolate."""
    assert clip(f"Signed by {isolate('Organiser')}", 16) == f"Signed by {ISOLATE}Org…{END}"


def open_isolates(text: str) -> int:
    depth = 0
    for character in text:
        if character in "\u2066\u2067\u2068":
            depth += 1
        elif character == END:
            depth = max(0, depth - 1)
    return depth


@pytest.mark.parametrize("grapheme", [FAMILY, WAVE, FLAG, SCOTLAND, HEART, KSHA, HAN, "e\u0301"])
def test_a_character_is_kept_whole_or_left_out(grapheme: str) -> None:
    """A character as a reader sees it is never halved, wherever the limit falls."""
    text = f"a{grapheme}{grapheme}b"
    whole = {"", "a", f"a{grapheme}", f"a{grapheme * 2}", text}

    cuts = {text[: fit(text, limit)] for limit in range(width(text) + 1)}

    assert cuts == whole


@given(anything, st.integers(0, 40))
def test_a_cut_never_leaves_a_mark_alone(text: str, limit: int) -> None:
    """The rest of a cut text begins with no combining mark and follows no joiner."""
    at = fit(text, limit)

    if 0 < at < len(text):
        assert not unicodedata.category(text[at]).startswith("M")
        assert text[at - 1] != "\u200d"


def test_an_isolate_cannot_be_broken_out_of() -> None:
    """A name with direction controls or line ends of its own stays inside its isolate."""
    name = "Guest\u202e \u2069\u2067Member\u2029two\u200f"

    assert isolate(name) == f"{ISOLATE}Guest Member two\u200f{END}"


@given(st.text())
def test_an_isolated_name_has_one_isolate(name: str) -> None:
    """One isolate opens before any name and closes after it, whatever the name holds."""
    isolated = isolate(name)

    assert isolated[0] == ISOLATE
    assert isolated[-1] == END
    assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\n\u2029") & set(isolated[1:-1])


def test_a_date_reads_in_the_readers_time_zone() -> None:
    """A date is Slack's token, with a fallback that cannot end it early."""
    token = date_token(1_790_000_000, "{date_short_pretty} {time}", "21 Sep <UTC>|^")

    assert token == "<!date^1790000000^{date_short_pretty} {time}|21 Sep &lt;UTC&gt;  >"


@given(st.text(st.characters(codec=None) | st.sampled_from("\x00\r\x85\ud800\udc00\ufffe")))
def test_a_sound_text_can_be_sent(text: str) -> None:
    """No control, lone surrogate or odd line end is left, and a second cleaning changes nothing."""
    cleaned = sound(text)

    cleaned.encode()
    json.dumps(cleaned)
    assert sound(cleaned) == cleaned
    assert not [c for c in cleaned if unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\n"]
