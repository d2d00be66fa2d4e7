from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password

from agencies import access

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

    def clean_password(self):
        password = self.cleaned_data["password"]
        if authenticate(username=self.user.email, password=password) != self.user:
            raise forms.ValidationError(WRONG_PASSWORD)
        return password


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

    def clean_present(self):
        if not self.user.check_password(self.cleaned_data["present"]):
            raise forms.ValidationError("This is not your present password.")
        return self.cleaned_data["present"]


class ForgottenForm(forms.Form):
    email = forms.EmailField(label="Work e-mail", max_length=254)
