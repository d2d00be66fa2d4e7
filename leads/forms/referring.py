"""Raw input of referrals and of what becomes of them -> clean values."""

from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from agencies.forms.sentences import Form
from agencies.models import Agency
from agencies.widgets import Day, Folded, TileChoices, Tiles
from evidence.words import counted
from leads.actions._asked import MOST_ITEMS
from leads.actions.referrals import UNDECIDED
from leads.forms.charges import past
from leads.forms.confirmation import event_words
from leads.forms.prosecution import add_date_and_purpose
from leads.models import Referral
from leads.prosecuting import why_not_venue
from leads.queries import declining

Status, Venue = Referral.Status, Referral.Venue
DECISIONS = [
    (Status.ACCEPTED, "Accept"),
    (Status.MORE_ASKED, "Ask for more"),
    (Status.DECLINED, "Decline"),
    (Status.TRANSFERRED, "Transfer"),
]
ICONS = {"accepted": "check", "more_asked": "help", "declined": "x", "transferred": "right"}
LONGEST = 200
NO_NAME = "Give the name as on the arrest report."
# So many events are seen at once; of a long line the others fold.
SEEN = 8


class ReferralForm(Form):
    """One person's case for one office or several, with the events of the gun that are asserted about the person."""

    called = {"agency": "agency in whose name it is referred"}
    agency = forms.ModelChoiceField(label="In the name of", queryset=Agency.objects.none(), empty_label=None)
    office = forms.ModelMultipleChoiceField(
        label="To which offices",
        queryset=Agency.objects.none(),
        widget=TileChoices,
        help_text="Each decides by itself and learns that the other has it: since when, its state, a contact",
        error_messages={"required": "Choose an office."},
    )
    venue = forms.ChoiceField(
        label="Under which law",
        choices=[
            ("", "That of the office: state or federal"),
            (Venue.JUVENILE, "Juvenile court"),
            (Venue.REVOCATION, "Revocation of supervision"),
        ],
        required=False,
    )
    person = forms.ChoiceField(
        label="Person named on this lead", required=False, help_text="As a source said, or give the name below"
    )
    defendant = forms.CharField(
        label="Defendant",
        max_length=120,
        required=False,
        help_text="As on the arrest report, where no record is chosen",
    )
    born_on = forms.DateField(
        label="Born on", required=False, widget=Day, help_text="Tells this person from another of the same name"
    )
    events = forms.MultipleChoiceField(
        label="Events asserted about this person",
        required=False,
        widget=Folded,
        help_text="Tick those of which a report says that this person was there. A link between events is a link of a "
        "gun, not of a person: none is ticked for you.",
    )
    summary = forms.CharField(
        label="The case in short",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What is asserted about this person, and by which report. A link between events is a link of a gun, "
        "not of a person. May have to be disclosed to the defense.",
        error_messages={"required": "Say what is asserted, and by which report."},
    )

    def __init__(self, *args, lead, agencies, offices, persons, events, **kwargs):
        super().__init__(*args, **kwargs)
        self.lead, self.persons = lead, {str(pk): person for pk, person in persons.items()}
        self.events = {str(event.pk): event for event in events}
        self.fields["agency"].queryset = agencies
        self.fields["office"].queryset = offices
        named = [(pk, _person_words(each)) for pk, each in self.persons.items()]
        self.fields["person"].choices = [("", "No record of this person"), *named]
        self.fields["events"].choices = in_groups(events, lead)
        for name in [each for each, there in (("person", named), ("events", self.events)) if not there]:
            del self.fields[name]
        if not named:
            self.fields["defendant"].required, self.fields["defendant"].help_text = True, "As on the arrest report"
            self.fields["defendant"].error_messages["required"] = NO_NAME

    def clean_person(self):
        return self.persons.get(self.cleaned_data["person"])

    def clean_events(self):
        return [self.events[pk] for pk in self.cleaned_data["events"]]

    def clean_born_on(self):
        day = self.cleaned_data["born_on"]
        return day and past(day, self.lead.agency.zone)

    def clean(self):
        cleaned = super().clean()
        person, defendant = cleaned.get("person"), cleaned.get("defendant", "")
        if not person and not defendant and "defendant" not in self.errors:
            self.add_error("defendant", NO_NAME)
        offices, name = cleaned.pop("office", []), person.name[:120] if person else defendant
        own = self.lead.referrals.filter(agency=cleaned.get("agency"), office__in=offices, defendant=name)
        there = set(own.values_list("office", flat=True))
        for office in offices:
            if office.pk in there:
                self.add_error("defendant", f"This case was referred to {office} already. Open it there and answer.")
        for office in offices:
            if wrong := why_not_venue(cleaned.get("venue", ""), federal=office.kind == Agency.Kind.US_ATTORNEY):
                self.add_error("venue", wrong)
        return cleaned | {"offices": offices}


def _person_words(person):
    name = f"name masked ({person.masked_as})" if person.masked_as else person.name
    return f"{person.number}, {name}"


def in_groups(events, lead):
    """The newest events of this lead as they are, then its earlier ones and those of each other lead of the gun in a
    group, when there are many.
    """
    events = list(events)
    if len(events) <= SEEN:
        return [(each.pk, _event_words(each, lead)) for each in events]
    own = [each for each in events if each.lead_id == lead.pk]
    groups = {"Earlier on this lead": own[:-SEEN]} if own[:-SEEN] else {}
    for each in events:
        if each.lead_id != lead.pk:
            groups.setdefault(f"Lead {each.lead.number}", []).append(each)
    folded = [
        (f"{name}: {counted(len(found), 'event')}", [(each.pk, _event_words(each, lead)) for each in found])
        for name, found in groups.items()
    ]
    return [*((each.pk, _event_words(each, lead)) for each in own[-SEEN:]), *folded]


def _event_words(event, lead):
    elsewhere = f", lead {event.lead.number}" if event.lead_id != lead.pk else ""
    zone = ZoneInfo(lead.agency.zone)
    day = f"{event.occurred_at.astimezone(zone):%-d %b %Y}" if event.occurred_at else "not dated"
    link = "link confirmed" if event.confirmed_at else "link UNCONFIRMED"
    return f"{day}: {event_words(event)}{elsewhere} ({link})"


class DecisionForm(Form):
    """Accept, decline with a reason of the office's own list, say what is missing, or transfer to another office."""

    status = forms.ChoiceField(
        label="Decision",
        choices=DECISIONS,
        widget=Tiles(attrs={"class": "tiles--four"}, icons=ICONS),
        error_messages={"required": "Choose one: accept, ask for more, decline, or transfer."},
    )
    reason = forms.ChoiceField(label="If declined, why", required=False)
    items = forms.CharField(
        label="If you ask for more: what",
        max_length=MOST_ITEMS * LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One item a line. Each is a task of the agency with its day; when none is open the case is back here",
    )
    due_on = forms.DateField(label="By which day", required=False, widget=Day)
    office = forms.ModelChoiceField(
        label="If transferred, to which office", queryset=Agency.objects.none(), required=False, empty_label="Choose"
    )
    note = forms.CharField(
        label="Words to the agency",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="If you ask for more: why it is needed",
    )
    court_number = forms.CharField(label="Court number", max_length=40, required=False)
    next_on = forms.DateField(label="Next court date", required=False, widget=Day)
    next_what = forms.CharField(label="What for", max_length=120, required=False, help_text="Such as: arraignment")

    def __init__(self, *args, referral, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.referral = referral
        others = offices.exclude(pk=referral.office_id)
        allowed = Referral.TRANSITIONS[Status(referral.status)]
        self.fields["status"].choices = [each for each in DECISIONS if each[0] in allowed]
        self.fields["reason"].choices = [("", "Choose"), *declining.reasons_of(referral.office)]
        self.fields["office"].queryset = others
        for name in ("court_number", "next_on", "next_what"):
            self.fields[name].initial = getattr(referral, name)

    def clean_items(self):
        items = [" ".join(line.split()) for line in self.cleaned_data["items"].splitlines()]
        items = list(dict.fromkeys(filter(None, items)))
        if len(items) > MOST_ITEMS or any(len(item) > LONGEST for item in items):
            raise forms.ValidationError(f"At most {MOST_ITEMS} items, one a line, each of {LONGEST} characters.")
        return items

    def clean(self):
        cleaned = super().clean()
        for name, sentence in decision_wants(cleaned, self.referral, timezone.now()).items():
            if name not in self.errors:
                self.add_error(name, sentence)
        add_date_and_purpose(self, cleaned)
        return cleaned


def decision_wants(given, referral, now):
    """What is missing of a decision, {field: sentence}: a page and a program ask the same."""
    status, items = given.get("status"), given.get("items")
    if status == Status.DECLINED and referral.charges.undecided().exists():
        return {"status": UNDECIDED}
    if status == Status.DECLINED and not given.get("reason"):
        return {"reason": "Say why the case is declined."}
    if status == Status.TRANSFERRED and not given.get("office"):
        return {"office": "Choose the office that takes the case."}
    if status != Status.MORE_ASKED:
        return {}
    if not items:
        return {} if given.get("note") else {"note": "Say what is missing."}
    if not referral.lead.obligations.filter(agency=referral.agency_id).exists():
        return {"items": f"{referral.agency} has no part in this lead: say it in words instead."}
    day, today = given.get("due_on"), now.astimezone(ZoneInfo(referral.agency.zone)).date()
    return {} if day and day > today else {"due_on": "Give a day to come by which it is to be there."}
