// Renews the part marked data-renew="10" from the page's own address every so many seconds, as long as the page is
// seen and nobody works inside of the part. [data-renew-stale] is shown while the server does not answer.
document.querySelectorAll("[data-renew][id]").forEach((part) => {
  setInterval(() => renew(part), Number(part.dataset.renew) * 1000);
});

async function renew(part) {
  if (document.hidden || part.contains(document.activeElement)) return;
  const fresh = await fetched(part.id);
  document.querySelectorAll("[data-renew-stale]").forEach((note) => note.toggleAttribute("hidden", fresh !== null));
  if (fresh !== null && fresh.innerHTML !== part.innerHTML) part.replaceChildren(...fresh.childNodes);
}

async function fetched(id) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  } catch {
    return null;
  }
}
