"""The Lambert azimuthal equal-area projection on the ellipsoid: degrees to metres.

Formulas: J. P. Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395, 1987), pages 187-188,
equations 3-11, 3-12, 14-1, 14-1a, 21-2 and 24-17 to 24-20; the same as IOGP Guidance Note 7-2, EPSG method 9820.
EPSG:3035 (ETRS89-LAEA, the EU's grid for statistical maps) is this with latitude 52° N, longitude 10° E, false
easting 4 321 000 m, false northing 3 210 000 m on the ellipsoid GRS 80.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import asin, atan2, cos, degrees, log, radians, sin, sqrt

_A = 6_378_137.0
"""Semi-major axis of GRS 80, metres."""
_F = 1 / 298.257222101
"""Flattening of GRS 80."""
_E2 = 2 * _F - _F * _F
_E = sqrt(_E2)


def _q(latitude: float) -> float:
    """Equation 3-12; the latitude in radians."""
    s = sin(latitude)
    return (1 - _E2) * (s / (1 - _E2 * s * s) - log((1 - _E * s) / (1 + _E * s)) / (2 * _E))


_QP = _q(radians(90))


@dataclass(frozen=True)
class LambertEqualArea:
    """The projection with its centre, in degrees, and what is added to its coordinates, in metres."""

    latitude: float
    longitude: float
    false_easting: float = 0.0
    false_northing: float = 0.0

    @cached_property
    def _centre(self) -> tuple[float, float, float]:
        """sin β₁, cos β₁ and D (24-20, with m from 14-15)."""
        phi = radians(self.latitude)
        beta = asin(max(-1.0, min(1.0, _q(phi) / _QP)))
        rq = _A * sqrt(_QP / 2)
        m = cos(phi) / sqrt(1 - _E2 * sin(phi) ** 2)
        return sin(beta), cos(beta), _A * m / (rq * cos(beta))

    def __call__(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return easting and northing in metres of a place in degrees."""
        sin1, cos1, d = self._centre
        sin_b = max(-1.0, min(1.0, _q(radians(latitude)) / _QP))
        cos_b = sqrt(1 - sin_b * sin_b)
        difference = radians(longitude - self.longitude)
        rq = _A * sqrt(_QP / 2)
        below = 1 + sin1 * sin_b + cos1 * cos_b * cos(difference)
        b = rq * sqrt(2 / max(below, 1e-9))
        easting = b * d * cos_b * sin(difference)
        northing = (b / d) * (cos1 * sin_b - sin1 * cos_b * cos(difference))
        return self.false_easting + easting, self.false_northing + northing


ETRS89_LAEA = LambertEqualArea(52, 10, 4_321_000, 3_210_000)
"""EPSG:3035."""
_EUROPE = (-32.0, 27.0, 50.0, 84.0)
"""West, south, east, north of the area of use of EPSG:3035, a little widened."""


def projection_for(places: list[tuple[float, float]]) -> LambertEqualArea:
    """Return EPSG:3035 for places in Europe, or the same projection with its centre among the places."""
    west, south, east, north = _EUROPE
    if all(south <= latitude <= north and west <= longitude <= east for latitude, longitude in places):
        return ETRS89_LAEA
    # The middle of points on a sphere: the direction of the sum of their vectors.
    vectors = [
        (cos(radians(la)) * cos(radians(lo)), cos(radians(la)) * sin(radians(lo)), sin(radians(la)))
        for la, lo in places
    ]
    x, y, z = (sum(vector[axis] for vector in vectors) for axis in range(3))
    return LambertEqualArea(round(degrees(atan2(z, sqrt(x * x + y * y)))), round(degrees(atan2(y, x))))
