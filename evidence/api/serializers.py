from django.db import models
from django.utils import timezone
from rest_framework import serializers

from agencies.api.inputs import NOT_THERE, Body, Chosen
from agencies.models import Agency
from agencies.moments import why_not_past
from evidence import numbers, policies, queries
from evidence.forms.fields import one_line
from evidence.models import CustodyEvent, Exhibit, Firearm, Incident

Purpose = CustodyEvent.Purpose


def past(value):
    if wrong := why_not_past(value, timezone.now()):
        raise serializers.ValidationError(wrong)


class Strict(Body, serializers.ModelSerializer):
    """A record as programs send it: every field is known, and what is one line on the page is one here."""

    def build_standard_field(self, field_name, model_field):
        kind, options = super().build_standard_field(field_name, model_field)
        if issubclass(kind, serializers.CharField) and not isinstance(model_field, models.TextField):
            options["validators"] = [*options.get("validators", []), one_line]
        return kind, options


class IncidentSerializer(Strict):
    agency = serializers.CharField(source="agency.code", read_only=True)
    occurred_at = serializers.DateTimeField(validators=[past])

    class Meta:
        model = Incident
        fields = (
            "id", "agency", "case_number", "kind", "occurred_at", "time_known", "offense_code", "offense", "address",
            "district", "lat", "lng", "narrative", "victims_count", "review", "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("victims_count", "review", "created_at", "updated_at")

    def validate(self, values):
        self._check_number(values)
        point = [values.get(name, getattr(self.instance, name, None)) for name in ("lat", "lng")]
        if (point[0] is None) != (point[1] is None):
            raise serializers.ValidationError({"lat": "Give both latitude and longitude, or neither."})
        if point[0] is not None and not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
            raise serializers.ValidationError({"lat": "This is no place on earth: -90 to 90 and -180 to 180 degrees."})
        return values

    def _check_number(self, values):
        if "case_number" not in values:
            return
        agency = self.instance.agency if self.instance else values["agency"]
        if reason := numbers.why_not_case(agency, values["case_number"], self.instance):
            raise serializers.ValidationError({"case_number": reason})


class NewIncidentSerializer(IncidentSerializer):
    agency = serializers.SlugRelatedField(slug_field="code", queryset=Agency.objects.none())
    victims = serializers.IntegerField(min_value=0, max_value=99, default=0, write_only=True)

    class Meta(IncidentSerializer.Meta):
        fields = (*IncidentSerializer.Meta.fields, "victims")

    def get_fields(self):
        fields = super().get_fields()
        if "request" in self.context:
            fields["agency"].queryset = queries.recordable_agencies(self.context["request"].user)
        return fields


class CorrectionSerializer(IncidentSerializer):
    """`updated_at` is the one last read: when the incident was changed since, the correction is refused."""

    updated_at = serializers.DateTimeField()
    reviewed = serializers.BooleanField(
        required=False, write_only=True, help_text="Nothing is to be corrected for what `review` asks."
    )

    class Meta(IncidentSerializer.Meta):
        fields = (*IncidentSerializer.Meta.fields, "reviewed")

    def validate(self, values):
        if "updated_at" not in values:
            raise serializers.ValidationError({"updated_at": "Send the updated_at that you read last."})
        return super().validate(values)


class MarkingSerializer(serializers.Serializer):
    """What is stamped at one place of a gun."""

    where = serializers.CharField(max_length=40, allow_blank=True, validators=[one_line])
    text = serializers.CharField(max_length=120, validators=[one_line])


class FirearmSerializer(Strict):
    """A firearm as it is called: make, model, caliber and number are read from what was sent, as on the page."""

    markings = MarkingSerializer(many=True, required=False)

    class Meta:
        model = Firearm
        fields = (*Firearm.DESCRIBED, "make_code", "caliber_code", "stolen_status")
        read_only_fields = ("make_code", "caliber_code", "stolen_status")


class ExhibitSerializer(Strict):
    agency = serializers.CharField(source="agency.code", read_only=True)
    incident = Chosen(queryset=Incident.objects.none())
    firearm = FirearmSerializer(required=False, allow_null=True)
    collected_at = serializers.DateTimeField(validators=[past])
    version = serializers.CharField(read_only=True, help_text="Tells whether the exhibit was corrected meanwhile.")

    class Meta:
        model = Exhibit
        fields = (
            "id", "agency", "incident", "number", "kind", "caliber", "count", "description", "property_number",
            "storage", "lab_number", "nibin_eligible", "not_eligible_reason", "collected_at", "collected_by",
            "created_at", "version", "firearm",
        )  # fmt: skip
        read_only_fields = ("created_at",)
        # Whether a number is taken is for the action, under its lock.
        validators = ()

    def get_fields(self):
        fields = super().get_fields()
        if "request" in self.context and "incident" in fields:
            fields["incident"].queryset = Incident.objects.visible_to(self.context["request"].user)
        return fields

    def validate(self, values):
        if not self._stands(values, "nibin_eligible", True) and not self._stands(values, "not_eligible_reason"):
            raise serializers.ValidationError({"not_eligible_reason": "Say why this exhibit does not go into NIBIN."})
        if values.get("count", 1) < 1:
            raise serializers.ValidationError({"count": "An exhibit counts from one."})
        if values.get("firearm"):
            self._check_gun(values)
        incident, number = self._stands(values, "incident"), self._stands(values, "number")
        if reason := numbers.why_not_exhibit(incident, number, self.instance):
            raise serializers.ValidationError({"number": reason})
        return values

    def _stands(self, values, name, default=None):
        """What a field holds once the values are taken."""
        return values.get(name, getattr(self.instance, name, default))

    def _check_gun(self, values):
        given, known = values["firearm"], getattr(self.instance, "firearm", None)
        if self._stands(values, "kind") != Exhibit.Kind.FIREARM:
            raise serializers.ValidationError({"firearm": "Only a firearm has the description of one."})
        if len({values.get("caliber"), given.get("caliber")} - {None, ""}) > 1:
            raise serializers.ValidationError(
                {"caliber": "A firearm has one caliber. Send it once, or the same twice."}
            )
        if all(given.get(name, getattr(known, name, False)) for name in ("is_obliterated", "is_privately_made")):
            raise serializers.ValidationError(
                {"firearm": "A number that was never there cannot be obliterated: say one of the two."}
            )
        if reason := policies.why_not_described(given, known):
            raise serializers.ValidationError({"firearm": reason})


class ExhibitCorrectionSerializer(ExhibitSerializer):
    """What can be corrected of an exhibit. `version` is the one last read: when the exhibit was changed since, the
    correction is refused.
    """

    version = serializers.CharField()

    class Meta(ExhibitSerializer.Meta):
        fields = (*Exhibit.CORRECTABLE, "version", "firearm")

    def validate(self, values):
        if "version" not in values:
            raise serializers.ValidationError({"version": "Send the version that you read last."})
        return super().validate(values)


class CustodySerializer(Strict):
    """One leg of an exhibit's chain of custody."""

    class Meta:
        model = CustodyEvent
        fields = (
            "id", "position", "purpose", "from_whom", "to_whom", "condition", "seal", "at", "recorded_at",
            "condition_seen", "seal_seen", "paper", "note",
        )  # fmt: skip


class Laboratory(serializers.SlugRelatedField):
    """A laboratory of the center of the context's `exhibit`, by its code."""

    default_error_messages = {"does_not_exist": NOT_THERE}

    def get_queryset(self):
        return queries.laboratories_for(self.context["exhibit"])


class NewCustodySerializer(Strict):
    """A hand-over of the context's `exhibit`. A laboratory that it is sent to sees the case from then on."""

    purpose = serializers.ChoiceField([each for each in Purpose.choices if each[0] != Purpose.COLLECTED])
    to_whom = serializers.CharField(max_length=120, required=False, allow_blank=True, validators=[one_line])
    at = serializers.DateTimeField(validators=[past])
    laboratory = Laboratory(slug_field="code", queryset=Agency.objects.none(), required=False)
    storage = serializers.CharField(max_length=80, required=False, allow_blank=True, validators=[one_line])

    class Meta:
        model = CustodyEvent
        fields = (
            "purpose", "from_whom", "to_whom", "laboratory", "at", "condition", "seal", "storage", "paper", "note",
        )  # fmt: skip

    def validate(self, values):
        laboratory = values.get("laboratory")
        if laboratory and values["purpose"] != Purpose.TO_LABORATORY:
            raise serializers.ValidationError(
                {"laboratory": "Only an exhibit that is sent to the laboratory names one."}
            )
        values["to_whom"] = values.get("to_whom") or (laboratory.name if laboratory else values.get("storage", ""))
        if not values["to_whom"]:
            raise serializers.ValidationError({"to_whom": "Say who has it now, or where it lies."})
        return values
