"""What programs send about what happens to a case in court: raw input -> the clean values that the actions take."""

from django.utils import timezone
from rest_framework import serializers as s

from agencies import access
from agencies.api.inputs import Body, Chosen
from agencies.models import Agency
from agencies.moments import why_not_yet
from agencies.roles import Permission
from leads import statuswords, statutes
from leads.forms import charges as charge_forms
from leads.forms import court as forms
from leads.models import Charge, Proceeding, Revocation, Statute

ENDS = [each for each in Charge.Disposition.choices if each[0] != Charge.Disposition.PENDING]


class _Begun:
    """A day that has begun on the office's wall clock (`zone` of the context)."""

    requires_context = True

    def __call__(self, day, field):
        if wrong := why_not_yet(day, timezone.now(), field.context["zone"]):
            raise s.ValidationError(wrong)


def _refuse(wrong):
    if wrong:
        raise s.ValidationError({name: [sentence] for name, sentence in wrong.items()})


class StandingCharge(Chosen):
    """A charge of the case that no indictment replaced."""

    def get_queryset(self):
        return Charge.objects.visible_to(self.context["user"]).standing().filter(referral=self.context["case"])


class YourOwnOffice(Chosen):
    """A prosecutor's office whose statutes the person keeps."""

    def get_queryset(self):
        mine = access.agencies_with(self.context["user"], Permission.REFERRAL_DECIDE)
        return Agency.objects.filter(pk__in=mine, kind__in=Agency.PROSECUTORS)


class AddCharge(Body):
    """`table` of the context: the statutes of the office."""

    statute = s.CharField(max_length=40)
    title = s.CharField(max_length=160, required=False, allow_blank=True, help_text="Of a statute in the table: its.")
    counts = s.IntegerField(min_value=1, max_value=999, default=1)
    offense_on = s.DateField(required=False, allow_null=True, help_text="It decides which exposure holds.")
    offense_class = s.CharField(max_length=20, required=False, allow_blank=True)
    charged_on = s.DateField(validators=[_Begun()])

    def validate(self, given):
        _refuse(charge_forms.charge_wrong(given, self.context["table"]))
        return given


def _months(**more):
    return s.IntegerField(min_value=0, max_value=Charge.LIFE_MONTHS, required=False, allow_null=True, **more)


def _dollars():
    return s.IntegerField(min_value=0, max_value=charge_forms.DOLLARS, required=False, allow_null=True)


class Dispose(Body):
    disposition = s.ChoiceField(ENDS)
    disposed_on = s.DateField(validators=[_Begun()])
    prison_months = _months(help_text=f"{Charge.LIFE_MONTHS} for life.")
    consecutive_months = _months(help_text="Of the prison months those that are mandatory and consecutive.")
    suspended_months = _months(help_text="Of the prison months.")
    probation_months = _months()
    supervised_months = _months()
    fine = _dollars()
    restitution = _dollars()
    forfeits_firearms = s.BooleanField(required=False)
    special_conditions = s.CharField(max_length=500, required=False, allow_blank=True)
    sentenced_on = s.DateField(required=False, allow_null=True, validators=[_Begun()])
    sentenced_by_court = s.CharField(max_length=120, required=False, allow_blank=True)
    range_low = _months()
    range_high = _months()
    has_mandatory_minimum = s.BooleanField(required=False)
    is_armed_career = s.BooleanField(required=False)
    departure = s.ChoiceField(Charge.Departure.choices, required=False, allow_blank=True)

    def validate(self, given):
        charge = given.get("charge") or self.context["charge"]
        _refuse(charge_forms.end_wrong(given, charge.charged_on))
        return given


class Ended(Dispose):
    charge = StandingCharge(pk_field=s.IntegerField())


class RecordOutcome(Body):
    ended = Ended(many=True, allow_empty=False, max_length=50)

    def validate_ended(self, ended):
        if len({each["charge"].pk for each in ended}) < len(ended):
            raise s.ValidationError("Each charge ends once.")
        return ended


class RecordProceeding(Body):
    kind = s.ChoiceField(Proceeding.Kind.choices)
    on = s.DateField()
    starts_at = s.TimeField(required=False, allow_null=True)
    court = s.CharField(max_length=120, required=False, allow_blank=True)
    number = s.CharField(max_length=40, required=False, allow_blank=True)
    what = s.CharField(max_length=120, required=False, allow_blank=True)
    again = StandingCharge(
        many=True, pk_field=s.IntegerField(), required=False,
        help_text="Of a superseding indictment: charged in it anew.",
    )  # fmt: skip

    def validate(self, given):
        if wrong := forms.proceeding_wrong(given, self.context["zone"]):
            _refuse({"on": wrong})
        return given


class Hold(Body):
    result = s.CharField(max_length=300, required=False, allow_blank=True)
    custody = s.ChoiceField(Proceeding.Custody.choices, required=False, allow_blank=True)


class PutOff(Body):
    on = s.DateField()
    starts_at = s.TimeField(required=False, allow_null=True)
    why = s.CharField(max_length=300)

    def validate_on(self, day):
        if day <= self.context["proceeding"].on:
            raise s.ValidationError("Choose a day after the one it was set for.")
        return day


class TakeOff(Body):
    why = s.CharField(max_length=300)


class Revoke(Body):
    of = s.ChoiceField(Revocation.Of.choices)
    revoked_on = s.DateField(validators=[_Begun()])
    months = s.IntegerField(min_value=0, max_value=statutes.LIFE)
    court = s.CharField(max_length=120)


class AddStatute(Body):
    office = YourOwnOffice(pk_field=s.IntegerField())
    citation = s.CharField(max_length=40)
    title = s.CharField(max_length=160)
    jurisdiction = s.ChoiceField(Statute.Jurisdiction.choices)
    elements = s.ListField(child=s.CharField(max_length=200), required=False, max_length=12)
    max_months = s.IntegerField(min_value=1, max_value=statutes.LIFE, required=False, allow_null=True)
    min_months = s.IntegerField(min_value=0, max_value=statutes.LIFE, required=False, allow_null=True)
    consecutive = s.BooleanField(required=False)
    since_on = s.DateField(required=False, allow_null=True)
    until_on = s.DateField(required=False, allow_null=True)
    source = s.CharField(max_length=200, required=False, allow_blank=True)

    def validate(self, given):
        _refuse(forms.statute_wrong(given))
        return given


class SayMeaning(Body):
    meaning = s.ChoiceField(statuswords.CHOICES)
    office = YourOwnOffice(
        pk_field=s.IntegerField(), required=False, allow_null=True, help_text="To say it for your own office alone."
    )


class AddStatus(Body):
    office = YourOwnOffice(pk_field=s.IntegerField())
    raw = s.CharField(max_length=80, help_text="As files write it.")
    meaning = s.ChoiceField(statuswords.CHOICES)

    def validate_raw(self, raw):
        if not statuswords.key(raw):
            raise s.ValidationError("A status has letters or digits.")
        return raw


class AddReason(Body):
    office = YourOwnOffice(pk_field=s.IntegerField())
    label = s.CharField(max_length=80)


class SetReason(Body):
    code = s.CharField(max_length=24)
    used = s.BooleanField(help_text="False retires it: what was declined for it keeps its words.")
