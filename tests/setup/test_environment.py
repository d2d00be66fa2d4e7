import pytest
from django.core.exceptions import ImproperlyConfigured

from cgic import environment


def test_a_missing_setting_is_named_with_what_to_do(monkeypatch):
    monkeypatch.delenv("WANTED", raising=False)
    with pytest.raises(ImproperlyConfigured, match=r"Set WANTED \(or WANTED_FILE\) in the environment"):
        environment.text("WANTED")


def test_a_secret_may_come_from_a_file_and_the_variable_wins(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("WANTED_FILE", str(tmp_path / "secret"))
    assert environment.text("WANTED") == "from the file"
    monkeypatch.setenv("WANTED", "from the variable")
    assert environment.text("WANTED") == "from the variable"


def test_a_secret_file_that_is_not_there_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("WANTED_FILE", str(tmp_path / "nothing"))
    with pytest.raises(ImproperlyConfigured, match=r"WANTED_FILE names .*nothing, which cannot be read: No such file"):
        environment.text("WANTED", "default")


@pytest.mark.parametrize(
    ("written", "meant"), [("1", True), ("TRUE", True), ("on", True), ("0", False), ("no", False), ("", False)]
)
def test_a_flag_is_read_as_people_write_it(monkeypatch, written, meant):
    monkeypatch.setenv("WANTED", written)
    assert environment.flag("WANTED") is meant


def test_a_flag_that_is_neither_yes_nor_no_is_refused(monkeypatch):
    monkeypatch.setenv("WANTED", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="WANTED is 'perhaps': write 1 or 0"):
        environment.flag("WANTED")


def test_a_number_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("WANTED", "many")
    with pytest.raises(ImproperlyConfigured, match="WANTED is 'many': write a whole number"):
        environment.number("WANTED", 3)


def test_words_are_parted_by_commas(monkeypatch):
    monkeypatch.setenv("WANTED", " a.example, ,b.example ")
    assert environment.words("WANTED") == ["a.example", "b.example"]


def test_a_database_address_is_taken_apart():
    found = environment.database("postgresql://portal:p%40ss@db.example:6432/cgic?sslmode=verify-full")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "cgic",
        "USER": "portal",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {"sslmode": "verify-full"},
    }


def test_a_database_may_be_reached_by_a_socket_and_its_password_come_apart():
    found = environment.database("postgres://portal@/cgic?host=/run/postgresql", password="kept in a file")
    assert (found["HOST"], found["PASSWORD"], found["OPTIONS"]) == ("/run/postgresql", "kept in a file", {})


def test_a_password_given_apart_goes_into_the_address_whatever_is_in_it():
    socket = environment.with_password("postgresql://me@/name?host=/run/postgresql", "100%/@")
    assert socket == "postgresql://me:100%25%2F%40@/name?host=/run/postgresql"
    assert environment.with_password("redis://:old@q.example/0", "") == "redis://:old@q.example/0"


def test_a_password_without_an_address_is_no_address():
    assert environment.with_password("", "s3cretpw") == ""


@pytest.mark.parametrize("url", ["", "mysql://a@b/c", "postgresql://a@b", "postgresql://a@b/"])
def test_an_address_of_no_database_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must look like"):
        environment.database(url)


def test_the_cache_lies_beside_the_queue_not_in_it():
    assert environment.redis_database("redis://:pw@q.example:6379/4", 1) == "redis://:pw@q.example:6379/5"
    assert environment.redis_database("rediss://q.example", 1, password="x") == "rediss://:x@q.example/1"
    apart = environment.redis_database("redis://portal:old@q.example/0", 0, password="100%/@")
    assert apart == "redis://portal:100%25%2F%40@q.example/0"
    with pytest.raises(ImproperlyConfigured, match="REDIS_URL must look like"):
        environment.redis_database("amqp://q.example", 0)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("FILES_ENDPOINT", "s3.example.gov"), ("FILES_ENDPOINT", "localhost:9000"), ("FILES_BUCKET", "Portal Files")],
)
def test_an_object_store_that_cannot_be_meant_is_refused_at_the_start(monkeypatch, name, wrong):
    values = {
        "FILES_BUCKET": "portal",
        "FILES_ENDPOINT": "https://s3.example.gov/",
        "FILES_KEY": "k",
        "FILES_SECRET": "s",
    }
    for each, value in values.items():
        monkeypatch.setenv(each, value)
    assert environment.file_storage()["OPTIONS"]["endpoint"] == "https://s3.example.gov"
    monkeypatch.setenv(name, wrong)
    with pytest.raises(ImproperlyConfigured, match=name):
        environment.file_storage()
