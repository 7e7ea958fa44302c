from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.support.people import Person, Refused
from tests.support.simulator import Simulator

from .bolt import answer_of
from .receiver import Receiver, receiving


def modal(title: str = "Form", *blocks: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A modal with these blocks, or with one button."""
    return {
        "type": "modal",
        "callback_id": title,
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": list(blocks) or [button("more")],
    } | more


def button(action_id: str, text: str = "More") -> dict[str, Any]:
    """An actions block with one button."""
    element = {
        "type": "button",
        "action_id": action_id,
        "text": {"type": "plain_text", "text": text},
    }
    return {"type": "actions", "block_id": f"block_{action_id}", "elements": [element]}


def field(name: str, **more: Any) -> dict[str, Any]:
    """An input block for one line of text."""
    element = {"type": "plain_text_input", "action_id": "text"} | more.pop("element", {})
    label = {"type": "plain_text", "text": name}
    return {"type": "input", "block_id": name, "label": label, "element": element} | more


async def triggered(person: Person, receiver: Receiver) -> str:
    """A fresh trigger id, from a global shortcut."""
    await person.shortcut("start")
    return receiver.last["trigger_id"]


async def opened(
    person: Person, receiver: Receiver, client: AsyncWebClient, view: dict[str, Any]
) -> dict[str, Any]:
    """Open a modal for someone; gives what views.open answered."""
    trigger_id = await triggered(person, receiver)
    answer = await answer_of(client.views_open(trigger_id=trigger_id, view=view))
    assert answer["ok"], answer
    return answer["view"]


async def test_a_trigger_works_once_and_for_three_seconds(
    simulator: Simulator, client: AsyncWebClient
):
    """A trigger id opens one modal, within 3 s of the local Slack's clock."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        trigger_id = await triggered(person, receiver)
        assert (await answer_of(client.views_open(trigger_id=trigger_id, view=modal())))["ok"]
        again = await answer_of(client.views_open(trigger_id=trigger_id, view=modal()))
        assert again["error"] == "exchanged_trigger_id"
        late = await triggered(person, receiver)
        await simulator.clock(advance=3.1)
        answer = await answer_of(client.views_open(trigger_id=late, view=modal()))
        assert answer["error"] == "expired_trigger_id"
        answer = await answer_of(client.views_open(trigger_id="1.2.x", view=modal()))
        assert answer["error"] == "invalid_trigger_id"


async def test_a_patient_slack(simulator: Simulator, client: AsyncWebClient):
    """With more patience a trigger id lives longer."""
    async with receiving(simulator, patience=30) as receiver:
        late = await triggered(simulator.person("U0MEMBER1"), receiver)
        await simulator.clock(advance=3.1)
        assert (await answer_of(client.views_open(trigger_id=late, view=modal())))["ok"]


async def test_a_wrong_view_leaves_the_trigger(simulator: Simulator, client: AsyncWebClient):
    """A view that Slack refuses does not use the trigger up, and is named by a pointer."""
    async with receiving(simulator) as receiver:
        trigger_id = await triggered(simulator.person("U0MEMBER1"), receiver)
        wrong = modal("A title that is longer than 24 letters")
        answer = await answer_of(client.views_open(trigger_id=trigger_id, view=wrong))
        assert answer["error"] == "invalid_arguments"
        assert "[json-pointer:/view/title" in answer["response_metadata"]["messages"][0]
        unsent = modal("Form", field("Name"))
        del unsent["submit"]
        answer = await answer_of(client.views_open(trigger_id=trigger_id, view=unsent))
        assert answer["error"] == "invalid_arguments"
        assert (await answer_of(client.views_open(trigger_id=trigger_id, view=modal())))["ok"]


async def test_at_most_three_on_the_stack(simulator: Simulator, client: AsyncWebClient):
    """A fourth modal is refused; a push needs a trigger from a modal."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        first = await opened(person, receiver, client, modal("1"))
        for title in ("2", "3"):
            await person.click("more")
            trigger_id = receiver.last["trigger_id"]
            pushed = await answer_of(client.views_push(trigger_id=trigger_id, view=modal(title)))
            assert pushed["view"]["root_view_id"] == first["id"]
        await person.click("more")
        trigger_id = receiver.last["trigger_id"]
        answer = await answer_of(client.views_push(trigger_id=trigger_id, view=modal("4")))
        assert answer["error"] == "push_limit_reached"
        stack = await person.stack()
        assert [view["title"]["text"] for view in stack] == ["1", "2", "3"]
        assert stack[2]["previous_view_id"] == stack[1]["id"]


async def test_hash_conflict(simulator: Simulator, client: AsyncWebClient):
    """An update made from an older view is refused."""
    async with receiving(simulator) as receiver:
        view = await opened(simulator.person("U0MEMBER1"), receiver, client, modal())
        first = await answer_of(
            client.views_update(view_id=view["id"], hash=view["hash"], view=modal("New"))
        )
        assert first["view"]["id"] == view["id"]
        late = await answer_of(
            client.views_update(view_id=view["id"], hash=view["hash"], view=modal("Newer"))
        )
        assert late["error"] == "hash_conflict"
        gone = await answer_of(client.views_update(view_id="V0NONE", view=modal()))
        assert gone["error"] == "not_found"


async def test_external_ids_are_unique(simulator: Simulator, client: AsyncWebClient):
    """Two open views cannot share an external id, and one can be updated by it."""
    async with receiving(simulator) as receiver:
        view = modal(external_id="mine")
        await opened(simulator.person("U0MEMBER1"), receiver, client, view)
        trigger_id = await triggered(simulator.person("U0MEMBER2"), receiver)
        answer = await answer_of(client.views_open(trigger_id=trigger_id, view=view))
        assert answer["error"] == "duplicate_external_id"
        answer = await answer_of(client.views_update(external_id="mine", view=modal("New")))
        assert answer["view"]["title"]["text"] == "New"


async def test_too_large(simulator: Simulator, client: AsyncWebClient):
    """A view over 250 kB is refused by its own name."""
    async with receiving(simulator) as receiver:
        trigger_id = await triggered(simulator.person("U0MEMBER1"), receiver)
        text = {"type": "plain_text", "text": "x" * 3000}
        large = modal("Form", *({"type": "section", "text": text} for _ in range(90)))
        answer = await answer_of(client.views_open(trigger_id=trigger_id, view=large))
        assert answer["error"] == "view_too_large"


async def test_what_was_typed_stays(simulator: Simulator, client: AsyncWebClient):
    """An update keeps inputs with the same ids, and starts the others afresh."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        blocks = (field("Name"), field("Role"), button("more"))
        view = await opened(person, receiver, client, modal("Form", *blocks))
        await person.fill(Name="First Member", Role="Chair")
        await person.click("more")
        changed = (
            field("Name"),
            field("Role", block_id="Role2", element={"initial_value": "Member"}),
            button("more"),
        )
        await answer_of(client.views_update(view_id=view["id"], view=modal("Form", *changed)))
        shown = await person.view()
        assert shown
        values = shown["state"]["values"]
        assert values["Name"]["text"]["value"] == "First Member"
        assert values["Role2"]["text"]["value"] == "Member"


ANSWERS: list[tuple[dict[str, Any] | None, list[str]]] = [
    (None, ["1"]),
    ({}, ["1"]),
    ({"response_action": "clear"}, []),
    ({"response_action": "update", "view": modal("New")}, ["1", "New"]),
    ({"response_action": "push", "view": modal("3")}, ["1", "2", "3"]),
]


@pytest.mark.parametrize(("answer", "left"), ANSWERS)
async def test_what_a_submission_is_answered(
    simulator: Simulator, client: AsyncWebClient, answer: dict[str, Any] | None, left: list[str]
):
    """An empty answer closes one modal, `clear` all; `update` and `push` show the next."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        await opened(person, receiver, client, modal("1"))
        await person.click("more")
        await answer_of(client.views_push(trigger_id=receiver.last["trigger_id"], view=modal("2")))
        receiver.answer = lambda _: (200, answer)
        assert await person.submit() is None
        assert [view["title"]["text"] for view in await person.stack()] == left


async def test_errors_stand_at_fields(simulator: Simulator, client: AsyncWebClient):
    """Errors are keyed by input blocks; any other key is a fault of the bot, told as such."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        await opened(person, receiver, client, modal("Form", field("Name"), button("more")))
        await person.fill(Name="x")
        receiver.answer = lambda _: (200, {"response_action": "errors", "errors": {"Name": "No"}})
        assert await person.submit() == {"Name": "No"}
        receiver.answer = lambda _: (200, {"response_action": "errors", "errors": {"other": "No"}})
        with pytest.raises(Refused, match="invalid_answer"):
            await person.submit()
        receiver.answer = lambda _: (200, {"response_action": "update", "view": {"type": "modal"}})
        with pytest.raises(Refused, match="invalid_answer"):
            await person.submit()
        assert len(await person.stack()) == 1


async def test_a_late_answer_leaves_the_modal(simulator: Simulator, client: AsyncWebClient):
    """After 3 s the person is told that it took too long, and can send again."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        await opened(person, receiver, client, modal())
        receiver.delay = 3.3
        with pytest.raises(Refused, match="operation_timeout"):
            await person.submit()
        receiver.delay = 0
        receiver.answer = lambda _: (500, None)
        with pytest.raises(Refused, match="dispatch_failed"):
            await person.submit()
        receiver.answer = lambda _: (200, None)
        assert await person.submit() is None


async def test_slack_itself_refuses_empty_and_odd_inputs(
    simulator: Simulator, client: AsyncWebClient
):
    """A field left empty or mistyped never reaches the bot."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        number = {"type": "number_input", "is_decimal_allowed": False, "max_value": "9"}
        blocks = (
            field("Name"),
            field("Note", optional=True),
            field("Mail", element={"type": "email_text_input"}),
            field("Page", element={"type": "url_text_input"}),
            field("Count", element=number),
            field("Short", element={"max_length": 2}),
        )
        await opened(person, receiver, client, modal("Form", *blocks))
        before = len(receiver.received)
        await person.fill({"Mail": "x", "Page": "x", "Count": "10", "Short": "abc"})
        errors = await person.submit()
        assert errors
        assert set(errors) == {"Name", "Mail", "Page", "Count", "Short"}
        assert len(receiver.received) == before


async def test_closing(simulator: Simulator, client: AsyncWebClient):
    """The bot hears of a closed modal where it asked to; ✕ closes the stack, by its root."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        root = await opened(person, receiver, client, modal("1", notify_on_close=True))
        await person.click("more")
        await answer_of(client.views_push(trigger_id=receiver.last["trigger_id"], view=modal("2")))
        await person.close()
        assert receiver.last["type"] == "block_actions"
        await person.close(everything=True)
        assert receiver.last["type"] == "view_closed"
        assert receiver.last["is_cleared"] is True
        assert receiver.last["view"]["id"] == root["id"]
        await person.sees_no_modal()


async def test_two_windows_have_their_own_stacks(simulator: Simulator, client: AsyncWebClient):
    """A person with two windows can have the same form open in both."""
    async with receiving(simulator) as receiver:
        left, right = (simulator.person("U0MEMBER1", window) for window in ("left", "right"))
        await opened(left, receiver, client, modal("Left"))
        await opened(right, receiver, client, modal("Right"))
        await left.sees_modal("Left")
        assert await right.submit() is None
        await left.sees_modal("Left")


async def test_home(simulator: Simulator, client: AsyncWebClient):
    """A home is published once and updated after; its hash guards it."""
    async with receiving(simulator) as receiver:
        home = {"type": "home", "blocks": [button("more")]}
        person = simulator.person("U0MEMBER1")
        await person.open_home()
        assert "view" not in receiver.last["event"]
        view = (await answer_of(client.views_publish(user_id=person.id, view=home)))["view"]
        again = await answer_of(client.views_publish(user_id=person.id, view=home))
        assert again["view"]["id"] == view["id"]
        answer = await answer_of(
            client.views_publish(user_id=person.id, view=home, hash=view["hash"])
        )
        assert answer["error"] == "hash_conflict"
        await person.open_home()
        assert receiver.last["event"]["view"]["type"] == "home"
        await person.click("More", home=True)
        assert receiver.last["view"]["type"] == "home"


async def test_options_come_from_the_bot(simulator: Simulator, client: AsyncWebClient):
    """An external select shows what the bot offers for the typed word."""
    async with receiving(simulator) as receiver:
        person = simulator.person("U0MEMBER1")
        select = {
            "type": "external_select",
            "placeholder": {"type": "plain_text", "text": "Which"},
        }
        await opened(person, receiver, client, modal("Form", field("Letter", element=select)))
        option = {"text": {"type": "plain_text", "text": "Open Internet"}, "value": "7"}
        receiver.answer = lambda payload: (
            200,
            {"options": [option]} if payload["type"] == "block_suggestion" else None,
        )
        await person.fill(Letter="Open Internet")
        assert receiver.last["value"] == "Open Internet"
        assert await person.submit() is None
        held = receiver.last["view"]["state"]["values"]["Letter"]["text"]
        assert held["selected_option"] == option
