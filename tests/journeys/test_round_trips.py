"""How often Graph is asked while the article's package is described, reviewed and made."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sandbox import Server
from tests.journeys.stage import Bot, Stage
from tests.journeys.wizarding import STEPS, Wizard

ARTICLE = 'app:App4Guest role:"Default access" for:all-users approve:no requests:on days:14 timeline:yes review:no'
MOST = 8
BACKGROUND = re.compile(
    r"/assignments\?(\$|%24)filter=state"  # the sweep
    r"|/accessReviews/definitions\?"  # the look for reviews that were begun elsewhere
    r"|/users\?.*userType"  # the looks for guests who were blocked, and for sponsors who left
)


@pytest.fixture(scope="module")
def bot(tenant: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """What the clock starts is far away: only what is asked for asks Graph."""
    process = Bot(tenant.url, tmp_path_factory.mktemp("bot"), {"USHER_SWEEP_SECONDS": "3600"}).start()
    yield process
    process.stop()


def asked(stage: Stage) -> list[str]:
    """Method and path of each exchange with Graph so far, those of the clock aside; a `$batch` is one."""
    outer = [one for one in stage.requests() if not one.get("inBatch") and "/v1.0/" in one["url"]]
    outer = [one for one in outer if not BACKGROUND.search(one["url"])]
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
