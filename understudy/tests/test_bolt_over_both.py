from typing import Any

import pytest

from .bolt import TRANSPORTS, a_simulator, app_of, running_app

FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": {"type": "plain_text", "text": "Sign"},
    "submit": {"type": "plain_text", "text": "Sign"},
    "private_metadata": "kept",
    "blocks": [
        {
            "type": "input",
            "block_id": "name",
            "label": {"type": "plain_text", "text": "Name"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "capacity",
            "dispatch_action": True,
            "label": {"type": "plain_text", "text": "Capacity"},
            "element": {
                "type": "radio_buttons",
                "action_id": "capacity",
                "options": [
                    {"text": {"type": "plain_text", "text": "As myself"}, "value": "self"},
                    {"text": {"type": "plain_text", "text": "For an organisation"}, "value": "org"},
                ],
            },
        },
    ],
}

CARD = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "A letter"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "sign", "text": {"type": "plain_text", "text": "Sign"}}
        ],
    },
]


@pytest.mark.parametrize("transport", TRANSPORTS)
async def test_story(transport: str):
    """A command, a card, a click, a modal and its answers travel through the real Bolt."""
    async with a_simulator() as (simulator, session):
        app = app_of(simulator, session)
        heard: list[dict[str, Any]] = []

        @app.command("/letter")
        async def letter(ack: Any, command: dict[str, Any], client: Any):
            await ack(f"You said {command['text']}")
            await client.chat_postMessage(
                channel=command["channel_id"], text="A letter", blocks=CARD
            )

        @app.action("sign")
        async def sign(ack: Any, body: dict[str, Any], client: Any):
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=FORM)

        @app.action("capacity")
        async def capacity(ack: Any, body: dict[str, Any]):
            await ack()
            heard.append(body)

        @app.view("form")
        async def submitted(ack: Any, body: dict[str, Any], client: Any):
            values = body["view"]["state"]["values"]
            if values["name"]["text"]["value"] == "nobody":
                await ack(response_action="errors", errors={"name": "Who?"})
                return
            await ack()
            await client.chat_postEphemeral(
                channel="C0OPENINTERNET", user=body["user"]["id"], text="Signed"
            )

        @app.event("app_home_opened")
        async def home(event: dict[str, Any], client: Any):
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": CARD})

        async with running_app(simulator, app, transport):
            person = simulator.person("U0MEMBER1")
            await person.command("open-internet", "/letter new one")
            await person.sees("You said new one", channel="open-internet")
            await person.click("Sign", channel="open-internet")
            await person.sees_modal("Sign")
            assert await person.submit() == {
                "name": "Please complete this required field.",
                "capacity": "Please complete this required field.",
            }
            await person.fill(Name="nobody", Capacity="For an organisation")
            assert heard[0]["view"]["state"]["values"]["name"]["text"]["value"] == "nobody"
            assert heard[0]["view"]["private_metadata"] == "kept"
            assert heard[0]["actions"][0]["selected_option"]["value"] == "org"
            assert await person.submit() == {"name": "Who?"}
            await person.fill(Name="First Member")
            assert await person.submit() is None
            await person.sees_no_modal()
            await person.sees("Signed", channel="open-internet")
            await person.open_home()
            await person.sees("A letter", home=True)
            other = simulator.person("U0MEMBER2")
            assert "Signed" not in [m["text"] for m in await other.messages("open-internet")]
