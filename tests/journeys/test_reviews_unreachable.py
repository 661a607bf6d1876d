"""A reviewer whom Teams does not answer for keeps nobody else waiting."""

from __future__ import annotations

from tests.journeys.reviewing import held, met
from tests.journeys.rough import Rough, RoughTeams
from tests.journeys.stage import Stage, until


def test_the_others_get_their_card_and_whom_teams_did_not_answer_for_gets_it_later(rough: Stage) -> None:
    met(rough, "lee", "adele")
    package = held(rough, "Review unanswered", 1)
    before = {who: set(rough.cards(who)) for who in ("lee", "adele")}
    card = rough.ask("alex", f'review "{package.name}" by lee@contoso.com, adele@contoso.com', "Yes, start")
    assert isinstance(rough.teams, RoughTeams)
    silent = Rough(status=503, times=1000, method="POST", chat="a:1lee")
    rough.teams.faults.append(silent)

    rough.press("alex", "Yes, start", card=card)

    rough.news("adele", before["adele"], "Who still needs “Review unanswered”?", seconds=60)
    until(lambda: silent.times < 1000, what="Lee's card was tried")
    assert set(rough.cards("lee")) == before["lee"]
    until(lambda: "Under way" in rough.words("alex", card), seconds=60, what="whoever runs it sees it under way")
    silent.times = 0
    rough.control("clock", {"advance": "PT2M"})
    rough.news("lee", before["lee"], "Who still needs “Review unanswered”?", seconds=60)
