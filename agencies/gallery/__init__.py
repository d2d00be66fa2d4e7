"""The component sheet: what templates/components/gallery.html draws, for those who build pages and for the tests."""

from agencies.gallery import samples
from agencies.gallery.forms import SampleForm

SHELL = samples.SHELL | {"shortcuts": samples.SHELL["nav"][:3], "lock_after": 0}


def context():
    """What components/gallery.html draws."""
    return {
        "clocks": [{"stage": "", "url": "", "receipt": (), **each} for each in samples.CLOCKS],
        "mini_marks": samples.MINI,
        "line": samples.LINE,
        "obligations": samples.OBLIGATIONS,
        "score_sample": samples.SCORE,
        "feed_items": samples.FEED,
        "kpi_items": samples.KPIS,
        "stages": samples.STAGES,
        "view_items": samples.VIEWS,
        "chip_items": samples.CHIPS,
        "diff_items": samples.DIFF,
        "conflict_rows": samples.CONFLICT,
        "job": samples.JOB,
        "agency_marks": samples.AGENCIES,
        "bars": samples.BARS,
        "form_blank": SampleForm(auto_id="a_%s"),
        "form_bad": SampleForm({"occurred_on": "13/26/2026", "casings": "-1"}, auto_id="b_%s"),
    }
