"""Graph's view of the tenant itself: organisation, domains, licences, policies, object look-up and audit logs."""

from sandbox.directory.objects import strings, typed_all
from sandbox.odata import collection, entity
from sandbox.routes import Call, Reply, route
from sandbox.world import public

POLICY = "Policy.Read.All"
AUDIT = "AuditLog.Read.All"


@route("GET", "/organization", app="Organization.Read.All|Directory.Read.All", delegated="User.Read")
def list_organization(call: Call) -> Reply:
    """The one organisation."""
    return collection(call, call.world.rows("organization"))


@route("GET", "/domains", app="Domain.Read.All|Directory.Read.All", delegated="Domain.Read.All")
def list_domains(call: Call) -> Reply:
    """The tenant's domains."""
    return collection(call, call.world.rows("domains"))


@route(
    "GET", "/subscribedSkus", app="LicenseAssignment.Read.All|Organization.Read.All", delegated="Organization.Read.All"
)
def list_licences(call: Call) -> Reply:
    """What the tenant has bought."""
    return collection(call, call.world.rows("subscribedSkus"))


@route("GET", "/policies/authorizationPolicy", app=POLICY, delegated=POLICY)
def get_authorization_policy(call: Call) -> Reply:
    """Who may invite, among others."""
    policy = call.world.tables["authorizationPolicies"]["authorizationPolicy"]
    return entity(call, policy)


@route("GET", "/policies/crossTenantAccessPolicy/default", app=POLICY, delegated=POLICY)
def get_cross_tenant_default(call: Call) -> Reply:
    """The default cross-tenant access settings."""
    settings = call.world.tables["crossTenantDefaults"]["default"]
    return entity(call, {name: value for name, value in settings.items() if name != "id"})


@route("GET", "/policies/crossTenantAccessPolicy/partners", app=POLICY, delegated=POLICY)
def list_cross_tenant_partners(call: Call) -> Reply:
    """Settings for single partners."""
    return collection(call, call.world.rows("crossTenantPartners"))


@route("POST", "/directoryObjects/getByIds", app="Directory.Read.All|User.Read.All", delegated="Directory.Read.All")
def get_by_ids(call: Call) -> Reply:
    """The objects with these (up to 1000) ids that exist, of the types asked for."""
    body = call.object()
    wanted = strings(body, "ids", 1000)
    kinds = {f"#microsoft.graph.{kind}".lower() for kind in (strings(body, "types", 10) if "types" in body else [])}
    rows = [row for row in typed_all(call.world, wanted) if not kinds or row["@odata.type"].lower() in kinds]
    context = f"{call.base_url}/$metadata#directoryObjects"
    return Reply(200, {"@odata.context": context, "value": [public(row) for row in rows]})


@route("GET", "/auditLogs/directoryAudits", app=AUDIT, delegated=AUDIT)
def list_audits(call: Call) -> Reply:
    """The directory's audit log (what a test has put there)."""
    return collection(call, call.world.rows("directoryAudits"))


@route("GET", "/auditLogs/signIns", app=AUDIT, delegated=AUDIT)
def list_sign_ins(call: Call) -> Reply:
    """The sign-in log (what a test has put there)."""
    return collection(call, call.world.rows("signIns"))
