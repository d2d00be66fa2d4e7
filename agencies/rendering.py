"""How every form is drawn: label, hint, control, error, in one template for all widgets."""

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from agencies import widgets

KINDS = (
    (widgets.Stepper, "stepper"),
    (widgets.Drop, "own"),
    (forms.ClearableFileInput, "own"),
    (widgets.Tiles, "group"),
    (widgets.TileChoices, "group"),
    (forms.CheckboxSelectMultiple, "group"),
    (forms.RadioSelect, "group"),
    (forms.CheckboxInput, "check"),
    (forms.MultiWidget, "group"),
)


class PortalBoundField(BoundField):
    """A field that knows how its control is laid out and to what the error summary links."""

    @property
    def kind(self):
        widget = self.field.widget
        return next((kind for cls, kind in KINDS if isinstance(widget, cls)), "control")

    @property
    def anchor(self):
        """Id of the first thing to focus: a group has no control of its own name."""
        widget = self.field.widget
        if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.MultiWidget):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        if self.kind in ("control", "stepper") and not self.is_hidden:
            own = (widget or self.field.widget).attrs.get("class", "")
            attrs["class"] = f"in {own}".strip()
        return attrs


class PortalRenderer(TemplatesSetting):
    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField
