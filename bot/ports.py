"""What the commands and jobs need from the outside, as Protocols, and the frozen Deps that carries it.

How a turn flows
----------------
1. `bot.teams` authenticates an activity and makes a `Turn` of it (bot/domain/turns.py).
2. `bot.commands.dispatch.find(turn)` names the command. A quick command (help, cancel, unknown words) is
   answered inside the turn; anything that asks Graph becomes the durable job "answer":
   `deps.jobs.start("answer", turn.key, turn.to_json())`. `key` makes repeated deliveries one job.
3. The job `bot.jobs.answer` runs the command and hands the outcome to `Messenger.settle(turn, outcome)`.
   When it takes longer than a moment it first calls `Messenger.progress(turn, Working(...))`; `settle` then
   edits that card in place. Where a card was pressed (`turn.card`), that card is the one edited.
4. For a press (invoke) `bot.teams` waits up to about 0.8 s for the settled outcome of its own turn and answers
   the invoke with the card; when it takes longer it answers with a short message and the edit follows.
5. In a channel or group chat an outcome that is personal goes to the 1:1 chat; the place where it was asked
   gets one line saying so (`Messenger.settle` decides by the outcome's type).
6. An outcome that is a form is shown by a dialog that remembers the draft (conversation and person); later
   typed words are merged into it.

Errors: every method may raise the errors of `bot.errors`: Transient (and Throttled, Ambiguous), Forbidden,
NotFound, Rejected, NotLicensed. Only what is special is named at the method.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.access import AccessRequest, Application, ApplicationUser, Assignment
from bot.domain.delivery import Contact, Delivery, Receipt, ShownCard
from bot.domain.invites import Invite, Wish
from bot.domain.outcomes import GuestAccess, Outcome
from bot.domain.packages import AccessPackage
from bot.domain.people import AccountEnding, Person, Tenant
from bot.domain.roles import Roles
from bot.domain.survey import Invitation, Survey
from bot.domain.turns import Conversation, Turn

__all__ = [
    "Clock",
    "Deps",
    "Directory",
    "Invitation",
    "Jobs",
    "Ledger",
    "Letter",
    "Letters",
    "Links",
    "Messenger",
    "Survey",
]


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

    async def add_sponsor(self, guest_id: str, sponsor_id: str) -> None:
        """The guest has this sponsor; having it already is success. Raises NotFound while the guest is too new."""

    async def sponsors(self, guest_id: str) -> tuple[Person, ...]:
        """The guest's sponsors that are users."""

    async def packages(self) -> tuple[AccessPackage, ...]:
        """All access packages with catalog and policies."""

    async def assignments(self, *, person_id: str = "", package_id: str = "") -> tuple[Assignment, ...]:
        """Assignments, the expired included, of a person, of a package, or both."""

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

    async def account_ending(self) -> AccountEnding:
        """What Entra does with governed guests at the end."""

    async def applications(self, name: str) -> tuple[Application, ...]:
        """Applications whose name starts with `name`, case-insensitively."""

    async def application_users(self, application_id: str) -> tuple[ApplicationUser, ...]:
        """Who is assigned: directly and through groups, matched with the package assignment behind it."""

    async def send_mail(self, sender: str, to: str, *, subject: str, text: str, html: str) -> None:
        """The mail is accepted for sending. Raises NoMailbox, Forbidden; Ambiguous when the connection broke."""


class Ledger(Protocol):
    """Usher's own memory. One transaction per method."""

    async def claim(self, wish: Wish, *, asked_by: str, asked_by_name: str, now: datetime) -> tuple[Invite, bool]:
        """The one open invite for this address and package, and whether this call made it."""

    async def invite(self, invite_id: str) -> Invite | None:
        """By id."""

    async def invites(self, *, address: str = "", guest_id: str = "") -> tuple[Invite, ...]:
        """Of one guest, open and closed, oldest first; either key may match."""

    async def amend(self, invite_id: str, change: Callable[[Invite], Invite]) -> Invite:
        """`change` applied to the stored invite under a row lock; what it returned is stored. Raises NotFound."""

    async def due(self, now: datetime, *, lease: float, limit: int) -> tuple[Invite, ...]:
        """Open invites whose `next_look_at` has come, taken for `lease` seconds so that no other replica does."""

    async def add_card(self, card: ShownCard) -> None:
        """This card shows the invite from now on (same conversation and activity: replaced)."""

    async def cards(self, invite_id: str) -> tuple[ShownCard, ...]:
        """Every card that shows it."""

    async def card_at(self, conversation_id: str, activity_id: str) -> ShownCard | None:
        """What a card in a chat shows."""

    async def mark_card(self, card: ShownCard, digest: str) -> None:
        """The card now shows content with this digest."""

    async def drop_card(self, card: ShownCard) -> None:
        """The card is gone from the chat."""

    async def remember(self, contact: Contact) -> None:
        """How to write to this person, as of now. Clears a former "blocked"."""

    async def contact(self, person_id: str) -> Contact | None:
        """By object id."""

    async def set_reach(self, person_id: str, reach: str, code: str) -> None:
        """What the last try to write to them taught."""

    async def remember_team(self, team: Conversation) -> None:
        """Usher is in this team (`id` is the General channel's)."""

    async def forget_team(self, team_id: str) -> None:
        """Usher was removed from it."""

    async def teams(self) -> tuple[Conversation, ...]:
        """Teams Usher is in."""

    async def begin(self, receipt: Receipt) -> bool:
        """Claim a try before making it: False when `receipt.key` was begun before."""

    async def receipt(self, key: str) -> Receipt | None:
        """By key."""

    async def settle_receipt(self, key: str, state: Delivery, *, code: str, detail: str) -> None:
        """How the try ended."""

    async def receipts(self, address: str) -> tuple[Receipt, ...]:
        """All tries for a guest, oldest first."""

    async def slot(self, key: str) -> str:
        """The activity id of the card that answers this turn, "" when none was posted yet."""

    async def keep_slot(self, key: str, activity_id: str) -> None:
        """Remember the card that answers this turn, so that it is edited and never posted twice."""

    async def record(
        self, *, actor: str, act: str, target: str, result: str, key: str, at: datetime, detail: str = ""
    ) -> None:
        """One line of the audit trail, append-only. `actor` an object id, `key` the turn's or invite's."""

    async def tidy(self, before: datetime) -> None:
        """Dialogs and turns that nobody touched since `before` (aware) are forgotten; invites and the audit stay."""

    async def read_state(self, keys: Sequence[str]) -> Mapping[str, tuple[str, dict[str, Any]]]:
        """Dialog state: key -> (etag, JSON object)."""

    async def write_state(self, key: str, value: dict[str, Any], etag: str | None) -> None:
        """Store; `etag` None or "*" writes blindly. Raises Conflict when another etag is stored."""

    async def delete_state(self, keys: Sequence[str]) -> None:
        """Forget these."""


class Messenger(Protocol):
    """Teams, for whoever has something to show."""

    async def progress(self, turn: Turn, outcome: Outcome) -> None:
        """The person sees that their turn is being worked on; a second call edits the same card."""

    async def settle(self, turn: Turn, outcome: Outcome) -> tuple[tuple[Outcome, Conversation, str], ...]:
        """The turn is answered: edits the progress card or the pressed card, or posts.

        Says which outcome stands where (conversation and activity id), one for each of a `Several`. Running
        twice edits the same cards. Raises Unreachable.
        """

    async def show(self, conversation: Conversation, outcome: Outcome, *, replacing: str = "") -> str:
        """The outcome stands in this conversation: edits the card `replacing`, or posts; its activity id.

        Raises Unreachable (code ActivityNotFoundInConversation when the card to edit is gone).
        """

    async def open_chat(self, person_id: str) -> Conversation:
        """The 1:1 chat with this person: the one they were met in, or a new one. Raises Unreachable."""

    async def shared_team(self, person_id: str) -> tuple[Conversation, str] | None:
        """A team channel both are in and the person's Teams id, or None."""


class Jobs(Protocol):
    """Durable work: survives the process, runs at least once."""

    async def start(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        """The job is stored and starts; the same name and key twice is one job."""

    async def run_again(self, name: str, key: str, payload: Mapping[str, Any]) -> None:
        """Like `start`, and runs once more when an earlier run under this key has ended."""


class Clock(Protocol):
    """The only source of the present moment."""

    def now(self) -> datetime:
        """Aware UTC."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail, ready to send, in HTML and in text."""

    subject: str
    text: str
    html: str


class Letters(Protocol):
    """Mail texts in the guest's language."""

    def invitation(self, access: GuestAccess) -> Letter:
        """The invitation, or a resent one: message, steps to redeem, request link, what to expect."""


@dataclass(frozen=True, slots=True)
class Links:
    """Where guests go. Bases as configured (may have a path, no trailing slash)."""

    myaccess: str
    myapps: str

    def request(self, domain: str, package_id: str) -> str:
        """The request link of a package, with the tenant's domain, without which a guest lands at home.

        https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-settings
        """
        return f"{self.myaccess}/@{domain}#/access-packages/{package_id}"

    def overview(self, domain: str) -> str:
        """My Access, in this tenant."""
        return f"{self.myaccess}/@{domain}"

    def apps(self, tenant_id: str) -> str:
        """My Apps, in this tenant."""
        return f"{self.myapps}/?tenantId={tenant_id}"


@dataclass(frozen=True, slots=True)
class Deps:
    """Everything a command or a job may use. `mail_from` "" switches the mail rung off."""

    directory: Directory
    ledger: Ledger
    messenger: Messenger
    jobs: Jobs
    clock: Clock
    letters: Letters
    links: Links
    mail_from: str = ""
    sweep_seconds: float = 900.0
