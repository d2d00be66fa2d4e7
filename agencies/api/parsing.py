import json

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class PlainJSON(JSONParser):
    """JSON whose depth and characters can be worked with; anything else is the sender's mistake and said to be so."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
            # Half of a character can be written in JSON, and in nothing that is stored or answered.
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError as error:
            raise ParseError("This body is nested too deeply.") from error
        except UnicodeEncodeError as error:
            raise ParseError("This body holds half of a character (a lone surrogate).") from error
        return data
