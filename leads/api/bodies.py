"""What programs send about leads: raw input -> the clean values that the actions take."""

from django.utils import timezone
from rest_framework import serializers as s

from agencies import access
from agencies.api.inputs import NOT_THERE, Body, Chosen
from agencies.models import Agency, Unit, User
from agencies.moments import why_not_past, why_not_yet
from agencies.roles import Permission
from evidence import kinds
from evidence.models import Incident
from leads import queries
from leads.forms.prosecution import date_and_purpose
from leads.models import Activity, Lead, Obligation, Outcome


class YourPerson(Chosen):
    """An investigator of an agency where the person assigns."""

    def get_queryset(self):
        return queries.assignable(self.context["user"])[1]


class YourUnit(Chosen):
    def get_queryset(self):
        return queries.assignable(self.context["user"])[0]


class YourLead(Chosen):
    def get_queryset(self):
        return Lead.objects.visible_to(self.context["user"])


class YourAgency(Chosen):
    """An agency in whose name the person refers cases."""

    def get_queryset(self):
        return Agency.objects.filter(pk__in=access.agencies_with(self.context["user"], Permission.REFERRAL_MAKE))


class YourOffice(Chosen):
    """A prosecutor's office of the directory."""

    def get_queryset(self):
        return Agency.objects.visible_to(self.context["user"]).filter(kind__in=Agency.PROSECUTORS, is_active=True)


class OtherAgency(Chosen):
    """An agency whose case a returned lead may be."""

    def get_queryset(self):
        visible = Agency.objects.visible_to(self.context["user"])
        return visible.filter(kind__in=Agency.INVESTIGATORS, is_active=True)


class YourOutcome(Chosen):
    def get_queryset(self):
        return Outcome.objects.visible_to(self.context["user"])


class AskedAgency(Chosen):
    """An agency that may be asked to take part in a lead."""

    def get_queryset(self):
        visible = Agency.objects.visible_to(self.context["user"])
        return visible.filter(kind__in=Agency.TAKE_PART, is_active=True)


class YourIncident(Chosen):
    def get_queryset(self):
        return Incident.objects.visible_to(self.context["user"])


class YourAgencyOfFiles(s.SlugRelatedField):
    """An agency in whose name the person hangs files on leads, by its code: forms with files hold text alone."""

    default_error_messages = {"does_not_exist": NOT_THERE}

    def get_queryset(self):
        return queries.filing_agencies(self.context["user"])


class Nothing(Body):
    """A step that needs no more than being asked for."""


class Assign(Body):
    investigator = YourPerson(queryset=User.objects.none())
    unit = YourUnit(queryset=Unit.objects.none(), required=False, allow_null=True)


class Return(Body):
    reason = s.ChoiceField(Obligation.OWN_REASONS)
    note = s.CharField(max_length=500, required=False, allow_blank=True)


class Log(Body):
    kind = s.ChoiceField(Activity.Kind.choices)
    text = s.CharField(max_length=2000)
    result = s.ChoiceField(Activity.Result.choices, required=False, allow_blank=True)
    minutes = s.IntegerField(min_value=0, max_value=1440, required=False, allow_null=True)
    at = s.DateTimeField(required=False)

    def validate_at(self, at):
        if wrong := why_not_past(at, timezone.now()):
            raise s.ValidationError(wrong)
        return at


class Propose(Body):
    outcome = s.ChoiceField(Obligation.Outcome.choices)
    usefulness = s.IntegerField(min_value=1, max_value=5, help_text="1 no help to 5 decisive.")
    note = s.CharField(max_length=500, required=False, allow_blank=True)
    named = YourOutcome(
        queryset=Outcome.objects.none(), required=False, allow_null=True, help_text="Which arrest, warrant or gun."
    )
    done_by = OtherAgency(
        queryset=Agency.objects.none(),
        source="agency",
        required=False,
        allow_null=True,
        help_text="The agency that did it, if not your own.",
    )
    number = s.CharField(
        max_length=40,
        required=False,
        allow_blank=True,
        help_text="Of the arrest, warrant or property: the same number of the same agency is the same outcome.",
    )
    happened_on = s.DateField(required=False, allow_null=True)

    def validate_happened_on(self, day):
        if day and (wrong := why_not_yet(day, timezone.now(), self.context.get("zone", "UTC"))):
            raise s.ValidationError(wrong)
        return day


class SendBack(Body):
    note = s.CharField(max_length=500)


class Reroute(Body):
    to = OtherAgency(queryset=Agency.objects.none(), help_text="The agency whose case it is.")


class Ask(Body):
    agency = AskedAgency(queryset=Agency.objects.none(), help_text="An agency of the center without a part yet.")
    reason = s.CharField(max_length=300, help_text="Why it is asked; stands on its part and in the history.")


class Match(Body):
    incident = YourIncident(queryset=Incident.objects.none(), help_text="The incident that the event means.")


class AddFile(Body):
    upload = s.FileField(help_text=f"{kinds.SAYS}, up to 50 MB.")
    agency = YourAgencyOfFiles(
        slug_field="code", queryset=Agency.objects.none(), help_text="The code of the agency in whose name it is added."
    )
    note = s.CharField(max_length=200, required=False, allow_blank=True, help_text="What it shows.")


class Hearing(Body):
    next_on = s.DateField(allow_null=True, help_text="The next court date, none when there is none.")
    next_what = s.CharField(max_length=120, allow_blank=True, help_text="What for, such as: arraignment.")
    court_number = s.CharField(
        max_length=40, required=False, allow_blank=True, help_text="Stays as it is when left out."
    )

    def validate(self, given):
        return with_purpose(given)


def with_purpose(given):
    """A day in court says what it is for."""
    if wrong := date_and_purpose(given.get("next_on"), given.get("next_what")):
        raise s.ValidationError(wrong)
    return given


class Answer(Body):
    summary = s.CharField(max_length=4000, help_text="The case in short, with what was asked for.")
