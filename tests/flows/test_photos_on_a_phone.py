"""A scene with photos on a phone: under a minute, and nothing is lost or doubled when the signal is."""

from django.urls import reverse

from evidence.models import Attachment, Incident
from tests.evidence.photos import jpeg

KEPT = """() => new Promise((done) => {
  const asked = indexedDB.open("photos", 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("kept", { keyPath: "key" });
  asked.onsuccess = () => {
    const all = asked.result.transaction("kept").objectStore("kept").getAll();
    all.onsuccess = () => { asked.result.close(); done(all.result.length); };
  };
})"""


def photo(name="scene.jpg"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": jpeg((800, 600))}


def test_a_scene_with_photos_takes_under_a_minute_and_outlives_a_lost_answer(open_page, city, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    page, taps = open_page(city.technician, width=390), 0
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 41.9, "longitude": -87.65, "accuracy": 6})
    page.goto(reverse("incident_new"))
    page.get_by_label("Case number").fill("26-024310")
    first = page.locator("details.exh").first
    for tap in (
        page.get_by_role("radio", name="Shots fired, confirmed"),
        page.get_by_role("button", name="Use this place"),
        first.get_by_role("radio", name="9 mm"),
        first.get_by_role("button", name="One more"),
        first.get_by_role("button", name="One more"),
    ):
        tap.click(force=True)
        taps += 1
    page.get_by_text("From this phone, within 6 m").wait_for()
    page.locator("input[name=photos][multiple]").first.set_input_files([photo("a.jpg"), photo("b.jpg")])
    first.locator("input[name=photos][multiple]").set_input_files([photo("c.jpg")])
    page.locator("canvas[aria-label*='c.jpg']").wait_for()
    taps += 4
    # The server has the form, its answer is lost, and the phone comes back with the draft.
    page.route("**/incidents/new/", lambda route: lost(route) if route.request.method == "POST" else route.continue_())
    page.get_by_role("button", name="Save the incident").click()
    page.wait_for_url("chrome-error://**")
    page.unroute("**/incidents/new/")
    page.context.clear_cookies(name="messages")  # it came with the answer
    page.complaints.clear()
    page.goto(reverse("incident_new"))
    page.locator("canvas[aria-label*='c.jpg']").wait_for()
    assert page.get_by_label("Case number").input_value() == "26-024310"
    page.get_by_role("button", name="Save the incident").click()
    taps += 2
    page.wait_for_url("**/incidents/*/")
    page.locator(".photo[data-waits], .photo img").nth(2).wait_for()
    assert page.get_by_text("Case 26-024310 is recorded.").is_visible(), "photos that come in take nothing away"
    made = Incident.objects.get()
    assert (made.accuracy, made.lat, made.exhibits.get().count) == (6, 41.9, 3)
    assert sorted(Attachment.objects.values_list("file__name", "exhibit__number")) == [
        ("a.jpg", None), ("b.jpg", None), ("c.jpg", "1"),
    ]  # fmt: skip
    assert page.evaluate(KEPT) == 0
    assert taps <= 12


def lost(route):
    route.fetch(max_redirects=0)
    route.abort()


def test_photos_wait_for_the_signal_and_go_at_sign_out_only_when_the_person_says_so(
    open_page, city, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "files"
    page = open_page(city.technician, width=390)
    page.goto(reverse("incident_new"))
    page.locator("input[name=photos][multiple]").first.set_input_files([photo()])
    page.locator("canvas").first.wait_for()
    page.reload()
    asked = []
    page.on(
        "dialog", lambda dialog: (asked.append(dialog.message), dialog.accept() if len(asked) > 1 else dialog.dismiss())
    )
    page.locator("form[data-sign-out]").evaluate("form => form.requestSubmit()")
    page.wait_for_function("true")
    assert page.evaluate(KEPT) == 1
    page.locator("form[data-sign-out]").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/sign-out/")
    assert asked == ["1 photo was not sent yet and will be gone from this device. Sign out?"] * 2
    page.goto(reverse("sign_in"))
    assert page.evaluate(KEPT) == 0
