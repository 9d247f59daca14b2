// Says why a request of Python's to another site failed. Browsers tell a program only that it did;
// whether the server can be reached at all shows a second request, whose answer stays unread.

const GUIDE = "A handler that runs on the server can ask it: see “Network” in the documentation.";

/** Gives requests that fail a reason in words; installed before anything is requested. */
export function explainRefusals(): void {
  const { fetch } = self;
  self.fetch = async (input, init) => {
    try {
      return await fetch(input, init);
    } catch (error) {
      throw (await reasonOf(error, input, init, fetch)) ?? error;
    }
  };
  const { open, send } = XMLHttpRequest.prototype;
  const addresses = new WeakMap<XMLHttpRequest, string>();
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, ...given: unknown[]) {
    addresses.set(this, String(given[1]));
    open.apply(this, given as Parameters<typeof open>);
  } as typeof open;
  XMLHttpRequest.prototype.send = function (this: XMLHttpRequest, body) {
    try {
      send.call(this, body);
    } catch (error) {
      const origin = otherSite(addresses.get(this) ?? "");
      if (!origin || !(error instanceof DOMException) || error.name !== "NetworkError") throw error;
      throw Object.assign(new Error(`${doubt(origin)} ${GUIDE}`), { name: error.name });
    }
  };
}

async function reasonOf(
  error: unknown,
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  fetch: typeof self.fetch,
): Promise<TypeError | undefined> {
  const origin = otherSite(input instanceof Request ? input.url : String(input));
  const isAborted = init?.signal?.aborted || !(error instanceof TypeError);
  if (!origin || isAborted || init?.mode === "no-cors") return undefined;
  try {
    await fetch(origin, { method: "HEAD", mode: "no-cors", credentials: "omit", cache: "no-store" });
  } catch {
    return new TypeError(`${origin} cannot be reached. Is there a network, and is the address right?`);
  }
  return new TypeError(
    `${origin} does not let pages of ${self.location.origin} read its answers (CORS), or refuses ` +
      `this kind of request. ${GUIDE}`,
  );
}

function doubt(origin: string): string {
  return (
    `${origin} cannot be reached, or it does not let pages of ${self.location.origin} read its ` +
    "answers (CORS)."
  );
}

/** The origin of an address of the web that is not this site's. */
function otherSite(address: string): string | undefined {
  try {
    const { origin, protocol } = new URL(address, self.location.href);
    const isWeb = protocol === "http:" || protocol === "https:";
    return isWeb && origin !== self.location.origin ? origin : undefined;
  } catch {
    return undefined;
  }
}
