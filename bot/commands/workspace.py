"""`undersigned workspace erase`."""

from bot.commands.erasing import ask, erasing, workspace_named
from bot.commands.terminal import Flag
from bot.features.privacy.use_cases import erasure
from bot.schema import alone
from bot.settings import read


async def workspace_erase(workspace: str = "", *, yes: Flag = False) -> None:
    """Erase a workspace with all its letters for good.

    Args:
        workspace: Its id (T…), if there are several.
        yes: Do it without asking.
    """
    ask(
        f"{f'Workspace {workspace}' if workspace else 'The workspace'}, with all its letters.",
        yes=yes,
    )
    settings = read()
    with alone(settings):
        async with erasing(settings) as database:
            here = await workspace_named(database, workspace)
            await erasure.erase_workspace(database, workspace=here)
    print(f"Erased: {here}")
