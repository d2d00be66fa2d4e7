from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password

from agencies import access, policies
from agencies.models import Agency, Unit
from agencies.roles import Permission, Role

# One sentence for every reason, so that nobody learns which addresses have an account.
NOT_RIGHT = (
    "The e-mail or the password is not right, or the account is locked. Five wrong passwords lock an account: "
    "then ask your agency administrator to open it."
)
WRONG_PASSWORD = "The password is not right. After five wrong ones the account is locked."  # noqa: S105 (a sentence)


class SignInForm(forms.Form):
    """E-mail and password of a member of an agency; `user` is set when they are right."""

    username = forms.EmailField(label="Work e-mail", max_length=254)
    password = forms.CharField(label="Password", strip=False, max_length=1000, widget=forms.PasswordInput)
    acknowledged = forms.BooleanField(
        label="The notice", error_messages={"required": "Read the system-use notice and say that you agree."}
    )
    user = None

    @property
    def was_tried(self):
        """Whether a wrong password was tried, rather than a field left empty."""
        return self.has_error(forms.forms.NON_FIELD_ERRORS, "not_right")

    def clean(self):
        if self.errors:
            return
        found = authenticate(username=self.cleaned_data["username"], password=self.cleaned_data["password"])
        if found is None or not access.is_member(found):
            raise forms.ValidationError(NOT_RIGHT, "not_right")
        self.user = found


class UnlockForm(forms.Form):
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
        if authenticate(username=self.user.email, password=password) != self.user:
            raise forms.ValidationError(WRONG_PASSWORD, "not_right")
        return password


class JoinAgainForm(UnlockForm):
    """Who has an account takes the role that an invitation offers, with the account's password."""

    def __init__(self, *args, invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self):
        if not self.errors and (reason := policies.accept_as(self.user, self.invitation, self.user)):
            raise forms.ValidationError(reason)


class NewPasswordForm(forms.Form):
    """A new password, typed twice and checked against the list of common ones."""

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
        if not self.user.check_password(self.cleaned_data["present"]):
            raise forms.ValidationError("This is not your present password.", "not_right")
        return self.cleaned_data["present"]


class ForgottenForm(forms.Form):
    email = forms.EmailField(label="Work e-mail", max_length=254)


class InvitationForm(forms.Form):
    """One role in one agency, for one address. Agencies and roles are those the inviter may give."""

    email = forms.EmailField(label="Work e-mail", max_length=254)
    name = forms.CharField(label="Name", max_length=120)
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


class RoleForm(forms.Form):
    """Another role for a member of an agency."""

    role = forms.ChoiceField(label="Another role", choices=Role.choices)

    def __init__(self, *args, user, membership, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.membership = user, membership

    def clean_role(self):
        role, member = self.cleaned_data["role"], self.membership
        if reason := policies.grant(self.user, member.agency, member.user, role):
            raise forms.ValidationError(reason)
        return role


class PlaceForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label="Unit", required=False, empty_label="No unit")

    def __init__(self, *args, membership, **kwargs):
        super().__init__(*args, initial={"unit": membership.unit_id}, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(agency=membership.agency_id, is_active=True)


class JoinForm(NewPasswordForm):
    """Who somebody new is, and the password they choose."""

    field_order = ["name", "title", "new_password", "again"]
    name = forms.CharField(label="Name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    title = forms.CharField(label="Rank or title", max_length=60, required=False)


class TokenForm(forms.Form):
    name = forms.CharField(label="What it is for", max_length=60, help_text="The program that will use it.")
    days = forms.TypedChoiceField(
        label="Works for", choices=[(30, "30 days"), (90, "90 days"), (365, "One year")], coerce=int, initial=90
    )


class AuditFilter(forms.Form):
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
