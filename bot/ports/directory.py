"""What the bot needs of Microsoft Entra to look after guests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.access import AccessRequest, Application, ApplicationUser, Assignment
from bot.domain.packages import AccessPackage
from bot.domain.people import Person, Tenant
from bot.domain.roles import Roles
from bot.domain.survey import Invitation, Survey


class Directory(Protocol):
    """Microsoft Entra, through Microsoft Graph. Ids are object ids; times are aware UTC."""

    async def tenant(self) -> Tenant:
        """Our own organisation; cached for the life of the process."""

    async def survey(self, caller_id: str, addresses: Sequence[str] = (), sponsors: Sequence[str] = ()) -> Survey:
        """Everything in one `$batch` (2 inner requests an address). A caller unknown to Entra: `caller` None.

        A caller unknown to Entra has `Roles()`; a 403 on packages gives () and `licensed` False when the
        licence is what is missing.
        """

    async def roles(self, caller_id: str) -> tuple[Person | None, Roles]:
        """Who someone is and which roles they hold; answers may be up to 60 s old."""

    async def holders(self, role_template_ids: Sequence[str]) -> tuple[str, ...]:
        """Display names of a few people who hold one of these directory roles, for "ask …"."""

    async def person(self, person_id: str) -> Person | None:
        """The user, or None when the directory does not know them (yet)."""

    async def find(self, address: str) -> tuple[Person, ...]:
        """Everybody an address leads to: mail, other mails, proxy addresses; deleted ones included."""

    async def guests(self) -> tuple[Person, ...]:
        """All guests of the tenant, the deleted of the last 30 days included."""

    async def invite(self, address: str, *, name: str, redirect_url: str, sponsor_id: str) -> Invitation:
        """The guest exists and has a fresh redeem URL; Graph sends no mail.

        Not replayed on a broken connection: raises Ambiguous, look with `find` before asking again.
        """

    async def reset_redemption(self, guest_id: str, address: str, *, redirect_url: str) -> Invitation:
        """The guest must redeem anew; object id, groups and assignments stay."""

    async def restore(self, person_id: str) -> None:
        """A deleted user is back."""

    async def set_enabled(self, person_id: str, enabled: bool) -> None:
        """Sign-in is allowed or blocked."""

    async def packages(self) -> tuple[AccessPackage, ...]:
        """All access packages with catalog and policies."""

    async def assignments(self, *, person_id: str = "", package_id: str = "") -> tuple[Assignment, ...]:
        """Assignments, the expired included, of a person, of a package, of both, or all there are."""

    async def access_of(
        self, guest_ids: Sequence[str]
    ) -> Mapping[str, tuple[Person | None, tuple[Assignment, ...], tuple[AccessRequest, ...]]]:
        """Person, assignments and requests of up to 100 guests, in as few `$batch` calls as they fit."""

    async def requests(self, person_id: str) -> tuple[AccessRequest, ...]:
        """Every access package request for this person."""

    async def assign(
        self,
        person_id: str,
        *,
        package_id: str,
        policy_id: str,
        ends_at: datetime | None,
        justification: str,
    ) -> str:
        """An adminAdd request is under way; its id. Not replayed on a broken connection: raises Ambiguous.

        Raises AlreadyThere when an assignment or an open request for the package exists.
        """

    async def remove(self, assignment_id: str, *, justification: str) -> str:
        """An adminRemove request is under way; its id. AlreadyThere when one is, NotFound when it is over."""

    async def set_end(self, assignment_id: str, *, ends_at: datetime) -> str:
        """An adminUpdate request that moves the end is under way; its id. AlreadyThere when one is, NotFound when over."""

    async def reprocess(self, *, request_id: str = "", assignment_id: str = "") -> None:
        """Entra tries a failed delivery again."""

    async def add_direct_policy(self, package_id: str, *, name: str) -> str:
        """The package has a no-approval policy for direct assignment (`notSpecified`, found by name or made); its id."""

    async def govern(self, person_id: str) -> bool:
        """The guest is governed: Entra ends the account with the last package. False: the tenant does not allow it."""

    async def applications(self, name: str) -> tuple[Application, ...]:
        """Applications whose name starts with `name`, case-insensitively."""

    async def application_users(self, application_id: str) -> tuple[ApplicationUser, ...]:
        """Who is assigned: directly and through groups, matched with the package assignment behind it."""

    async def send_mail(self, sender: str, to: str, *, subject: str, text: str, html: str) -> None:
        """The mail is accepted for sending. Raises NoMailbox, Forbidden; Ambiguous when the connection broke."""
