"""`python app.py check` names everything an operator must mend, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox import Server

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def tenant() -> Iterator[Server]:
    with Server() as server:
        yield server


def checked(tenant: Server, folder: Path, **other: str) -> tuple[int, list[str]]:
    """Exit status, and the lines that name something missing."""
    env = {
        **os.environ,
        "MicrosoftAppId": "22222222-2222-4222-8222-222222222222",
        "MicrosoftAppPassword": "secret",
        "MicrosoftAppTenantId": "11111111-1111-4111-8111-111111111111",
        "GRAPH_URL": tenant.url,
        "LOGIN_URL": tenant.url,
        "BOT_OPENID_METADATA_URL": f"{tenant.url}/_control/botframework/openid",
        "DATABASE_URL": f"sqlite:///{folder / 'usher.db'}",
        "USHER_MAIL_FROM": "usher@contoso.onmicrosoft.com",
        "USHER_OAUTH_CONNECTION": "usher-sign-in",
        "BOT_TOKEN_SERVICE_URL": tenant.url,
        **other,
    }
    done = subprocess.run(
        [sys.executable, "app.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True, timeout=50, check=False
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, [line for line in done.stdout.splitlines() if line.startswith("MISSING")]


def test_everything_in_order_is_a_success(tenant: Server, tmp_path: Path) -> None:
    assert checked(tenant, tmp_path) == (0, [])


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("BOT_OPENID_METADATA_URL", "http://127.0.0.1:9/openid", "signing keys"),
        ("BOT_OPENID_METADATA_URL", "{tenant}/_control/clock", "signing keys"),
        ("USHER_OAUTH_CONNECTION", "usher-sing-in", "no OAuth connection setting named 'usher-sing-in'"),
        ("BOT_TOKEN_SERVICE_URL", "http://127.0.0.1:9", "not reachable"),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/usher", "Database"),
        ("DATABASE_URL", "sqlite:////proc/usher/usher.db", "Database"),
    ],
)
def test_what_is_out_of_reach_is_named(tenant: Server, tmp_path: Path, name: str, value: str, said: str) -> None:
    status, missing = checked(tenant, tmp_path, **{name: value.replace("{tenant}", tenant.url)})

    assert status == 1
    assert len(missing) == 1
    assert said in missing[0]
