"""What the statuses in an office's or a court's export mean: one folding for all spellings. Pure.

`key` takes from a spelling what people type differently without meaning anything by it; `meaning` is what a key stands
for in our own table, "" when nobody knows yet. What is not in it waits until a person says what it means.
"""

import re
import unicodedata

MOST_KEY = 60
# What a case can stand at: (code, label, what the page draws it with, whether the court is done with it).
MEANINGS = (
    ("pending", "Charged, pending", ("accent", "clock"), False),
    ("inactive", "Inactive", ("pause", "pause"), False),
    ("warrant", "Not located", ("soon", "warn"), False),
    ("laboratory", "Not charged, laboratory result awaited", ("soon", "flask"), False),
    ("other_office", "With another office", ("", "right"), False),
    ("juvenile", "Juvenile case", ("", "shield"), False),
    ("not_charged", "Not charged", ("", "x"), True),
    ("codefendant", "Not charged, another defendant charged", ("", "x"), True),
    ("adjudicated", "Adjudicated", ("good", "check"), True),
    ("closed", "Closed by the court", ("", "check"), True),
    ("guilty_plea", "Guilty plea", ("good", "check"), True),
    ("pled_other_charge", "Pled to another charge", ("good", "check"), True),
    ("guilty_trial", "Guilty at trial", ("good", "check"), True),
    ("not_guilty", "Not guilty", ("", "x"), True),
    ("dismissed", "Dismissed", ("", "x"), True),
    ("no_bill", "No bill", ("", "x"), True),
    ("diverted", "Diverted", ("", "right"), True),
    ("deferred", "Deferred", ("pause", "pause"), False),
    ("transferred_federal", "Transferred to federal court", ("", "right"), True),
    ("abated_death", "Abated by death", ("", "minus"), True),
    ("no_status", "Says nothing of a status", ("", "minus"), False),
)
CHOICES = [(code, label) for code, label, _tone, _done in MEANINGS]
LABELS = dict(CHOICES)
TONES = {code: tone for code, _label, tone, _done in MEANINGS}
SPELLINGS = {
    "pending": "active open pending papered paperd papering papered_still_pending papered_still_pending_tral "
    "papered_still_pending_trial charged filed awaiting_trial held_for_court",
    "inactive": "inactive stayed",
    "warrant": "unable_to_locate unable_ot_locate unable_to_locate_this_ccn this_defendant_not_on_the_ccn "
    "bench_warrant fugitive",
    "laboratory": "not_papered_pending_dna_results no_papered_pending_dna_results no_paper_pending_dna_results "
    "not_papered_pending_lab_results",
    "other_office": "oag oag_charge referred_to_oag",
    "juvenile": "n_a_juvenile na_juvenile juvenile",
    "not_charged": "no_paper no_papered not_papered declined declined_to_prosecute no_charges_filed",
    "codefendant": "no_paper_co_def_was_charged no_paper_codefendant_charged",
    "adjudicated": "adjudicated",
    "closed": "closed disposed",
    "guilty_plea": "guilty_plea plea_guilty pled_guilty guilty_plea_negotiated guilty_plea_non_negotiated plea",
    "pled_other_charge": "pled_to_other_charges pled_to_other_charge pled_other_charge",
    "guilty_trial": "trial_guilty guilty_at_trial found_guilty convicted_at_trial",
    "not_guilty": "not_guilty not_guilty_at_trial acquitted acquittal",
    "dismissed": "dismissed dismissed_by_court dismissed_by_prosecutor nolle nolle_prosequi nolle_prossed "
    "nolle_prosse withdrawn",
    "no_bill": "grand_jury_no_bill no_bill no_true_bill",
    "diverted": "diverted diversion ard ard_county",
    "deferred": "deferred deferred_adjudication deferred_prosecution",
    "transferred_federal": "transferred_federal transferred_to_federal_court adopted_by_usao",
    "abated_death": "defendant_deceased deceased abated abated_by_death",
}
_MEANING = {word: code for code, words in SPELLINGS.items() for word in words.split()}


def key(raw: str) -> str:
    """A spelling apart from case, accents, blanks and punctuation, at most 60 characters; "" when nothing is left."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", raw).casefold())
    plain = "".join(each for each in letters if not unicodedata.combining(each))
    return re.sub(r"[\W_]+", "_", plain).strip("_")[:MOST_KEY].rstrip("_")


def meaning(raw: str) -> str:
    """The code that a spelling stands for by our own table, "" when it is not in it; of an empty one no_status."""
    folded = key(raw)
    return _MEANING.get(folded, "") if folded else "no_status"
