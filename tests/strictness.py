"""A page that asks for something it was not given draws nothing there, also where that is a slip of the pen. In a test
run it fails, whether it prints the thing or only asks whether it is there.
"""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.template.base import Variable, VariableDoesNotExist

# Who is not signed in, and a page of a fault, has less of it or none; what it can hold is asked in tests/architecture.
FRAME = "shell"
OURS = str(settings.BASE_DIR / "templates")


@contextmanager
def no_unknown_variable():
    real = Variable._resolve_lookup

    def look_up(self, context):
        try:
            return real(self, context)
        except VariableDoesNotExist:
            drawn = _drawn(context)
            if not drawn.startswith(OURS) or self.lookups[0] == FRAME:
                raise
        pytest.fail(f"{drawn.removeprefix(OURS)} or what it extends asks for {self.var}, which it is not given.")

    Variable._resolve_lookup = look_up
    yield
    Variable._resolve_lookup = real


def _drawn(context):
    """The file of the template that is being drawn; Django's own for widgets ask for much that is not there."""
    template = getattr(context, "render_context", None) and context.render_context.template
    return str(getattr(getattr(template, "origin", None), "name", ""))
