// Serves the counting pages and what they load when there is no network; everything else goes its usual way.
const SHELF = "starostwo-licznik";
const PATIENCE = 4000;
const PAGE = /^\/urzad\/spisy\/arkusze\/\d+\/licznik\/$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isOurs = origin === location.origin && request.method === "GET";
  if (isOurs && (PAGE.test(pathname) || pathname.startsWith("/static/"))) event.respondWith(answer(request));
});

// The network first, so that nobody counts on an old page; what is kept when it is silent or fails.
async function answer(request) {
  const kept = await (await caches.open(SHELF)).match(request.url, { ignoreVary: true });
  if (!kept) return fetch(request);
  try {
    const fresh = await Promise.race([fetch(request), silence()]);
    return fresh.status < 500 ? fresh : kept;
  } catch {
    return kept;
  }
}

function silence() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("no answer")), PATIENCE));
}
