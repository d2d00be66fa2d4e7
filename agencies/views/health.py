"""For the programs that watch the portal: is this process alive, and can it do its work."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from agencies.access import public


@require_safe
@never_cache
@public
def live(request):
    return JsonResponse({"ok": True})


@require_safe
@never_cache
@public
def ready(request):
    """503 names the part that fails: database, queue or tables."""
    failing = [name for name, works in CHECKS.items() if not works()]
    return JsonResponse({"ok": not failing, "failing": failing}, status=503 if failing else 200)


def _database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return False
    return True


def _queue_answers():
    try:
        cache.get("health")
    except (RedisError, OSError):
        return False
    return True


def _tables_are_up_to_date():
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


CHECKS = {"database": _database_answers, "queue": _queue_answers, "tables": _tables_are_up_to_date}
