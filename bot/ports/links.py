"""Where guests go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Links:
    """Where guests go. Bases as configured (may have a path, no trailing slash).

    `consent`: where an administrator lets Usher act for signed-in people.
    """

    myaccess: str
    myapps: str
    consent: str = ""

    def request(self, domain: str, package_id: str) -> str:
        """The request link of a package, with the tenant's domain, without which a guest lands at home.

        https://learn.microsoft.com/entra/id-governance/entitlement-management-access-package-settings
        """
        return f"{self.myaccess}/@{domain}#/access-packages/{package_id}"

    def overview(self, domain: str) -> str:
        """My Access, in this tenant."""
        return f"{self.myaccess}/@{domain}"

    def approvals(self, domain: str) -> str:
        """What waits for somebody's approval, in My Access in this tenant."""
        return f"{self.myaccess}/@{domain}#/request-approval"

    def reviews(self, domain: str) -> str:
        """Where reviewers decide in My Access.

        https://learn.microsoft.com/entra/id-governance/perform-access-review
        """
        return f"{self.myaccess}/@{domain}#/access-reviews"

    def apps(self, tenant_id: str) -> str:
        """My Apps, in this tenant."""
        return f"{self.myapps}/?tenantId={tenant_id}"
