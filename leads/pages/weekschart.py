"""Twelve weeks as a line drawing: what came in, and clocks that ran out. Pure: numbers in, points out."""

LEFT, RIGHT, TOP, FOOT = 34, 288, 26, 128


def draw(weeks):
    """`weeks`: [(Monday, came in, ran out)], oldest first. Points for two lines on one scale from zero, with its ticks,
    the first, middle and last week's labels, and a sentence that says the same.
    """
    top = _round_up(max((max(came, out) for _week, came, out in weeks), default=0))
    step = (RIGHT - LEFT) / max(1, len(weeks) - 1)
    xs = [round(LEFT + step * place, 1) for place in range(len(weeks))]
    ticks = [(round(FOOT - (FOOT - TOP) * share, 1), round(top * share)) for share in (0, 0.5, 1)]
    came = [_y(each[1], top) for each in weeks]
    out = [_y(each[2], top) for each in weeks]
    labels = [(xs[at], f"{weeks[at][0]:%-d %b}", anchor) for at, anchor in _labelled(len(weeks))]
    return {
        "came": " ".join(f"{x},{y}" for x, y in zip(xs, came, strict=True)),
        "out": " ".join(f"{x},{y}" for x, y in zip(xs, out, strict=True)),
        "end": {"x": RIGHT, "came": came[-1], "out": out[-1]},
        "last": weeks[-1],
        "ticks": ticks,
        "labels": labels,
        "words": _words(weeks),
    }


def _y(value, top):
    return round(FOOT - (FOOT - TOP) * value / top, 1)


def _round_up(most):
    """The end of the scale: even, so that its middle is a whole number."""
    for step in (4, 10, 20, 40, 60, 80, 100, 200, 400, 600, 1000):
        if most <= step:
            return step
    return -(-most // 1000) * 1000


def _labelled(many):
    return [(0, "start"), (many // 2, "middle"), (many - 1, "end")]


def _words(weeks):
    half = len(weeks) // 2
    came = [sum(each[1] for each in part) for part in (weeks[:half], weeks[half:])]
    out = [sum(each[2] for each in part) for part in (weeks[:half], weeks[half:])]
    return (
        f"In the last six weeks {came[1]:,} obligations came in, {came[0]:,} in the six before; "
        f"{out[1]:,} clocks ran out, {out[0]:,} before."
    )
