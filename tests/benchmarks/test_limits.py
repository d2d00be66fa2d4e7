from tests.benchmarks.measuring import above_limit, growth, row


def test_figures_above_their_limit_are_named_with_their_size():
    fine = row("urgent inbox", 2.0, 1.0, 2, reader="big", growth=2.0, kilobytes=150)
    without = row("uploading, checking and loading them", 9.0, 1.0, None, unit="s")
    slow = row("urgent inbox", 2.02, 1.0, 2, reader="big", growth=2.1)
    heavy = row("loading 100,000 incidents", 2.0, 1.0, 3, unit="s", megabytes=401, most_megabytes=400)
    page = row("exhibits", 2.0, 1.0, 3, reader="all", sql_ms=101.0, most_sql_ms=100)
    deed = row("collecting an exhibit", 20.0, 20.0, None, scanned=1_000_000, most_scanned=20_000)
    assert above_limit({"10000": [fine, without]}) == []
    no_scan = row("offering an exhibit", 20.0, 20.0, None, scanned_large=1, most_scanned_large=0)
    late = row("setting 200 pages of a packet", 10.1, 3.0, 6, unit="s", most_seconds=10)
    assert above_limit({"10000": [late]}) == ["setting 200 pages of a packet, at 10,000 leads: value 10.1, at most 10"]
    assert above_limit({"10000": [no_scan]}) == ["offering an exhibit, at 10,000 leads: scanned_large 1, at most 0"]
    assert above_limit({"10000": [page, deed]}) == [
        "exhibits all, at 10,000 leads: sql_ms 101.0, at most 100",
        "collecting an exhibit, at 10,000 leads: scanned 1000000, at most 20000",
    ]
    assert above_limit({"10000": [fine, heavy], "1000000": [slow]}) == [
        "loading 100,000 incidents, at 10,000 leads: megabytes 401, at most 400",
        "urgent inbox big, at 1,000,000 leads: ratio 2.02, at most 2",
        "urgent inbox big, at 1,000,000 leads: growth 2.1, at most 2",
    ]


def test_growth_is_that_of_a_machine_as_fast_and_of_each_row_that_is_read():
    before = row("a room", 10.0, 5.0, None, machine=5.0, read=1000)
    assert growth(row("a room", 30.0, 5.0, None, machine=5.0, read=1000), before) == 3
    assert growth(row("a room", 30.0, 5.0, None, machine=10.0, read=1000), before) == 1.5
    assert growth(row("a room", 30.0, 5.0, None, machine=5.0, read=2000), before) == 1.5
    # Fewer rows are no excuse for the same time.
    assert growth(row("a room", 30.0, 5.0, None, machine=5.0, read=10), before) == 3
    assert growth(row("urgent inbox", 4.0, 2.0, 2), row("urgent inbox", 2.0, 1.0, 2)) == 2


def test_a_page_that_reads_more_than_it_may_is_named():
    page = row("a room", 10.0, 5.0, None, reader="all", read=300_001, most_read=300_000)
    rows = row("exhibits", 2.0, 1.0, 3, reader="all", page_read=300_002, most_read=300_000)
    assert above_limit({"1000000": [page, rows]}) == [
        "a room all, at 1,000,000 leads: read 300001, at most 300000",
        "exhibits all, at 1,000,000 leads: page_read 300002, at most 300000",
    ]
