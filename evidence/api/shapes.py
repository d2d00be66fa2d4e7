"""The answers about custody, scenes, alerts, laboratory work and traces: records in, plain values out."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers as s

from evidence import policies
from evidence.models import (
    Canvass,
    CorrelationReview,
    Detection,
    GunshotAlert,
    HandOver,
    Incident,
    LabRequest,
    Place,
    Trace,
    TraceResult,
)


class Somebody(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()


def code(source):
    return s.CharField(source=f"{source}.code", help_text="The agency's code.")


def person(**how):
    return Somebody(allow_null=True, **how)


class HandOverShape(s.ModelSerializer):
    """An exhibit on its way from one agency, desk or person to another; until it is confirmed it is in transit."""

    from_agency, to_agency = code("from_agency"), code("to_agency")
    to_person, offered_by, answered_by = person(), Somebody(), person()

    class Meta:
        model = HandOver
        fields = (
            "id", "exhibit", "status", "purpose", "from_agency", "to_agency", "to_unit", "to_person", "to_place",
            "condition", "seal", "note", "at", "offered_at", "offered_by", "answered_at", "answered_by", "reason",
        )  # fmt: skip


class PlaceShape(s.ModelSerializer):
    agency = code("agency")

    class Meta:
        model = Place
        fields = ("id", "agency", "parent", "kind", "code", "label", "closed_at")


class CanvassShape(s.ModelSerializer):
    said_by = Somebody()

    class Meta:
        model = Canvass
        fields = ("answer", "searched_by", "searched_at", "reason", "note", "said_at", "said_by")


class SceneShape(s.ModelSerializer):
    """A case with gunfire and what was found at its scene; `canvass` is what a person said who found nothing."""

    agency = code("agency")
    canvass = s.SerializerMethodField()

    class Meta:
        model = Incident
        fields = (
            "id", "agency", "case_number", "kind", "occurred_at", "collection", "owing_unit", "owing_officer",
            "canvass",
        )  # fmt: skip

    @extend_schema_field(CanvassShape(allow_null=True))
    def get_canvass(self, made):
        said = getattr(made, "canvass", None)
        return CanvassShape(said).data if said else None


class AlertShape(s.ModelSerializer):
    class Meta:
        model = GunshotAlert
        fields = ("source", "number", "at", "rounds", "heard", "address", "case_number")


class ShotsShape(s.ModelSerializer):
    """Shots that one alert or several tell of. `incident` is empty where it is one that you do not see."""

    agency = code("agency")
    incident = s.SerializerMethodField()

    class Meta:
        model = Detection
        fields = (
            "id", "agency", "at", "time_known", "lat", "lng", "address", "rounds", "alerts_count", "state", "incident",
            "how", "has_evidence", "dismissal", "note", "decided_at",
        )  # fmt: skip

    def get_incident(self, made) -> int | None:
        return made.incident_id if made.incident_id in self.context["seen"] else None


class LabRequestShape(s.ModelSerializer):
    agency, laboratory = code("agency"), code("laboratory")
    exhibits = s.SerializerMethodField()

    class Meta:
        model = LabRequest
        fields = (
            "id", "incident", "agency", "laboratory", "exhibits", "asked", "note", "priority", "needed_on", "status",
            "requested_at", "received_at", "done_at", "result", "returned_at", "reason",
        )  # fmt: skip

    def get_exhibits(self, made) -> list[int]:
        return sorted(item.exhibit_id for item in made.items.all())


class ReviewShape(s.ModelSerializer):
    """What NIBIN's candidates showed for one entry. Candidate and note are the site's until the lead is released."""

    site = code("site")
    exhibit = s.IntegerField(source="acquisition.exhibit_id")
    candidate, note = s.SerializerMethodField(), s.SerializerMethodField()
    first_by, second_by = person(), person()

    class Meta:
        model = CorrelationReview
        fields = (
            "id", "exhibit", "site", "status", "due_at", "lead_number", "candidate", "note", "first_at", "first_by",
            "second_at", "second_by",
        )  # fmt: skip

    def _tells(self, made):
        return policies.read_candidate(self.context["user"], made) is None

    def get_candidate(self, made) -> str:
        return made.candidate if self._tells(made) else ""

    def get_note(self, made) -> str:
        return made.note if self._tells(made) else ""


class TraceResultShape(s.ModelSerializer):
    class Meta:
        model = TraceResult
        fields = TraceResult.NAMED


class TraceShape(s.ModelSerializer):
    """Trace data: held by law to law enforcement and prosecution; each look is on record."""

    agency = code("agency")
    exhibit = s.IntegerField(source="firearm.exhibit_id")
    result = s.SerializerMethodField()

    class Meta:
        model = Trace
        fields = (
            "id", "agency", "exhibit", "status", "trace_number", "reason", "requested_at", "submitted_at",
            "completed_at", "purchased_on", "days_to_crime", "first_use_days", "result",
        )  # fmt: skip

    @extend_schema_field(TraceResultShape(allow_null=True))
    def get_result(self, made):
        known = getattr(made, "result", None)
        return TraceResultShape(known).data if known else None
