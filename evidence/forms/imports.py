from zoneinfo import ZoneInfo

from django import forms

from agencies import widgets
from agencies.forms.sentences import Form
from agencies.models import Agency
from evidence import policies
from evidence.forms.fields import LinesForm
from evidence.imports import beside, meanings
from evidence.imports.mapping import (
    EPSG,
    MOST_DIGITS,
    Mapping,
    Source,
    from_dict,
    is_personal,
    unchosen,
)
from evidence.imports.targets import KINDS
from evidence.imports.targets_records import RECORDS
from evidence.models import Incident, Trace, TraceResult

SAYS = "CSV, XLSX or ODS, up to 300 MB. Nothing is written before you have seen what it would do."
NOTICES_SAY = (
    "CSV, XLSX or ODS with a row for each event, or the laboratory's letter in Word (DOCX). " + SAYS.partition(". ")[2]
)
OWNERS = {
    "leads": "Lead notices: the laboratory that sent them, or the center for those of any other. A bare lead number "
    "such as 26-077 gets the code of its laboratory before it.",
    "agencies": "Agencies: their center.",
}
LEFT_OUT, NOTHING_MORE = ("", "Left out"), ("", "Nothing more")
HYPHENS = "53-16 and 531-6 are then two cases; without, they are the same."
HYPHENS_LATER = (
    "53-16 and 531-6 are then two cases. A file that has two such numbers, or one beside such a case here, sets it by "
    "itself. When such a file is loaded, it holds for good: for every later file and for what is typed."
)
HYPHENS_SET = (
    "Set for {agency} since {day:%-d %b %Y}, for every file and for what is typed. It stays so: without it, cases that "
    "only the hyphen tells apart would become one."
)
ORDERS = (("mdy", "Month first: 3/31/2026"), ("dmy", "Day first: 31/3/2026"))
ROWS = (("event", "One event"), ("victim", "One person who was hit"))
MEANINGS = {
    "event": Incident.Kind.choices,
    "flag": [("yes", "Yes"), ("no", "No")],
    "confirmed": [("yes", "Yes"), ("no", "No")],
    "sex": [("M", "Male"), ("F", "Female"), ("X", "Other")],
    "outcome": [(status.value, status.label) for status in (*Trace.OPEN[1:], *Trace.ANSWERED, Trace.Status.CANCELLED)],
    "reason": Trace.Reason.choices,
    "theft": TraceResult.Theft.choices,
}


class OfAgencyForm(Form):
    """A kind of record and whose it is; the choices are what the person may have, and `policy` says why not of two that
    do not go together.
    """

    policy = None
    kind = forms.ChoiceField()
    agency = forms.ModelChoiceField(Agency.objects.none(), empty_label="Choose")

    def __init__(self, *args, user, agencies, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["agency"].queryset = agencies
        # With one agency there is nothing to choose; with several, the first of the alphabet is nobody's wish.
        if len(agencies) == 1:
            self.fields["agency"].empty_label = None
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]

    def clean(self):
        data = super().clean()
        if (
            "agency" in data
            and "kind" in data
            and (reason := type(self).policy(self.user, data["agency"], data["kind"]))
        ):
            self.add_error("agency", reason)
        return data


class UploadForm(OfAgencyForm):
    """A file, what is in it and whose it is."""

    called = {"kind": "kind of file", "agency": "agency it is loaded into"}
    policy = policies.load_file
    kind = forms.ChoiceField(label="What is in it")
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Into which agency", empty_label="Choose")
    file = forms.FileField(label="File", widget=widgets.Drop(says=SAYS), max_length=255)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = dict(self.fields["kind"].choices)
        if "leads" in kinds:
            self.fields["file"].widget.says = (
                NOTICES_SAY if len(kinds) == 1 else f"{SAYS} A lead notice may be a Word letter."
            )
        if len(self.fields["agency"].queryset) > 1:
            self.fields["agency"].help_text = " ".join(OWNERS[kind] for kind in OWNERS if kind in kinds)


class ColumnsForm(LinesForm):
    """What each column of one file means; `mapping` in the cleaned data is the Mapping that follows."""

    called = {"row_is": "meaning of a row", "date_order": "order of day and month"}
    name = forms.CharField(
        label="Keep these columns as",
        max_length=80,
        required=False,
        help_text="The next file with this header finds them.",
    )
    row_is = forms.ChoiceField(label="A row is", choices=ROWS)
    date_order = forms.ChoiceField(label="Dates such as 3/4/2026", choices=ORDERS)
    epsg = forms.IntegerField(
        label="EPSG code of X and Y", required=False, min_value=EPSG[0], max_value=EPSG[1],
        help_text="Of the state plane zone: 2272 is south Pennsylvania in feet.",
    )  # fmt: skip
    key_digits = forms.IntegerField(
        label="Digits of a case number",
        required=False,
        min_value=0,
        max_value=MOST_DIGITS,
        help_text="0 for any number of digits.",
    )
    hyphens_count = forms.BooleanField(
        label="The hyphen is part of the case number",
        required=False,
        help_text=HYPHENS,
    )
    midnight_unknown = forms.BooleanField(label="00:00 means that the time is not known", required=False)
    made_number = forms.BooleanField(
        label="The file has no case numbers: make them",
        required=False,
        help_text="A number is made of the columns set to Case number, which they may be beside another field: such as "
        "date, time and address.",
    )

    SETTINGS = ("row_is", "date_order", "epsg", "key_digits", "hyphens_count", "midnight_unknown", "made_number")
    # A notice has no point, no victims, and its case numbers are what it is about; an alert has a point; other
    # records have dates alone.
    OF_INCIDENTS = ("row_is", "made_number")
    OF_CASES = ("key_digits", "hyphens_count", "midnight_unknown")

    def __init__(self, *args, header, sample, stored, unread=(), rule=None, saved="", **kwargs):
        """unread: (column, word) pairs that a dry run did not understand. rule: the agency's, that hyphens count.
        saved: the name under which this header is known.
        """
        self.saved = saved
        self.stored = from_dict(stored)
        self.header = header
        initial = {name: getattr(self.stored, name) for name in self.SETTINGS} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)
        if self.stored.kind == "incident":
            self._show(rule)
        for name in self._beside_the_matter():
            del self.fields[name]
        self.missing = unchosen(self.stored)
        targets = KINDS[self.stored.kind]
        choices = [(name, target.label) for name, target in targets.items()]
        self.uses = {column: [] for column in header}
        for name in targets:
            for column in dict.fromkeys(self.stored.fields.get(name, Source()).columns):
                self.uses[column].append(name)
        self.rows = [self._row(place, column, choices, sample) for place, column in enumerate(header)]
        self.marked = any(row["state"] == "choose" for row in self.rows)
        found = meanings.words(self.stored, header, sample, unread)
        self.words = [self._word(place, word, targets[word.target].label) for place, word in enumerate(found)]

    def _beside_the_matter(self):
        """Settings that mean nothing for files of this kind."""
        kind = self.stored.kind
        dated = any(target.shape in ("date", "moment") for target in KINDS[kind].values())
        return [
            *(self.OF_INCIDENTS if kind != "incident" else ()),
            *(self.OF_CASES if kind in RECORDS or kind == "trace" else ()),
            *(() if dated else ("date_order",)),
            *(() if "x" in KINDS[kind] else ("epsg",)),
        ]

    def _show(self, rule):
        """The box of the hyphen as the agency's rule has it; while there is none, what ticking it means."""
        box = self.fields["hyphens_count"]
        box.help_text = HYPHENS_LATER
        if rule:
            day = rule.set_at.astimezone(ZoneInfo(rule.agency.zone))
            box.disabled, box.help_text = True, HYPHENS_SET.format(agency=rule.agency.name, day=day)
            self.initial["hyphens_count"] = True

    def _word(self, place, word, label):
        target = KINDS[self.stored.kind][word.target]
        choices = {value: name for value, name, _words in target.choices} or dict(MEANINGS[word.shape])
        itself = f"{choices[word.read]}, as it stands" if word.read else "Not understood"
        field = forms.ChoiceField(
            choices=[("", itself), *choices.items()],
            required=False,
            initial=word.chosen,
            label=f"{word.text} means",
        )
        field.widget.attrs |= {"aria-label": f"{word.text} in {label} means", "class": "in--s"}
        self.fields[f"word_{place}"] = field
        state = "good" if word.chosen or word.read else "choose"
        return {"word": word, "label": label, "state": state, "name": f"word_{place}", "field": self[f"word_{place}"]}

    def _row(self, place, column, choices, sample):
        uses = [*self.uses[column], "", ""]
        said = {self.data.get(f"{name}_{place}", "") for name in ("column", "also")} - {""}
        chosen = said if self.is_bound else self.uses[column]
        states = {self.stored.fields[name].state if name in self.uses[column] else "good" for name in chosen}
        for name, initial, empty, label in (
            (f"column_{place}", uses[0], LEFT_OUT, f"Field for {column}"),
            (f"also_{place}", uses[1], NOTHING_MORE, f"Another field for {column}"),
        ):
            field = forms.ChoiceField(choices=[empty, *choices], required=False, initial=initial, label=label)
            field.widget.attrs |= {"aria-label": label, "class": "in--s"}
            self.fields[name] = field
        first = next((cells[place] for cells in sample if cells[place].strip()), "")
        return {
            "column": column,
            "first": "(hidden)" if first and not states and is_personal(column) else first[:60],
            "state": "choose" if "choose" in states else "good" if states else "out",
            "field": self[f"column_{place}"],
            "also": self[f"also_{place}"],
        }

    def beside(self):
        """What the mapping sets that no field of this page shows: [(label, sentences)]."""
        listed = {(row["word"].target, row["word"].text.casefold()) for row in self.words}
        known = beside.facts(self.stored, listed)
        targets = KINDS[self.stored.kind]
        for column, uses in self.uses.items():
            if len(uses) > 2:
                known.append((column, f"Read also for: {', '.join(targets[name].label for name in uses[2:])}."))
        return known

    def others(self):
        """The settings beside the columns."""
        return [self[name] for name in self.SETTINGS if name in self.fields]

    def clean(self):
        data = super().clean()
        mapping = Mapping(self.stored.kind, zone=self.stored.zone, bounds=self.stored.bounds)
        mapping.key_keep_last = self.stored.key_keep_last
        for name in self.SETTINGS:
            if name in data:
                setattr(mapping, name, data[name])
        mapping.key_digits = mapping.key_digits or 0
        for place, column in enumerate(self.header):
            chosen = filter(None, (data.get(f"column_{place}"), data.get(f"also_{place}")))
            targets = list(dict.fromkeys(chosen))
            for target in targets and dict.fromkeys([*targets, *self.uses[column][2:]]):
                self._source(mapping, target).columns.append(column)
            if not targets:
                mapping.left_out.append(column)
        for name, source in self.stored.fields.items():
            if source.constant and name not in mapping.fields:
                self._source(mapping, name)
        self._keep_order(mapping)
        self._say_meanings(mapping, data)
        return data | {"mapping": mapping}

    def _keep_order(self, mapping):
        """Joined columns stay in the order the mapping joins them in; those that come new stand behind."""
        for name, source in mapping.fields.items():
            known = self.stored.fields.get(name, Source()).columns
            source.columns.sort(key=lambda column, known=known: (*known, column).index(column))

    def _say_meanings(self, mapping, data):
        for row in self.words:
            word, chosen = row["word"], data.get(row["name"])
            if word.target in mapping.fields:
                values = mapping.fields[word.target].values
                # What stands for a word that this page could not show as chosen is not taken back by leaving it so.
                if word.chosen:
                    values.pop(word.text.casefold(), None)
                values.update({word.text.casefold(): chosen} if chosen else {})

    def _source(self, mapping, target):
        """The source of a field, with the value map and the constant that the mapping had for it."""
        if target not in mapping.fields:
            known = self.stored.fields.get(target, Source())
            mapping.fields[target] = Source(join=known.join, constant=known.constant, values=dict(known.values))
        return mapping.fields[target]
