"""People are told before access ends: at each mark once, whoever restarts and wherever the clock jumps."""

from __future__ import annotations

from tests.journeys.noticing import advance, delivered, digests, notices, told
from tests.journeys.stage import Stage, until


def test_a_guest_and_the_sponsor_are_told_at_every_mark_once_over_a_restart(stage: Stage) -> None:
    address = delivered(stage, 14)

    advance(stage, "P7D")
    told(stage, address, "ends in 7 days")
    stage.bot.kill()
    stage.bot.start()
    advance(stage, "P6D")
    told(stage, address, "ends in 7 days", "ends tomorrow")
    advance(stage, "P1D")
    told(stage, address, "ends in 7 days", "ends tomorrow", "has ended")
    until(lambda: len(digests(stage, "alex", address)) == 3, what="the sponsor has a digest for each mark")

    advance(stage, "P1D")
    assert notices(stage, address) == ["ends in 7 days", "ends tomorrow", "has ended"]
