"""A report on a local activity, in the order of the 5Is of crime-prevention practice."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from mkdocs_guidebook.content.fields import (
    ActivityKind,
    AnyDate,
    Country,
    Inline,
    Model,
    Number,
    Organisation,
    RecommendationId,
    Reference,
    Text,
    Truth,
)
from mkdocs_guidebook.content.kinds.common import RecordFields


class Place(Model):
    """Where an activity took place."""

    name: Text = Field(title="Town or region", examples=["Nijmegen"])
    """The town or region."""
    country: Country
    """Its country."""
    latitude: Number | None = Field(default=None, ge=-90, le=90, examples=[51.84])
    """Degrees north of the equator (WGS 84)."""
    longitude: Number | None = Field(default=None, ge=-180, le=180, examples=[5.86])
    """Degrees east of Greenwich (WGS 84)."""

    @model_validator(mode="after")
    def _has_both_or_none(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            raise PydanticCustomError("half_place", "one of latitude and longitude is missing")
        return self


class Period(Model):
    """From when to when something took place; an end that is left out is not known."""

    start: AnyDate = Field(title="From", examples=["2018-10-16", "2018-10", "2018"])
    """The first day, month or year."""
    end: AnyDate | None = Field(default=None, title="To", examples=["2019-03"])
    """The last day, month or year."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end is not None and self.end.last_day < self.start.first_day:
            raise PydanticCustomError("wrong_order", "the end is before the start")
        return self


class Evaluation(Model):
    """How an activity was evaluated."""

    kind: Literal["outcome", "process", "plausibility"] = Field(title="Kind of evaluation")
    """Whether its effects were measured, its delivery was studied, or its theory was tested for plausibility."""
    finding: Literal["positive", "mixed", "negative", "unclear"]
    """What was found."""
    sources: list[Reference] = Field(min_length=1)
    """Where the evaluation is reported."""


class Activity(RecordFields):
    """The front matter of an activity report."""

    place: Place = Field(title="Where")
    """Where it took place."""
    confirmed: Truth = Field(default=True, title="It took place")
    """False: the place was a partner of the project; that an activity took place is not documented."""
    local_partner: Organisation | None = None
    """The local authority that ran it."""
    expert_partner: Organisation | None = None
    """The organisation that brought the expertise."""
    partners: list[Organisation] = Field(default=[], title="Other partners")
    """The other organisations that took part."""
    period: Period | None = Field(default=None, title="When")
    """When it took place."""
    kinds: list[ActivityKind] = Field(default=[], title="Kinds of activity")
    """What kind of activity it was."""
    target_group: Inline | None = Field(
        default=None, title="For whom it was", examples=["Coordinators in town halls and water boards"]
    )
    """Whom it was for."""
    illustrates: list[RecommendationId] = Field(default=[], title="Recommendations that it illustrates")
    """Recommendations that it shows in practice, as chapter-id#recommendation-id."""
    evaluation: Evaluation | None = None
    """How it was evaluated, if it was."""
    sources: list[Reference] = []
    """Where it is documented."""


class Standing(StrEnum):
    """How well an activity is documented: computed from what is filled in, never typed."""

    PARTNER = "partner"
    """The place took part in the project; that an activity took place is not documented."""
    OUTLINE = "outline"
    """The problem or the way of working is not described yet."""
    DESCRIBED = "described"
    """The problem is described, and how the activity answers it and why."""
    REPLICABLE = "replicable"
    """Enough is known about context, content and implementation to do it elsewhere."""
    GOOD_PRACTICE = "good-practice"
    """Replicable, and an outcome evaluation with a positive finding is cited."""


CRITERIA: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("problem", ("context",)),
    ("mechanism", ("approach",)),
    ("evaluation", ("results",)),
    ("replication", ("implementation", "who-was-involved")),
)
"""The four minimum criteria of the European Crime Prevention Network for sharing something as good practice
(Evidence-Based Strategy, 2021; https://eucpn.org/service/evidence-based-prevention), and the sections of a
report that answer each."""


def criteria_met(activity: Activity, sections: set[str]) -> dict[str, bool]:
    """Return for each criterion of `CRITERIA` whether the report with these section ids meets it.

    The third also asks for an outcome evaluation with a positive finding, with its source.
    """
    met = {name: set(needed) <= sections for name, needed in CRITERIA}
    evaluation = activity.evaluation
    met["evaluation"] &= (
        evaluation is not None and evaluation.kind == "outcome" and evaluation.finding == "positive"
    )
    return met


def standing_of(activity: Activity, sections: set[str]) -> Standing:
    """Return the standing of a report whose body has the sections with these ids."""
    if not activity.confirmed:
        return Standing.PARTNER
    met = criteria_met(activity, sections)
    if not (met["problem"] and met["mechanism"]):
        return Standing.OUTLINE
    if not met["replication"]:
        return Standing.DESCRIBED
    return Standing.GOOD_PRACTICE if met["evaluation"] else Standing.REPLICABLE
