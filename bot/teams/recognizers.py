"""Keep the language recognizers of botbuilder's prompts out of the process until something asks for them.

`import botbuilder.dialogs` loads four recognizer packages (0.15 s, 18 MiB) for prompts that read numbers and dates from
words. Usher's forms use none of these prompts. The stand-ins below become the real packages on first use, so a prompt
that does need them still works. Import this module before `botbuilder.dialogs`.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any

_PACKAGES = ("recognizers_text", "recognizers_number", "recognizers_choice", "recognizers_date_time")


class _Culture:
    """What the prompts read of `recognizers_text.Culture` while they are imported."""

    English, Chinese, Spanish, Portuguese, French = "en-us", "zh-cn", "es-es", "pt-br", "fr-fr"
    German, Japanese, Dutch, Italian, Swedish = "de-de", "ja-jp", "nl-nl", "it-it", "sv-se"
    Korean, Bulgarian, Turkish, Hindi = "ko-kr", "bg-bg", "tr-tr", "hi-in"


class _StandIn(types.ModuleType):
    """A package that is loaded when one of its names is called."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "Culture":
            return _Culture
        package = self.__name__

        class Late:
            """Callable as a function or as a class; what it makes is the real thing."""

            def __new__(cls, *arguments: Any, **named: Any) -> Any:
                return getattr(_real(package), name)(*arguments, **named)

        return Late


def _real(package: str) -> types.ModuleType:
    for name in _PACKAGES:
        if isinstance(sys.modules.get(name), _StandIn):
            del sys.modules[name]
    return importlib.import_module(package)


def stand_in() -> None:
    """From now on the recognizers are loaded on first use; those loaded already stay."""
    for name in _PACKAGES:
        sys.modules.setdefault(name, _StandIn(name))
