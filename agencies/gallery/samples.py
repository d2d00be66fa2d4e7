"""Made-up values that show every component in every state."""

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
        "due_text": "Wed 15 Jul 16:24",
        "note": "Working calendar of Port Alder PD",
        "receipt": SUM_LATE,
        "id": "c-late",
    },
    {"state": "pause", "stage": "Report", "text": "5 h, lab", "receipt": SUM_PAUSE, "id": "c-pause"},
    {"state": "done", "stage": "Closed", "text": "14 Jul"},
    {"state": "late", "text": "3 h", "url": "#row"},
]

KINDS = {
    "hom": ("cross", "Homicide"),
    "nfs": ("nfs", "Non-fatal"),
    "shot": ("casing", "Shots fired"),
    "rec": ("gun", "Recovery"),
}


def mark(style, code, agency_mark, dashed=False):
    drawing, label = KINDS[style]
    return {
        "icon": drawing,
        "mark": style,
        "label": label,
        "agency": code,
        "agency_mark": agency_mark,
        "dashed": dashed,
    }


def node(style, day, time, code, agency_mark, case, dashed=False):
    said = f"{KINDS[style][1]}, link {'unconfirmed' if dashed else 'confirmed'}"
    return mark(style, code, agency_mark, dashed) | {
        "kind": "event",
        "date": f"{day} {time}",
        "day": day,
        "case": case,
        "said": said,
    }


def segment(days, growth, dashed=False):
    return {"days": days, "text": f"{days} days", "short": f"{days} d", "growth": growth, "dashed": dashed}


MINI = [mark("shot", "PAPD", 1), mark("hom", "PAPD", 1), mark("nfs", "GMPD", 2, True), mark("rec", "WCSO", 3, True)]
LINE = {
    "nodes": [
        node("shot", "3 Jun", "23:10", "PAPD", 1, "26-018844"),
        node("hom", "21 Jun", "01:36", "PAPD", 1, "26-020951"),
        node("nfs", "29 Jun", "22:02", "GMPD", 2, "GM26-4417", dashed=True),
        {"kind": "fold", "count": 3, "text": "+3", "day": "9 Jul", "said": "3 more events, 9 Jul to 11 Jul"},
        node("shot", "14 Jul", "00:48", "BKPD", 4, "26-024310", dashed=True),
    ],
    "segments": [segment(18, "g2"), segment(8, "g1", True), segment(10, "g1", True), segment(3, "g1", True)],
    "end": {
        "icon": "target",
        "label": "Still at large",
        "day": "Today",
        "recovered": False,
        "segment": segment(2, "g1"),
    },
    "summary": "7 events of one presumed gun, 3 agencies, 5 of 7 links unconfirmed. Still at large.",
}

OBLIGATIONS = [
    {
        "agency": "Port Alder PD",
        "mark": 1,
        "step": 2,
        "unit": "Homicide Unit",
        "person": "Sgt. Amara Bell",
        "line": "Escalated Wed 16:24, today 08:00",
        "line_tone": "late-t",
        "clock": {"state": "late", "text": "3 h", "receipt": SUM_LATE, "id": "o-1"},
        "actions": [
            {"label": "Acknowledge", "url": "#a", "sheet": False},
            {"label": "Return", "url": "#r", "sheet": False},
        ],
    },
    {
        "agency": "Glenmoor PD",
        "mark": 2,
        "step": 4,
        "unit": "Investigations",
        "person": "Det. Ilse Varga",
        "line": "Waiting for the lab since Thu 04:40",
        "clock": {"state": "pause", "text": "5 h", "receipt": SUM_PAUSE, "id": "o-2"},
    },
    {
        "agency": "Wexley County Sheriff's Office, Eastern Patrol Division",
        "mark": 3,
        "step": 4,
        "unit": "Major Crimes",
        "person": "Det. Nadia Ferro",
        "line": "Last activity today 08:51",
        "clock": {"state": "ok", "share": 0.4, "text": "1 d 2 h", "receipt": SUM_OK, "id": "o-3"},
    },
]

SCORE = {
    "total": 94,
    "rule": "Weights version 3, as of 09:30",
    "rank": "1st of 214",
    "groups": [
        {"letter": "G", "name": "Geography", "points": 0, "reasons": []},
        {
            "letter": "E",
            "name": "Events",
            "points": 30,
            "reasons": [(30, "A homicide in the line, 25 days ago")],
        },
        {"letter": "T", "name": "Time", "points": 22, "reasons": [(22, "Newest event 2 days ago")]},
        {"letter": "S", "name": "Solvability", "points": 14, "reasons": [(14, "Gun still at large")]},
    ],
}

FEED = [
    {
        "icon": "note",
        "who": "Det. Ferro",
        "text": "read plate reader hits near County Rd 8",
        "iso": "2026-07-16T08:51",
        "when": "Today 08:51, 51 min ago",
    },
    {
        "icon": "late",
        "tone": "late",
        "text": "Escalated to Lt. Pike: nobody acknowledged",
        "iso": "2026-07-16T08:00",
        "when": "Today 08:00, by the clock",
    },
    {
        "icon": "lead",
        "text": "Event 5 joined the line. All three agencies told",
        "iso": "2026-07-15T08:24",
        "when": "Wed 08:24",
    },
]

KPIS = [
    {"label": "Open", "value": 86, "icon": "lead", "sub": "+5 since Mon", "url": "#open"},
    {"label": "Nobody assigned", "value": 9, "icon": "person", "sub": "oldest 31 h", "url": "#nobody"},
    {
        "label": "Overdue",
        "value": 17,
        "icon": "late",
        "sub": "6 past the second notice",
        "url": "#late",
        "tone": "late",
    },
    {"label": "Closed, 30 days", "value": 41, "icon": "checkc", "sub": "33 with an outcome"},
]


def stage(number, name, came_in, went_on, median, p90, in_time, goal, **more):
    return {
        "number": number,
        "name": name,
        "came_in": came_in,
        "went_on": went_on,
        "share": f"{100 * went_on // came_in}%",
        "of": came_in,
        "median": median,
        "p90": p90,
        "in_time": in_time,
        "in_time_text": f"{in_time}%",
        "is_timed": True,
        "goal": goal,
        "limit": f"in 2 days, goal {goal}%",
        "url": f"#stage{number}",
        **more,
    }


STAGES = [
    stage(1, "Collect", 742, 506, "14 h", "61 h", 71, 80, of_words="shootings with casings collected"),
    stage(2, "Enter", 506, 478, "31 h", "4.1 d", 64, 90, of_words="collected entered in NIBIN", worst=True),
    stage(3, "Link", 478, 153, "19 h", "44 h", 88, 85, of_words="entered with a lead", last=True),
]

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
    {"label": "Caliber", "theirs": "9 mm Luger", "yours": ".380 Auto", "differs": True},
]
JOB = {
    "done": 11240,
    "total": 14861,
    "label": "Rows checked",
    "text": "11,240 of 14,861 rows",
    "left": "about 9 s left",
}
AGENCIES = [
    ("PAPD", 1),
    ("GMPD", 2),
    ("WCSO", 3),
    ("BKPD", 4),
    ("UNIV", 5),
    ("HLPD", 6),
    ("DVPD", 7),
    ("ORPD", 8),
    ("TRSO", 9),
    ("MSP", 10),
    ("LAB", 0),
]
BARS = [[("late", 6), ("soon", 2), ("open", 6)], [("late", 4), ("soon", 1), ("open", 21)], [("open", 9)]]


def nav(name, label, icon, count="", section="", late=False, current=False):
    return {
        "name": name,
        "label": label,
        "icon": icon,
        "url": "#",
        "count": count,
        "late": late,
        "current": current,
        "section": section,
    }


SHELL = {
    "user": {"name": "Dana Ruiz", "role": "Analyst", "initials": "DR"},
    "agency": {"id": 1, "name": "Port Alder PD"},
    "agencies": [
        {"id": 1, "name": "Port Alder PD", "current": True},
        {"id": 2, "name": "Glenmoor PD", "current": False},
    ],
    "center": "Tri-Rivers CGIC",
    "synthetic": True,
    "unread": 3,
    "searched": "lead, case number, gun serial",
    "now_text": "Thu 16 Jul 09:42",
    "zone": "Port Alder time",
    "nav": [
        nav("home", "My day", "home"),
        nav("leads", "Leads", "lead", "214", current=True),
        nav("evidence", "Evidence", "evid", "1,041"),
        nav("prosecution", "Prosecution", "scale", "38"),
        nav("accountability", "Accountability", "board", "17", "Center", late=True),
        nav("dashboard", "Dashboard", "dash", section="Center"),
        nav("imports", "Imports", "import", section="Center"),
    ],
}
