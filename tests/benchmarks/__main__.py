"""`./dev bench [--sizes 10000,1000000] [--only NAME]`: a table and figures.json, each figure beside its floor.

One database for each size is filled once by the demo city and kept; a later run measures at once. Ends with 1 when a
figure is above its limit, and names it.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import django
import psycopg2
from django.db import connection

from tests.benchmarks.measuring import above_limit, growth

BENCHES = (
    "access_bench",
    "escalation_bench",
    "clusters_bench",
    "work_bench",
    "prosecution_bench",
    "import_bench",
    "records_bench",
    "traces_bench",
    "guns_bench",
    "serials_bench",
    "lists_bench",
    "searches_bench",
    "stages_bench",
    "deeds_bench",
    "packets_bench",
)
SHOWN = {"figure", "reader", "value", "floor", "ratio", "limit", "unit", "growth", "most_growth"}
# Measured in a database that is filled with as much evidence, by whom.
FILLED_BY = dict.fromkeys(
    ("serials_bench", "lists_bench", "searches_bench", "stages_bench", "deeds_bench"), "evidence_fill"
) | {"work_bench": "work_fill", "prosecution_bench": "prosecution_fill"}
# Filled upon a copy of the database that has as many leads.
UPON_LEADS = {"work_fill", "prosecution_fill"}
ONCE = (
    "import_bench",
    "records_bench",
    "traces_bench",
    "guns_bench",
    "packets_bench",
)  # rows of their own: the size of the database is not their subject


def main():
    options = _options()
    results = {}
    for size in options.sizes:
        for bench in options.only or BENCHES:
            if bench in ONCE and size != options.sizes[0]:
                continue
            print(f"-- {bench} at {size:,}", flush=True)
            environment = _database(size, FILLED_BY.get(bench, ""))
            began = time.perf_counter()
            command = [sys.executable, "-m", "tests.benchmarks", "--inside", bench]
            out = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
            results.setdefault(str(size), []).extend(json.loads(out.splitlines()[-1]))
            load = " ".join(f"{each:.1f}" for each in os.getloadavg())
            print(f"   measured in {time.perf_counter() - began:,.0f} s, load of the machine {load}", flush=True)
    _growth(results, options.sizes)
    _print(results)
    out = Path(os.environ.get("VAR_DIR", "var")) / "figures.json"
    out.write_text(json.dumps(results, indent=1))
    print(f"\nWritten to {out}")
    if above := above_limit(results):
        sys.exit("\nAbove their limit:\n" + "\n".join(above))


def _options():
    parser = argparse.ArgumentParser(prog="./dev bench")
    parser.add_argument("--sizes", default="10000,1000000", type=lambda text: [int(n) for n in text.split(",")])
    parser.add_argument("--only", action="append", choices=BENCHES)
    parser.add_argument("--inside", choices=BENCHES, help=argparse.SUPPRESS)
    parser.add_argument("--fill", choices=set(FILLED_BY.values()), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        _inside(options.inside)
        sys.exit()
    if options.fill:
        _set_up()
        importlib.import_module(f"tests.benchmarks.{options.fill}").fill(options.sizes[0])
        sys.exit()
    return options


def _database(size, filler=""):
    """The environment of the database with `size` leads, or of that which a filler fills with as many firearms, made
    and filled when it is not there; an older one is kept and brought to the tables of today.
    """
    name = _database_name(size, filler)
    server = psycopg2.connect(os.environ["DATABASE_URL"])
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("select 1 from pg_database where datname = %s", [name])
        is_new = not cursor.fetchone()
        if is_new:
            # One that was left half filled is begun anew.
            cursor.execute(f'drop database if exists "{name}_new"')
            base = _database_name(size) if filler in UPON_LEADS and _database(size) else "template1"
            cursor.execute(f'create database "{name}_new" template "{base}"')
            _fill(_environment(f"{name}_new"), size, filler)
            cursor.execute(f'alter database "{name}_new" rename to "{name}"')
    server.close()
    environment = _environment(name)
    if not is_new:
        _manage(environment, "migrate", "-v0")
    return environment


def _database_name(size, filler=""):
    return f"bench_{filler}_{size}" if filler else f"bench_{size}"


def _environment(database):
    parts = urlsplit(os.environ["DATABASE_URL"])
    return {**os.environ, "DATABASE_URL": urlunsplit(parts._replace(path=f"/{database}")), "DEBUG": ""}


def _fill(environment, size, filler):
    began = time.perf_counter()
    _manage(environment, "migrate", "-v0")
    if filler:
        command = [sys.executable, "-m", "tests.benchmarks", "--fill", filler, "--sizes", str(size)]
        subprocess.run(command, env=environment, check=True)
    else:
        _manage(environment, "demo_city", "--size", "large", "--leads", str(size))
    print(f"   filled with {size:,} in {time.perf_counter() - began:,.0f} s", flush=True)


def _manage(environment, *arguments):
    subprocess.run([sys.executable, "manage.py", *arguments], env=environment, check=True, stdout=sys.stderr)


def _set_up():
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()


def _inside(bench):
    _set_up()
    found = list(importlib.import_module(f"tests.benchmarks.{bench}").figures(connection))
    print(json.dumps(found))


def _growth(results, sizes):
    """How much slower each reader's figure is at the largest size than at the smallest, where as many rows came."""
    if len(sizes) < 2:
        return
    small = {(f["figure"], f.get("reader")): f for f in results.get(str(sizes[0]), ())}
    # Some parts are measured at the first size alone.
    for figure in results.get(str(sizes[-1]), ()):
        before = small.get((figure["figure"], figure.get("reader")))
        if before and figure.get("unit") == "ms" and figure.get("rows") == before.get("rows"):
            figure["growth"] = growth(figure, before)


def _print(results):
    for size, figures in results.items():
        print(f"\n{int(size):,} leads, or firearms")
        print(f"{'figure':40} {'reader':6} {'value':>12} {'floor':>12} {'ratio':>7} {'limit':>6} {'growth':>7}  more")
        for f in figures:
            unit = f.get("unit", "s")
            value, floor, limit = f"{f['value']:,.2f} {unit}", f"{f['floor']:,.2f} {unit}", f["limit"] or ""
            more = {k: v for k, v in f.items() if k not in SHOWN}
            print(
                f"{f['figure']:40} {f.get('reader', ''):6} {value:>12} {floor:>12} {f['ratio']:>7} {limit:>6}"
                f" {f.get('growth', ''):>7}  {', '.join(f'{k} {v}' for k, v in more.items())}"
            )


if __name__ == "__main__":
    main()
