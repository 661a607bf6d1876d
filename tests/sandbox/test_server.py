"""The sandbox on its own: in a thread, and as a program."""

import json
import os
import re
import subprocess
import sys
import urllib.request

import pytest

from sandbox import Server


def fetch(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.load(answer)


def test_it_answers_in_a_thread_until_the_block_ends():
    with Server({"seed": "empty"}) as running:
        url = running.url
        assert fetch(f"{url}/_control/clock")["now"]

    with pytest.raises(OSError, match="refused"):
        fetch(f"{url}/_control/clock")


def test_a_port_in_use_is_reported_at_once():
    with Server({"seed": "empty"}) as running, pytest.raises(OSError), Server({"seed": "empty"}, port=running.port):
        pass


def test_it_runs_as_a_program():
    command = [sys.executable, "-m", "sandbox", "--port", "0", "--options", '{"seed": "empty"}']
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}

    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as program:
        try:
            said = program.stderr.readline()
            url = re.search(r"http://\S+", said)[0]
            assert fetch(f"{url}/_control/state")["tenant"]["domain"] == "contoso.onmicrosoft.com"
        finally:
            program.terminate()
