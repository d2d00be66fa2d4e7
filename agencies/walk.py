"""Pages of a million rows: one index walk per agency, merged, with keyset cursors.

A list of what a person may see is read per agency (`group_id`) from the grant table with LATERAL, in the order of
an index that begins with the group;
each of the first fifty overall is among the first fifty of an agency that has it. Offsets are not offered: cursors
are the last row's keys.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime

PAGE = 50
LARGEST_ID = 2**63


@dataclass(frozen=True)
class Order:
    """One sort order that has its index: column, direction, and the words of the list.

    `per_group`: the column may differ between the grants of one record, as an agency's own due time does.
    """

    column: str
    descending: bool
    where: str = "true"
    params: tuple = field(default=())
    per_group: bool = False


def encode(*keys):
    return base64.urlsafe_b64encode(json.dumps(keys, default=str).encode()).decode().rstrip("=")


def decode(cursor):
    """The keys of a cursor, or None for none or for one that was tampered with."""
    if not cursor or len(cursor) > 200:
        return None
    try:
        keys = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        # True is a number to Python and none to the database.
        if not isinstance(keys, list) or [type(key) for key in keys] != [str, int]:
            return None
        keys[0].encode()  # half of a character can be written in JSON, and not be asked of the database
    except (ValueError, RecursionError):
        return None
    return None if "\0" in keys[0] else tuple(keys)


def place(cursor):
    """The (aware moment, id) of the row that a page begins after, or None for none or a cursor that was tampered with.
    A moment without a zone is one of UTC, as a day is its first minute there.
    """
    keys = decode(cursor)
    if not keys or not 0 < keys[1] < LARGEST_ID:
        return None
    try:
        at = datetime.fromisoformat(keys[0])
        # The database knows no zone of more than sixteen hours.
        return (at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)), keys[1]
    except (ValueError, OverflowError):
        return None


def whole(text, most=2**31 - 1):
    """The whole number 0 to `most` that part of an address says, or None: int() itself refuses thousands of digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= most else None


def visible_ids(grant_table, groups, order, *, after=None, limit=PAGE):
    """SQL and parameters that yield `(sort_key, id)` of the first `limit` rows granted to any of `groups`, in
    `order`, beyond `after`.
    """
    direction, beyond, first = ("desc", "<", "max") if order.descending else ("asc", ">", "min")
    where, params = [f"s.group_id = g.id and {order.where}"], list(order.params)
    if after:
        where.append(f"(s.{order.column}, s.content_object_id) {beyond} (%s, %s)")
        params += list(after)
    if after and order.per_group and len(groups) > 1:
        # Shown on an earlier page already, by the grant of another of the groups.
        where.append(f"""not exists (select 1 from {grant_table} e
              where e.content_object_id = s.content_object_id and e.group_id = any(%s::int[])
                and not (e.{order.column}, e.content_object_id) {beyond} (%s, %s))""")
        params += [list(groups), *after]
    sql = f"""
      select {first}(x.sort_key) as sort_key, x.id
        from unnest(%s::int[]) g(id)
       cross join lateral (
         select s.{order.column} as sort_key, s.content_object_id as id
           from {grant_table} s
          where {" and ".join(where)}
          order by s.{order.column} {direction}, s.content_object_id {direction}
          limit {int(limit)}) x
       group by x.id
       order by 1 {direction}, 2 {direction}
       limit {int(limit)}"""
    return sql, [list(groups), *params]


def merged(grant_table, groups, order, *, after=None, limit=PAGE):
    """The same rows for an order by the record's own key, as one branch for each group, which the database merges as
    far as it is read: for narrowing a long walk, where a page alone is planned faster by `visible_ids`.
    """
    direction, beyond = ("desc", "<") if order.descending else ("asc", ">")
    more = f" and (s.{order.column}, s.content_object_id) {beyond} (%s, %s)" if after else ""
    branch = f"""(select s.{order.column} as sort_key, s.content_object_id as id
                    from {grant_table} s where s.group_id = %s and {order.where}{more}
                   order by s.{order.column} {direction}, s.content_object_id {direction} limit {int(limit)})"""
    params = [value for group in groups for value in (group, *order.params, *(after or ()))]
    sql = f"""select distinct u.sort_key, u.id from ({" union all ".join([branch] * len(groups))}) u
               order by 1 {direction}, 2 {direction} limit {int(limit)}"""
    return sql, params


def count(grant_table, groups, order, *, most=1000):
    """SQL and parameters of a count that is exact to `most` and says `most + 1` beyond.

    A record counts once however many of the groups see it. Twice as many grants as are counted mostly settle that there
    are more; only records shared among many of the groups make it necessary to read all of these.
    """
    direction, enough = "desc" if order.descending else "asc", int(most) + 1
    # The order holds the count to the index of the list: without it a group with few rows costs a scan of the table.
    one = f"""select s.content_object_id as id from {grant_table} s
               where s.group_id = g.id and {order.where}
               order by s.{order.column} {direction}, s.content_object_id {direction} limit {enough}"""
    every = f"select x.id from unnest(%s::int[]) g(id) cross join lateral ({one}) x"
    params = [list(groups), *order.params]
    if len(groups) == 1:
        return f"select count(*) from ({every}) c", params
    sql = f"""
      select case when count(*) < {2 * enough} or count(distinct c.id) >= {enough}
                  then least(count(distinct c.id), {enough})
                  else (select count(*) from (select distinct d.id from ({every}) d limit {enough}) e) end as count
        from ({every} limit {2 * enough}) c"""
    return sql, params + params
