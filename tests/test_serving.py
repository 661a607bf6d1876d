"""`python app.py --sandbox` starts with nothing but itself, and ends when it is told to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.stage import ROOT, free_port, http, until


def test_it_starts_as_people_start_it_and_ends_in_peace(tmp_path: Path) -> None:
    port = str(free_port())
    places = {
        "PORT": port,
        "USHER_SANDBOX_PORT": str(free_port()),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'usher.db'}",
    }
    env = {**os.environ, "HOST": "127.0.0.1", **places}
    log = tmp_path / "usher.log"

    with log.open("ab") as output:
        usher = subprocess.Popen(
            [sys.executable, "app.py", "--sandbox"], cwd=ROOT, env=env, stdout=output, stderr=output
        )
    try:
        until(lambda: usher.poll() is not None or is_ready(port), seconds=50, what=f"it is ready; its log is {log}")
        usher.terminate()
        status = usher.wait(15)
    finally:
        usher.kill()

    assert status == 0, log.read_text()[-2000:]
    assert '"level": "ERROR"' not in log.read_text()


def is_ready(port: str) -> bool:
    try:
        return http("GET", f"http://127.0.0.1:{port}/readyz")[0] == 200
    except OSError:
        return False
