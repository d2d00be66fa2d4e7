from django.contrib import auth
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email):
        found = self.by_email(email)
        if found is None:
            raise self.model.DoesNotExist(email)
        return found

    def by_email(self, email):
        """The person who signs in with this address, in any case, or None; the actor of periodic jobs is nobody's.

        An address has plain letters: to the database a dotless i or the sign of Kelvin is another case of a letter,
        and each would be one more name of the same account.
        """
        email = email.strip()
        mine = self.filter(is_system=False).alias(lower=Lower("email")).filter(lower=email.lower())
        return mine.first() if email.isascii() else None

    def system(self):
        """The one named actor of periodic jobs and imports without a person; it holds no membership and cannot sign
        in.
        """
        return self.get(is_system=True)


class User(AbstractBaseUser):
    """A person. What they may do comes from memberships alone: there is no superuser and no staff flag."""

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=60, blank=True, help_text="Rank or title, as it stands before the name.")
    phone = models.CharField(max_length=32, blank=True)
    is_active = models.BooleanField(default=True)
    is_system = models.BooleanField(default=False, editable=False)
    groups = models.ManyToManyField("auth.Group", related_name="users", editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    locked_at = models.DateTimeField(
        null=True, editable=False, help_text="Set after too many wrong passwords; an administrator releases it."
    )
    is_shut = models.BooleanField(
        default=False,
        editable=False,
        help_text="Locked by an administrator or by guesses inside a session: then sessions and tokens end too. Wrong "
        "passwords from outside keep a person from signing in and do not take their work away.",
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    # guardian and Django ask for these; they are constants so that no row can ever switch the checks off.
    is_superuser = False
    is_staff = False

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.UniqueConstraint(fields=["is_system"], condition=Q(is_system=True), name="user_one_system"),
            models.CheckConstraint(condition=Q(is_shut=False) | Q(locked_at__isnull=False), name="user_shut_is_locked"),
        ]

    def __str__(self):
        return f"{self.title} {self.name}".strip()

    @property
    def initials(self):
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    def has_perm(self, permission, obj=None):
        from_backends = (backend for backend in auth.get_backends() if hasattr(backend, "has_perm"))
        return self.is_active and any(backend.has_perm(self, permission, obj) for backend in from_backends)


class SignInAttempt(models.Model):
    """A wrong password, kept to lock an account after five within fifteen minutes."""

    email = models.CharField(max_length=254)
    address = models.GenericIPAddressField(null=True)
    is_inside = models.BooleanField(
        default=False, help_text="Guessed in a session of the person: five of those end what the person has open."
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["email", "-at"], name="attempt_email_at")]

    def __str__(self):
        return f"{self.email} {self.at}"
