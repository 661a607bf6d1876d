"""The digest comes as often as people chose, never in their quiet hours, and not about what they know already."""

from __future__ import annotations

from tests.journeys.noticing import DIGEST, NAMED, advance, delivered, digested, digests, told, weekday
from tests.journeys.stage import Stage, readable
from tests.journeys.test_expiring import choice


def test_in_quiet_hours_no_digest_comes_and_one_for_all_afterwards(stage: Stage) -> None:
    stage.ask("alex", "digest daily quiet 0:00-23:59", "Quiet hours")
    first, second = delivered(stage, 8), delivered(stage, 8)
    advance(stage, "P1D")
    told(stage, first, "ends in 7 days")
    told(stage, second, "ends in 7 days")
    silent = digests(stage, "alex", first)

    stage.ask("alex", "digest quiet off", "none")

    card = stage.shown("alex", DIGEST, f"({first})", f"({second})", seconds=30)
    assert silent == []
    assert {"Keep as it is", "Extend…", "Let go…", "Hand over…"} <= set(stage.titles("alex", card))


def test_a_weekly_digest_comes_once_a_week_and_off_means_off(stage: Stage) -> None:
    stage.ask("megan", "digest weekly", "Your digest comes once a week", "Change…")
    stage.ask("lee", "digest off", "You get no digest")
    advance(stage, f"P{8 - weekday(stage)}D")
    weekly, off = (delivered(stage, 10, sponsor=f"{who}@contoso.com") for who in ("megan", "lee"))
    stage.ask("alex", f"notices {NAMED} 9,8,7", "9, 8 and 7 days")
    advance(stage, "P1D")
    digested(stage, "megan", weekly, 1)

    advance(stage, "P1D")
    told(stage, weekly, "ends in 9 days", "ends in 8 days")
    told(stage, off, "ends in 9 days", "ends in 8 days")
    stage.ask("alex", f"notices {NAMED} default", "As in the whole tenant")

    assert len(digests(stage, "megan", weekly)) == 1
    assert not [one for one in map(readable, stage.cards("lee").values()) if DIGEST in one]
    advance(stage, "P7D")
    digested(stage, "megan", weekly, 2)


def test_keeping_it_as_it_is_silences_one_end_for_whoever_pressed(stage: Stage) -> None:
    kept, other = delivered(stage, 8), delivered(stage, 8)
    advance(stage, "P1D")
    card = stage.shown("alex", DIGEST, f"({kept})", f"({other})", seconds=40)
    before = set(stage.cards("alex"))

    stage.press("alex", "Keep as it is", card=card, inputs={"pick": choice(stage, card, kept)})
    stage.news("alex", before, f"Noted: nothing changes for {kept}")
    advance(stage, "P6D")

    digested(stage, "alex", other, 2)
    assert len(digests(stage, "alex", kept)) == 1
    told(stage, kept, "ends in 7 days", "ends tomorrow")


def test_an_administrator_may_have_the_digest_of_the_whole_tenant_and_nobody_else(stage: Stage) -> None:
    address = delivered(stage, 8, sponsor="megan@contoso.com")
    stage.ask("lee", "digest everything weekly", "You may not do that")

    stage.ask("alex", "digest everything daily", "the whole tenant")
    advance(stage, "P1D")

    card = stage.shown("alex", "Access that ends soon at Contoso", f"({address})", seconds=60)
    assert "You answer for" not in stage.words("alex", card)
    stage.ask("alex", "digest mine", "guests you answer for")


def test_a_guest_is_handed_over_from_the_digest(stage: Stage) -> None:
    address = delivered(stage, 8)
    advance(stage, "P1D")
    card = stage.shown("alex", DIGEST, f"({address})\n● new", seconds=60)
    before = set(stage.cards("alex"))

    stage.press("alex", "Hand over…", card=card, inputs={"pick": choice(stage, card, address)})

    stage.news("alex", before, f"Hand over {address.partition('@')[0]}", "To whom")
