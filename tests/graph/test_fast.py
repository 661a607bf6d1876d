"""The spared imports change nothing but time."""

import json
import subprocess
import sys

PROGRAM = """
import json, sys
from kiota_serialization_json.json_parse_node_factory import JsonParseNodeFactory
from msgraph.generated.models.access_package_subject import AccessPackageSubject
from msgraph.generated.models.entity import Entity
import bot.graph.fast as fast
stock = Entity.get_field_deserializers
if sys.argv[1] == "another release":
    fast.PATCHED_VERSION = "0.0.1"
patched = fast.spare_entity_imports()
assert patched == (Entity.get_field_deserializers is not stock)
body = b'{"@odata.type":"#microsoft.graph.accessPackageSubject","id":"1","objectId":"2","email":"a@b.c","extra":3}'
node = JsonParseNodeFactory().get_root_parse_node("application/json", body)
found = node.get_object_value(AccessPackageSubject)
facts = [found.id, found.odata_type, found.object_id, found.email, found.additional_data]
loaded = len([name for name in sys.modules if name.startswith("msgraph.generated.models.")])
print(json.dumps({"patched": patched, "facts": facts, "loaded": loaded, "fields": sorted(Entity().get_field_deserializers())}))
"""


def run(how: str) -> dict:
    """What a fresh process parsed, with how many model modules loaded."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROGRAM, how], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(done.stdout)


def test_the_light_method_reads_what_the_stock_one_reads_and_another_release_is_left_alone():
    light, stock = run("this release"), run("another release")

    assert (light["patched"], stock["patched"]) == (True, False)
    assert (
        light["facts"] == stock["facts"] == ["1", "#microsoft.graph.accessPackageSubject", "2", "a@b.c", {"extra": 3}]
    )
    assert light["fields"] == stock["fields"]
    assert light["loaded"] * 10 < stock["loaded"]
