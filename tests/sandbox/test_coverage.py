"""COVERAGE.md speaks of exactly what is simulated."""

import re
from pathlib import Path

import sandbox
from sandbox.routes import OPERATIONS
from sandbox.world import DEFAULTS

TEXT = (Path(sandbox.__file__).parent / "COVERAGE.md").read_text(encoding="utf-8")


def test_every_operation_is_listed_and_no_other():
    listed = re.findall(r"^\| `([A-Z]+ [^`]+)` \|", TEXT, re.MULTILINE)
    root = "/identityGovernance/entitlementManagement"

    assert sorted(listed) == sorted(f"{one.method} {one.template.replace(root, 'EM')}" for one in OPERATIONS)


def test_every_reset_option_is_explained():
    table = TEXT.split("Reset options:")[1].split("## Operations")[0]

    assert set(re.findall(r"^\| (.+?) \|", table, re.MULTILINE)) >= {"`seed`"}
    assert {name for name in DEFAULTS if f"`{name}`" not in table} == set()
