import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest
import redis

from cgic import local
from cgic.embedded import THROW_AWAY, Postgres, Valkey, secret_file
from cgic.processes import ServiceError, own_folder

pytestmark = pytest.mark.services

PARENT = """
import sys, time
from pathlib import Path
from cgic.embedded import Postgres, Valkey
home = Path(sys.argv[1])
print(Postgres(home).start().process.pid, Valkey(home).start().process.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture(scope="module")
def postgres(home):
    server = Postgres(home, THROW_AWAY).start()
    server.create_database()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def valkey(home):
    server = Valkey(home).start()
    yield server
    server.stop()


def gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def query(server, statement):
    connection = psycopg2.connect(server.url())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.fetchall() if cursor.description else []
    connection.close()
    return rows


def ask(server, *commands):
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection, connection.makefile("rb") as answers:
        connection.sendall("".join(f"{command}\r\n" for command in commands).encode())
        return [answers.readline() for _ in commands]


def test_the_database_refuses_who_does_not_know_the_password(postgres):
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(postgres.url().replace(postgres.password, "guessed"))


def test_the_queue_refuses_who_does_not_know_the_password(valkey):
    assert ask(valkey, "PING")[0].startswith(b"-NOAUTH")
    assert ask(valkey, "AUTH guessed")[0].startswith(b"-WRONGPASS")


def test_servers_of_yours_are_asked_with_the_passwords_that_stand_apart(postgres, valkey, tmp_path, monkeypatch):
    secret = tmp_path / "database-password"
    secret.write_text(f"{postgres.password}\n")
    monkeypatch.setenv("DATABASE_URL", postgres.url().replace(f":{postgres.password}", ""))
    monkeypatch.setenv("DATABASE_PASSWORD", "")
    monkeypatch.setenv("DATABASE_PASSWORD_FILE", str(secret))
    monkeypatch.setenv("REDIS_URL", valkey.url.replace(valkey.password, "another"))
    monkeypatch.setenv("REDIS_PASSWORD", valkey.password)
    with local.servers(tmp_path) as found:
        psycopg2.connect(found["DATABASE_URL"]).close()
        redis.Redis.from_url(found["REDIS_URL"]).ping()
    secret.unlink()
    with pytest.raises(ServiceError, match="DATABASE_PASSWORD_FILE names"), local.servers(tmp_path):
        pass


def test_the_servers_listen_on_this_machine_only(postgres, valkey):
    assert query(postgres, "SHOW listen_addresses") == [("127.0.0.1",)]
    assert query(postgres, "SHOW unix_socket_directories") == [("",)]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", valkey.port), 5)


@pytest.mark.skipif(sys.platform != "linux", reason="the arguments of a process are read from /proc")
def test_no_password_stands_among_the_arguments_of_a_process(postgres, valkey):
    for server in (postgres, valkey):
        assert server.password not in Path(f"/proc/{server.process.pid}/cmdline").read_text()


def test_the_database_has_what_the_portal_builds_on(postgres):
    found = {name for (name,) in query(postgres, "SELECT name FROM pg_available_extensions")}
    assert {"btree_gin", "btree_gist", "pg_trgm", "unaccent"} <= found
    assert query(postgres, "SHOW server_encoding") == [("UTF8",)]
    # Folding letters beyond ASCII is what search by trigram needs; the plain C locale does not.
    assert query(postgres, "SELECT lower('ÉCOLE')") == [("école",)]


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = secret_file(tmp_path / "secrets" / "one")
    assert len(first) >= 48
    assert secret_file(tmp_path / "secrets" / "one") == first
    assert secret_file(tmp_path / "secrets" / "two") != first
    assert stat.S_IMODE((tmp_path / "secrets" / "one").stat().st_mode) == 0o600


def test_a_folder_that_others_can_write_to_is_refused():
    folder = own_folder(f"test-{os.getpid()}", os.geteuid(), 0o700)
    folder.chmod(0o777)
    try:
        with pytest.raises(ServiceError, match="belongs to somebody else"):
            own_folder(f"test-{os.getpid()}", os.geteuid(), 0o700)
    finally:
        folder.rmdir()


def test_a_second_start_keeps_the_data_and_erasing_drops_it(home):
    own = home / "second"  # not there yet: the first start makes it so that its account can pass
    first = Postgres(own).start()
    first.create_database()
    query(first, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('still here')")
    first.stop()
    # After a restart of the machine the number in this file may belong to any other process.
    (first.data / "postmaster.pid").write_text(f"{os.getpid()}\n{first.data}\n")

    second = Postgres(own).start()
    assert query(second, "SELECT word FROM kept") == [("still here",)]
    second.stop()
    assert own in second.data.parents

    (second.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(ServiceError, match=r"made by PostgreSQL 9.*--reset"):
        Postgres(own).start()
    second.erase()
    assert not second.data.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_a_killed_parent_leaves_no_server_behind(home, root):
    own = home / "killed"
    own.mkdir(mode=0o711)
    command = [sys.executable, "-c", PARENT, str(own)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as parent:
        pids = parent.stdout.readline().split()
        assert len(pids) == 2
        parent.send_signal(signal.SIGKILL)
    end = time.monotonic() + 15
    while not all(gone(pid) for pid in pids):
        assert time.monotonic() < end, f"one of {pids} still runs"
        time.sleep(0.05)
    Postgres(own).erase()


def test_a_server_that_cannot_start_says_what_its_log_says(home):
    own = home / "broken"
    own.mkdir(mode=0o711)
    server = Postgres(own, {"shared_buffers": "not-a-size"})
    with pytest.raises(ServiceError, match=r"(?s)PostgreSQL ended.*invalid value for parameter \"shared_buffers\""):
        server.start()
    server.erase()
