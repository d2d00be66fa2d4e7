from django.urls import path

from agencies import navigation
from agencies.navigation import Entry
from agencies.roles import Permission
from evidence.views import trace_requests, trace_results, traces

urlpatterns = [
    path("traces/", traces.trace_list, name="traces"),
    path("traces/never/", traces.untraced, name="traces_untraced"),
    path("traces/overdue/", traces.overdue, name="traces_overdue"),
    path("traces/again/", traces.to_add, name="traces_to_add"),
    path("traces/ready/", trace_requests.ready, name="traces_ready"),
    path("traces/ready/file/", trace_requests.batch_file, name="traces_file"),
    path("traces/ready/sent/", trace_requests.send, name="traces_send"),
    path("traces/limits/", traces.trace_limits, name="trace_limits"),
    path("traces/dealers/", trace_results.dealers, name="trace_dealers"),
    path("traces/purchasers/", trace_results.purchasers, name="trace_purchasers"),
    path("traces/results/<int:pk>/dealer/", trace_results.dealer, name="trace_dealer"),
    path("traces/results/<int:pk>/purchaser/", trace_results.purchaser, name="trace_purchaser"),
    path("traces/review/", trace_results.rows, name="trace_rows"),
    path("traces/review/<int:pk>/", trace_results.row, name="trace_row"),
    path("traces/review/<int:pk>/leave/", trace_results.leave, name="trace_row_leave"),
    path("traces/<int:pk>/", traces.trace, name="trace"),
    path("traces/<int:pk>/request/", trace_requests.trace_edit, name="trace_edit"),
    path("traces/<int:pk>/sheet/", trace_requests.trace_sheet, name="trace_sheet"),
    path("traces/<int:pk>/result/", traces.trace_result, name="trace_result"),
    path("traces/<int:pk>/cancel/", traces.trace_cancel, name="trace_cancel"),
    path("traces/<int:pk>/again/", traces.trace_again, name="trace_again"),
    path("firearms/<int:pk>/trace/", traces.trace_new, name="trace_new"),
]

navigation.register(
    Entry(
        "traces", "Traces", "trace", "traces", Permission.TRACE_VIEW, section="Cases and exhibits", order=33,
        pages=(
            "trace", "trace_new", "trace_edit", "trace_sheet", "trace_result", "traces_untraced", "traces_overdue",
            "traces_to_add", "traces_ready", "trace_dealers", "trace_purchasers", "trace_dealer", "trace_purchaser",
            "trace_rows", "trace_row",
        ),
    ),
    Entry("trace_limits", "Trace limits", "clock", "trace_limits", Permission.AGENCY_MANAGE, "Administration", 807),
)  # fmt: skip
