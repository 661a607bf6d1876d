"""Whatever body a directory operation is sent, it answers like Graph and changes nothing it should not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.errors import GraphError
from sandbox.permissions import Caller
from sandbox.routes import Call, dispatch
from sandbox.seed.applications import APP4GUEST
from sandbox.seed.groups import READERS
from sandbox.seed.people import ALEX, CARLA, LEE
from sandbox.world import World, public

WRITES = [
    ("POST", "/invitations", ["invitedUserEmailAddress", "inviteRedirectUrl", "invitedUserSponsors", "invitedUser"]),
    ("PATCH", f"/users/{CARLA}", ["displayName", "otherMails", "accountEnabled", "mail"]),
    ("POST", f"/users/{CARLA}/sponsors/$ref", ["@odata.id"]),
    ("POST", f"/users/{ALEX}/sendMail", ["message", "Message", "saveToSentItems"]),
    ("POST", f"/users/{LEE}/checkMemberObjects", ["ids"]),
    ("POST", f"/users/{LEE}/teamwork/installedApps", ["teamsApp@odata.bind"]),
    ("POST", f"/groups/{READERS}/members/$ref", ["@odata.id"]),
    ("POST", f"/servicePrincipals/{APP4GUEST}/appRoleAssignedTo", ["principalId", "resourceId", "appRoleId"]),
    ("POST", "/directoryObjects/getByIds", ["ids", "types"]),
]
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=12)
SCALARS |= st.sampled_from(
    [ALEX, "a@x.com", "https://x.example", f"https://graph.microsoft.com/v1.0/users/{ALEX}", APP4GUEST]
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "body", "toRecipients", "emailAddress", "address", "@odata.id"]), inner
        )
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def world() -> World:
    return World({"replicationSeconds": 0})


@pytest.mark.parametrize(("method", "path", "names"), WRITES, ids=[path for _, path, _ in WRITES])
@given(data=st.data())
def test_any_body_is_taken_or_refused(world, method, path, names, data):
    body = data.draw(VALUES | st.dictionaries(st.sampled_from(names), VALUES, max_size=4))
    before = public(list(world.tables["users"].values()))

    try:
        status = dispatch(Call(world, method, path, {}, {}, body, Caller("app"), {}, "http://x/v1.0")).status
    except GraphError as refused:
        status = refused.status
        assert public(list(world.tables["users"].values())) == before

    assert 200 <= status < 500
