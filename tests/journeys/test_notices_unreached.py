"""A guest whom neither Teams nor mail reaches: whoever answers for them is asked to tell them."""

from __future__ import annotations

from tests.journeys.noticing import advance, delivered
from tests.journeys.stage import Stage


def test_when_nothing_reaches_the_guest_the_sponsor_is_asked_to_tell_them(stage: Stage) -> None:
    address = delivered(stage, 8)
    rule = {"method": "POST", "path": "/sendMail$", "status": 403, "times": 99}
    stage.control("faults", {"rules": [rule]})

    advance(stage, "P1D")

    card = stage.shown("alex", f"{address} could not be told that access ends", "please tell them", seconds=60)
    assert {"Every try", "Extend…"} <= set(stage.titles("alex", card))
    stage.control("faults", {"rules": []})
