"""What several contract tests ask of the tenant first."""

from tests.contracts.operations import INVITED_POLICY
from tests.contracts.tenant import (
    ALEX,
    INVITED,
    Tenant,
)

LINK = "https://myaccess.example/@contoso.onmicrosoft.com#/access-packages/1"


async def invite_ana(tenant: Tenant) -> None:
    await tenant.directory.invite("ana@fabrikam.com", name="Ana Silva", redirect_url=LINK, sponsor_id=ALEX)


async def assign(tenant: Tenant, person_id: str, package_id: str = INVITED, policy_id: str = INVITED_POLICY) -> str:
    return await tenant.directory.assign(
        person_id, package_id=package_id, policy_id=policy_id, ends_at=None, justification="audit"
    )
