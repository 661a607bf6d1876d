"""Find Chromium for the browser tests, or install it where this account may."""

import os
import shutil
import subprocess
from pathlib import Path

from dev.environment import ROOT, announce, executable

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""For root accounts and closed networks: the sandbox needs user namespaces, the rest would call home."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge")
_DEBIAN_PACKAGES = ("chromium", "fonts-liberation", "fonts-noto-color-emoji")
_INSTALL_SECONDS = 300


def find_chromium() -> str | None:
    """The program to drive: CHROMIUM if set, the machine's own, or the one playwright downloaded."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, _NAMES) if path), None) or _downloaded()


def ensure_chromium() -> str | None:
    """Afterwards Chromium is installed where that is possible; None (said loudly) where it is not.

    Root accounts with apt-get get Debian's package, everyone else playwright's own download.
    """
    found = find_chromium()
    if found is None:
        announce("No Chromium on this machine: installing it for the browser tests")
        _install()
        found = find_chromium()
    if found is None:
        announce("!" * 78)
        announce("!! No Chromium could be installed: THE BROWSER TESTS WILL BE SKIPPED.")
        announce("!! Install Chromium or Chrome, or name one with CHROMIUM=/path/to/it.")
        announce("!" * 78)
    return found


def _install() -> None:
    geteuid = getattr(os, "geteuid", None)
    if geteuid is not None and geteuid() == 0 and shutil.which("apt-get"):
        command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *_DEBIAN_PACKAGES]
        if _call(command) or (_call(["apt-get", "update", "-q"]) and _call(command)):
            return
    _call([str(executable("python")), "-m", "playwright", "install", "chromium"])


def _downloaded() -> str | None:
    """Where playwright puts its own Chromium; asked of playwright, because it differs by system."""
    code = "from playwright.sync_api import sync_playwright as p\nwith p() as q: print(q.chromium.executable_path)"
    try:
        asked = subprocess.run(
            [executable("python"), "-c", code], check=False, capture_output=True, text=True, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    path = asked.stdout.strip()
    return path if path and Path(path).exists() else None


def _call(command: list[str]) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            check=False,
            cwd=ROOT,
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        announce(f"{command[0]}: {error}")
        return False
    if done.returncode != 0:
        announce("\n".join([f"{' '.join(command)} failed:", *done.stdout.splitlines()[-5:]]))
    return done.returncode == 0
