"""How often Graph is asked while the article's package is described, reviewed and made."""

from __future__ import annotations

import re

from tests.journeys.stage import Stage
from tests.journeys.wizarding import STEPS, Wizard

ARTICLE = 'app:App4Guest role:"Default access" for:all-users approve:no requests:on days:14 timeline:yes review:no'
MOST = 8
SWEEP = re.compile(r"/assignments\?(\$|%24)filter=state")


def asked(stage: Stage) -> list[str]:
    """Method and path of each exchange with Graph so far, the sweep's aside; a `$batch` is one."""
    outer = [one for one in stage.requests() if not one.get("inBatch") and "/v1.0/" in one["url"]]
    outer = [one for one in outer if not SWEEP.search(one["url"])]
    return [f"{one['method']} {one['url'].partition('/v1.0')[2].partition('?')[0]}" for one in outer]


def test_the_articles_package_costs_eight_round_trips_at_most_from_the_sentence_to_the_link(stage: Stage) -> None:
    # Nothing has to be waited for, and what Alex may do is known from the minute before.
    stage.control("options", {"replicationSeconds": 0})
    Wizard.opened(stage).press("Cancel")
    begun = len(asked(stage))

    wizard = Wizard.said(stage, f'"Eight round trips" {ARTICLE}', STEPS["review"])
    wizard.press("Create")
    wizard.shows("✔ Created", "Copy link")

    trips = asked(stage)[begun:]
    assert len(trips) <= MOST, trips
    assert [one.rpartition("/")[2] for one in trips if one.startswith("POST") and "$batch" not in one] == [
        "accessPackages",
        "resourceRoleScopes",
        "assignmentPolicies",
    ]
