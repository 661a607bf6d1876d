"""A great many guests with access to one package, made only when somebody asks for one of them.

A hundred thousand of them cost nothing at reset: each follows from its number. Whoever is asked for by id or address
arrives in the tenant's tables and is from then on a guest like any other. Until then the crowd is seen in the list of
assignments alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sandbox.accounts import blank, signed_in
from sandbox.clock import stamp
from sandbox.entitlement import effects, ending
from sandbox.entitlement.records import policies_of
from sandbox.entitlement.times import schedule_between
from sandbox.world import Entity, World

USER, ASSIGNMENT, SUBJECT = "cccccccc-0000-4000-8000-", "dddddddd-0000-4000-8000-", "eeeeeeee-0000-4000-8000-"
DOMAIN = "crowd.example"
SPAN = timedelta(days=365)
MOST = 1_000_000
_NAMES = re.compile(rf"(?:{USER}|{ASSIGNMENT}|{SUBJECT}|guest)(\d{{12}})\b", re.IGNORECASE)


class Crowd:
    """`size` guests; number 0 loses access a day after the crowd was planted, the last one a year later."""

    def __init__(self, world: World, size: int, package: str, policy: str) -> None:
        self._world = world
        self.size = size
        self._package = package
        self._policy = policy
        self._began = world.clock.now()
        self._arrived: set[int] = set()

    def meet(self, text: str) -> None:
        """Those whose id or address `text` holds are in the tables from now on."""
        for found in _NAMES.finditer(text):
            number = int(found[1])
            if number < self.size and number not in self._arrived:
                self._arrived.add(number)
                self._arrive(number)

    def number_of(self, held: Entity) -> int:
        """The number of whom this assignment belongs to; -1 for everybody else's."""
        found = _NAMES.fullmatch(str(held["id"]))
        return int(found[1]) if found else -1

    def is_away(self, number: int) -> bool:
        """Nobody has asked for this one yet."""
        return number not in self._arrived

    def tag(self, number: int) -> str:
        """What stands for the number in ids, names and addresses."""
        return f"{number:012}"

    def ends(self, number: int) -> str:
        """When the access of this one ends."""
        return stamp(self._began + timedelta(days=1) + SPAN * number / self.size)

    @property
    def ended(self) -> int:
        """So many, from the first on, have lost their access by now."""
        passed = self._world.clock.now() - self._began - timedelta(days=1)
        return max(0, min(self.size, int(passed / SPAN * self.size) + 1)) if passed >= timedelta() else 0

    def assignment(self, tag: str, ends: str, *, ended: bool) -> Entity:
        """One's access, with the subject it belongs to."""
        schedule = schedule_between(self._began - timedelta(days=1), None)
        schedule["expiration"] = {"endDateTime": ends, "duration": None, "type": "afterDateTime"}
        return {
            "id": f"{ASSIGNMENT}{tag}",
            "state": "expired" if ended else "delivered",
            "status": "ExpiredNotificationTriggered" if ended else "Delivered",
            "expiredDateTime": ends if ended else None,
            "schedule": schedule,
            "customExtensionCalloutInstances": [],
            "_accessPackageId": self._package,
            "_policyId": self._policy,
            "_targetId": f"{USER}{tag}",
            "_email": None,
        }

    def subject(self, tag: str) -> Entity:
        """One as entitlement management knows them."""
        user = self._user(tag)
        return {
            "id": f"{SUBJECT}{tag}",
            "subjectType": "user",
            "subjectLifecycle": "notGoverned",
            "onPremisesSecurityIdentifier": None,
            "objectId": user["id"],
            "displayName": user["displayName"],
            "email": user["mail"],
            "principalName": user["userPrincipalName"],
        }

    def _user(self, tag: str) -> Entity:
        address, began = f"guest{tag}@{DOMAIN}", stamp(self._began - timedelta(days=1))
        return blank(f"{USER}{tag}", began) | {
            "displayName": f"Guest {tag}",
            "mail": address,
            "mailNickname": f"guest{tag}_{DOMAIN}#EXT#",
            "otherMails": [address],
            "proxyAddresses": [f"SMTP:{address}"],
            "userPrincipalName": f"guest{tag}_{DOMAIN}#EXT#@{self._world.tenant['domain']}",
            "userType": "Guest",
            "creationType": "Invitation",
            "externalUserState": "Accepted",
            "externalUserStateChangeDateTime": began,
            "signInActivity": signed_in(began),
        }

    def _arrive(self, number: int) -> None:
        world, tag = self._world, self.tag(number)
        user = world.add("users", self._user(tag))
        world.tables["subjects"][user["id"]] = self.subject(tag)
        held = world.add("assignments", self.assignment(tag, self.ends(number), ended=number < self.ended))
        if held["state"] == "delivered":
            effects.grant(world, world.tables["accessPackages"][self._package], user["id"])
            ending.watch(world, held)


class Known(dict[str, Entity]):
    """A table in which one of the crowd is found as soon as they are asked for by id."""

    def __init__(self, rows: Iterable[tuple[str, Entity]], crowd: Crowd) -> None:
        super().__init__(rows)
        self._crowd = crowd

    def get(self, key: str, default: Any = None) -> Any:
        self._crowd.meet(key)
        return super().get(key, default)

    def __getitem__(self, key: str) -> Entity:
        self._crowd.meet(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._crowd.meet(str(key))
        return super().__contains__(key)


def plant(world: World, size: object, package: str) -> None:
    """`size` guests hold the package, under its first policy. ValueError for a number that makes no sense."""
    if isinstance(size, bool) or not isinstance(size, int) or not 0 <= size <= MOST:
        raise ValueError(f"assignments must be a number from 0 to {MOST}")
    if not size:
        return
    crowd = Crowd(world, size, package, policies_of(world, package)[0]["id"])
    for table in ("users", "assignments"):
        world.tables[table] = Known(world.tables[table].items(), crowd)
    world.crowd = crowd
