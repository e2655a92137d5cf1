"""The documents keep up with the code."""

from __future__ import annotations

from tests.conftest import ROOT


def test_every_room_has_its_row_in_the_design():
    """Whoever looks for where something is done finds each room once."""
    rooms = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    top = sorted((ROOT / "framing").glob("[!_]*"))
    doors = [path.name + "/" if path.is_dir() else path.name for path in top]
    counted = {name: rooms.count(f"| `{name}` |") for name in doors if name != "py.typed"}
    assert counted == dict.fromkeys(counted, 1)
