"""The benchmarks run, so that they cannot rot between two releases."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SECONDS = 170
ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.timeout(SECONDS + 10)
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="CPU time is read from /proc")
def test_a_quick_run_measures_every_row() -> None:
    command = [sys.executable, "-m", "benchmarks", "--quick"]

    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        try:
            shown, complaints = running.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            # Its servers too, or they would outlive the test.
            os.killpg(running.pid, signal.SIGKILL)
            raise

    assert running.returncode == 0, complaints[-2000:]
    assert shown.count("\n| ") == 9
