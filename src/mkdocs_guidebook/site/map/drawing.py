"""What a map shows: the land in a frame around the places, and where each place and its name go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import groupby, pairwise, starmap
from math import cos, hypot, pi, sin

from mkdocs_guidebook.site.map.projection import LambertEqualArea, projection_for

WIDTH = 640.0
"""Width of a map in its own units."""
_LEAST = 900_000.0
"""The least width of a map in metres: a place is found by what lies around it."""
_MARGIN = 0.14
_STEP = 3
"""Points of a line that lie nearer to each other, in tenths of a unit of the map, are one."""
_PIECE = 16
"""So many steps of a line are drawn or left out together."""
_EDGE = 40
"""What lies less far outside of a frame, in tenths of a unit, is drawn, too: lines have a width."""
_NEAR = 15.0
"""Places that lie nearer to each other are moved apart."""
_CROWD = 9
"""More places than this at one spot are shown as a number."""
_SIGN = 6.6
"""Width of a sign of a name, in units of the map, on average."""

Point = tuple[float, float]
Cell = tuple[int, int]
"""A point in whole tenths of a unit of the map."""


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


@dataclass(frozen=True, slots=True)
class _Stroke:
    """A line or ring on a map, or a piece of one, in tenths of a unit from where the plane begins."""

    start: Cell
    end: Cell
    path: str
    """How an SVG path goes from its start to its end; of one with pieces, theirs say it."""
    west: int
    east: int
    north: int
    south: int
    pieces: tuple[_Stroke, ...] = ()
    """Its parts; each begins where the one before ends. One that is but a point has none."""


@lru_cache(maxsize=8)
def _strokes(projection: LambertEqualArea, scale: float) -> tuple[tuple[_Stroke, ...], tuple[_Stroke, ...]]:
    """Return land and borders in a projection and scale: the many maps of a site share one or two."""
    tenths = scale * 10

    def drawn(lines: Iterable[Iterable[Point]]) -> Iterator[_Stroke]:
        for line in lines:
            plane = (projection(*place) for place in line)
            points = _thinned((round(x * tenths), round(-y * tenths)) for x, y in plane)
            pieces = (points[start : start + _PIECE + 1] for start in range(0, len(points) - 1, _PIECE))
            yield _stroke(points, tuple(map(_stroke, pieces)))

    known = outlines()
    return tuple(drawn(known.land)), tuple(drawn(known.borders))


def _thinned(points: Iterable[Cell]) -> list[Cell]:
    """Leave out what lies too near to the point before it."""
    kept: list[Cell] = []
    for x, y in points:
        if not kept or (x - kept[-1][0]) ** 2 + (y - kept[-1][1]) ** 2 >= _STEP * _STEP:
            kept.append((x, y))
    return kept


def _stroke(points: Sequence[Cell], pieces: tuple[_Stroke, ...] = ()) -> _Stroke:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    path = "" if pieces else "".join(starmap(_line, pairwise(points)))
    return _Stroke(points[0], points[-1], path, min(xs), max(xs), min(ys), max(ys), pieces)


def land_path(frame: Frame) -> str:
    """Return the land that meets a frame as the `d` of an SVG path."""
    rings = _strokes(frame.projection, frame.scale)[0]
    land = "".join(f"{path}Z" for path in _paths(frame, rings))
    if _is_inside_out(frame.projection):
        width, height, edge = round(frame.width) + _EDGE, round(frame.height) + _EDGE, _EDGE // 2
        return f"M-{edge} -{edge}h{width}v{height}h-{width}Z{land}"
    return land


@cache
def _is_inside_out(projection: LambertEqualArea) -> bool:
    """Whether there is land on the other side of the earth, as there is for New Zealand.

    That point becomes the rim of the plane, and what lies inside of the ring around it becomes what lies outside.
    """
    latitude, longitude = -projection.latitude, (projection.longitude + 360) % 360 - 180
    is_inside = False
    for ring in outlines().land:
        for (north, east), (other_north, other_east) in pairwise((*ring, ring[0])):
            if (north > latitude) != (other_north > latitude):
                share = (latitude - north) / (other_north - north)
                is_inside ^= longitude < east + share * (other_east - east)
    return is_inside


def border_path(frame: Frame) -> str:
    """Return the borders that meet a frame as the `d` of an SVG path."""
    return "".join(_paths(frame, _strokes(frame.projection, frame.scale)[1]))


def _paths(frame: Frame, strokes: Iterable[_Stroke]) -> Iterator[str]:
    """Yield strokes that meet a frame, with straight lines for what lies beyond a side of it, where nobody sees it."""
    left, top = round(frame.left * frame.scale * 10), round(-frame.top * frame.scale * 10)
    west, east = left - _EDGE, left + round(frame.width * 10) + _EDGE
    north, south = top - _EDGE, top + round(frame.height * 10) + _EDGE

    def side_of(stroke: _Stroke) -> str:
        """Return the side beyond which all of a stroke lies; empty if there is none."""
        if stroke.east < west:
            return "west"
        if stroke.west > east:
            return "east"
        if stroke.south < north:
            return "north"
        return "south" if stroke.north > south else ""

    for stroke in strokes:
        if side_of(stroke) or not stroke.pieces:
            continue
        x, y = stroke.start
        path = [f"M{_decimal(x - left)} {_decimal(y - top)}"]
        for side, run in groupby(stroke.pieces, side_of):
            pieces = list(run)
            path += [_line(pieces[0].start, pieces[-1].end)] if side else [piece.path for piece in pieces]
        yield "".join(path)


def _line(start: Cell, end: Cell) -> str:
    """Return how an SVG path goes straight from one point to another."""
    return f"l{_decimal(end[0] - start[0])} {_decimal(end[1] - start[1])}"


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
