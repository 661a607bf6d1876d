"""The Teams app package is one Teams takes: valid manifest, right icons, everything at the root."""

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from PIL import Image

from bot.commands import registry
from bot.errors import Misconfigured
from bot.teams.package import FOLDER, build_package
from tests.teams.channel import APP_ID

COMMANDS = [(one.name, one.summary) for one in registry.COMMANDS]


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def manifest(**changes: Any) -> dict[str, Any]:
    given = {"app_id": APP_ID, "teams_app_id": "", "public_url": "https://usher.contoso.com", "commands": COMMANDS}
    return json.loads(opened(build_package(**{**given, **changes})).read("manifest.json"))


def test_the_manifest_is_valid_against_microsofts_schema(shared: Path) -> None:
    schema = json.loads((shared / "schemas" / "teams-manifest-1.29.json").read_text())

    errors = [error.message for error in Draft4Validator(schema).iter_errors(manifest())]

    assert errors == []


def test_everything_lies_at_the_root() -> None:
    data = build_package(APP_ID, "", "https://usher.contoso.com", COMMANDS)

    assert sorted(opened(data).namelist()) == ["color.png", "manifest.json", "outline.png"]


def test_the_same_settings_give_the_same_package_and_app_id() -> None:
    first, second = (build_package(APP_ID, "", "https://usher.contoso.com", COMMANDS) for _ in range(2))

    assert first == second
    assert manifest()["id"] == manifest(public_url="https://elsewhere.contoso.com/")["id"]
    assert manifest()["id"] != manifest(app_id="22222222-2222-4222-8222-222222222223")["id"]


def test_a_given_app_id_is_kept() -> None:
    own = "12345678-1234-4234-8234-123456789012"

    assert manifest(teams_app_id=own)["id"] == own


def test_the_bot_is_named_by_its_application_id_everywhere() -> None:
    made = manifest()

    assert made["bots"][0]["botId"] == APP_ID
    assert made["webApplicationInfo"] == {"id": APP_ID, "resource": f"api://botid-{APP_ID}"}
    assert made["validDomains"] == ["token.botframework.com", "usher.contoso.com"]
    assert "00000000" not in json.dumps(made)


def test_suggested_commands_are_commands_the_bot_knows() -> None:
    for suggested in manifest()["bots"][0]["commandLists"]:
        words = [one["title"] for one in suggested["commands"]]
        assert set(words) <= set(registry.by_word())
        assert "help" in words
        assert len(words) == 10


@pytest.mark.parametrize(
    "changes",
    [
        {"app_id": ""},
        {"app_id": "usher"},
        {"teams_app_id": "x"},
        {"public_url": "http://usher.contoso.com"},
        {"public_url": "usher.contoso.com"},
        {"public_url": "https://usher.contoso.com/?a=1"},
    ],
)
def test_what_teams_would_refuse_is_said_before(changes: dict[str, str]) -> None:
    with pytest.raises(Misconfigured):
        manifest(**changes)


def test_an_icon_of_the_wrong_size_is_said_before(tmp_path: Path) -> None:
    folder = shutil.copytree(FOLDER, tmp_path / "appPackage")
    Image.new("RGBA", (32, 33)).save(folder / "outline.png")

    with pytest.raises(Misconfigured, match=r"outline\.png"):
        build_package(APP_ID, "", "https://x.example", COMMANDS, folder=folder)


def test_the_color_icon_is_solid_and_its_symbol_within_the_safe_area() -> None:
    icon = Image.open(FOLDER / "color.png").convert("RGBA")

    ground = icon.getpixel((0, 0))
    outside = [icon.getpixel((x, y)) for x in range(192) for y in range(192) if not (47 <= x < 145 and 47 <= y < 145)]
    assert ground[3] == 255
    assert set(outside) == {ground}


def test_the_outline_icon_is_white_on_nothing() -> None:
    icon = Image.open(FOLDER / "outline.png").convert("RGBA")

    pixels = list(icon.get_flattened_data())
    assert {pixel[:3] for pixel in pixels if pixel[3]} == {(255, 255, 255)}
    assert any(pixel[3] == 0 for pixel in pixels)
    assert any(pixel[3] == 255 for pixel in pixels)
