from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.fields import (
    AnyDate,
    Country,
    Date,
    Id,
    Number,
    PartialDate,
    Truth,
    WebAddress,
    Whole,
    countries,
    parse_date,
    parse_partial_date,
)
from mkdocs_guidebook.content.yaml12 import Plain

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


@pytest.mark.parametrize("written", ["012", "+12", "12"])
def test_a_whole_number_may_have_zeros_in_front(written: str) -> None:
    assert TypeAdapter(Whole).validate_python(Plain(written)) == 12


def test_a_number_keeps_the_digits_that_were_written() -> None:
    assert str(TypeAdapter(Number).validate_python(Plain("1.10"))) == "1.10"


@pytest.mark.parametrize("written", ["1e9", "0x1F", "1_000", "1,5", ".", "-", "1" * 16, "nan", "١٢"])
def test_what_is_no_plain_number_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Number).validate_python(Plain(written))


def test_a_number_in_quotes_is_text() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Whole).validate_python("12")


def test_half_is_written_with_or_without_a_zero() -> None:
    assert TypeAdapter(Number).validate_python(Plain(".5")) == Decimal("0.5")


@pytest.mark.parametrize("written", ["yes", "no", "on", "1", "y"])
def test_only_true_and_false_are_truth_values(written: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Truth).validate_python(Plain(written))


def test_norway_is_a_country() -> None:
    assert TypeAdapter(Country).validate_python(Plain("NO")) == "NO"


@pytest.mark.parametrize("code", ["UK", "EU", "UN", "XK1", "fr", "001"])
def test_what_iso_3166_does_not_list_is_no_country(code: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Country).validate_python(code)


def test_countries_are_named_in_the_language_of_the_site() -> None:
    assert (countries("fr")["DE"], countries("en")["DE"]) == ("Allemagne", "Germany")


@pytest.mark.parametrize("text", ["a", "agree-before-the-first-case", "4-6", "2024"])
def test_ids_are_words_and_numbers_joined_by_hyphens(text: str) -> None:
    assert TypeAdapter(Id).validate_python(text) == text


@pytest.mark.parametrize("text", ["", "A", "a_b", "a--b", "-a", "a-", "é", "a b", "a\nb"])
def test_what_cannot_stand_in_an_address_is_no_id(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Id).validate_python(text)


@pytest.mark.parametrize(
    "text", ["www.efus.eu", "javascript:alert(1)", "https://", "https://x", "ftp://a.b", "https://a b.c"]
)
def test_a_web_address_is_complete(text: str) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(WebAddress).validate_python(text)


def test_dates_of_different_precision_are_written_back_as_they_were() -> None:
    adapter: TypeAdapter[PartialDate] = TypeAdapter(AnyDate)
    assert [
        adapter.dump_python(adapter.validate_python(text)) for text in ("2019", "2019-05", "2019-05-01")
    ] == [
        "2019",
        "2019-05",
        "2019-05-01",
    ]


def test_a_full_date_is_asked_for_where_only_a_day_makes_sense() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Date).validate_python("2026-02")
