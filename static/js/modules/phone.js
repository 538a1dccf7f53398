// What is kept on this phone: entries that wait to be sent, those that were sent lately, sealed, and the key of whoever
// is signed in.
const STORES = { entries: "id", keys: "person", sent: "id" };
let opening;

function open() {
  opening ??= new Promise((done, refuse) => {
    const request = indexedDB.open("andante", 2);
    request.onupgradeneeded = () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath });
      }
    };
    request.onsuccess = () => {
      const database = request.result;
      database.onclose = again;
      database.onversionchange = () => {
        database.close(); // a newer version of the site is never held up by a page of this one
        again();
      };
      done(database);
    };
    request.onerror = () => {
      again();
      refuse(request.error);
    };
  });
  return opening;
}

function again() {
  opening = undefined;
}

/** The result of one request on a store, once it is on the disk. */
export async function on(store, mode, ask) {
  const transaction = (await open()).transaction(store, mode, { durability: "strict" });
  const request = ask(transaction.objectStore(store));
  return new Promise((done, refuse) => {
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => refuse(transaction.error);
  });
}

/** Change a row that is there: one that was taken away meanwhile stays away. */
export function change(store, id, what) {
  return on(store, "readwrite", (rows) => {
    const asked = rows.get(id);
    asked.onsuccess = () => asked.result && rows.put({ ...asked.result, ...what });
    return asked;
  });
}

/** Take away each row of a store that `which` says. */
export function clear(store, which) {
  return on(store, "readwrite", (rows) => {
    const asked = rows.openCursor();
    asked.onsuccess = () => {
      const cursor = asked.result;
      if (!cursor) return;
      if (which(cursor.value)) cursor.delete();
      cursor.continue();
    };
    return asked;
  });
}
