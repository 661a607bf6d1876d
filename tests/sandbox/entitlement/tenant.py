"""A client that speaks to the simulated tenant as an app or as a person, and the ids of its demo seed."""

from typing import Any

import httpx

ALEX = "33333333-3333-4333-8333-333333333333"
MEGAN = "44444444-4444-4444-8444-444444444441"
ADELE = "44444444-4444-4444-8444-444444444442"
LEE = "44444444-4444-4444-8444-444444444443"
BEN, CARLA, DAN = (f"55555555-5555-4555-8555-55555555555{n}" for n in (2, 3, 4))
GENERAL, PARTNERS = (f"88888888-8888-4888-8888-88888888888{n}" for n in (1, 2))
INVITED, PROJECT, HANDBOOK, CLOSED, HIDDEN = (f"99999999-9999-4999-8999-99999999999{n}" for n in range(1, 6))
APP4GUEST = "66666666-6666-4666-8666-666666666661"
READERS = "77777777-7777-4777-8777-777777777771"
EM = "/identityGovernance/entitlementManagement"


class Tenant:
    """One simulated tenant and the ways a test speaks to it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.Client(base_url=url, timeout=10, follow_redirects=False)
        self._tokens: dict[str, str] = {}

    def reset(self, **options: Any) -> None:
        """The demo seed again, with these options."""
        self.control("reset", {"seed": "demo", **options})

    def control(self, name: str, body: dict[str, Any] | None = None) -> Any:
        """A control call that must succeed: GET without a body, POST with one."""
        path = f"/_control/{name}"
        answer = self.http.get(path) if body is None else self.http.post(path, json=body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def token(self, user: str | None = None) -> str:
        """An app token, or the delegated token of a person."""
        if user is None:
            form = {
                "grant_type": "client_credentials",
                "client_id": "c",
                "client_secret": "s",
                "scope": "https://graph.microsoft.com/.default",
            }
            return str(self.http.post("/contoso.onmicrosoft.com/oauth2/v2.0/token", data=form).json()["access_token"])
        return str(self.control("token", {"user": user})["token"])

    def call(self, method: str, path: str, *, user: str | None = None, **kwargs: Any) -> httpx.Response:
        """Any Graph call below entitlement management, as the app or as ``user``."""
        root = "" if path.startswith("/roleManagement") else EM
        headers = {"Authorization": f"Bearer {self.token(user)}"}
        return self.http.request(method, f"/v1.0{root}{path}", headers=headers, **kwargs)

    def get(self, path: str, *, user: str | None = None, **query: str) -> Any:
        """The JSON of a GET that must succeed; query names are given without their dollar sign."""
        answer = self.call("GET", path, user=user, params={f"${name}": value for name, value in query.items()})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: dict[str, Any], *, user: str | None = None) -> Any:
        """The JSON of a POST that must succeed."""
        answer = self.call("POST", path, user=user, json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def error(self, method: str, path: str, *, user: str | None = None, **kwargs: Any) -> tuple[int, str]:
        """Status and code of a refusal."""
        answer = self.call(method, path, user=user, **kwargs)
        assert answer.is_error, answer.text
        return answer.status_code, answer.json()["error"]["code"]

    def pass_time(self, duration: str) -> None:
        """Move the tenant's clock on by an ISO 8601 duration."""
        self.control("clock", {"advance": duration})

    def act(self, user: str, action: str, **body: Any) -> Any:
        """Play a person."""
        return self.control("act", {"user": user, "action": action, **body})

    def policy(self, package: str) -> str:
        """The id of the package's only policy."""
        policies = self.get(f"/accessPackages/{package}/assignmentPolicies")["value"]
        return str(policies[0]["id"])

    def assign(self, user: str, package: str, **more: Any) -> Any:
        """An adminAdd request that was accepted."""
        assignment = {"targetId": user, "assignmentPolicyId": self.policy(package), "accessPackageId": package}
        return self.post("/assignmentRequests", {"requestType": "adminAdd", "assignment": assignment, **more})

    def assignment(self, user: str, package: str) -> dict[str, Any]:
        """The user's newest assignment to the package."""
        rows = self.get(
            "/assignments",
            filter=f"target/objectId eq '{user}' and accessPackage/id eq '{package}'",
            expand="target,assignmentPolicy,accessPackage",
        )["value"]
        return dict(rows[-1])

    def state(self, request: dict[str, Any]) -> str:
        """The state a request is in now."""
        return str(self.get(f"/assignmentRequests/{request['id']}")["state"])
