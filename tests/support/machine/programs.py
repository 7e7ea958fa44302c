"""Programs that the tests need and no Python package brings."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program, and how it comes to a machine."""

    package: str
    """Debian's name for it."""
    names: tuple[str, ...]
    """Names under which it may be found."""
    why: str
    """The reason that people read before it is installed."""
    variable: str = ""
    """The environment variable that names it where it has another name."""
    brew: str = ""
    """Homebrew's words for it, where it exists on a Mac."""

    @property
    def path(self) -> str | None:
        """Return the path of the program."""
        named = os.environ.get(self.variable) if self.variable else None
        return named or next(filter(None, map(shutil.which, self.names)), None)

    @property
    def line(self) -> str:
        """The one line to type that brings it here."""
        if shutil.which("apt-get"):
            return f"sudo apt-get install --no-install-recommends {self.package}"
        if sys.platform == "darwin" and self.brew:
            return f"brew install {self.brew}"
        if self.variable:
            return f"export {self.variable}=/the/path/of/{self.package}"
        return f"install {self.package} as this system does"


CHROMIUM = Program(
    package="chromium",
    names=("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    why="The tests in tests/browser use the demo's page in a real browser.",
    variable="CHROMIUM",
    brew="--cask chromium",
)
STRACE = Program(
    package="strace",
    names=("strace",),
    why="Two tests in tests/torture let calls to the kernel fail while somebody signs.",
)


def have(program: Program) -> bool:
    """Look for a program; as root, where apt is, install it after saying so.

    Elsewhere it says which line to type. Return whether the program is there now.
    """
    if program.path:
        return True
    print(f"{program.package} isn't on this machine. {program.why}", flush=True)
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        print(f"To install it, type: {program.line}", flush=True)
        return False
    print(f"Installing Debian's package {program.package} with apt-get …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (
        ("update", "-qq"),
        ("install", "-y", "-qq", "--no-install-recommends", program.package),
    ):
        subprocess.run(["apt-get", *words], check=False, env=environment, stdout=subprocess.DEVNULL)
    return program.path is not None


if __name__ == "__main__":
    sys.exit(not have(CHROMIUM))
