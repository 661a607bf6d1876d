"""Spare msgraph-sdk thousands of useless imports per parsed entity, and httpcore four useless searches per request.

In 1.65.0 `Entity.get_field_deserializers` imports every entity type there is (about 2,400 modules, seconds
on the first call and milliseconds on each later one) and uses none of them. The replacement does what the
rest of the method does. It may go when the generated method no longer imports.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiota_abstractions.serialization import ParseNode
    from msgraph.generated.models.entity import Entity

PATCHED_VERSION = "1.65.0"


def spare_entity_imports() -> bool:
    """Put the light method in place; False, and nothing changed, for any other release of the SDK."""
    from msgraph._version import VERSION

    if VERSION != PATCHED_VERSION:
        return False
    from msgraph.generated.models.entity import Entity

    Entity.get_field_deserializers = _field_deserializers  # type: ignore[method-assign]
    return True


def spare_sniffio_search() -> None:
    """A library that is not installed is looked for once, not on disk with every request.

    httpcore 1.0 asks `import sniffio` four times a request to learn which loop it runs on, and takes its absence for
    asyncio. None in `sys.modules` says the same without looking: https://docs.python.org/3/library/sys.html#sys.modules
    """
    if "sniffio" not in sys.modules and find_spec("sniffio") is None:
        sys.modules["sniffio"] = None  # type: ignore[assignment]


@cache
def load_invitation_models() -> None:
    """Import what parsing an invitation needs: about a hundred modules, so call it off the loop.

    Without this the first invitation of a process would stop every other turn for some 200 ms.
    """
    from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
    from msgraph.generated.models.invitation import Invitation

    sample = b'{"invitedUser": {"id": ""}, "invitedUserSponsors": [{"id": ""}]}'
    JsonParseNodeFactory().get_root_parse_node("application/json", sample).get_object_value(Invitation)


def _field_deserializers(self: Entity) -> dict[str, Callable[[ParseNode], None]]:
    def read_id(node: Any) -> None:
        self.id = node.get_str_value()

    def read_type(node: Any) -> None:
        self.odata_type = node.get_str_value()

    return {"id": read_id, "@odata.type": read_type}
