"""Build the pages' HTML: one layout, a few pieces, everything from outside escaped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from pathlib import Path

from sandbox.entitlement.times import parse_time
from sandbox.world import Entity

_HERE = Path(__file__).parent
STYLE = (_HERE / "style.css").read_text(encoding="utf-8")
SCRIPT = (_HERE / "page.js").read_text(encoding="utf-8")
ICON = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E"


class Markup(str):
    """HTML that is ready to be shown; any other string is escaped first."""

    __slots__ = ()


def text(value: object) -> Markup:
    """The value as HTML: markup as it is, everything else escaped."""
    return value if isinstance(value, Markup) else Markup(escape(str(value if value is not None else "")))


def html(template: str, **values: object) -> Markup:
    """The template with every value escaped, unless it is markup; a list of markup is joined."""
    filled = {
        name: Markup("".join(text(item) for item in value)) if isinstance(value, list) else text(value)
        for name, value in values.items()
    }
    return Markup(template.format_map(filled))


def document(title: str, body: Markup, *, brand: str, user: Entity | None, tabs: Markup, live: bool) -> str:
    """A whole page; ``live`` makes it follow what is under way."""
    return html(
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} - {brand}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="{icon}">'
        '<style>{style}</style></head><body><a class="skip" href="#main">Skip to content</a>'
        "<header><strong>{brand}</strong><span>Contoso</span>{sites}{who}</header>{tabs}"
        '<main id="main" tabindex="-1"{live} aria-live="polite">{body}</main><script>{script}</script></body></html>',
        title=title,
        brand=brand,
        icon=ICON,
        style=Markup(STYLE),
        sites=_sites(brand) if user else "",
        who=_who(user),
        tabs=tabs,
        live=Markup(" data-live") if live else "",
        body=body,
        script=Markup(SCRIPT),
    )


def _sites(brand: str) -> Markup:
    other, address = ("My Apps", "/myapps/") if brand == "My Access" else ("My Access", "/myaccess/")
    return html('<a href="{address}">{other}</a>', address=address, other=other)


def _who(user: Entity | None) -> Markup:
    if user is None:
        return Markup("")
    return html(
        '<div class="who"><span>{name}</span><form method="post" action="/myaccess/signout">'
        "<button>Switch user</button></form></div>",
        name=user["displayName"],
    )


def tab_bar(links: Iterable[tuple[str, str, str]], current: str) -> Markup:
    """The tabs of a page from (key, label, address); the current one is marked for screen readers too."""
    items = [
        html(
            '<li><a href="{url}"{now}>{label}</a></li>',
            url=url,
            label=label,
            now=Markup(' aria-current="page"') if key == current else "",
        )
        for key, label, url in links
    ]
    return html('<nav aria-label="Sections"><ul>{items}</ul></nav>', items=items)


def notice(message: str, *, bad: bool = False) -> Markup:
    """A message above the content, spoken by screen readers."""
    return html(
        '<div class="notice{kind}" role="{role}">{message}</div>',
        kind=" bad" if bad else "",
        role="alert" if bad else "status",
        message=message,
    )


def button(label: str, action: str, *, main: bool = False, **hidden: object) -> Markup:
    """A form that is one button; ``hidden`` are the values it posts."""
    fields = [html('<input type="hidden" name="{n}" value="{v}">', n=name, v=value) for name, value in hidden.items()]
    return html(
        '<form method="post" action="{action}">{fields}<button{main}>{label}</button></form>',
        action=action,
        fields=fields,
        main=Markup(' class="main"') if main else "",
        label=label,
    )


def day(value: str | datetime | None) -> str:
    """A date people can read, such as "3 December 2026"; empty for none."""
    if value is None:
        return ""
    when = value if isinstance(value, datetime) else parse_time(value)
    return f"{when.day} {when:%B %Y}"
