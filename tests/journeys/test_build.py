"""An access package is made step by step, on one card, and everything about it can be taken back."""

from __future__ import annotations

from tests.journeys.building import WHOLE, article, fresh_catalog, fresh_name, planned, resume, whole
from tests.journeys.stage import Stage


def test_a_package_is_built_with_every_step_ticked_on_one_card(stage: Stage) -> None:
    wanted = article(fresh_name(), fresh_catalog(stage))
    build = planned(stage, wanted)
    before = set(stage.cards("alex"))

    resume(stage, build)

    card = stage.news("alex", before, wanted.name, "✔ Created", "Share with…", "Copy link", seconds=30)
    assert whole(stage, wanted) == WHOLE
    assert [one for one in stage.cards("alex") if one not in before] == [card]
    assert "In progress" not in stage.words("alex", card)
