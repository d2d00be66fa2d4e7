"""For migrations of many steps."""

from django.db.migrations.operations.base import Operation


class AtOnce(Operation):
    """Schema operations of which none needs the state that the one before it left: the models are drawn anew once
    for all of them instead of once for each, which takes seconds where there are hundreds.

    A model made by one of them must be made whole: none of the others may add to it.
    """

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"{len(self.operations)} operations at once"
