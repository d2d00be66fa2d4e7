from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, hashers
from django.contrib.auth.password_validation import validate_password

from agencies import access, limits, policies
from agencies.fields import Line
from agencies.forms.sentences import Form
from agencies.models import Agency, Unit
from agencies.roles import Permission, Role

# One sentence for every reason, so that nobody learns which addresses have an account.
NOT_RIGHT = (
    "The e-mail or the password is not right, or the account is locked. Five wrong passwords lock an account: "
    "then ask your agency administrator to open it."
)
WRONG_PASSWORD = "The password is not right. After five wrong ones the account is locked."  # noqa: S105 (a sentence)
TOO_OFTEN = "That was tried too often from here. Wait a minute, then try again."
# Said of every address alike, whether it has an account or not.
ACCOUNT_TOO_OFTEN = (
    "A password for this address was tried too often, perhaps by somebody else. Wait a minute, then try again; "
    "if it stays so, tell your agency administrator."
)
TRIES_OF_AN_ACCOUNT = 10
RESETS, RESETS_WITHIN = 20, 10 * 60
ACKNOWLEDGED = {
    "label": "I have read the notice and I agree",
    "error_messages": {"required": "Read the system-use notice and say that you agree."},
}


def status_of(form):
    """200, or 429 for a form that was sent too often."""
    return 429 if any(error.code == "too_often" for error in _errors(form)) else 200


def flood_of(form):
    """Of what a form was sent too often ("network" or "account"), by the first of its minute that was; else ""."""
    return next((error.params["flood"] for error in _errors(form) if error.params and error.params.get("flood")), "")


def _errors(form):
    return [error for errors in form.errors.as_data().values() for error in errors]


def _prove(email, password, address):
    """The person of this address and password, or None. What is tried is counted before the work of trying it, for the
    network and for the account, whether there is such an account or not; a right password is not counted.

    The network first: what is over its limit must not fill the account's as well, and so shut its owner out.
    """
    counts = [
        ("network", limits.network(address), settings.SIGN_INS_PER_MINUTE, TOO_OFTEN),
        ("account", email.strip().lower(), TRIES_OF_AN_ACCOUNT, ACCOUNT_TOO_OFTEN),
    ]
    for what, who, most, sentence in counts:
        if (tries := limits.count(what, who)) > most:
            raise forms.ValidationError(sentence, "too_often", {"flood": what if tries == most + 1 else ""})
    found = authenticate(username=email, password=password)
    if found:
        for what, who, *_ in counts:
            limits.give_back(what, who)
    return found


def _is_password_of(user, password):
    """`user.check_password` would also keep a stronger hash where there is one, and so end the session it asks for."""
    return hashers.check_password(password, user.password)


class SignInForm(Form):
    """E-mail and password of a member of an agency; `user` is set when they are right."""

    username = forms.EmailField(label="Work e-mail", max_length=254)
    password = forms.CharField(label="Password", strip=False, max_length=1000, widget=forms.PasswordInput)
    acknowledged = forms.BooleanField(**ACKNOWLEDGED | {"label": "The notice"})
    user = None

    def __init__(self, *args, address, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address

    @property
    def was_tried(self):
        """Whether a wrong password was tried, rather than a field left empty."""
        return self.has_error(forms.forms.NON_FIELD_ERRORS, "not_right")

    def clean(self):
        if self.errors:
            return
        found = _prove(self.cleaned_data["username"], self.cleaned_data["password"], self.address)
        if found is None or not access.is_member(found):
            raise forms.ValidationError(NOT_RIGHT, "not_right")
        self.user = found


class UnlockForm(Form):
    """The password of who is signed in already."""

    password = forms.CharField(label="Password", strip=False, max_length=1000, widget=forms.PasswordInput)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    @property
    def was_tried(self):
        """Whether a wrong password was tried, rather than the field left empty."""
        return self.has_error("password", "not_right")

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not self.is_right(password):
            raise forms.ValidationError(WRONG_PASSWORD, "not_right")
        return password

    def is_right(self, password):
        """Who is signed in goes on with their password, also while somebody outside has locked the account."""
        return _is_password_of(self.user, password)


class JoinAgainForm(UnlockForm):
    """Who has an account takes the role that an invitation offers, with the account's password."""

    acknowledged = forms.BooleanField(**ACKNOWLEDGED)

    def __init__(self, *args, invitation, address, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation, self.address = invitation, address

    def is_right(self, password):
        return _prove(self.user.email, password, self.address) == self.user

    def clean(self):
        if not self.errors and (reason := policies.accept_as(self.user, self.invitation, self.user)):
            raise forms.ValidationError(reason)


class NewPasswordForm(Form):
    """A new password, typed twice and checked against the list of common ones."""

    called = {"again": "new password once more"}
    new_password = forms.CharField(
        label="New password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. A few unrelated words are easier to remember than signs.",
    )
    again = forms.CharField(
        label="The same again",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new_password(self):
        password = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean_again(self):
        if "new_password" in self.cleaned_data and self.cleaned_data["again"] != self.cleaned_data["new_password"]:
            raise forms.ValidationError("The two are not the same. Type the new password again.")
        return self.cleaned_data["again"]


class PasswordChangeForm(NewPasswordForm):
    """The present password, then the new one."""

    field_order = ["present", "new_password", "again"]
    present = forms.CharField(
        label="Present password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    @property
    def was_tried(self):
        """Whether a wrong present password was tried: who sits at an open session must not guess it here."""
        return self.has_error("present", "not_right")

    def clean_present(self):
        if not _is_password_of(self.user, self.cleaned_data["present"]):
            raise forms.ValidationError("This is not your present password.", "not_right")
        return self.cleaned_data["present"]


class ForgottenForm(Form):
    email = forms.EmailField(label="Work e-mail", max_length=254)

    def __init__(self, *args, address, **kwargs):
        super().__init__(*args, **kwargs)
        self.network = limits.network(address)

    def clean(self):
        if not self.errors and not limits.take("reset", self.network, most=RESETS, seconds=RESETS_WITHIN):
            raise forms.ValidationError("Too many links were asked for from here. Wait ten minutes.", "too_often")


class InvitationForm(Form):
    """One role in one agency, for one address. Agencies and roles are those the inviter may give."""

    email = forms.EmailField(label="Work e-mail", max_length=254)
    name = Line(label="Name", max_length=120)
    agency = forms.ModelChoiceField(Agency.objects.none(), label="Agency", empty_label=None)
    role = forms.ChoiceField(label="Role", choices=Role.choices)
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Unit", required=False, empty_label="No unit")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        mine = Agency.objects.filter(pk__in=access.agencies_with(user, Permission.AGENCY_MANAGE)).order_by("name")
        self.fields["agency"].queryset = mine
        self.fields["unit"].queryset = Unit.objects.filter(agency__in=mine, is_active=True).select_related("agency")
        if len(access.agencies_with(user, Permission.AGENCY_MANAGE)) > 1:
            self.fields["unit"].label_from_instance = lambda unit: f"{unit.name}, {unit.agency.code}"

    def clean(self):
        if self.errors:
            return
        values = self.cleaned_data
        if reason := policies.invite(self.user, *(values[key] for key in ("agency", "email", "role", "unit"))):
            raise forms.ValidationError(reason)


class RoleForm(Form):
    """Another role for a member of an agency."""

    called = {"role": "role"}
    role = forms.ChoiceField(label="Another role", choices=Role.choices)

    def __init__(self, *args, user, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.membership = user, membership

    def clean_role(self):
        role, member = self.cleaned_data["role"], self.membership
        if reason := policies.grant(self.user, member.agency, member.user, role):
            raise forms.ValidationError(reason)
        return role


class PlaceForm(Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Unit", required=False, empty_label="No unit")

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, initial={"unit": membership.unit_id}, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=membership.agency_id, is_active=True)


class JoinForm(NewPasswordForm):
    """Who somebody new is, and the password they choose."""

    field_order = ["name", "title", "new_password", "again"]
    name = Line(label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    title = Line(label="Rank or title", max_length=60, required=False)
    acknowledged = forms.BooleanField(**ACKNOWLEDGED)


class TokenForm(UnlockForm):
    """A key outlives the session that makes it: who sits at an open session needs the password as well."""

    called = {"name": "purpose", "days": "time it works for", "password": "password of your account"}
    field_order = ["name", "days", "password"]
    name = Line(label="What it is for", max_length=60, help_text="The program that will use it.")
    days = forms.TypedChoiceField(
        label="Works for", choices=[(30, "30 days"), (90, "90 days"), (365, "One year")], coerce=int, initial=90
    )
    password = forms.CharField(
        label="Your password",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class AuditFilter(Form):
    """What to look for in the log; every field narrows."""

    person = forms.CharField(label="Person", max_length=120, required=False)
    verb = forms.CharField(
        label="What was done",
        max_length=60,
        required=False,
        help_text="Begins with: refused, sign_in, incident.recorded",
    )
    kind = forms.CharField(
        label="Kind of record", max_length=40, required=False, help_text="Such as lead, incident, exhibit"
    )
    number = forms.IntegerField(label="Number of the record", required=False, min_value=1, max_value=2**63 - 1)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
