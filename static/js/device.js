// What a phone at a scene can lend: its place, asked for by a button, never by itself.
// <button data-locate data-lat="id_lat" data-lng="id_lng" data-accuracy="id" data-says="id"> fills three fields; the
// third, how exact the place is, is emptied again when somebody types another place.
const PATIENCE_MS = 15000;

function say(button, words) {
  document.getElementById(button.dataset.says).textContent = words;
}

document.querySelectorAll("[data-locate]").forEach((button) => {
  if (!navigator.geolocation) return;
  button.hidden = false;
  const typed = [button.dataset.lat, button.dataset.lng].map((id) => document.getElementById(id));
  typed.forEach((field) => field.addEventListener("input", () => { document.getElementById(button.dataset.accuracy).value = ""; }));
  button.addEventListener("click", () => {
    say(button, "Looking for this phone's place");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById(button.dataset.lat).value = coords.latitude.toFixed(6);
        document.getElementById(button.dataset.lng).value = coords.longitude.toFixed(6);
        document.getElementById(button.dataset.accuracy).value = Math.ceil(coords.accuracy);
        button.form.dispatchEvent(new Event("input", { bubbles: true })); // the draft has it too
        say(button, `From this phone, within ${Math.ceil(coords.accuracy)} m`);
      },
      () => say(button, "The phone did not give its place. Type the address instead."),
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    );
  });
});
