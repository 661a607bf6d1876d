"""Run every static check side by side and show the output of each that finds something."""

import subprocess
from concurrent.futures import ThreadPoolExecutor

from dev.environment import ROOT, announce, executable
from dev.pins import unpinned

_TYPED = ("app.py", "bot", "cards", "letters", "packagefiles", "make.py", "dev")


def lint_all() -> int:
    """Afterwards each check has said ok or shown its findings; returns 1 when any found something."""
    checks = {
        "ruff check": [executable("ruff"), "check", "--quiet"],
        "ruff format": [executable("ruff"), "format", "--check", "--quiet"],
        "mypy": [executable("mypy"), *_TYPED],
        "import rules": [executable("lint-imports")],
    }
    with ThreadPoolExecutor(max_workers=2) as pool:
        outputs = dict(zip(checks, pool.map(_findings, checks.values()), strict=True))
    outputs["pinned versions"] = "\n".join(unpinned())
    for name, output in outputs.items():
        announce(f"{name}: {'ok' if not output else 'FAILED'}")
        if output:
            announce(output)
    return 1 if any(outputs.values()) else 0


def _findings(command: list[object]) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return "" if done.returncode == 0 else done.stdout.strip() or f"ended with {done.returncode}"
