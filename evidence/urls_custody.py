"""Addresses of custody: hand-overs, places, labels, the bench, inventories, disposal."""

from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import bench, custody, disposal, inventories, labels, places

urlpatterns = [
    path("exhibits/<int:pk>/custody/new/", custody.custody_new, name="custody_new"),
    path("hand-overs/", custody.hand_overs, name="hand_overs"),
    path("hand-overs/confirm/", custody.hand_overs_confirm, name="hand_overs_confirm"),
    path("hand-overs/<int:pk>/", custody.hand_over, name="hand_over"),
    path("hand-overs/<int:pk>/refuse/", custody.hand_over_refuse, name="hand_over_refuse"),
    path("hand-overs/<int:pk>/withdraw/", custody.hand_over_withdraw, name="hand_over_withdraw"),
    path("places/", places.places, name="places"),
    path("places/new/", places.place_new, name="place_new"),
    path("places/<int:pk>/", places.place, name="place"),
    path("places/<int:pk>/change/", places.place_change, name="place_change"),
    path("places/<int:pk>/close/", places.place_close, name="place_close"),
    path("places/<int:pk>/reopen/", places.place_reopen, name="place_reopen"),
    path("bench/", bench.bench, name="bench"),
    path("bench/look/", bench.bench_look, name="bench_look"),
    path("receipts/<int:pk>/", bench.receipt, name="receipt"),
    path("places/<int:pk>/count/", inventories.inventory_start, name="inventory_start"),
    path("inventories/", inventories.inventories, name="inventories"),
    path("inventories/<int:pk>/", inventories.inventory, name="inventory"),
    path("inventories/<int:pk>/scan/", inventories.inventory_scan, name="inventory_scan"),
    path("inventories/<int:pk>/finish/", inventories.inventory_finish, name="inventory_finish"),
    path("inventories/lines/<int:pk>/", inventories.inventory_settle, name="inventory_settle"),
    path("disposal/", disposal.disposal_list, name="disposals"),
    path("disposal/rules/", disposal.retention, name="retention"),
    path("disposal/<int:pk>/", disposal.disposal, name="disposal"),
    path("disposal/<int:pk>/approve/", disposal.disposal_approve, name="disposal_approve"),
    path("disposal/<int:pk>/waive/", disposal.disposal_waive, name="disposal_waive"),
    path("disposal/<int:pk>/send-back/", disposal.disposal_send_back, name="disposal_send_back"),
    path("disposal/<int:pk>/withdraw/", disposal.disposal_withdraw, name="disposal_withdraw"),
    path("disposal/<int:pk>/carry-out/", disposal.disposal_carry_out, name="disposal_carry_out"),
    path("exhibits/<int:pk>/review/", disposal.disposal_review, name="disposal_review"),
    path("exhibits/<int:pk>/hold/", disposal.hold_new, name="hold_new"),
    path("holds/<int:pk>/lift/", disposal.hold_lift, name="hold_lift"),
    path("labels/", labels.label_choice, name="label_choice"),
    path("labels/sheet/", labels.label_sheet, name="label_sheet"),
]

navigation.register(
    Entry(
        "hand_overs", "My hand-overs", "swap", "hand_overs", Permission.INCIDENT_VIEW, section="Property room",
        order=51,
        pages=("hand_over", "hand_over_refuse", "hand_over_withdraw"),
    ),
    Entry(
        "bench", "Scan to move", "scan", "bench", Permission.INCIDENT_EDIT, section="Property room",
        order=50, pages=("receipt",),
    ),
    Entry(
        "places", "Storage", "list", "places", Permission.INCIDENT_EDIT, section="Property room",
        order=52,
        pages=("place", "place_new", "place_change", "label_choice", "inventories", "inventory"),
    ),
    Entry(
        "disposals", "Disposal review", "trash", "disposals", Permission.INCIDENT_EDIT, section="Property room",
        order=53,
        also=(Permission.DISPOSAL_APPROVE,),
        pages=(
            "disposal", "disposal_review", "disposal_waive", "disposal_send_back", "disposal_withdraw",
            "disposal_carry_out", "hold_new", "hold_lift", "retention",
        ),
    ),
)  # fmt: skip
