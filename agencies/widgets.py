"""Controls the browser does not have by itself; each is plain HTML first and works without a script."""

from django import forms


class Tiles(forms.RadioSelect):
    """One of a few, as large targets. `icons` maps a value to an icon name."""

    template_name = "components/tiles.html"

    def __init__(self, attrs=None, choices=(), icons=None):
        super().__init__(attrs, choices)
        self.icons = icons or {}

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex=subindex, attrs=attrs)
        return option | {"icon": self.icons.get(str(value), "")}


class TileChoices(forms.CheckboxSelectMultiple):
    """Several of a few, as large targets."""

    template_name = "components/tiles.html"


class Folded(forms.CheckboxSelectMultiple):
    """Several of many, in groups: what stands in no group is seen at once, each group opens by its name. One in which
    something is ticked is open.
    """

    template_name = "components/folded.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        groups = context["widget"]["optgroups"]
        context["widget"]["folds"] = [
            (group, options, any(each["selected"] for each in options)) for group, options, _index in groups
        ]
        return context


class Stepper(forms.NumberInput):
    """A small count with a button on each side, which go on `by` so many; any whole number is typed. Without a script
    it is a number field.
    """

    template_name = "components/stepper.html"

    def __init__(self, attrs=None, by=1):
        super().__init__(attrs)
        self.by = by

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"by": self.by, "so_many": self.by if self.by > 1 else "One"}


class Combo(forms.TextInput):
    """A text field that suggests: `options` is a list of words, or a callable giving one."""

    template_name = "components/combo.html"

    def __init__(self, attrs=None, options=()):
        super().__init__(attrs)
        self.options = options

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', f'id_{name}')}_list"
        context["widget"]["attrs"]["list"] = list_id
        options = self.options() if callable(self.options) else self.options
        return context | {"list_id": list_id, "options": options}


class Drop(forms.FileInput):
    """A file field one can drop a file on; says which kinds it takes."""

    template_name = "components/drop.html"

    def __init__(self, attrs=None, says=""):
        super().__init__(attrs)
        self.says = says

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {"says": self.says}


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


class Clock(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class Moment(forms.DateTimeInput):
    """A local date and time of the reader's agency; the form makes it aware."""

    input_type = "datetime-local"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")
