"""Files of access packages as journeys write and look at them."""

from __future__ import annotations

from tests.journeys.building import fresh_catalog, fresh_name
from tests.journeys.stage import Stage


def package(stage: Stage, **changes: str) -> tuple[str, str]:
    """(name, file) of a package nobody has yet, in a catalog of its own."""
    name, catalog = fresh_name(), fresh_catalog(stage)
    fields = {"ends": "14 days", "description": "For the audit", **changes}
    return (
        name,
        f"""usher: 1
packages:
  - name: {name}
    catalog: {catalog.name}
    description: {fields["description"]}
    resources:
      - app: App4Guest
    policies:
      - name: Initial Policy
        for: all-users
        approval: no
        ends: {fields["ends"]}
        timeline: yes
""",
    )


def planned(stage: Stage, text: str, *words: str, who: str = "alex") -> str:
    """The card that says what applying this text would do."""
    return stage.ask(who, f"package apply\n{text}", "What applying this file would do", *words)


def together(*texts: str) -> str:
    """One file with the packages of these."""
    first, *others = texts
    return first + "".join(one.split("packages:\n")[1] for one in others)
