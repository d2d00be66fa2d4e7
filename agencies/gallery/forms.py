from django import forms

from agencies import widgets
from agencies.forms.sentences import Form


class SampleForm(Form):
    """Every kind of control once."""

    case_number = forms.CharField(label="Case number", help_text="As printed on the report")
    email = forms.EmailField(label="Work e-mail", required=False)
    caliber = forms.CharField(
        label="Caliber", widget=widgets.Combo(options=("9 mm Luger", ".40 S&W", ".45 Auto")), required=False
    )
    offense = forms.ChoiceField(
        label="Offense", choices=[("", "Choose"), ("a", "Homicide"), ("b", "Non-fatal shooting")]
    )
    occurred_on = forms.DateField(label="Event date", widget=widgets.Day)
    occurred_at = forms.TimeField(label="Event time", widget=widgets.Clock, required=False)
    seen_at = forms.DateTimeField(label="Received", widget=widgets.Moment, required=False)
    headstamp = forms.ChoiceField(
        label="Caliber on headstamp",
        choices=[("9", "9 mm"), ("40", ".40 S&W"), ("223", ".223 Rem")],
        widget=widgets.Tiles(icons={"9": "casing", "40": "casing", "223": "bullet"}),
    )
    found = forms.MultipleChoiceField(
        label="Found",
        choices=[("c", "Casings"), ("g", "Gun"), ("v", "Video")],
        widget=widgets.TileChoices,
        required=False,
    )
    scenes = forms.MultipleChoiceField(
        label="Scenes",
        choices=[("n", "Quarry Street"), ("Earlier: 2 scenes", [("a", "Lock Street"), ("b", "Mill Lane")])],
        widget=widgets.Folded,
        required=False,
    )
    casings = forms.IntegerField(label="Casings in this group", widget=widgets.Stepper, min_value=0, initial=6)
    note = forms.CharField(label="In one or two sentences", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    file = forms.FileField(label="File", widget=widgets.Drop(says="CSV, XLSX or ODS, up to 50 MB"), required=False)
    agree = forms.BooleanField(label="I checked the exhibit numbers", help_text="They can be corrected later")
