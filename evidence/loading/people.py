"""Files of the people of an agency. Who is new is invited by mail, as by hand: a file gives nobody an account, and the
inviter does not learn whether there is one. Who is a member is put into the unit that the file says.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from agencies import keys, policies
from agencies.models import Invitation, Letter, Membership
from evidence.loading.records import Into, Kind

ADDRESS = "E-mail is no address in plain letters. Correct it."
NEEDS_NAME = "Name is empty, and this person is to be invited. Fill it in."
NO_UNIT = "Unit is none of the agency's that takes work. Add it under Units first, or correct it."
FIND = """
update import_record s set unit_id = u.id from agencies_unit u
 where u.agency_id = %(agency)s and u.is_active and lower(u.name) = lower(s.unit);
update import_record s set membership_id = m.id from agencies_membership m join agencies_user p on p.id = m.user_id
 where m.agency_id = %(agency)s and m.ended_at is null and m.role = s.role and lower(p.email) = s.address;
update import_record s set invitation_id = v.id from (
  select email, role, max(id) as id from agencies_invitation
   where agency_id = %(agency)s and accepted_at is null and withdrawn_at is null group by email, role) v
 where v.email = s.address and v.role = s.role
"""


def derive(_run, _how):
    def values_of(values):
        address = values["email"].strip().lower()
        try:
            validate_email(address)
        except ValidationError:
            return address, False, "", ""
        nonce = keys.new()
        return address, address.isascii(), nonce, keys.hashed(keys.derived(nonce))

    return values_of


def resolve(stage):
    run = stage.run
    stage.reject("not s.is_address", "email", ADDRESS, "address")
    stage.execute(FIND)
    for (role,) in stage.fetch("select distinct role from import_record where membership_id is null"):
        if reason := policies.give_role(run.by, run.batch.agency, role):
            stage.reject("s.membership_id is null and s.role = %(role)s", "role", reason, "role", role=role)
    stage.reject(
        "s.membership_id is null and s.address = %(mine)s",
        "email",
        policies.TO_YOURSELF,
        "self",
        mine=run.by.email.lower(),
    )
    stage.reject("s.unit <> '' and s.unit_id is null", "unit", NO_UNIT, "unit")
    stage.reject("s.name = '' and s.membership_id is null and s.invitation_id is null", "name", NEEDS_NAME, "needed")


PEOPLE = Kind(
    TARGETS="person",
    into=(
        Into(
            model=Membership,
            match="t.id = s.membership_id",
            when="s.membership_id is not null",
            told={"unit_id": "s.unit_id"},
            verb="membership",
        ),
        Into(
            model=Invitation,
            match="t.id = s.invitation_id",
            when="s.membership_id is null",
            told={"name": "nullif(s.name, '')", "unit_id": "s.unit_id"},
            fixed={
                "email": "s.address",
                "agency_id": "%(agency)s::bigint",
                "role": "s.role",
                "nonce": "s.nonce",
                "secret_hash": "s.secret_hash",
                "invited_by_id": "%(by)s::bigint",
                "expires_at": "now() + interval '72 hours'",
            },
            verb="invitation",
        ),
        Into(
            model=Letter,
            match="false",
            joins="join import_invitation v on v.row_number = s.row_number and v.fresh",
            told={},
            fixed={"invitation_id": "v.id"},
        ),
    ),
    main=Invitation,
    key=("address", "role"),
    named="email",
    found={"unit_id": "bigint", "membership_id": "bigint", "invitation_id": "bigint"},
    derived={"address": "text", "is_address": "bool", "nonce": "text", "secret_hash": "text"},
    derive=derive,
    resolve=resolve,
)
