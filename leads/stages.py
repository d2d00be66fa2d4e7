"""The clock of a stage as it is stored on an obligation. Pure: values in, values out."""

from leads import clock, clockface


def clock_values(stage, *, priority, started_at, calendar):
    """The columns of a stage's clock: when it began, its five steps, the due time and the sum that explains it.

    `stage` as in `Obligation.STAGES`, `priority` 1 to 3, `started_at` aware, `calendar` a WorkingCalendar in the
    agency's zone. Computed once when the stage begins: a calendar edited later moves nothing that was promised.
    """
    limit, always = clock.limit_for(stage, priority), clock.runs_always(priority)
    steps = clock.ladder(started_at, limit, calendar, always=always)
    receipt = clockface.receipt(
        clockface.Clock(stage=stage, started_at=started_at, limit=limit, steps=steps, calendar=calendar, always=always)
    )
    return {
        "stage_started_at": started_at,
        "steps": list(steps),
        "due_at": steps.due_at,
        "receipt": receipt,
        "level": 0,
        "next_step_at": steps.due_soon_at,
    }


def changed(face, level):
    """The columns of a clock that was paused, runs again or has more time, with the sum that explains it.

    `face`: a clockface.Clock with its new steps and all pauses of the stage. `level`: steps taken already, none of
    which is taken again; one that was reached and not yet taken stays due.
    """
    last = max(face.pauses, key=lambda pause: pause.started_at, default=None)
    return {
        "steps": list(face.steps),
        "due_at": face.steps.due_at,
        "next_step_at": face.steps[level] if level < len(face.steps) else None,
        "receipt": clockface.receipt(face),
        "paused_at": last and last.started_at,
        "paused_until": last and last.end,
        "extra_minutes": sum(minutes for _why, minutes in face.more),
    }


# What a stage that begins has of none before it.
FRESH = {"paused_at": None, "paused_until": None, "extra_minutes": 0, "stale_at": None}
STOPPED = {"steps": None, "due_at": None, "next_step_at": None, "level": 0, "receipt": []}
