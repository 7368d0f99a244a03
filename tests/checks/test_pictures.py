from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from mkdocs_guidebook.checks.printing import picture_fault
from mkdocs_guidebook.problems import Problem
from tests.tiny import ARTICLE, copy_valid, problems_of, read_valid

SMALL_ONE_INSIDE = b"Exif\0\0" + b"\xff\xd8 a small picture \xff\xd9" * 9
CUT_OFF = "is cut off: the end of its file is missing"
FORMS = [
    ("png", {}),
    ("jpg", {}),
    ("jpeg", {"progressive": True}),
    ("gif", {}),
    ("webp", {}),
    ("webp", {"lossless": True}),
]


def picture(ending: str, options: dict[str, bool]) -> bytes:
    """Return a picture of which no part is like another."""
    noise = random.Random(ending)  # noqa: S311 - a picture, no secret
    image = Image.frombytes("RGB", (90, 90), noise.randbytes(90 * 90 * 3))
    out = io.BytesIO()
    form = {"jpg": "JPEG", "jpeg": "JPEG"}.get(ending, ending.upper())
    image.save(out, form, **({"exif": SMALL_ONE_INSIDE} if form == "JPEG" else {}), **options)
    return out.getvalue()


@pytest.mark.parametrize(("ending", "options"), FORMS)
def test_a_whole_picture_is_right_also_with_something_behind_it(
    ending: str, options: dict[str, bool]
) -> None:
    whole = picture(ending, options)
    for behind in (b"", bytes(900)):
        assert picture_fault(f"a.{ending}", io.BytesIO(whole + behind)) == ""


@pytest.mark.parametrize(("ending", "options"), FORMS)
def test_a_picture_without_its_end_is_cut_off_wherever_that_happened(
    ending: str, options: dict[str, bool]
) -> None:
    whole = picture(ending, options)
    for length in (*range(16, 700, 7), len(whole) // 2, len(whole) * 9 // 10, len(whole) - 9, len(whole) - 2):
        assert picture_fault(f"a.{ending}", io.BytesIO(whole[:length])) == CUT_OFF, length


def test_each_place_of_a_picture_that_is_cut_off_is_told(tmp_path: Path) -> None:
    text = read_valid(ARTICLE) + "\n![A dyke](dyke.png)\n\n![The same dyke](dyke.png)\n"
    half = picture("png", {})[:9000]
    found: list[Problem] = problems_of(
        copy_valid(tmp_path / "p", {ARTICLE: text, "state_of_the_art/dyke.png": half})
    )
    assert [(problem.code, problem.message) for problem in found] == [
        ("unprintable-picture", f"the picture `dyke.png` {CUT_OFF}")
    ] * 2
    assert len({problem.place.line for problem in found}) == 2
