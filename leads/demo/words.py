"""What detectives and prosecutors write, and what courts call it. Fictional."""

ACTIVITIES = (
    ("video", "useful", "Spoke to the shop owner on the corner. Camera covers the street; copy promised tonight."),
    (
        "video",
        "partial",
        "Doorbell video from two houses: a light sedan leaves a minute after the shots, plate unreadable.",
    ),
    ("video", "nothing", "City camera at the crossing was pointed the other way."),
    ("interview", "partial", "Second interview of the victim. Knows the name on the street, no legal name yet."),
    ("interview", "nothing", "Witness at the parking lot does not wish to say more."),
    ("canvass", "partial", "Canvassed the block again at the same hour. One neighbor heard two bursts."),
    ("canvass", "nothing", "Canvass of eleven doors, nobody saw the shooter."),
    ("records", "useful", "Compared reports of all cases in the line: same vehicle described twice."),
    ("records", "partial", "Field contacts near the scenes read for both weeks."),
    ("plate_reader", "useful", "Read plate reader hits near both scenes: two vehicles common to both nights."),
    ("plate_reader", "nothing", "No plate common to the hours around the events."),
    ("phone", "partial", "Preservation letter sent to the carrier; warrant being written."),
    ("search_warrant", "useful", "Warrant served at the address; ammunition of the same caliber recovered."),
    ("laboratory", "partial", "Asked the laboratory for microscopic comparison of the two newest exhibits."),
    ("note", "", "Discussed with Gang and Gun and with the other agency; calls again on Monday."),
    ("arrest", "useful", "Person named by two witnesses arrested on the open warrant; declined to talk."),
)
CLOSING_NOTES = {
    "arrest_made": "One arrest for one of the shootings; the others stay open for charging.",
    "arrest_warrant": "Warrant issued, entered and sent to the fugitive unit.",
    "referred_federal": "Presented to the federal prosecutors for adoption.",
    "suspect_identified_no_charge": "Possible shooter named by two sources; the evidence does not carry a charge.",
    "suspect_already_in_custody": "The person of interest has been held on another case since before the notice.",
    "firearm_recovered": "A gun was found; the laboratory has not said yet whether it is the one of this line.",
    "case_linked_intel_only": "Cases linked and shared with the other units; nothing further to work now.",
    "exhausted_no_suspect": "Video, plates and canvass exhausted without a suspect.",
    "lead_not_confirmed": "Laboratory did not confirm the link.",
    "victim_uncooperative": "Victim and witnesses do not cooperate.",
    "exceptionally_cleared": "Cleared exceptionally with approval of the prosecutor.",
    "suspect_deceased": "The only suspect died before a charge.",
    "referred_other_agency": "Taken over by the agency that holds the newer event.",
    "no_investigative_value": "Both events were test shots of the same officer's found gun.",
}
# fmt: off
DEFENDANTS = [
    "Alden Marsh-Okoro", "Bo Teller", "Casper Nye", "Dell Prior", "Emil Rask", "Finn Oduya", "Gil Stroud",
    "Hal Benedek", "Ivo Sand", "Jory Pell", "Kale Winters", "Lorne Abara", "Milo Quist", "Nico Farr",
    "Orin Vale", "Pax Delroy", "Quill Renner", "Rafe Sorley", "Sol Tamm", "Tad Hollow", "Umber Kane",
    "Vic Larsen", "Wyn Castor", "Xan Ebbs", "Yoel Drake", "Zed Morrow",
]
# fmt: on
SUMMARY = (
    "{defendant} was arrested with the gun that the laboratory links to {count} events of {agencies} between {first} "
    "and {last}. Possession on the day of the arrest is shown by the arresting officers and their cameras. Who fired "
    "in the earlier events is not asserted: the link is one of a gun, not of a person."
)
SUMMARY_AT_LARGE = (
    "{defendant} was arrested on witnesses and video of one event. The laboratory links the casings of {count} events "
    "of {agencies} between {first} and {last} to one gun, which is not recovered. Who fired in the other events is not "
    "asserted: the link is one of a gun, not of a person."
)
STATE_CHARGES = (
    ("XX Penal 22.1", "Assault with a firearm"),
    ("XX Penal 31.4", "Carrying a firearm without a license"),
    ("XX Penal 31.6", "Possession of a firearm by a prohibited person"),
    ("XX Penal 29.2", "Reckless discharge of a firearm"),
)
FEDERAL_CHARGES = (
    ("18 USC 922(g)(1)", "Possession of a firearm by a prohibited person"),
    ("18 USC 924(c)", "Firearm in furtherance of a crime of violence"),
    ("18 USC 922(k)", "Firearm with an obliterated serial number"),
    ("26 USC 5861(d)", "Unregistered conversion device"),
)
FEDERAL_DECLINES = {
    "other_authorities": 25.0,
    "minimal_interest": 21.1,
    "weak_evidence": 16.3,
    "no_intent": 8.5,
    "agency_request": 4.7,
    "no_offense": 4.2,
    "no_resources": 3.7,
    "other_charges": 2.5,
    "office_policy": 2.5,
    "other": 11.5,
}
STATE_DECLINES = {"weak_evidence": 40, "victim_unavailable": 30, "search_problem": 15, "self_defense": 5, "other": 10}
