"""Addresses of clocks that stand still or get more time, and of who is out of office."""

from django.urls import path

from leads.views import time

urlpatterns = [
    path("obligations/<int:pk>/pause/", time.obligation_pause, name="obligation_pause"),
    path("obligations/<int:pk>/resume/", time.obligation_resume, name="obligation_resume"),
    path("obligations/<int:pk>/extend/", time.obligation_extend, name="obligation_extend"),
    path("obligations/<int:pk>/time/", time.obligation_time, name="obligation_time"),
    path("absences/", time.absences_page, name="absences"),
    path("absences/<int:pk>/withdraw/", time.absence_withdraw, name="absence_withdraw"),
    path("accountability/clocks/<int:pk>/", time.clock_rule, name="clock_rule"),
]
