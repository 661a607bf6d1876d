"""Whole packages of every kind, and the tenant in which each of them can be understood."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from bot.domain.building.blueprints import Blueprint, Named
from bot.domain.building.lookup import CustomExtension, Found, PackageName
from bot.domain.building.organizations import ConnectedOrganization
from bot.domain.building.resources import Resource, ResourceCandidate, ResourceRole, Role, System
from bot.domain.building.subjects import Candidate, Subject, SubjectKind
from bot.domain.building.terms import (
    Choice,
    Extension,
    Frequency,
    Moment,
    NoAnswer,
    Question,
    QuestionKind,
    Review,
    Stage,
    Terms,
    Translation,
)
from bot.domain.packages import Catalog, Expiration, Scope
from tests.domain.building.contoso import NOW

NAMES = (
    st.text("aäB 12-_.,;:|=*[]()<>&'\"“”#", min_size=1, max_size=20)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text not in ("", "-"))
)
IDS = st.integers(1, 9)
UNNAMED = (
    Subject(SubjectKind.MANAGER),
    Subject(SubjectKind.MANAGER, level=2),
    Subject(SubjectKind.TARGET_MANAGER),
    Subject(SubjectKind.INTERNAL_SPONSORS),
    Subject(SubjectKind.EXTERNAL_SPONSORS),
    Subject(SubjectKind.GUEST_SPONSORS),
)
USERS = st.builds(lambda at: Subject(SubjectKind.USER, f"u-{at}", f"Person {at}"), IDS)
GROUPS = st.builds(lambda at: Subject(SubjectKind.GROUP, f"g-{at}", f"Group {at}"), IDS)
ORGANIZATIONS = st.builds(lambda at: Subject(SubjectKind.ORGANIZATION, f"o-{at}", f"Partner {at}"), IDS)
PEOPLE = st.one_of(USERS, GROUPS, st.sampled_from(UNNAMED))
TAGS = st.sampled_from(["de", "fr", "pt-BR", "zh-Hans"])
DAYS = st.integers(1, 3660).map(lambda days: timedelta(days=days))
SECONDS = st.integers(1, 3660 * 86400).map(lambda seconds: timedelta(seconds=seconds))
SCOPES = tuple(
    scope for scope in Scope if scope not in (Scope.SOME_APPLICATIONS, Scope.APPLICATIONS, Scope.AGENTS, Scope.UNKNOWN)
)


def distinct(one, *, least=0, most=2, by=None):
    return st.lists(one, min_size=least, max_size=most, unique_by=by or (lambda thing: thing)).map(tuple)


TRANSLATIONS = distinct(st.builds(Translation, TAGS, NAMES), most=2, by=lambda one: one.language)


@st.composite
def stages(draw):
    answer = draw(st.integers(2, 60))
    alternates = draw(distinct(PEOPLE))
    needed = st.integers(1, answer * 24 - 1).map(lambda hours: timedelta(hours=hours))
    return Stage(
        approvers=draw(distinct(PEOPLE, least=1)),
        answer_within=timedelta(days=answer),
        needs_justification=draw(st.booleans()),
        fallbacks=draw(distinct(PEOPLE)),
        alternates=alternates,
        alternates_after=draw(needed if alternates else st.none() | needed),
        alternate_fallbacks=draw(distinct(PEOPLE)),
    )


@st.composite
def questions(draw):
    kind = draw(st.sampled_from(QuestionKind))
    choices = ()
    if kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL):
        texts = draw(st.lists(NAMES, min_size=1, max_size=2, unique=True))
        values = draw(st.permutations(texts))
        choices = tuple(Choice(value, text, draw(TRANSLATIONS)) for text, value in zip(texts, values, strict=True))
    return Question(
        text=draw(NAMES),
        kind=kind,
        required=draw(st.booleans()),
        choices=choices,
        translations=draw(TRANSLATIONS),
        pattern=draw(st.sampled_from(["", "[a-z]+"])) if kind is QuestionKind.SHORT else "",
        editable=draw(st.booleans()),
    )


@st.composite
def reviews(draw):
    self_review = draw(st.booleans())
    return Review(
        frequency=draw(st.sampled_from(Frequency)),
        reviewers=draw(distinct(PEOPLE, least=0 if self_review else 1)),
        self_review=self_review,
        fallbacks=draw(distinct(PEOPLE)),
        duration=timedelta(days=draw(st.integers(1, 6))),
        no_answer=draw(st.sampled_from(NoAnswer)),
        recommendations=draw(st.booleans()),
        needs_justification=draw(st.booleans()),
        starts_at=draw(st.none() | MOMENTS),
    )


MOMENTS = st.datetimes(datetime(2026, 7, 2), datetime(2036, 1, 1)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0, tzinfo=UTC)
)
ENDS = st.one_of(
    st.just(Expiration()),
    DAYS.map(lambda after: Expiration(after=after)),
    SECONDS.map(lambda after: Expiration(after=after)),
    MOMENTS.map(lambda on: Expiration(on=on)),
)
EXTENSIONS = st.builds(lambda moment, at: Extension(moment, f"x-{at}", f"Call {at}"), st.sampled_from(Moment), IDS)


@st.composite
def terms(draw):
    scope = draw(st.sampled_from(SCOPES))
    # What anyone outside can ask for is approved by somebody.
    approval = draw(distinct(stages(), least=1 if scope is Scope.ANYONE_OUTSIDE else 0))
    extendable = draw(st.booleans())
    named = {Scope.SOME_USERS: USERS | GROUPS, Scope.SOME_ORGANISATIONS: ORGANIZATIONS}
    return Terms(
        name=draw(NAMES),
        scope=scope,
        description=draw(st.just("") | NAMES),
        targets=draw(distinct(named[scope], least=1)) if scope in named else (),
        accepts_requests=scope is not Scope.DIRECT_ONLY and draw(st.booleans()),
        stages=approval,
        needs_justification=draw(st.booleans()),
        questions=draw(distinct(questions())),
        ends=draw(ENDS),
        custom_timeline=draw(st.booleans()),
        extendable=extendable,
        approve_extension=extendable and bool(approval) and draw(st.booleans()),
        review=draw(st.none() | reviews()),
        extensions=draw(distinct(EXTENSIONS)),
    )


@st.composite
def roles(draw):
    system = draw(st.sampled_from(System))
    at = draw(IDS)
    role = draw(IDS)
    return ResourceRole(
        Resource(system, f"{system}-{at}", f"Thing {at}", f"r-{at}"), Role(f"role-{role}", f"Role {role}")
    )


def blueprints(*, policies=None, least=1):
    """Packages that a draft describes whole, not made yet: no ids, nothing that Usher does not make itself."""
    one = terms() if policies is None else policies
    return st.builds(
        Blueprint,
        name=NAMES,
        catalog=st.builds(Catalog, st.just("c-1"), NAMES, st.booleans(), st.booleans()),
        description=st.just("") | NAMES,
        hidden=st.booleans(),
        roles=distinct(roles(), by=lambda one: one.key),
        policies=distinct(one, least=least, by=lambda one: one.name.casefold()),
        incompatible_packages=distinct(st.builds(lambda at: Named(f"p-{at}", f"Package {at}"), IDS)),
        incompatible_groups=distinct(st.builds(lambda at: Named(f"g-{at}", f"Group {at}"), IDS)),
    )


STRANGE = st.builds(
    Terms,
    name=NAMES,
    scope=st.sampled_from(Scope),
    description=NAMES,
    targets=distinct(st.builds(Subject, st.just(SubjectKind.OTHER), st.just(""), NAMES)),
    accepts_requests=st.booleans(),
    stages=distinct(
        st.builds(
            Stage, distinct(st.builds(Subject, st.sampled_from(SubjectKind), st.just("gone"))), st.just(timedelta())
        )
    ),
    ends=ENDS,
    extendable=st.booleans(),
    approve_extension=st.booleans(),
    review=st.none() | st.builds(Review, st.sampled_from(Frequency), duration=st.just(timedelta(days=900))),
)
"""Policies as only the portal or a script makes them: kinds of people, scopes and lengths that no draft describes."""


def stored(blueprint: Blueprint) -> Blueprint:
    """The same package as it is once Entra has it: with ids and times."""
    numbers = count(1)
    policies = tuple(
        replace(
            one,
            id=f"policy-{next(numbers)}",
            modified_at=NOW,
            questions=tuple(replace(asked, id=f"question-{next(numbers)}") for asked in one.questions),
        )
        for one in blueprint.policies
    )
    given = tuple(replace(role, scope_id=f"scope-{next(numbers)}") for role in blueprint.roles)
    return replace(blueprint, id="p-this", policies=policies, roles=given, created_at=NOW, modified_at=NOW)


def tenant_of(blueprint: Blueprint) -> Found:
    """Everything the package refers to, found under its id."""
    subjects: dict[str, tuple[Candidate, ...]] = {
        one.id: (Candidate(Subject(SubjectKind.GROUP, one.id, one.name)),) for one in blueprint.incompatible_groups
    }
    organizations: dict[str, ConnectedOrganization] = {}
    extensions: dict[str, CustomExtension] = {}
    for policy in blueprint.policies:
        for one in _named(policy):
            if one.kind is SubjectKind.ORGANIZATION:
                organizations[one.id] = ConnectedOrganization(one.id, one.name)
            elif one.id:
                subjects[one.id] = (Candidate(one),)
        for called in policy.extensions:
            extensions[called.id] = CustomExtension(called.id, called.name, tuple(Moment))
    resources: dict[tuple[System, str], tuple[ResourceCandidate, ...]] = {}
    for role in blueprint.roles:
        key = (role.resource.system, role.resource.origin_id)
        offered = tuple(one.role for one in blueprint.roles if one.resource == role.resource)
        resources[key] = (ResourceCandidate(role.resource, (*offered, Role("another", "Another"))),)
    packages = tuple(PackageName(one.id, one.name, "c-2") for one in blueprint.incompatible_packages)
    return Found(
        (blueprint.catalog, Catalog("c-2", "Elsewhere")),
        packages,
        tuple(organizations.values()),
        resources,
        subjects,
        tuple(extensions.values()),
    )


def _named(policy: Terms) -> list[Subject]:
    named = list(policy.targets)
    for stage in policy.stages:
        named += [*stage.approvers, *stage.fallbacks, *stage.alternates, *stage.alternate_fallbacks]
    if policy.review:
        named += [*policy.review.reviewers, *policy.review.fallbacks]
    return named
