"""The command line: all commands, each with the function in `bot/commands` that runs it.

A module is imported only when one of its commands runs, so that commands start quickly and use
little memory. `tests/commands` resolves every import path in this module.
"""

import gc
import os
import sys

import cyclopts

from bot import __version__
from bot.letters.refusals import Refused
from bot.settings import SettingsError

app = cyclopts.App(
    name="undersigned",
    help="Gather signatures for joint letters in Slack, where your coalition already talks.",
    version=__version__,
    version_flags=["--version"],
)
letters = cyclopts.App(name="letters", help="Import, post, change, list and export letters.")
invitations = cyclopts.App(name="invitations", help="Export invitations as a table.")
people = cyclopts.App(name="people", help="Export or erase all data about a person.")
workspace = cyclopts.App(name="workspace", help="Erase a whole workspace.")
secrets = cyclopts.App(name="secrets", help="Make keys to encrypt email addresses in the database.")
app.command(letters)
app.command(people)
app.command(workspace)
app.command(secrets)
letters.command(invitations)

COMMANDS = "bot.commands"

app.command(f"{COMMANDS}.processes:run", name="run")
app.command(f"{COMMANDS}.processes:serve", name="serve")
app.command(f"{COMMANDS}.processes:worker", name="worker")
app.command(f"{COMMANDS}.database:migrate", name="migrate")
app.command(f"{COMMANDS}.database:backup", name="backup")
app.command(f"{COMMANDS}.doctor:doctor", name="doctor")
app.command(f"{COMMANDS}.database:restore", name="restore")
app.command(f"{COMMANDS}.manifest:print_manifest", name="manifest")
app.command(f"{COMMANDS}.demo:demo", name="demo")

letters.command(f"{COMMANDS}.letters.posting:import_letter", name="import")
letters.command(f"{COMMANDS}.letters.posting:post_letter", name="post")
letters.command(f"{COMMANDS}.letters.posting:amend_letter", name="amend")
letters.command(f"{COMMANDS}.letters.lists:list_letters", name="list")
letters.command(f"{COMMANDS}.letters.posting:letter_organisers", name="organisers")
letters.command(f"{COMMANDS}.letters.history:letter_history", name="history")
letters.command(f"{COMMANDS}.letters.history:letter_erase", name="erase")
letters.command(f"{COMMANDS}.letters.reading:read_entries", name="read")
letters.command(f"{COMMANDS}.letters.adding:add_signatures", name="add")
letters.command(f"{COMMANDS}.letters.adding:invite", name="invite")
letters.command(f"{COMMANDS}.letters.lists:export", name="export")
letters.command(f"{COMMANDS}.letters.lists:delivered", name="delivered")
letters.command(f"{COMMANDS}.letters.documents:document", name="document")
letters.command(f"{COMMANDS}.letters.documents:press", name="press")
letters.command(f"{COMMANDS}.letters.publishing:publish", name="publish")

people.command(f"{COMMANDS}.people:people_export", name="export")
people.command(f"{COMMANDS}.people:people_erase", name="erase")
workspace.command(f"{COMMANDS}.people:workspace_erase", name="erase")
secrets.command(f"{COMMANDS}.secrets:new_key", name="new")

invitations.command(f"{COMMANDS}.letters.adding:export_invitations", name="export")


def main() -> None:
    """Run a command; exit with a message if the environment or the input is wrong."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        # A terminal without our quotation marks shows “?” for them.
        reconfigure(errors="replace")
    # Most objects loaded at the start stay alive, and collecting took a tenth of the start.
    gc.set_threshold(100_000, 20, 50)
    try:
        words, groups, _ = app.parse_commands()
        group = groups[-2] if words and words[-1] in app.help_flags else groups[-1]
        if group.default_command is None:
            # The group prints its help, with one line for each command.
            group.resolved_commands()
        else:
            from bot.logs import configure  # noqa: PLC0415 - help logs nothing

            # Standard output is for results, which other programs read.
            configure()
        try:
            app()
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Who read the output, such as `head`, has read enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except SettingsError as error:
        sys.exit(f"undersigned: {error}")
    except Refused as refused:
        from bot.locales import words  # noqa: PLC0415 - only a refusal needs them
        from bot.slack.refusal_words import sentence  # noqa: PLC0415 - the same

        field = f"{refused.refusal.field}: " if refused.refusal.field else ""
        sys.exit(f"undersigned: {field}{sentence(words('en'), refused.refusal)}")
    except Exception as error:
        from bot.schema import trouble  # noqa: PLC0415 - the same

        said = trouble(error)
        if not said:
            raise
        sys.exit(f"undersigned: {said}")
