"""Whatever body entitlement management is sent, it is taken or refused as Graph refuses, and time goes on."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.entitlement.access import EM
from sandbox.errors import GraphError
from sandbox.permissions import Caller
from sandbox.routes import Call, dispatch
from sandbox.seed.applications import APP4GUEST
from sandbox.seed.groups import READERS
from sandbox.seed.packages import GENERAL, INVITED, PROJECT
from sandbox.seed.people import ADELE, ALEX, BEN, CARLA
from sandbox.world import World

POLICY = "99999999-9999-4999-9999-999999999991"
ASSIGNMENT = "eeeeeeee-eeee-4eee-8eee-eeeeeeeeeee1"
IDS = [ALEX, BEN, CARLA, INVITED, PROJECT, POLICY, ASSIGNMENT, GENERAL, APP4GUEST, READERS]
WORDS = ["adminAdd", "adminUpdate", "adminRemove", "userAdd", "userUpdate", "userRemove", "AadGroup", "AadApplication"]
WORDS += ["afterDuration", "afterDateTime", "P3D", "P99999999D", "2030-01-01T00:00:00Z", "0001-01-01T00:00:00Z"]
WORDS += ["governed", "Approve", "#microsoft.graph.singleUser", "https://graph.microsoft.com/v1.0/groups/" + READERS]
NAMES = """requestType assignment schedule expiration type duration endDateTime startDateTime answers justification
    targetId assignmentPolicyId accessPackageId id target email objectId resource catalog originId originSystem role
    scope displayName allowedTargetScope accessPackage requestorSettings requestApprovalSettings stages questions
    specificAllowedTargets @odata.type @odata.id identitySources domainName subjectLifecycle principalId
    roleDefinitionId appScopeId reviewResult durationBeforeAutomaticDenial primaryApprovers""".split()
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=6) | st.sampled_from(IDS + WORDS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=4),
    max_leaves=8,
)
TIMES = st.sampled_from([None, *WORDS[10:14], "2999-12-31T23:59:59.1234567Z", "2020-01-01T00:00:00+14:00", "PT8H"])
KINDS = st.sampled_from(["notSpecified", "noExpiration", "afterDuration", "afterDateTime"])
SCHEDULES = st.fixed_dictionaries(
    {"expiration": st.fixed_dictionaries({"type": KINDS}, optional={"duration": TIMES, "endDateTime": TIMES})},
    optional={"startDateTime": TIMES},
)
LIKELY = st.fixed_dictionaries(
    {
        "requestType": st.sampled_from(WORDS[:6]),
        "assignment": st.dictionaries(st.sampled_from(NAMES[9:18]), st.sampled_from(IDS) | VALUES, max_size=4)
        | st.just({"targetId": CARLA, "assignmentPolicyId": POLICY, "accessPackageId": INVITED})
        | st.just({"id": ASSIGNMENT}),
    },
    optional={"schedule": SCHEDULES | VALUES, "answers": VALUES, "justification": VALUES},
)
WRITES = [
    ("POST", "/assignmentRequests"),
    ("POST", "/assignmentPolicies"),
    ("PUT", f"/assignmentPolicies/{POLICY}"),
    ("POST", "/accessPackages"),
    ("PATCH", f"/accessPackages/{INVITED}"),
    ("POST", f"/accessPackages/{INVITED}/resourceRoleScopes"),
    ("POST", f"/accessPackages/{INVITED}/incompatibleGroups/$ref"),
    ("POST", "/catalogs"),
    ("PATCH", f"/catalogs/{GENERAL}"),
    ("POST", "/resourceRequests"),
    ("POST", "/connectedOrganizations"),
    ("PATCH", f"/subjects(objectId='{BEN}')"),
    ("PATCH", "/settings"),
    ("POST", "/roleManagement/entitlementManagement/roleAssignments"),
]


EVERYTHING = frozenset(
    """EntitlementManagement.ReadWrite.All RoleManagement.ReadWrite.EntitlementManagement Group.ReadWrite.All
    Application.ReadWrite.All Sites.FullControl.All EntitlementMgmt-SubjectAccess.ReadWrite""".split()
)
STATES = {"submitted", "pendingApproval", "scheduled", "delivering", "delivered", "denied", "deliveryFailed"}


@pytest.fixture(scope="module")
def world() -> World:
    return World({"replicationSeconds": 0})


def answered(world: World, method: str, path: str, body: object, user: str | None) -> int:
    caller = Caller("delegated" if user else "app", user=user, permissions=EVERYTHING)
    root = "" if path.startswith("/roleManagement") else EM
    try:
        return dispatch(Call(world, method, root + path, {}, {}, body, caller, {}, "http://x/v1.0")).status
    except GraphError as refused:
        return refused.status


@pytest.mark.parametrize(("method", "path"), WRITES, ids=[f"{method} {path}" for method, path in WRITES])
@given(body=VALUES | LIKELY)
@settings(max_examples=60)
def test_any_body_is_taken_or_refused(world: World, method: str, path: str, body: object):
    status = answered(world, method, path, body, None)

    assert 200 <= status < 500


@given(body=LIKELY, user=st.sampled_from([BEN, CARLA, ADELE, None]), days=st.integers(0, 20))
@settings(max_examples=150)
def test_whatever_was_taken_runs_its_course(body: object, user: str | None, days: int):
    world = World({"replicationSeconds": 0, "deliverySeconds": 0})

    status = answered(world, "POST", "/assignmentRequests", body, user)
    world.clock.advance(timedelta(days=days))
    world.settle()

    assert 200 <= status < 500
    assert {request["state"] for request in world.tables["assignmentRequests"].values()} <= STATES
