// IndexedDB's answers as promises.

/** What `request` gives. */
export function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Commits `transaction`, and waits until it is stored. */
export function committed(transaction: IDBTransaction): Promise<unknown> {
  transaction.commit();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("The write was aborted."));
  });
}
