"""A program that speaks to the interface with somebody's token."""

import json

from django.test import Client

from agencies.actions import tokens
from agencies.models import User


class Program:
    def __init__(self, person):
        self.secret = tokens.make(name="Test", days=30, by=User.objects.get(pk=person.pk))[1]
        self.client = Client()

    def get(self, path, **query):
        return self.client.get(f"/api/v1/{path}", query, headers=self._headers())

    def post(self, path, body=None, **given):
        data = body if body is not None else given
        text = data if isinstance(data, str) else json.dumps(data)
        return self.client.post(f"/api/v1/{path}", text, content_type="application/json", headers=self._headers())

    def _headers(self):
        return {"authorization": f"Bearer {self.secret}"}
