"""What programs send, held strictly: a field nobody asked for is an answer in words and never a change."""

from rest_framework import serializers

NOT_THERE = "There is no such record among those you can choose here."


class Body(serializers.Serializer):
    """A body whose every field is named by the interface."""

    def to_internal_value(self, data):
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({str(name)[:80]: ["This field is not known here."] for name in unknown})
        return super().to_internal_value(data)


class Chosen(serializers.PrimaryKeyRelatedField):
    """The id of a record the person may choose; one they cannot see is as one that does not exist."""

    default_error_messages = {"does_not_exist": NOT_THERE, "incorrect_type": "Give the number of a record."}

    def to_internal_value(self, data):
        # JSON numbers may be endless or broken, and true is a number to Python.
        if type(data) is not int or not 0 < data < 2**63:
            self.fail("incorrect_type")
        return super().to_internal_value(data)


def cleaned(kind, request, **context):
    """The clean values of a request's body, or an answer that says what is wrong with each field."""
    body = kind(data=request.data, context={"user": request.user, **context})
    body.is_valid(raise_exception=True)
    return body.validated_data
