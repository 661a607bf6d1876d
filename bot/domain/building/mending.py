"""What mends what the lint found: words of `package edit`, or a command of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.building.blueprints import Blueprint
from bot.domain.building.resources import System
from bot.domain.building.subjects import SubjectKind
from bot.domain.outcomes.parts import Finding
from bot.domain.roles import Act

_GAP = "…"
_KEYS = {System.APPLICATION: "app", System.GROUP: "group", System.SITE: "site"}
_WORDS = {
    "no_policy": ("for:all-users approve:no days:30", "Let all users ask"),
    "guests_shut_out": ("for:all-users", "Let guests ask"),
    "no_resources": ('app:"…"', ""),
    "approval_forced": ('approver:"…"', ""),
    "extension_unapproved": ("extend:yes", "No approval for more time"),
    "nobody_approves": ('approver:"…"', ""),
    "approver_deleted": ('approver:"…"', ""),
    "approver_disabled": ('approver:"…"', ""),
    "approver_guest": ('approver:"…"', ""),
    "approver_empty": ('approver:"…"', ""),
    "no_fallback": ('fallback:"…"', ""),
    "single_approver": ('alternate:"…"', ""),
    "no_targets": ('users:"…"', ""),
    "nobody_asks": ('users:"…"', ""),
    "no_partner_asks": ('org:"…"', ""),
    "ended": ("days:30", "End after 30 days"),
    "no_expiry": ("days:90", "End after 90 days"),
    "no_review": ("review:quarterly reviewer:self", "Review every 3 months"),
    "nobody_reviews": ('reviewer:"…"', ""),
    "reviewer_deleted": ('reviewer:"…"', ""),
    "reviewer_disabled": ('reviewer:"…"', ""),
    "reviewer_guest": ('reviewer:"…"', ""),
    "reviewer_empty": ('reviewer:"…"', ""),
}
_COMMANDS = {
    "closed": ("package open", "Open requests"),
    "no_direct_policy": ("package direct", "Add a direct policy"),
}
_CATALOG = {
    "catalog_unpublished": ("publish", "Publish the catalog"),
    "catalog_not_external": ("external", "Show the catalog outside"),
}

_PARTNERS = {
    "no_organization": ("org add …", "Connect an organization", "org add"),
    "none_configured": ('org configure "…"', "Show connected organizations", "orgs"),
    "partner_proposed": ('org configure "…"', "Configure it", "org configure"),
}


@dataclass(frozen=True, slots=True)
class Mend:
    """`sentence` is what to type. `verb` and `words` are what a button titled `title` sends; "" where a gap is to fill.

    `act` is what one must be allowed to do for it; `data` what the button sends where it is not about the package.
    """

    sentence: str
    title: str = ""
    verb: str = ""
    words: str = ""
    act: Act = Act.BUILD
    data: Mapping[str, str] = field(default_factory=dict)


def mend(finding: Finding, package: Blueprint) -> Mend | None:
    """What mends this finding of the package; None where only somebody outside Usher can."""
    if finding.code in _COMMANDS:
        verb, title = _COMMANDS[finding.code]
        return Mend(f'{verb} "{package.name}"', title, verb)
    if finding.code in _CATALOG:
        word, title = _CATALOG[finding.code]
        sentence, data = f'catalog {word} "{package.catalog.name}"', {"catalog": package.catalog.id}
        return Mend(sentence, title, f"catalog.{word}", act=Act.CHANGE_CATALOG, data=data)
    if finding.code in _PARTNERS:
        return _partner(finding, package)
    words, title = _WORDS.get(finding.code) or _taking_away(finding, package)
    if not words:
        return None
    words = f"{_policy(finding, package)}{words}"
    sentence = f'package edit "{package.name}" {words}'
    return Mend(sentence) if _GAP in words else Mend(sentence, title, "package edit", words)


def _partner(finding: Finding, package: Blueprint) -> Mend:
    """Connected organizations are mended where they are, not in the package."""
    sentence, title, verb = _PARTNERS[finding.code]
    targets = (target for terms in package.policies for target in terms.targets)
    one = next((x for x in targets if x.kind is SubjectKind.ORGANIZATION and f"“{x.name}”" in finding.text), None)
    if one is None:
        return Mend(sentence, title, verb, act=Act.ORGANIZE)
    return Mend(sentence.replace(_GAP, one.name), title, verb, act=Act.ORGANIZE, data={"organization": one.id})


def _policy(finding: Finding, package: Blueprint) -> str:
    """With several policies a finding begins with the name of the one it is about."""
    about = (terms.name for terms in package.policies if finding.text.startswith(f"Policy “{terms.name}”: "))
    name = next(about, "")
    return f'policy:"{name}" ' if name else ""


def _taking_away(finding: Finding, package: Blueprint) -> tuple[str, str]:
    """What is gone or cannot be given is taken out of the package, or off its lists."""
    for code, key, name in _named(package):
        if finding.code.startswith(code) and f"“{name}”" in finding.text:
            return f'-{key}:"{name}"', f"Take “{name}” out"
    return "", ""


def _named(package: Blueprint) -> Iterator[tuple[str, str, str]]:
    """(beginning of a finding's code, key of the sentence, name) of all that can be taken away."""
    for role in package.roles:
        key = _KEYS[role.resource.system]
        for code in ("application_deleted", "group_deleted", "group_dynamic"):
            yield code, key, role.resource.name
    for group in package.incompatible_groups:
        yield "incompatible_deleted", "incompatible-group", group.name
    for terms in package.policies:
        for target in terms.targets:
            yield "target_", "users", target.name
            yield "partner_gone", "org", target.name
