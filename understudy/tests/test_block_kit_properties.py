import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bolt_understudy.block_kit import check_message, check_view, total_text
from tests.support.block_kit import modal, problems, resolve, with_part
from tests.support.block_kit_samples import BLOCKS

WORDS = st.text(min_size=1, max_size=70)
PLAIN = st.builds(lambda text: {"type": "plain_text", "text": text}, WORDS)
TEXTS = PLAIN | st.builds(lambda text: {"type": "mrkdwn", "text": text}, WORDS)
VALUES = st.text(max_size=150)


def of_type(name: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"type": st.just(name), **fields})


def up_to(most: int, each: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=1, max_size=most)


CONFIRM = st.fixed_dictionaries(
    {"title": PLAIN, "text": TEXTS}
    | dict.fromkeys(("confirm", "deny"), PLAIN.filter(lambda text: len(text["text"]) <= 30))
)
OPTIONS = up_to(4, st.fixed_dictionaries({"text": PLAIN, "value": VALUES}))
BUTTON = of_type("button", text=PLAIN, value=VALUES, confirm=CONFIRM) | of_type(
    "button", text=PLAIN, style=st.sampled_from(["primary", "danger"])
)
MENU = of_type("static_select", options=OPTIONS, placeholder=PLAIN) | of_type(
    "overflow", options=OPTIONS
)
ASKED = (
    of_type("plain_text_input", placeholder=PLAIN, multiline=st.booleans())
    | of_type("radio_buttons", options=OPTIONS)
    | of_type("datepicker", initial_date=st.dates().map(str), confirm=CONFIRM)
    | of_type("datetimepicker", initial_date_time=st.integers(10**9, 10**10 - 1))
)
INLINE = of_type("text", text=WORDS) | of_type("user", user_id=WORDS)
RICH_SECTION = of_type("rich_text_section", elements=up_to(3, INLINE))
RICH_LIST = of_type(
    "rich_text_list", style=st.sampled_from(["bullet", "ordered"]), elements=up_to(2, RICH_SECTION)
)
RICH_TEXT = of_type("rich_text", elements=up_to(3, RICH_SECTION | RICH_LIST))
BLOCK = (
    of_type("section", text=TEXTS, accessory=BUTTON | MENU)
    | of_type("section", fields=up_to(10, TEXTS))
    | of_type("header", text=PLAIN)
    | of_type("divider")
    | of_type("context", elements=up_to(10, TEXTS))
    | of_type("actions", elements=up_to(5, BUTTON | MENU))
    | of_type("input", label=PLAIN, element=ASKED, optional=st.booleans())
    | RICH_TEXT
)


def numbered(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**block, "block_id": f"block {number}"} for number, block in enumerate(blocks)]


SOME_BLOCKS = up_to(6, BLOCK).map(numbered)
PAYLOAD = SOME_BLOCKS.map(lambda blocks: {"blocks": blocks}) | SOME_BLOCKS.map(
    lambda blocks: modal(*blocks)
)


def parts(part: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Every part of a payload under a pointer, that one not among them."""
    inside: list[tuple[Any, Any]] = []
    if isinstance(part, list):
        inside = list(enumerate(part))
    elif isinstance(part, dict):
        inside = list(part.items())
    for name, inner in inside:
        yield f"{pointer}/{name}", inner
        yield from parts(inner, f"{pointer}/{name}")


def blocks_of(payload: dict[str, Any]) -> str:
    return "/view/blocks" if "view" in payload else "/blocks"


def pointers(payload: dict[str, Any]) -> list[str]:
    """List the places of the problems; each pointer leads somewhere."""
    found = [problem.pointer for problem in problems(payload)]
    for pointer in found:
        resolve(payload, pointer)
    return found


@given(PAYLOAD)
def test_a_sound_payload_is_taken_and_left_as_it_is(payload: dict[str, Any]) -> None:
    """A payload built within the rules has no problem, and the look changes nothing."""
    before = json.dumps(payload)
    assert pointers(payload) == []
    assert json.dumps(payload) == before


@given(PAYLOAD, st.data())
def test_a_text_that_grows_is_found(payload: dict[str, Any], data: st.DataObject) -> None:
    """Any one text object made too long is the one problem, and the pointer leads to it."""
    texts = [
        f"{pointer}/text"
        for pointer, part in parts(resolve(payload, blocks_of(payload)), blocks_of(payload))
        if isinstance(part, dict) and part.get("type") in ("plain_text", "mrkdwn")
    ]
    if texts:
        pointer = data.draw(st.sampled_from(texts))
        assert pointers(with_part(payload, pointer, "x" * 3001)) == [pointer]
        assert pointers(with_part(payload, pointer, "")) == [pointer]


@given(PAYLOAD, st.data())
def test_a_part_that_is_lost_is_found(payload: dict[str, Any], data: st.DataObject) -> None:
    """Null in the place of any part is the one problem, and the pointer leads to it."""
    places = parts(resolve(payload, blocks_of(payload)), blocks_of(payload))
    pointer = data.draw(st.sampled_from([pointer for pointer, _ in places]))
    assert pointers(with_part(payload, pointer, None)) == [pointer]


@given(PAYLOAD, st.data())
def test_a_field_that_slack_does_not_know_is_found(
    payload: dict[str, Any], data: st.DataObject
) -> None:
    """An invented field in any object is the one problem, and the pointer leads to the object."""
    places = parts(payload, "")
    objects = [pointer for pointer, part in places if isinstance(part, dict)]
    pointer = data.draw(st.sampled_from(objects))
    more = with_part(payload, pointer, {**resolve(payload, pointer), "invented": 1})
    assert pointers(more) == [pointer]


@given(PAYLOAD, st.data())
def test_a_list_that_is_emptied_is_found(payload: dict[str, Any], data: st.DataObject) -> None:
    """Any list of a block without its items, rich text aside, is the one problem."""
    lists = [
        pointer
        for pointer, part in parts(resolve(payload, blocks_of(payload)), blocks_of(payload))
        if isinstance(part, list)
        and not str(resolve(payload, pointer.rpartition("/")[0])["type"]).startswith("rich_text")
    ]
    if lists:
        pointer = data.draw(st.sampled_from(lists))
        assert pointers(with_part(payload, pointer, [])) == [pointer]


@given(PAYLOAD, st.data())
def test_a_block_id_that_is_taken_is_found(payload: dict[str, Any], data: st.DataObject) -> None:
    """A block_id given to two blocks is the one problem, at the later block."""
    place = blocks_of(payload)
    count = len(resolve(payload, place))
    earlier, later = sorted(data.draw(st.tuples(*[st.integers(0, count - 1)] * 2)))
    taken = resolve(payload, f"{place}/{earlier}/block_id")
    pointer = f"{place}/{later}/block_id"
    expected = [] if earlier == later else [pointer]
    assert pointers(with_part(payload, pointer, taken)) == expected


@given(PAYLOAD)
def test_total_text_is_the_sum_of_the_blocks(payload: dict[str, Any]) -> None:
    """The text of a payload is that of its blocks, one by one."""
    blocks = resolve(payload, blocks_of(payload))
    assert total_text(blocks) == sum(total_text(block) for block in blocks)


NAMES = sorted(
    {step for block, _ in BLOCKS for pointer, _ in parts(block, "") for step in pointer.split("/")}
)
TYPES = sorted(
    {
        part
        for block, _ in BLOCKS
        for pointer, part in parts([block], "")
        if pointer.endswith("/type") and isinstance(part, str)
    }
)
ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(TYPES),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
        | st.dictionaries(st.sampled_from(NAMES), inner, max_size=5).flatmap(
            lambda part: st.sampled_from(TYPES).map(lambda name: {**part, "type": name})
        )
    ),
    max_leaves=25,
)


@settings(max_examples=300)
@given(st.lists(ODD, max_size=4), st.dictionaries(st.sampled_from(NAMES), ODD, max_size=4))
def test_no_payload_is_too_odd_to_be_judged(blocks: list[Any], frame: dict[str, Any]) -> None:
    """Any JSON at all is judged, and what is found can be shown."""
    views = ({**frame, "type": "modal", "blocks": blocks}, {**frame, "type": "home"}, frame)
    for problem in check_message(blocks):
        resolve({"blocks": blocks}, problem.pointer)
    for view in views:
        for problem in check_view(view):
            resolve({"view": view}, problem.pointer)
    total_text(blocks)


@settings(max_examples=300)
@given(st.sampled_from(BLOCKS), ODD, st.data())
def test_no_part_is_too_odd_to_be_judged(
    sample: tuple[dict[str, Any], Any], odd: Any, data: st.DataObject
) -> None:
    """A sound block with one part replaced by any JSON is judged, not crashed on."""
    payload = {"blocks": [sample[0]]}
    pointer = data.draw(st.sampled_from([pointer for pointer, _ in parts(payload, "")]))
    changed = with_part(payload, pointer, odd)
    for problem in problems(changed):
        resolve(changed, problem.pointer)
