"""What a map shows: the land in a frame around the places, and where each place and its name go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from math import cos, hypot, pi, sin

from mkdocs_guidebook.site.map.projection import LambertEqualArea, projection_for

WIDTH = 640.0
"""Width of a map in its own units."""
_LEAST = 900_000.0
"""The least width of a map in metres: a place is found by what lies around it."""
_MARGIN = 0.14
_STEP = 3
"""Points of a line that lie nearer to each other, in tenths of a unit of the map, are one."""
_NEAR = 15.0
"""Places that lie nearer to each other are moved apart."""
_CROWD = 9
"""More places than this at one spot are shown as a number."""
_SIGN = 6.6
"""Width of a sign of a name, in units of the map, on average."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Outlines:
    """Natural Earth's land and borders: rings and lines as latitudes and longitudes."""

    land: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]


@cache
def outlines() -> Outlines:
    """Return the outlines of the package."""
    file = json.loads((resources.files(__package__) / "outlines.json").read_text("utf-8"))
    units = file["units"]
    arcs = []
    for flat in file["arcs"]:
        x = y = 0
        line = []
        for dx, dy in zip(flat[::2], flat[1::2], strict=True):
            x, y = x + dx, y + dy
            line.append((y / units, x / units))
        arcs.append(line)

    def ring(numbers: Sequence[int]) -> tuple[Point, ...]:
        found: list[Point] = []
        for number in numbers:
            found += arcs[number] if number >= 0 else arcs[~number][::-1]
        return tuple(found)

    return Outlines(
        tuple(ring(numbers) for numbers in file["land"]),
        tuple(tuple(arcs[number]) for number in file["borders"]),
    )


@dataclass(frozen=True)
class Frame:
    """The part of the plane that a map shows."""

    projection: LambertEqualArea
    left: float
    top: float
    scale: float
    """Units of the map in a metre."""
    width: float
    height: float

    def place(self, latitude: float, longitude: float) -> Point:
        """Return where a place is, in units of the map."""
        return self.on_map(self.projection(latitude, longitude))

    def on_map(self, point: Point) -> Point:
        """Return where a point of the plane, in metres, is in units of the map."""
        return (point[0] - self.left) * self.scale, (self.top - point[1]) * self.scale


def frame_around(
    places: Sequence[Point],
    width: float = WIDTH,
    shape: tuple[float, float] = (0.55, 1.0),
    least: float = _LEAST,
) -> Frame:
    """Return a frame with all places in it; `shape` is the least and the greatest height for a width of 1."""
    projection = projection_for(list(places))
    points = [projection(*place) for place in places]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    wide, high = east - west, north - south
    margin = max(_MARGIN * max(wide, high), 120_000.0)
    wide, high = wide + 2 * margin, high + 2 * margin
    wide = max(wide, least, high / shape[1])
    high = min(max(high, wide * shape[0]), wide * shape[1])
    left, top = (west + east - wide) / 2, (south + north + high) / 2
    scale = width / wide
    return Frame(projection, left, top, scale, width, round(high * scale))


@dataclass(frozen=True)
class _Line:
    """A line or ring in the plane, in metres, and the box around it."""

    points: list[Point]
    west: float
    east: float
    south: float
    north: float
    stretches: tuple[_Line, ...] = ()
    """Its points in short pieces, one behind the other."""


@lru_cache(maxsize=8)
def _projected(projection: LambertEqualArea) -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
    """Return land and borders in the plane of a projection: the many maps of a site share one or two."""
    known = outlines()
    land, borders = (
        tuple(_line([projection(*place) for place in places]) for places in lines)
        for lines in (known.land, known.borders)
    )
    return land, borders


def _line(points: list[Point], piece: int = 48) -> _Line:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    stretches = (
        tuple(_line(points[start : start + piece]) for start in range(0, len(points), piece))
        if len(points) > piece
        else ()
    )
    return _Line(points, min(xs), max(xs), min(ys), max(ys), stretches)


def land_path(frame: Frame) -> str:
    """Return the land inside a frame as the `d` of an SVG path."""
    rings = (_clip(frame, line) for line in _drawn(frame, _projected(frame.projection)[0]))
    return "".join(f"{_path(ring)}Z" for ring in rings if len(ring) > 2)


def border_path(frame: Frame) -> str:
    """Return the borders that cross a frame as the `d` of an SVG path."""
    lines = _drawn(frame, _projected(frame.projection)[1])
    return "".join(_path([frame.on_map(point) for point in line.points]) for line in lines)


def _drawn(frame: Frame, lines: Iterable[_Line]) -> Iterator[_Line]:
    """Yield the lines whose box meets the frame."""
    right, bottom = frame.left + frame.width / frame.scale, frame.top - frame.height / frame.scale
    for line in lines:
        if (
            line.east >= frame.left
            and line.west <= right
            and line.north >= bottom
            and line.south <= frame.top
        ):
            yield line


def _clip(frame: Frame, line: _Line) -> list[Point]:
    """Cut a ring in the plane at the frame, a little outside of it (Sutherland and Hodgman, 1974)."""
    edge = 4.0 / frame.scale
    west, north = frame.left - edge, frame.top + edge
    east = frame.left + frame.width / frame.scale + edge
    south = frame.top - frame.height / frame.scale - edge
    limits = ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1))
    ring: list[Point] = []
    for part in line.stretches or (line,):
        if part.east < west or part.west > east or part.north < south or part.south > north:
            # All of it lies beyond one side, and will be cut off there: only its ends can meet the frame.
            ring += (part.points[0], part.points[-1])
        else:
            ring += part.points
    for axis, limit, side in limits:
        cut: list[Point] = []
        for before, here in zip((ring[-1:] + ring)[:-1], ring, strict=True):
            inside, was_inside = side * (here[axis] - limit) >= 0, side * (before[axis] - limit) >= 0
            if inside != was_inside:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                cut.append(
                    (before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1]))
                )
            if inside:
                cut.append(here)
        if not cut:
            return []
        ring = cut
    return [frame.on_map(point) for point in ring]


def _path(points: Iterable[Point]) -> str:
    """Return a line with one digit behind the point, from point to point."""
    tenths = ((round(x * 10), round(y * 10)) for x, y in points)
    x, y = next(tenths)
    steps = [f"M{_decimal(x)} {_decimal(y)}"]
    for next_x, next_y in tenths:
        dx, dy = next_x - x, next_y - y
        if dx * dx + dy * dy >= _STEP * _STEP:
            steps.append(f"l{_decimal(dx)} {_decimal(dy)}")
            x, y = next_x, next_y
    return "".join(steps)


@cache
def _decimal(tenths: int) -> str:
    return f"{tenths / 10:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on a map, or several that lie too near to each other."""

    members: tuple[int, ...]
    """Which of the places it stands for."""
    x: float
    y: float
    from_x: float
    from_y: float
    """Where the place is, if it was moved."""
    name_x: float = 0.0
    name_y: float = 0.0
    anchor: str = ""
    """start, middle or end; empty: there is no room for the name."""

    @property
    def is_moved(self) -> bool:
        """Whether it was moved away from its place."""
        return hypot(self.x - self.from_x, self.y - self.from_y) > 1


def spots(points: Sequence[Point], names: Sequence[str], frame: Frame) -> list[Spot]:
    """Return where places go: near ones fanned out around their middle, crowds as one; and room for names."""
    groups: list[list[int]] = []
    for number, (x, y) in enumerate(points):
        for group in groups:
            if any(hypot(points[other][0] - x, points[other][1] - y) < _NEAR for other in group):
                group.append(number)
                break
        else:
            groups.append([number])
    placed: list[Spot] = []
    for group in groups:
        x = sum(points[number][0] for number in group) / len(group)
        y = sum(points[number][1] for number in group) / len(group)
        if len(group) == 1:
            placed.append(Spot((group[0],), x, y, x, y))
        elif len(group) > _CROWD:
            placed.append(Spot(tuple(group), x, y, x, y))
        else:
            # Around the middle, each in the direction in which it lies as far as that goes.
            radius = max(_NEAR, len(group) * 2.8)
            order = sorted(group, key=lambda number: (points[number][1] - y, points[number][0]))
            for step, number in enumerate(order):
                angle = pi * (-0.5 + 2 * step / len(order)) if len(order) > 2 else pi * (step - 0.5)
                placed.append(
                    Spot((number,), x + radius * cos(angle), y + radius * sin(angle), *points[number])
                )
    return _named(placed, names, frame)


def _named(placed: list[Spot], names: Sequence[str], frame: Frame) -> list[Spot]:
    """Give each single place room for its name: to the right, to the left, below or above."""
    boxes = [(spot.x - 9, spot.y - 9, spot.x + 9, spot.y + 9) for spot in placed]
    done = []
    for own, spot in enumerate(placed):
        if len(spot.members) > 1:
            done.append(spot)
            continue
        length = len(names[spot.members[0]]) * _SIGN + 4
        choices = (
            (spot.x + 11, spot.y + 4.5, "start", spot.x + 9),
            (spot.x - 11, spot.y + 4.5, "end", spot.x - 11 - length),
            (spot.x, spot.y + 23, "middle", spot.x - length / 2),
            (spot.x, spot.y - 13, "middle", spot.x - length / 2),
        )
        for x, y, anchor, left in choices:
            box = (left, y - 11, left + length, y + 4)
            inside = box[0] > 2 and box[2] < frame.width - 2 and box[1] > 2 and box[3] < frame.height - 2
            free = all(
                other == own or box[0] > b[2] or box[2] < b[0] or box[1] > b[3] or box[3] < b[1]
                for other, b in enumerate(boxes)
            )
            if inside and free:
                boxes.append(box)
                spot = Spot(spot.members, spot.x, spot.y, spot.from_x, spot.from_y, x, y, anchor)
                break
        done.append(spot)
    return done
