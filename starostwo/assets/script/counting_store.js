// What the device keeps in IndexedDB: readings that are not sent yet, and what it knows of each sheet.
const NAME = "starostwo-spis";
const VERSION = 1;

export async function open() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("queue", { keyPath: "key" });
    request.result.createObjectStore("sheets", { keyPath: "id" });
  };
  return done(request);
}

// The readings of a sheet in the order in which they were made, those of every person of this device.
export async function queued(base, sheet) {
  const rows = await done(base.transaction("queue").objectStore("queue").getAll());
  return rows.filter((row) => row.sheet === sheet).sort((one, other) => one.order - other.order);
}

export function keep(base, reading) {
  return written(base, "queue", (store) => store.put(reading));
}

export function forget(base, key) {
  return written(base, "queue", (store) => store.delete(key));
}

export async function known(base, sheet) {
  return (await done(base.transaction("sheets").objectStore("sheets").get(sheet))) ?? null;
}

export function remember(base, standing) {
  return written(base, "sheets", (store) => store.put(standing));
}

// A promise of the end of the transaction: what it kept is on the disk then.
function written(base, name, act) {
  return new Promise((resolve, reject) => {
    const transaction = base.transaction(name, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
    act(transaction.objectStore(name));
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
