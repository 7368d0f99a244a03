"""The countries that records may name."""

from __future__ import annotations

from functools import cache

from babel import Locale


@cache
def countries(language: str = "en") -> dict[str, str]:
    """Return the names of the countries of ISO 3166-1 by their codes of two letters, from Unicode CLDR."""
    not_countries = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
    territories = Locale.parse(language, sep="-").territories
    return {
        code: name
        for code, name in sorted(territories.items())
        if len(code) == 2 and code.isalpha() and code not in not_countries
    }
