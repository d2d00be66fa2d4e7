"""The description of the interface, and whether an answer has the shape that it gives."""

import functools

import jsonschema
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema


@functools.cache
def description():
    """Made once for all files that ask for it."""
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)
    return schema


@functools.cache
def _shapes():
    return _nullable(description()["components"]["schemas"])


def fits(described, name, answer):
    """Whether an answer has the shape that the description gives to it, and no field more."""
    assert name in described["components"]["schemas"]
    shape = {**_shapes()[name], "components": {"schemas": _shapes()}, "additionalProperties": False}
    jsonschema.Draft4Validator(shape).validate(answer)
    return True


def _nullable(shape):
    """OpenAPI 3.0 says "nullable" where JSON Schema has a type of its own."""
    if isinstance(shape, list):
        return [_nullable(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    inner = {key: _nullable(value) for key, value in shape.items() if key != "nullable"}
    return {"anyOf": [inner, {"type": "null"}]} if shape.get("nullable") is True else inner
