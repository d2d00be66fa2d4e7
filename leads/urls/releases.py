"""Addresses of released packets, of disclosure, and of the page that checks seals."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import disclosures, releases, sealing

urlpatterns = [
    path("packets/verify/", sealing.packet_verify, name="packet_verify"),
    path("packets/certificate/", sealing.packet_certificate, name="packet_certificate"),
    path("packets/wording/", sealing.wordings_list, name="wordings"),
    path("packets/wording/<int:pk>/", sealing.wording_write, name="wording_write"),
    path("packets/released/", releases.packets_released, name="packets_released"),
    path("packets/released/<int:pk>/", releases.packet_release, name="packet_release"),
    path("packets/released/<int:pk>/pdf/", releases.packet_copy, name="packet_copy"),
    path("packets/released/<int:pk>/bag/", releases.packet_bag, name="packet_bag"),
    path("packets/released/<int:pk>/receipt/", releases.packet_receive, name="packet_receive"),
    path("packets/released/<int:pk>/acknowledge/", releases.packet_heed, name="packet_heed"),
    path("packets/released/<int:pk>/prepare/", releases.packet_prepare, name="packet_prepare"),
    path("packets/released/<int:pk>/revoke/", releases.packet_revoke, name="packet_revoke"),
    path("packets/versions/<int:pk>/release/", releases.packet_give, name="packet_give"),
    path("packets/versions/<int:pk>/retract/", releases.packet_retract, name="packet_retract"),
    path("packets/<int:pk>/unmask/", releases.packet_unmask, name="packet_unmask"),
    path("leads/<int:pk>/disclosure/", disclosures.disclosure_index, name="disclosure_index"),
    path("leads/<int:pk>/disclosure/mark/", disclosures.disclosure_mark, name="disclosure_mark"),
    path("leads/<int:pk>/disclosure/register/", disclosures.disclosure_new, name="disclosure_new"),
    path("leads/<int:pk>/disclosure/keep-back/", disclosures.disclosure_withhold, name="disclosure_withhold"),
    path("disclosures/<int:pk>/receipt/", disclosures.disclosure_receipt, name="disclosure_receipt"),
    path("disclosures/kept-back/<int:pk>/decide/", disclosures.withholding_decide, name="withholding_decide"),
    path("disclosures/kept-back/<int:pk>/lift/", disclosures.withholding_lift, name="withholding_lift"),
]

navigation.register(
    navigation.Entry(
        "released",
        "Released packets",
        "seal",
        "packets_released",
        Permission.PACKET_VIEW,
        order=48,
        pages=("packet_release", "packet_give", "packet_retract", "packet_revoke", "packet_unmask", "wordings",
               "wording_write"),
    ),
)  # fmt: skip
