"""Text as people type and paste it, freed of what can neither be stored nor seen."""

from __future__ import annotations

import re
import unicodedata

_UNSTORABLE = ("Cc", "Cf", "Cs", "Co", "Cn")
_TAG = re.compile(r"</?[a-zA-Z][^<>@]*>")
_LINK = re.compile(r"\[[^\[\]]*\]\(\s*mailto:([^)\s]+)\s*\)", re.IGNORECASE)
_ANCHOR = re.compile(r"</?a(?:\s[^<>]*)?>", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"\n[ \t]*(?:(?:-{2,}|_{2,}|—+)[ \t]*(?:\n|$)"
    r"|(?:(?:best|kind|warm)[ \t]+regards|regards|mit freundlichen grü(?:ß|ss)en|viele grüße|cordialement|saludos"
    r"|sent from my|gesendet von|get outlook for)\b)",
    re.IGNORECASE,
)
_DOUBLE_QUOTES = re.compile(r'["“”„«»]')


def clean(text: str) -> str:
    """`text` without control and invisible characters, in compatibility form; lines stay."""
    composed = unicodedata.normalize("NFKC", text)
    kept = (" " if char in "\t\r" else char for char in composed if char in "\n\t\r" or _storable(char))
    # What was parted by an invisible character may compose now.
    return unicodedata.normalize("NFKC", "".join(kept))


def storable(text: str) -> str:
    """`text` as it was meant, without null bytes, lone surrogates and other controls that no store or wire takes."""
    return "".join(char for char in text if char in "\n\t\r" or unicodedata.category(char) not in ("Cc", "Cs"))


def _storable(char: str) -> bool:
    return unicodedata.category(char) not in _UNSTORABLE


def without_tags(text: str) -> str:
    """`text` with HTML tags taken out; what stands in angle brackets with an @ is an address and stays."""
    return _TAG.sub(" ", text)


def without_links(text: str) -> str:
    """`text` with links of markdown and HTML and plain `mailto:` replaced by their address."""
    return re.sub(r"\bmailto:", "", _LINK.sub(r" \1 ", _ANCHOR.sub(" ", text)), flags=re.IGNORECASE)


def without_signature(text: str) -> str:
    """`text` up to a mail signature pasted along with it; one inside quotation marks belongs to what is quoted."""
    for found in _SIGNATURE.finditer(text):
        before = text[: found.start()]
        if len(_DOUBLE_QUOTES.findall(before)) % 2 == 0:
            return before
    return text
