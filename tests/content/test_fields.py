from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import TypeAdapter, ValidationError

from mkdocs_guidebook.content.countries import countries
from mkdocs_guidebook.content.dates import PartialDate
from mkdocs_guidebook.content.fields import AnyDate, Country, Date, Id, Number, Truth, WebAddress, Whole
from mkdocs_guidebook.content.yaml12 import Plain


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
