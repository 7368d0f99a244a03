"""The house as CONTRIBUTING and the README describe it: its floors, and what it stands on."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mkdocs_guidebook.site.options import Options

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "mkdocs_guidebook"
MODULES = sorted(PACKAGE.rglob("*.py"))


def floors() -> dict[str, int]:
    """Return the floors that CONTRIBUTING names, with their height; those of one row lie side by side."""
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M)
    return {name: -number for number, row in enumerate(rows) for name in re.findall(r"\w+", row)}


def floor_of(module: Path) -> str:
    """Return the floor on which a module of the package lies."""
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(module: Path) -> Iterator[tuple[int, str]]:
    """Yield the floors from which a module imports, with the line."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} imports by dots"
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            package, _, rest = name.partition(".")
            if package == PACKAGE.name and (floor := rest.split(".")[0]) in floors():
                yield node.lineno, floor


def test_every_room_lies_on_a_floor() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/*.py")}
    assert rooms == set(floors())


@pytest.mark.parametrize("floor", floors())
def test_a_floor_imports_only_from_floors_below_it(floor: str) -> None:
    heights = floors()
    wrong = [
        f"{module.relative_to(PACKAGE)}:{line} imports from {other}"
        for module in MODULES
        if floor_of(module) == floor
        for line, other in imports(module)
        if other != floor and heights[other] >= heights[floor]
    ]
    assert wrong == []


def test_the_readme_gives_a_reason_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(name for names in project["optional-dependencies"].values() for name in names),
    ]
    table = (ROOT / "README.md").read_text("utf-8").split("## What it stands on")[1].split("\n## ")[0]
    named = set(re.findall(r"[a-z][\w-]+", table.lower()))
    packages = {re.split(r"[\[<>=]", name)[0].lower() for name in wanted}
    assert sorted(package for package in packages if package not in named) == []


def test_the_readme_says_what_each_option_of_the_plugin_is_for() -> None:
    table = (
        (ROOT / "README.md").read_text("utf-8").split("The plugin's own options")[1].split("\n\n`mkdocs")[0]
    )
    assert re.findall(r"^\| `(\w+):", table, re.M) == [name for name, _ in Options._schema]
