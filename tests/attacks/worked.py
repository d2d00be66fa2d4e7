"""What a side holds of the work on its lead: outcomes, a list of tasks, one of them to do, a question."""

from django.utils import timezone

from leads.actions import casetasks, outcomes, questions, tasktemplates
from leads.models import Outcome


def of(side):
    marker, now, detective = side.marker, timezone.now(), side["detective"]
    made = [
        Outcome.objects.create(
            kind="arrest", agency=side.police, number=f"{marker}-{n}", key=f"{marker}{n}".upper(),
            happened_on=now.date(), recorded_at=now, recorded_by=detective,
        )
        for n in (1, 2, 3)
    ]  # fmt: skip
    side.outcome, other, side.same_outcome = made
    outcomes.merge(outcome=side.same_outcome, into=other, why=f"{marker} booking", by=side["analyst"])
    side.same_outcome.refresh_from_db()
    steps = [("canvass", f"{marker} block", 2)]
    boss = side["supervisor"]
    side.task_template = tasktemplates.keep(agency=side.police, name=f"{marker} list", steps=steps, by=boss)
    side.task = casetasks.give(obligation=side.obligation, template=side.task_template, by=detective)[0]
    side.question = questions.ask(obligation=side.obligation, text=f"{marker} gun?", by=detective)
