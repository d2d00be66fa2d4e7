from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission

from agencies import access


class Declared(BasePermission):
    """Each view names its right in `required_permission`, or by method in `required_permissions`; none means no. Each
    of `other_permissions` opens it as well.
    """

    def has_permission(self, request, view):
        if not request.user or not request.user.is_authenticated:
            raise NotAuthenticated("Send a token: Authorization: Bearer <token>.")
        by_method = getattr(view, "required_permissions", {})
        wanted = by_method.get(request.method, getattr(view, "required_permission", None))
        if wanted is None:
            raise access.Refused("This address is not open to programs.", "undeclared")
        others = getattr(view, "other_permissions", ())
        if not any(access.has_permission(request.user, each) for each in (wanted, *others)):
            raise access.Refused(f"Your role does not include: {wanted.label.lower()}.", wanted.value)
        return True
