from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from bot.documents.commands import DocumentCommands
from bot.slack.background import UnderWay
from bot.slack.directory import Directory
from bot.use_cases import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Bot:
    """Dependencies of every listener. Wiring makes one per process."""

    workspace: str
    """The id of the workspace that the bot is installed in."""
    user: str
    """The bot's own user id."""
    database: Database
    client: AsyncWebClient
    directory: Directory
    documents: DocumentCommands
    under_way: UnderWay = field(default_factory=UnderWay)
    """Tasks that continue after a command was answered."""
