from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

HEAD = """# States

Drawn from the state tables of the models by `manage.py draw_states`; a test holds this page against them.
"""


def page():
    """The page as Mermaid diagrams, one for each model that has a state table."""
    parts = [HEAD]
    for app in ("evidence", "leads"):
        for model in apps.get_app_config(app).get_models():
            if hasattr(model, "TRANSITIONS"):
                parts.append(_diagram(model))
    return "\n".join(parts)


def _diagram(model):
    field = model._meta.get_field("state" if hasattr(model, "state") else "status")
    words = {value: str(label) for value, label in field.choices}
    names = {value: f"s{value}" for value in words}
    lines = [f"## {model._meta.verbose_name.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f'  state "{word}" as {names[value]}' for value, word in words.items()]
    lines += [f"  [*] --> {names[field.default]}"]
    for before in words:
        after = model.TRANSITIONS[before]
        lines += [f"  {names[before]} --> {names[value]}" for value in words if value in after]
        lines += [] if after else [f"  {names[before]} --> [*]"]
    return "\n".join([*lines, "```", ""])


class Command(BaseCommand):
    help = "Draw the state tables of the models into docs/states.md."

    def handle(self, **options):
        place = Path(settings.BASE_DIR) / "docs" / "states.md"
        place.write_text(page())
        self.stdout.write(f"Drawn into {place}")
