// What is kept on this phone: entries that wait to be sent, sealed, and the key of whoever is signed in.
let opening;

function open() {
  opening ??= new Promise((done, refuse) => {
    const request = indexedDB.open("andante", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "id" });
      request.result.createObjectStore("keys", { keyPath: "person" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => refuse(request.error);
  });
  return opening;
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
