from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.dates import PartialDate, parse_date, parse_partial_date

DAYS = st.dates()
PARTIAL_DATES = DAYS.flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)


@given(PARTIAL_DATES)
def test_a_partial_date_is_read_as_it_is_written(date: PartialDate) -> None:
    assert parse_partial_date(str(date)) == date


@given(PARTIAL_DATES)
def test_a_partial_date_means_the_days_from_its_first_to_its_last(date: PartialDate) -> None:
    assert date.first_day <= date.last_day
    assert {date.first_day.year, date.last_day.year} == {date.year}


@given(DAYS)
def test_a_day_is_read_as_it_is_written(day: datetime.date) -> None:
    assert parse_date(day.isoformat()) == day


def test_a_year_lasts_until_its_last_day() -> None:
    assert parse_partial_date("2024-02").last_day == datetime.date(2024, 2, 29)
    assert parse_partial_date("2024").last_day == datetime.date(2024, 12, 31)


@pytest.mark.parametrize(
    "written",
    ["2026-02-31", "2026-13", "2026-2-1", "26-02-01", "2026/02/01", "0000", "２０２６", "2026-02-01\n", ""],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(PydanticCustomError):
        parse_partial_date(written)
