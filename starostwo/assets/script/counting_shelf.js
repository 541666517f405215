// Puts this page and what it loaded where the service worker finds them without a network.
const SHELF = "starostwo-licznik";

export async function shelve(worker, more) {
  if (!("serviceWorker" in navigator)) return false;
  await navigator.serviceWorker.register(worker);
  await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const parts = loaded.filter((one) => new URL(one).pathname.startsWith("/static/"));
  const wanted = new Set([...parts, ...more.map((one) => new URL(one, location.href).href)]);
  const shelf = await caches.open(SHELF);
  await Promise.all([...wanted].map((one) => put(shelf, one)));
  return put(shelf, location.href.split("#")[0], true);
}

// A page that leads to the log-in is not kept.
async function put(shelf, url, isPage = false) {
  const answer = await fetch(url, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok || answer.redirected) return false;
  await shelf.put(url, answer);
  return isPage;
}
