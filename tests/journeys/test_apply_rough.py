"""A file is applied while processes die and Graph refuses: every package is there once, and the overview ends."""

from __future__ import annotations

import pytest

from tests.journeys.building import packages, policies
from tests.journeys.filing import package, planned, together
from tests.journeys.rough import held, hold
from tests.journeys.stage import Stage, until


@pytest.mark.parametrize("path", ["/accessPackages$", "/assignmentPolicies$"])
def test_killed_in_the_middle_of_a_file_the_overview_still_comes_to_its_end(rough: Stage, path: str) -> None:
    (one, first), (two, second), (three, third) = (package(rough) for _ in range(3))
    card = planned(rough, together(first, second, third), "Create: 3")
    hold(rough, "POST", path, seconds=3.0)
    rough.press("alex", "Apply", card=card)
    until(lambda: held(rough), what="the bot is in the middle of it")

    rough.bot.kill()
    rough.bot.start()

    rough.shown("alex", "In order: 3 of 3 packages done", one, two, three, seconds=90)
    for name in (one, two, three):
        assert len(packages(rough, name)) == 1
        assert policies(rough, packages(rough, name)[0]["id"]) == ["Initial Policy"]
    overviews = [card for card in rough.cards("alex") if one in rough.words("alex", card)]
    assert not [card for card in overviews if "Working" in rough.words("alex", card)]


def test_killed_between_the_press_and_the_first_write_a_file_is_applied_once(rough: Stage) -> None:
    (one, first), (two, second) = package(rough), package(rough)
    card = planned(rough, together(first, second), "Create: 2")
    hold(rough, "POST", r"\$batch$", seconds=2.0)
    rough.press("alex", "Apply", card=card)
    until(lambda: held(rough), what="the bot looks at the tenant once more")

    rough.bot.kill()
    rough.bot.start()

    rough.shown("alex", "In order: 2 of 2 packages done", one, two, seconds=90)
    assert [len(packages(rough, name)) for name in (one, two)] == [1, 1]
    assert sum("2 of 2 packages done" in rough.words("alex", each) for each in rough.cards("alex")) == 1


def test_a_storm_of_429_slows_a_file_down_and_loses_nothing(rough: Stage) -> None:
    (one, first), (two, second) = package(rough), package(rough)
    card = planned(rough, together(first, second), "Create: 2")
    rules = [
        {"method": "POST", "path": "/entitlementManagement/", "status": 429, "retryAfter": 1, "times": 8},
        {"method": "GET", "path": "/entitlementManagement/", "status": 429, "retryAfter": 1, "times": 8},
    ]
    rough.control("faults", {"rules": rules})

    rough.press("alex", "Apply", card=card)

    rough.shown("alex", "In order: 2 of 2 packages done", one, two, seconds=120)
    assert [len(packages(rough, name)) for name in (one, two)] == [1, 1]


@pytest.mark.parametrize(("method", "path"), [("PATCH", "/accessPackages/"), ("PUT", "/assignmentPolicies/")])
def test_killed_in_the_middle_of_five_changes_each_is_made_once(rough: Stage, method: str, path: str) -> None:
    name, text = package(rough)
    rough.press("alex", "Apply", card=planned(rough, text, "Create: 1"))
    rough.shown("alex", name, "Created: the package is ready", seconds=60)
    made = packages(rough, name)[0]["id"]
    until(lambda: "14 days" in rough.words("alex", rough.ask("alex", f'package "{name}"', name)), seconds=40)
    more = (
        text.replace("For the audit", "Changed").replace("14 days", "30 days").replace("timeline: yes", "timeline: no")
    )
    more = more.replace("- app: App4Guest", "- app: App4Guest\n      - group: Partner Readers")
    more += "      - name: Second\n        for: members\n        approval: no\n        ends: 7 days\n"
    card = planned(rough, more, f"Change: {name}", "30 days")
    hold(rough, method, path, seconds=2.0)
    rough.press("alex", "Apply", card=card)
    until(lambda: held(rough), seconds=40, what="the bot is in the middle of it")

    rough.bot.kill()
    rough.bot.start()

    rough.shown("alex", name, "Changed: everything is as you asked", seconds=90)
    assert [one["description"] for one in packages(rough, name)] == ["Changed"]
    assert policies(rough, made) == ["Initial Policy", "Second"]
    first = next(one for one in rough.state()["assignmentPolicies"] if one["accessPackage"]["id"] == made)
    assert first["expiration"]["duration"] == "P30D"


def test_two_files_that_change_one_package_at_once_both_get_their_way(rough: Stage) -> None:
    name, text = package(rough)
    rough.press("alex", "Apply", card=planned(rough, text, "Create: 1"))
    rough.shown("alex", name, "Created: the package is ready", seconds=60)
    until(lambda: "14 days" in rough.words("alex", rough.ask("alex", f'package "{name}"', name)), seconds=40)
    catalog = text.split("catalog: ")[1].split("\n")[0]
    basics = f"usher: 1\npackages:\n  - name: {name}\n    catalog: {catalog}\n"
    terms = f"{basics}    policies:\n      - name: Initial Policy\n        ends: 30 days\n"
    cards = [planned(rough, f"{basics}    description: Mine\n", "Mine"), planned(rough, terms, "30 days")]

    for card in cards:
        rough.press("alex", "Apply", card=card)

    def has_both() -> bool:
        for card in cards:  # whoever came second was shown what the first changed, and says yes to it once more
            if "Something changed since you looked" in rough.words("alex", card):
                rough.press("alex", "Apply", card=card)
        made = packages(rough, name)[0]
        first = next(one for one in rough.state()["assignmentPolicies"] if one["accessPackage"]["id"] == made["id"])
        return (made["description"], first["expiration"].get("duration")) == ("Mine", "P30D")

    until(has_both, seconds=60, what="both changes are there")
    assert len(packages(rough, name)) == 1


def test_killed_while_a_catalog_is_made_there_is_one_and_its_maker_is_told(rough: Stage) -> None:
    name = f"Killed {len(rough.state()['catalogs'])}"
    before = set(rough.cards("alex"))
    hold(rough, "POST", "/catalogs$", seconds=1.5)
    rough.say("alex", f'catalog new "{name}"')
    until(lambda: held(rough), what="it is being made")

    rough.bot.kill()
    rough.bot.start()

    rough.news("alex", before, f"Catalog “{name}”", "New package", seconds=60)
    assert sum(one["displayName"] == name for one in rough.state()["catalogs"]) == 1
