"""Activities on a map and in a table, and the small map on the page of each."""

from __future__ import annotations

from dataclasses import dataclass

from mkdocs_guidebook.content.kinds import ACTIVITY
from mkdocs_guidebook.content.kinds.activity import Activity
from mkdocs_guidebook.content.library import Record
from mkdocs_guidebook.site.map.drawing import border_path, frame_around, land_path, spots
from mkdocs_guidebook.site.views.base import PageView
from mkdocs_guidebook.site.views.page import Page

MAP = f"{ACTIVITY.address}/map.md"
"""The name of the page."""
_SMALL = 260.0


@dataclass(frozen=True, slots=True)
class SpotView:
    """A place on the map."""

    x: float
    y: float
    from_x: float
    from_y: float
    is_moved: bool
    url: str
    name: str
    """What a screen reader says: the activity and its country."""
    label: str
    """What stands beside it; empty where there is no room."""
    label_x: float
    label_y: float
    anchor: str
    count: int
    is_open: bool
    """Whether no activity is documented there."""


@dataclass(frozen=True, slots=True)
class RowView:
    """An activity in the table beside the map."""

    id: str
    title: str
    url: str
    place: str
    country: str
    kinds: str
    year: str
    standing: str


@dataclass(frozen=True)
class MapView(PageView):
    """The page of the map."""

    width: int = 0
    height: int = 0
    land: str = ""
    borders: str = ""
    spots: tuple[SpotView, ...] = ()
    rows: tuple[RowView, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    has_open: bool = False


@dataclass(frozen=True, slots=True)
class LocatorView:
    """The small map that shows where a place is."""

    width: int
    height: int
    land: str
    borders: str
    x: float
    y: float
    label: str


def map_view(page: Page) -> MapView:
    """Return the map of all activities with a known place, and the table of all activities."""
    library, language = page.site.library, page.site.language
    rows = tuple(_row(page, activity) for activity in library.activities)
    known = [activity for activity in library.activities if _coordinates(activity)]
    view = MapView(
        template="map.html",
        title=language("map.title"),
        summary=language("map.summary"),
        url=page.url,
        eyebrow=language("activities.title"),
        rows=rows,
        countries=tuple(sorted({row.country for row in rows})),
        kinds=tuple(
            term.label for term in library.vocabulary.kinds if any(term.label in row.kinds for row in rows)
        ),
    )
    if not known:
        return view
    frame = frame_around([_coordinates(activity) or (0, 0) for activity in known])
    points = [frame.place(*(_coordinates(activity) or (0, 0))) for activity in known]
    shown = []
    for spot in spots(points, [activity.data.place.name for activity in known], frame):
        members = [known[number] for number in spot.members]
        first, place = members[0], members[0].data.place
        is_crowd = len(members) > 1
        name = (
            language("map.crowd", n=len(members), place=place.name)
            if is_crowd
            else f"{first.data.title}, {place.name}, {language.country(place.country)}"
        )
        shown.append(
            SpotView(
                x=round(spot.x, 1),
                y=round(spot.y, 1),
                from_x=round(spot.from_x, 1),
                from_y=round(spot.from_y, 1),
                is_moved=spot.is_moved,
                url=f"#activity-{first.id}" if is_crowd else page.to_record(first),
                name=name,
                label=place.name if spot.anchor else "",
                label_x=round(spot.name_x, 1),
                label_y=round(spot.name_y, 1),
                anchor=spot.anchor,
                count=len(members),
                is_open=not is_crowd and not first.data.confirmed,
            )
        )
    return MapView(
        **{
            **view.__dict__,
            "width": round(frame.width),
            "height": round(frame.height),
            "land": land_path(frame),
            "borders": border_path(frame),
            "spots": tuple(shown),
            "has_open": any(spot.is_open for spot in shown),
        }
    )


def _coordinates(activity: Record[Activity]) -> tuple[float, float] | None:
    place = activity.data.place
    if place.latitude is None or place.longitude is None:
        return None
    return float(place.latitude), float(place.longitude)


def _row(page: Page, activity: Record[Activity]) -> RowView:
    library, language, data = page.site.library, page.site.language, activity.data
    return RowView(
        id=activity.id,
        title=data.title,
        url=page.to_record(activity),
        place=data.place.name,
        country=language.country(data.place.country),
        kinds=", ".join(library.label("kinds", id) for id in data.kinds),
        year=str(data.period.start.year) if data.period else "",
        standing=language(f"standing.{library.standing(activity)}"),
    )


def locator(page: Page, activity: Record[Activity]) -> LocatorView | None:
    """Return the small map of an activity's place; None where its coordinates are not known."""
    coordinates = _coordinates(activity)
    if coordinates is None:
        return None
    frame = frame_around([coordinates], _SMALL, (0.72, 0.72), 1_500_000.0)
    x, y = frame.place(*coordinates)
    place, language = activity.data.place, page.site.language
    return LocatorView(
        round(frame.width),
        round(frame.height),
        land_path(frame),
        border_path(frame),
        round(x, 1),
        round(y, 1),
        language("map.locator", place=place.name, country=language.country(place.country)),
    )
