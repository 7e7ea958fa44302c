"""What the tests need of the machine and Debian has."""

import os
import shutil
import subprocess


def install(package: str) -> bool:
    """Installs a package where Debian's apt is there and we are root; says whether it is there now."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    print(f"Installing {package} …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", package)):
        ran = subprocess.run(
            ["apt-get", *words], check=False, env=environment, stdout=subprocess.DEVNULL
        )
    return ran.returncode == 0
