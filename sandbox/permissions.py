"""Which Graph permissions a token carries, and whether they satisfy an operation."""

from dataclasses import dataclass, field

from sandbox.world import World

KNOWN = frozenset(
    """
    User.Invite.All User.Read.All User.ReadWrite.All User.ReadBasic.All User.Read Directory.Read.All
    Directory.ReadWrite.All Application.Read.All Application.ReadWrite.All Group.Read.All Group.ReadWrite.All
    GroupMember.Read.All GroupMember.ReadWrite.All EntitlementManagement.Read.All EntitlementManagement.ReadWrite.All
    AccessReview.Read.All AccessReview.ReadWrite.All Mail.Send Organization.Read.All Domain.Read.All
    Policy.Read.All RoleManagement.Read.Directory RoleManagement.Read.EntitlementManagement
    RoleManagement.ReadWrite.EntitlementManagement AuditLog.Read.All AppCatalog.Read.All AppRoleAssignment.ReadWrite.All
    TeamsAppInstallation.ReadForUser.All TeamsAppInstallation.ReadWriteSelfForUser.All
    TeamsAppInstallation.ReadWriteForUser.All Sites.Read.All Sites.FullControl.All
    LicenseAssignment.Read.All User.RevokeSessions.All User.EnableDisableAccount.All
    """.split()
)
DELEGATED = KNOWN | {
    "EntitlementMgmt-SubjectAccess.ReadWrite",
    "TeamsAppInstallation.ReadForUser",
    "TeamsAppInstallation.ReadWriteSelfForUser",
}


@dataclass(frozen=True)
class Caller:
    """Who holds the token: an app alone, or an app on behalf of `user` (object id)."""

    kind: str
    app_id: str = ""
    user: str | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)


def granted(world: World, delegated: bool = False) -> frozenset[str]:
    """What the tenant's administrator has consented to, after the reset's options."""
    only = world.options["onlyPermissions"]
    base = frozenset(only) if only is not None else (DELEGATED if delegated else KNOWN)
    return base - frozenset(world.options["withoutPermissions"])


def allowed(needed: str, caller: Caller, world: World) -> bool:
    """Whether the token satisfies "A|B" (either, the least privileged first) or "A+B" (both).

    Consent taken away counts at once. With `onlyPermissions` any choice will do, as with Graph; otherwise the first
    one decides, so that `withoutPermissions` can take a right away although everything else is granted.
    """
    held = granted(world, caller.kind == "delegated")
    if caller.kind == "delegated":
        held &= caller.permissions
    choices = needed.split("|")
    if world.options["onlyPermissions"] is None and caller.kind == "app":
        choices = choices[:1]
    return any(all(_implied(part, held, world) for part in choice.split("+")) for choice in choices)


def _implied(permission: str, held: frozenset[str], world: World) -> bool:
    if permission in held:
        return True
    if permission in world.options["withoutPermissions"] or ".Read." not in permission:
        return False
    return permission.replace(".Read.", ".ReadWrite.") in held
