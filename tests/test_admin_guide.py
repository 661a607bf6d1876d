"""The admin guide and the settings tell the same story."""

import re
from pathlib import Path

from bot.settings import Settings

GUIDE = Path(__file__).resolve().parents[1] / "docs" / "admin-guide.md"


def test_every_setting_is_in_the_admin_guide_and_none_other() -> None:
    table = GUIDE.read_text().split("## Settings")[1].split("\n## ")[0]
    documented = {
        name
        for row in table.splitlines()
        if row.startswith("| `")
        for name in re.findall(r"`(\w+)`", row.split("|")[1])
    }

    assert documented == {field.alias for field in Settings.model_fields.values()}
