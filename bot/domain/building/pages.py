"""The pages of the wizard that describes a package: their order, their names, and which fields stand on which."""

from __future__ import annotations

from enum import StrEnum


class Page(StrEnum):
    """In the portal's order. Values are stored: never rename one."""

    BASICS = "basics"
    RESOURCES = "resources"
    REQUESTS = "requests"
    QUESTIONS = "questions"
    LIFECYCLE = "lifecycle"
    REVIEW = "review"

    @property
    def heading(self) -> str:
        """What people read, as in the portal."""
        return _TITLES[self]

    @property
    def number(self) -> int:
        """Counted from 1."""
        return ORDER.index(self) + 1

    @property
    def following(self) -> Page:
        """The page after this one; the last follows itself."""
        return ORDER[min(self.number, len(ORDER) - 1)]

    @property
    def preceding(self) -> Page:
        """The page before this one; the first precedes itself."""
        return ORDER[max(self.number - 2, 0)]


ORDER = tuple(Page)
_TITLES = {
    Page.BASICS: "Basics",
    Page.RESOURCES: "Resource roles",
    Page.REQUESTS: "Requests",
    Page.QUESTIONS: "Requestor information",
    Page.LIFECYCLE: "Lifecycle",
    Page.REVIEW: "Review + create",
}
_WORDS = {
    **{page.heading.casefold(): page for page in Page},
    **{page.value: page for page in Page},
    "resource": Page.RESOURCES,
    "resources and roles": Page.RESOURCES,
    "roles": Page.RESOURCES,
    "requestor": Page.QUESTIONS,
    "review and create": Page.REVIEW,
    "review+create": Page.REVIEW,
    "summary": Page.REVIEW,
}
_FIELDS = {
    Page.BASICS: "name description catalog hidden",
    Page.RESOURCES: "resources",
    Page.REQUESTS: "policy renamed policy_description audience targets requests approve stages justification others",
    Page.QUESTIONS: "questions",
    Page.LIFECYCLE: "ends length until timeline extend review extensions incompatible_packages incompatible_groups",
}
_PAGES = {field: page for page, fields in _FIELDS.items() for field in fields.split()}


def page_with(field: str) -> Page:
    """The page on which this field of a draft stands; "stages.1.approvers" stands where "stages" does."""
    return _PAGES.get(field.partition(".")[0], Page.REVIEW)


def page_named(words: str) -> Page | None:
    """The page people mean by these words, or None."""
    bare = " ".join(words.casefold().strip(" .!\"'“”").split()).removeprefix("go to ").removesuffix(" page")
    return _WORDS.get(bare)


def page_stored(value: str) -> Page:
    """The page that was stored under this value; what an earlier or later Usher wrote leads to the first."""
    return Page(value) if value in set(Page) else Page.BASICS
