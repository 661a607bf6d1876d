"""Faults on request: rules that delay, refuse or cut exchanges."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from sandbox.routes import Reply
from sandbox.world import World

FIELDS = {"method", "path", "status", "times", "retryAfter", "delaySeconds", "dropAfterWrite", "code", "message"}


@dataclass(frozen=True)
class Fault:
    """What to do to one exchange; `cut`: never perform, `drop`: perform, then cut, `reply`: refuse with it."""

    delay: float = 0.0
    cut: bool = False
    drop: bool = False
    status: int | None = None
    retry_after: str | None = None
    code: str | None = None
    message: str | None = None


def accept(rules: Any) -> list[dict[str, Any]]:
    """The rules as they will be kept; ValueError says what is wrong with them."""
    if not isinstance(rules, list):
        raise ValueError("rules must be a list")
    kept = []
    for rule in rules:
        unknown = set(rule) - FIELDS if isinstance(rule, dict) else {"(not an object)"}
        if unknown:
            raise ValueError(f"unknown in a rule: {', '.join(sorted(unknown))}")
        try:
            re.compile(rule.get("path", ".*"))
        except re.error as error:
            raise ValueError(f"path is not a regular expression: {error}") from error
        kept.append(dict(rule))
    return kept


def take(world: World, method: str, path: str, query: str = "") -> Fault | None:
    """The first rule that fits this exchange, counted down; None when none does."""
    for rule in world.faults:
        if rule.get("times", 1) > 0 and _fits(rule, method, path, query):
            if "times" in rule:
                rule["times"] -= 1
            return _fault(rule)
    return None


def _fits(rule: dict[str, Any], method: str, path: str, query: str) -> bool:
    if str(rule.get("method", "*")).upper() not in ("*", method.upper()):
        return False
    pattern = re.compile(rule.get("path", ".*"), re.IGNORECASE)
    path, query = unquote(path), unquote(query)
    bare = path.removeprefix("/v1.0")
    graph = path.startswith("/v1.0")
    if not graph and "oauth2" not in pattern.pattern and "token" not in pattern.pattern:
        return False  # a rule for every Graph call should not also spoil the sign-in
    return any(pattern.search(text) for text in (path, bare, f"{path}?{query}", f"{bare}?{query}"))


def _fault(rule: dict[str, Any]) -> Fault:
    status, delay, drop = rule.get("status"), float(rule.get("delaySeconds") or 0), bool(rule.get("dropAfterWrite"))
    after = rule.get("retryAfter")
    return Fault(
        delay=delay,
        cut=status is None and not delay and not drop,
        drop=drop,
        status=None if drop else status,
        retry_after=None if after is None else str(after),
        code=rule.get("code"),
        message=rule.get("message"),
    )


def refusal(fault: Fault, reply: Reply) -> Reply:
    """The error reply of the rule's status, with its own code, message and Retry-After where it names them."""
    error = reply.body["error"]
    changed = {"code": fault.code or error["code"], "message": fault.message or error["message"]}
    headers = dict(reply.headers)
    if fault.retry_after is not None:
        headers["Retry-After"] = fault.retry_after
    return Reply(reply.status, {"error": {**error, **changed}}, headers)
