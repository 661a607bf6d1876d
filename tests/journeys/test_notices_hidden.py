"""A notice is not lost when Entra shows the guest, or the access, only later."""

from __future__ import annotations

from tests.journeys.noticing import advance, delivered, notices, told
from tests.journeys.stage import Stage, until


def test_a_guest_whom_entra_does_not_show_for_a_while_is_told_once_it_does(stage: Stage) -> None:
    address = delivered(stage, 8)
    person = stage.user(address)["id"]
    rule = {"method": "GET", "path": f"/users/{person}", "status": 404, "times": 1}
    stage.control("faults", {"rules": [rule]})

    advance(stage, "P1D")
    until(lambda: _missed(stage, person), seconds=40, what="Entra says that there is nobody")
    stage.control("faults", {"rules": []})
    assert notices(stage, address) == []
    advance(stage, "PT2H")

    told(stage, address, "ends in 7 days")


def _missed(stage: Stage, person: str) -> bool:
    return any(one["status"] == 404 and f"/users/{person}" in one["url"] for one in stage.requests())
