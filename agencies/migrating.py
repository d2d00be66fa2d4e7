"""For migrations of many steps."""

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation

ADDS = (AddField, AddIndex, AddConstraint)


class AtOnce(Operation):
    """Schema operations of which none needs the state that the one before it left: the models are drawn anew once
    for all of them instead of once for each, which takes seconds where there are hundreds.

    A model that one of them makes is made whole: with the fields, indexes and constraints that others add to it.
    """

    def __init__(self, operations):
        self.operations = operations
        made = {each.name_lower for each in operations if isinstance(each, CreateModel)}
        self.steps = [each for each in operations if not (isinstance(each, ADDS) and each.model_name_lower in made)]

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} operations at once"
