from bolt_understudy.answers import say
from bolt_understudy.errors import SlackError
from bolt_understudy.local_slack import LocalSlack
from bolt_understudy.posting import post
from bolt_understudy.to_bot import payloads
from bolt_understudy.to_bot.deliveries import Delivery
from bolt_understudy.typed import escaped, plain
from bolt_understudy.workspace.store import SLACKBOT


async def run_command(
    slack: LocalSlack, *, user: str, channel_id: str, typed: str, window: str = ""
) -> None:
    """Send a slash command to the bot and show its answer.

    Raises:
        SlackError: `unknown_command` if the app has none of this name or the person is from
            another organisation, `operation_timeout` or `dispatch_failed` if the bot did not
            acknowledge, `invalid_answer` for an ack that Slack cannot show. In each case the
            person sees a line about it.
    """
    workspace = slack.workspace
    channel = workspace.channels[channel_id]
    name, _, text = typed.strip().partition(" ")
    command = slack.manifest.command(name)
    if command is None or workspace.is_outsider(user):
        _slackbot(
            slack,
            user,
            channel_id,
            f"`{name}` is not a valid command. In Slack, all messages that start with the “/” "
            "character are interpreted as commands.",
        )
        raise SlackError("unknown_command", f"{name} is not a command for this person")
    path = slack.response_urls.issue(
        "commands", team=workspace.team.id, user=user, channel=channel_id
    )
    form = escaped if command.should_escape else plain
    payload = payloads.slash_command(
        slack,
        user=user,
        channel=channel,
        command=name,
        text=form(workspace, text.strip()),
        trigger_id=slack.triggers.issue(user, window=window, channel=channel_id),
        response_url=slack.address + path,
    )
    ack = await slack.transport.send(
        Delivery(
            kind="slash_commands",
            title=typed.strip(),
            payload=payload,
            url=command.url,
            answerable=True,
        )
    )
    if not ack.ok:
        _failed(slack, user, channel_id, name, ack.error)
        raise SlackError(ack.error, f"{name}: {ack.failure}")
    try:
        say(slack, ack.body, user=user, channel=channel_id)
    except SlackError as error:
        _failed(slack, user, channel_id, name, error.error)
        raise SlackError("invalid_answer", f"{error.error}: {error.detail}") from error


def _failed(slack: LocalSlack, user: str, channel: str, name: str, error: str) -> None:
    _slackbot(slack, user, channel, f'{name} failed with the error "{error}"')


def _slackbot(slack: LocalSlack, user: str, channel: str, text: str) -> None:
    post(slack, slack.workspace.channels[channel], user=SLACKBOT, text=text, only_for=user)
