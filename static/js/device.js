// What a phone at a scene can lend: its place and its camera. Both are asked for by a button, never by themselves.
// <button data-locate data-lat="id_lat" data-lng="id_lng" data-says="id"> fills two fields;
// <input type="file" data-photos="id"> shows what was taken.
const PATIENCE_MS = 15000;

function say(button, words) {
  document.getElementById(button.dataset.says).textContent = words;
}

document.querySelectorAll("[data-locate]").forEach((button) => {
  if (!navigator.geolocation) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    say(button, "Looking for this phone's place");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        document.getElementById(button.dataset.lat).value = coords.latitude.toFixed(6);
        document.getElementById(button.dataset.lng).value = coords.longitude.toFixed(6);
        say(button, `From this phone, within ${Math.ceil(coords.accuracy)} m`);
      },
      () => say(button, "The phone did not give its place. Type the address instead."),
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    );
  });
});

document.querySelectorAll("[data-photos]").forEach((input) => {
  const place = document.getElementById(input.dataset.photos);
  input.addEventListener("change", () => {
    place.replaceChildren(...[...input.files].map((file, at) => {
      const image = new Image();
      image.src = URL.createObjectURL(file);
      image.alt = `Photo ${at + 1}: ${file.name}`;
      image.className = "photo";
      return image;
    }));
  });
});
