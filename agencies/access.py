"""Who may see and do what: the only module that knows guardian.

A record is seen through a grant: one row of a direct-foreign-key guardian table that names the record and an agency's
group. The owner's agency has such a row too, so visibility is one kind of row. What a person may do with what they see
comes from the role table (`agencies.roles`); a person's standings are read once a request and kept on the user object.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Permission as PermissionRow
from django.core.exceptions import PermissionDenied
from django.db import connection, models
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from guardian.models import GroupObjectPermissionBase

from agencies.roles import GRANTS, Role


class Refused(PermissionDenied):
    """A policy said no; its sentence tells the person why. The middleware records every one."""

    def __init__(self, reason, policy="", target=None):
        super().__init__(reason)
        self.reason, self.policy, self.target = reason, policy, target


class ChangedMeanwhileError(Refused):
    """Somebody else wrote another thing than what a person began from: neither is lost unread. A page keeps what was
    typed and says so; a program is refused with the sentence.
    """


class Grant(GroupObjectPermissionBase):
    """One agency's right to see one record. Subclasses add `content_object` and copies of its sort keys, filled by
    triggers alone.
    """

    permission = models.ForeignKey("auth.Permission", models.CASCADE, db_index=False)
    group = models.ForeignKey("auth.Group", models.CASCADE, db_index=False)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


@dataclass(frozen=True, slots=True)
class Standing:
    """A person's role in one agency."""

    membership_id: int
    agency_id: int
    group_id: int
    unit_id: int | None
    role: Role
    agency_name: str
    agency_code: str
    zone: str
    agency_kind: str

    @property
    def permissions(self):
        return GRANTS[self.role]


# Both are asked on every page, and a queryset costs several times what the database takes for them.
_STANDINGS = """
  select m.id, m.agency_id, a.group_id, m.unit_id, m.role, a.name, a.code, a.zone, a.kind
    from agencies_membership m join agencies_agency a on a.id = m.agency_id
   where m.user_id = %s and m.ended_at is null and a.is_active
   order by a.name, m.id"""
_USER = "select * from agencies_user where id = %s and is_active and not is_system"


def standings(user):
    """The active memberships of an active user, read once per user object; those of one agency after `work_as`."""
    chosen = getattr(user, "_working_as", None)
    every = all_standings(user)
    return every if chosen is None else tuple(s for s in every if s.agency_id == chosen)


def work_as(user, agency_id):
    """Narrow what the user may see and do to one of their agencies, for the life of this user object."""
    user._working_as = agency_id if any(s.agency_id == agency_id for s in all_standings(user)) else None


def working_as(user):
    """A standing in the agency the user works as (their only one, or the one chosen), or None for all of theirs."""
    chosen = standings(user)
    return chosen[0] if len({s.agency_id for s in chosen}) == 1 else None


def all_standings(user):
    """The active memberships of an active user in all agencies, whichever they work as."""
    if not user.is_authenticated or not user.is_active:
        return ()
    if not hasattr(user, "_standings"):
        with connection.cursor() as cursor:
            cursor.execute(_STANDINGS, [user.pk])
            user._standings = tuple(Standing(*row[:4], Role(row[4]), *row[5:]) for row in cursor.fetchall())
    return user._standings


def is_member(user):
    return bool(standings(user))


def has_permission(user, permission, agency=None):
    """Whether a role of the user carries `permission` in `agency`, or anywhere when no agency is named."""
    agency_id = getattr(agency, "pk", agency)
    return any(permission in s.permissions and (agency is None or s.agency_id == agency_id) for s in standings(user))


def permissions(user):
    """All that the roles of the user carry, in any agency."""
    return frozenset().union(*(s.permissions for s in standings(user)))


def agencies_with(user, permission):
    return sorted({s.agency_id for s in standings(user) if permission in s.permissions})


def groups_with(user, permission):
    return sorted({s.group_id for s in standings(user) if permission in s.permissions})


# --- views ---------------------------------------------------------------------------------------------------------
# ------------------------


def requires(permission, *others):
    """Let a signed-in person in whose roles carry `permission`, or one of `others`, somewhere; which rows they reach is
    for `visible_to`.
    """

    def decorate(view):
        @functools.wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect(resolve_url("sign_in") + "?" + urlencode({"next": request.get_full_path()}))
            if not any(has_permission(request.user, each) for each in (permission, *others)):
                raise Refused(
                    f"Your role does not include: {permission.label.lower()}. Ask your agency administrator.",
                    permission.value,
                )
            return view(request, *args, **kwargs)

        guarded.required_permission, guarded.other_permissions = permission, others
        return guarded

    return decorate


def public(view):
    """A page for people who have not signed in; the list of them is tested."""
    view.is_public = True
    return view


# --- policies ------------------------------------------------------------------------------------------------------
# ------------------------


def enforce(policy, user, *args, **kwargs):
    """Raise `Refused` with the policy's sentence, if it has one."""
    reason = policy(user, *args, **kwargs)
    if reason:
        raise Refused(reason, f"{policy.__module__}.{policy.__name__}", args[0] if args else None)


@dataclass(frozen=True, slots=True)
class Answer:
    allowed: bool
    reason: str

    def __bool__(self):
        return self.allowed


def allows(policy, user, *args, **kwargs):
    """The same question for templates: true, or false with the reason."""
    reason = policy(user, *args, **kwargs)
    return Answer(not reason, reason or "")


# --- grants --------------------------------------------------------------------------------------------------------
# ------------------------


@functools.cache
def view_permission_id(model):
    """The id of Django's permission row `view_<model>`; constant for the life of the database."""
    meta = model._meta
    return PermissionRow.objects.get(
        content_type__app_label=meta.app_label, content_type__model=meta.model_name, codename=f"view_{meta.model_name}"
    ).pk


def visible(queryset, user, permission):
    """Narrow a queryset of a granted model to what the user's agencies were granted."""
    grant = queryset.model.grants.rel.related_model
    groups = groups_with(user, permission)
    if not groups:
        return queryset.none()
    return queryset.filter(Exists(grant.objects.filter(content_object=OuterRef("pk"), group_id__in=groups)))


def share(record, *agencies):
    """Grant sight of a record to agencies; granting twice is harmless. Callers are actions, which audit it."""
    grant = type(record).grants.rel.related_model
    permission_id = view_permission_id(type(record))
    rows = [
        grant(permission_id=permission_id, group_id=agency.group_id, content_object_id=record.pk) for agency in agencies
    ]
    grant.objects.bulk_create(rows, ignore_conflicts=True)


# --- sign-in and has_perm
# ------------------------------------------------------------------------------------------------------------------


class AgencyBackend:
    """E-mail and password, and one-query answers to `user.has_perm("app.view_model", record)` from the same rows
    guardian writes.
    """

    def authenticate(self, request, username=None, password=None, email=None):
        user = get_user_model().objects.by_email(email or username or "")
        if user is None or not password:
            make_password(password or "")  # the same work for an unknown address: its absence cannot be timed
            return None
        # The password of a locked account is tried as well: how long the answer takes must not tell that it is locked.
        right = check_password(password, user.password, setter=None)
        return user if right and user.is_active and not user.locked_at else None

    def get_user(self, user_id):
        return next(iter(get_user_model().objects.raw(_USER, [user_id])), None)

    def has_perm(self, user, permission, obj=None):
        if obj is None or not hasattr(type(obj), "grants"):
            return False
        app, _, codename = permission.partition(".")
        meta = obj._meta
        if (app, codename) != (meta.app_label, f"view_{meta.model_name}"):
            return False
        groups = groups_with(user, type(obj).view_permission)
        return bool(groups) and _is_granted(type(obj).grants.rel.related_model._meta.db_table, obj.pk, groups)


def _is_granted(table, pk, groups):
    """One index look-up, without the cost of building a queryset for each question."""
    with connection.cursor() as cursor:
        cursor.execute(
            f'select 1 from "{table}" where content_object_id = %s and group_id = any(%s) limit 1', [pk, groups]
        )
        return cursor.fetchone() is not None
