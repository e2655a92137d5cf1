"""The documents keep up with the code."""

from __future__ import annotations

from tests.conftest import ROOT


def test_every_module_has_its_room_in_the_design():
    """Whoever looks for where something is done finds each module once."""
    rooms = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    modules = [path.name for path in sorted((ROOT / "framing").glob("[!_]*.py"))]
    told = {name: rooms.count(f"`{name}`") for name in modules}
    assert [name for name, times in told.items() if not times] == []
