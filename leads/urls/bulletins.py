"""Addresses of bulletins."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import bulletins

urlpatterns = [
    path("bulletins/", bulletins.bulletins, name="bulletins"),
    path("bulletins/<int:pk>/", bulletins.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/change/", bulletins.bulletin_edit, name="bulletin_edit"),
    path("bulletins/<int:pk>/hand-in/", bulletins.bulletin_submit, name="bulletin_submit"),
    path("bulletins/<int:pk>/approve/", bulletins.bulletin_approve, name="bulletin_approve"),
    path("bulletins/<int:pk>/back/", bulletins.bulletin_return, name="bulletin_return"),
    path("bulletins/<int:pk>/newer/", bulletins.bulletin_newer, name="bulletin_newer"),
    path("bulletins/<int:pk>/retract/", bulletins.bulletin_retract, name="bulletin_retract"),
    path("bulletins/received/<int:pk>/", bulletins.bulletin_acknowledge, name="bulletin_acknowledge"),
    path("leads/<int:pk>/bulletin/", bulletins.bulletin_new, name="bulletin_new"),
]

navigation.register(
    navigation.Entry(
        "bulletins",
        "Bulletins",
        "doc",
        "bulletins",
        Permission.BULLETIN_VIEW,
        section="People and partners",
        order=46,
        pages=("bulletin", *(f"bulletin_{step}" for step in
                             ("new", "edit", "submit", "approve", "return", "newer", "retract"))),
    ),
)  # fmt: skip
