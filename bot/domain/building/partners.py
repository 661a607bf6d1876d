"""A partner as somebody names them: a domain or a tenant id, and the partners that are much like them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from uuid import UUID

from bot.domain import addresses
from bot.domain.building.organizations import ConnectedOrganization

_ALIKE = 0.8
_LONGEST = 256


@dataclass(frozen=True, slots=True)
class Partner:
    """`domain` (lower case) or `tenant_id`; both "" with a `problem` in plain words."""

    domain: str = ""
    tenant_id: str = ""
    problem: str = ""

    @property
    def key(self) -> str:
        """What no two connected organizations share."""
        return self.domain or self.tenant_id

    @property
    def usual_name(self) -> str:
        """What people would call them: "Fabrikam" for fabrikam.com, "" for a tenant id."""
        label = self.domain.split(".")[-2] if "." in self.domain else ""
        if label.startswith("xn--"):
            label = label.encode().decode("idna")
        return label[:1].upper() + label[1:]


def read(text: str) -> Partner:
    """`fabrikam.com`, `@fabrikam.com`, `https://www.fabrikam.com/`, an address of theirs, or a tenant id."""
    typed = text.strip().strip("<>.,;\"'")[:_LONGEST]
    try:
        return Partner(tenant_id=str(UUID(typed)))
    except ValueError:
        pass
    host = typed.removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
    domain = host.rpartition("@")[2].casefold()
    if not domain.isascii():
        domain = _ascii(domain)
    judged = addresses.read(f"people@{domain}")[:1]
    if not domain or not judged or judged[0].problem:
        return Partner(problem=f"“{typed[:80]}” is neither a domain like fabrikam.com nor a tenant id.")
    return Partner(domain=judged[0].address.rpartition("@")[2])


def _ascii(domain: str) -> str:
    """The domain as the internet writes it (xn--…), "" when it cannot be written so."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ""


def connected(partner: Partner, known: Sequence[ConnectedOrganization]) -> ConnectedOrganization | None:
    """The organization that has this very domain or tenant."""
    return next((one for one in known if partner.key in _keys(one)), None)


def alike(partner: Partner, name: str, known: Sequence[ConnectedOrganization]) -> tuple[ConnectedOrganization, ...]:
    """Organizations that may be the same partner: a domain above or below, one slip away, or the same name."""
    return tuple(one for one in known if _resembles(partner, name, one))


def _resembles(partner: Partner, name: str, other: ConnectedOrganization) -> bool:
    if name and _likeness(name, other.name) >= _ALIKE:
        return True
    domains = [one.domain.casefold() for one in other.sources if one.domain and partner.domain]
    return any(_related(partner.domain, domain) for domain in domains)


def _related(one: str, other: str) -> bool:
    below = one.endswith(f".{other}") or other.endswith(f".{one}")
    return below or _likeness(one.split(".", maxsplit=1)[0], other.split(".", maxsplit=1)[0]) >= _ALIKE


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold()[:_LONGEST], other.casefold()[:_LONGEST]).ratio()


def _keys(organization: ConnectedOrganization) -> set[str]:
    return {key.casefold() for one in organization.sources for key in (one.domain, one.tenant_id) if key}
