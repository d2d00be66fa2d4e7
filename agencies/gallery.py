"""Made-up values that show every component in every state; the component sheet and its tests draw from here."""

from django import forms

from agencies import widgets

SUM_LATE = [
    ("Sent", "Wed 15 Jul 08:24"),
    ("Acknowledge within", "8 working h"),
    ("Due", "Wed 15 Jul 16:24"),
    ("Skipped, night", "14 h"),
    ("Over, working time", "3 h 18 min"),
]
SUM_PAUSE = [("Worked", "2 d 1 h of 5 d"), ("Paused: at the lab", "5 h"), ("Left when it runs", "2 d 23 h")]
SUM_OK = [("First activity", "within 2 d"), ("Done in", "6 h 40 min"), ("Left", "1 d 2 h")]

CLOCKS = [
    {"state": "ok", "stage": "Acknowledge", "text": "5 h", "share": 0.35, "receipt": SUM_OK, "id": "c-ok"},
    {"state": "soon", "stage": "Assign", "text": "2 h", "share": 0.88, "receipt": SUM_OK, "id": "c-soon"},
    {
        "state": "late",
        "stage": "Update",
        "text": "2 d 1 h",
        "due_text": "8 working hours from Wed 15 Jul 08:24",
        "note": "Working calendar of Port Alder PD",
        "receipt": SUM_LATE,
        "id": "c-late",
    },
    {"state": "pause", "stage": "Report", "text": "5 h, lab", "receipt": SUM_PAUSE, "id": "c-pause"},
    {"state": "done", "stage": "Closed", "text": "14 Jul"},
    {"state": "late", "text": "3 h", "url": "#row"},
]

MINI = (("shots_fired", 1, "PAPD", False), ("homicide", 1, "PAPD", False), ("non_fatal", 2, "GMPD", True), ("recovery", 3, "WCSO", True))


def node(kind, label, date, code, mark, case, dashed=False):
    return {"kind": kind, "label": label, "date": date, "agency": code, "mark": mark, "case": case, "dashed": dashed}


def segment(text, growth, dashed=False):
    return {"text": text, "growth": growth, "dashed": dashed}


LINE = {
    "nodes": [
        node("shots_fired", "Shots fired", "3 Jun 23:10", "PAPD", 1, "26-018844"),
        node("homicide", "Homicide", "21 Jun 01:36", "PAPD", 1, "26-020951"),
        node("non_fatal", "Non-fatal", "29 Jun 22:02", "GMPD", 2, "GM26-4417", dashed=True),
        {"kind": "fold", "label": "3 more", "date": "", "count": 3},
        node("shots_fired", "Shots fired", "14 Jul 00:48", "BKPD", 4, "26-024310", dashed=True),
    ],
    "segments": [segment("18 days", "g2"), segment("8 days", "g1", True), segment("10 days", "g1", True), segment("5 days", "g1", True)],
    "end": {"text": "2 days", "date": "Today", "label": "Still at large", "icon": "target"},
}

OBLIGATIONS = [
    {"agency": "Port Alder PD", "mark": 1, "step": 2, "unit": "Homicide Unit", "person": "Sgt. Amara Bell",
     "line": "Escalated Wed 16:24, today 08:00", "line_tone": "late-t",
     "clock": {"state": "late", "text": "3 h", "receipt": SUM_LATE, "id": "o-1"},
     "actions": [{"label": "Acknowledge", "url": "#a"}, {"label": "Return", "url": "#r"}]},
    {"agency": "Glenmoor PD", "mark": 2, "step": 4, "unit": "Investigations", "person": "Det. Ilse Varga",
     "line": "Waiting for the lab since Thu 04:40", "clock": {"state": "pause", "text": "5 h", "receipt": SUM_PAUSE, "id": "o-2"}},
    {"agency": "Wexley County Sheriff's Office, Eastern Patrol Division", "mark": 3, "step": 4, "unit": "Major Crimes",
     "person": "Det. Nadia Ferro", "line": "Last activity today 08:51",
     "clock": {"state": "ok", "share": 0.4, "text": "1 d 2 h", "receipt": SUM_OK, "id": "o-3"}},
]  # fmt: skip

SCORE = {"total": 94, "rule": "Rule set 3, computed 09:30", "rank": "1st of 214",
         "reasons": [(30, "A homicide in the line, 25 days ago"), (22, "Newest event 2 days ago"), (14, "Gun still at large")]}  # fmt: skip

FEED = [
    {"icon": "note", "who": "Det. Ferro", "text": "read plate reader hits near County Rd 8", "iso": "2026-07-16T08:51", "when": "Today 08:51, 51 min ago"},
    {"icon": "late", "tone": "late", "text": "Escalated to Lt. Pike: nobody acknowledged", "iso": "2026-07-16T08:00", "when": "Today 08:00, by the clock"},
    {"icon": "lead", "text": "Event 5 joined the line. All three agencies told", "iso": "2026-07-15T08:24", "when": "Wed 08:24"},
]

KPIS = [
    {"label": "Open", "value": 86, "icon": "lead", "sub": "+5 since Mon", "url": "#open"},
    {"label": "Nobody assigned", "value": 9, "icon": "person", "sub": "oldest 31 h", "url": "#nobody"},
    {"label": "Overdue", "value": 17, "icon": "late", "sub": "6 past the second notice", "url": "#late", "tone": "late"},
    {"label": "Closed, 30 days", "value": 41, "icon": "checkc", "sub": "33 with an outcome"},
]

STAGES = [
    {"number": 1, "name": "Collect", "came_in": 742, "went_on": 506, "share": "68%", "of": 742, "of_words": "shootings with casings collected",
     "median": "14 h", "p90": "61 h", "in_time": 71, "goal": 80, "limit": "in 1 day, goal 80%", "url": "#s1"},
    {"number": 2, "name": "Enter", "came_in": 506, "went_on": 478, "share": "94%", "of": 506, "of_words": "collected entered in NIBIN",
     "median": "31 h", "p90": "4.1 d", "in_time": 64, "goal": 90, "limit": "in 2 days, goal 90%", "worst": True, "url": "#s2"},
    {"number": 3, "name": "Link", "came_in": 478, "went_on": 153, "share": "32%", "of": 478, "of_words": "entered with a lead",
     "median": "19 h", "p90": "44 h", "in_time": 88, "goal": 85, "limit": "in 24 h, goal 85%", "last": True, "url": "#s3"},
]  # fmt: skip

VIEWS = [
    {"label": "Triage today", "url": "#1", "count": 38, "current": True},
    {"label": "Overdue", "url": "#2", "count": 17, "late": True},
    {"label": "Unassigned", "url": "#3", "count": 0},
]
CHIPS = [{"label": "Status", "value": "open", "url": "#1"}, {"label": "Notice", "value": "last 30 days", "url": "#2"}]
DIFF = [
    {"kind": "add", "text": "Confirmation of 3 links, WCL-26-1141"},
    {"kind": "rem", "text": "Lead 00344 withdrawn by the lab, kept in the register"},
    {"kind": "chg", "text": "Event 2: time 02:10 is now 02:40"},
]
CONFLICT = [
    {"label": "Location", "theirs": "Alder Av at 14th", "yours": "Alder Av at 14th", "differs": False},
    {"label": "Calibre", "theirs": "9 mm Luger", "yours": ".380 Auto", "differs": True},
]
JOB = {"done": 11240, "total": 14861, "label": "Rows checked", "text": "11,240 of 14,861 rows", "left": "about 9 s left"}
AGENCIES = [("PAPD", 1), ("GMPD", 2), ("WCSO", 3), ("BKPD", 4), ("UNIV", 5), ("HLPD", 6), ("DVPD", 7), ("ORPD", 8), ("TRSO", 9), ("MSP", 10), ("LAB", 0)]
BARS = [[("late", 6), ("soon", 2), ("open", 6)], [("late", 4), ("soon", 1), ("open", 21)], [("open", 9)]]

SHELL = {
    "user": {"name": "Dana Ruiz", "role": "Analyst", "initials": "DR"},
    "agency": {"id": 1, "name": "Port Alder PD"},
    "agencies": [{"id": 1, "name": "Port Alder PD", "current": True}, {"id": 2, "name": "Glenmoor PD", "current": False}],
    "center": "Tri-Rivers CGIC",
    "synthetic": True,
    "unread": 3,
    "now_text": "Thu 16 Jul 09:42",
    "zone": "Port Alder time",
    "nav": [
        {"name": "home", "label": "My day", "icon": "home", "url": "#", "count": "", "late": False, "current": False, "section": ""},
        {"name": "leads", "label": "Leads", "icon": "lead", "url": "#", "count": "214", "late": False, "current": True, "section": ""},
        {"name": "evidence", "label": "Evidence", "icon": "evid", "url": "#", "count": "1,041", "late": False, "current": False, "section": ""},
        {"name": "prosecution", "label": "Prosecution", "icon": "scale", "url": "#", "count": "38", "late": False, "current": False, "section": ""},
        {"name": "accountability", "label": "Accountability", "icon": "board", "url": "#", "count": "17", "late": True, "current": False, "section": "Center"},
        {"name": "dashboard", "label": "Dashboard", "icon": "dash", "url": "#", "count": "", "late": False, "current": False, "section": "Center"},
        {"name": "imports", "label": "Imports", "icon": "import", "url": "#", "count": "", "late": False, "current": False, "section": "Center"},
    ],
}  # fmt: skip


class SampleForm(forms.Form):
    """Every kind of control once."""

    case_number = forms.CharField(label="Case number", help_text="As printed on the report")
    email = forms.EmailField(label="Work e-mail", required=False)
    calibre = forms.CharField(label="Calibre", widget=widgets.Combo(options=("9 mm Luger", ".40 S&W", ".45 Auto")), required=False)
    offence = forms.ChoiceField(label="Offence", choices=[("", "Choose"), ("a", "Homicide"), ("b", "Non-fatal shooting")])
    occurred_on = forms.DateField(label="Event date", widget=widgets.Day)
    occurred_at = forms.TimeField(label="Event time", widget=widgets.Clock, required=False)
    seen_at = forms.DateTimeField(label="Received", widget=widgets.Moment, required=False)
    headstamp = forms.ChoiceField(
        label="Calibre on headstamp",
        choices=[("9", "9 mm"), ("40", ".40 S&W"), ("223", ".223 Rem")],
        widget=widgets.Tiles(icons={"9": "casing", "40": "casing", "223": "bullet"}),
    )
    found = forms.MultipleChoiceField(
        label="Found", choices=[("c", "Casings"), ("g", "Gun"), ("v", "Video")], widget=widgets.TileChoices, required=False
    )
    casings = forms.IntegerField(label="Casings in this group", widget=widgets.Stepper, min_value=0, initial=6)
    note = forms.CharField(label="In one or two sentences", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="File", widget=widgets.Drop(says="CSV, XLSX or ODS, up to 50 MB"), required=False)
    agree = forms.BooleanField(label="I checked the exhibit numbers", help_text="They can be corrected later")


def context():
    """What components/gallery.html draws."""
    return {
        "clocks": CLOCKS, "mini_marks": MINI, "line": LINE, "obligations": OBLIGATIONS, "score_sample": SCORE, "feed_items": FEED,
        "kpi_items": KPIS, "stages": STAGES, "view_items": VIEWS, "chip_items": CHIPS, "diff_items": DIFF, "conflict_rows": CONFLICT,
        "job": JOB, "agency_marks": AGENCIES, "bars": BARS, "form_blank": SampleForm(auto_id="a_%s"),
        "form_bad": SampleForm({"occurred_on": "13/26/2026", "casings": "-1"}, auto_id="b_%s"),
    }  # fmt: skip
