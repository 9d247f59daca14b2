// The visitor's Stop, for Python that does not return: an address that the page takes back.
//
// Python reads a "buffer" for signals every few steps of its bytecode, and inside long searches and
// sums. A page that shares no memory with its worker cannot write there. So this buffer asks, while
// Python has been running without a break, whether the page's address still leads to something.

const SIGINT = 2;
/** A run of Python is left alone for so long, and then looked after so often. */
const AFTER_MS = 200;
const EVERY_MS = 100;
/** Reads that come fast are answered without a look at the clock, more and more of them. */
const MOST_SKIPPED = 63;

export class StopSignal {
  #address = "";
  #isKnown = false;
  #began = 0;
  #next = 0;
  #last = 0;
  #skip = 0;
  #left = 0;

  /** Takes the page's address; it leads somewhere until the visitor wants a stop. */
  watch(address: string): void {
    this.#address = address;
  }

  get 0(): number {
    if (this.#left-- > 0) return 0;
    const now = performance.now();
    if (!this.#began) {
      this.#began = now;
      this.#next = now + AFTER_MS;
      setTimeout(() => (this.#began = 0));
    }
    this.#skip = now - this.#last < 1 ? Math.min(2 * this.#skip + 1, MOST_SKIPPED) : 0;
    this.#left = this.#skip;
    this.#last = now;
    if (now < this.#next || !this.#address) return 0;
    this.#next = now + EVERY_MS;
    return this.#isWanted() ? SIGINT : 0;
  }

  /** Python writes that it has taken the signal. */
  set 0(_: number) {}

  #isWanted(): boolean {
    const request = new XMLHttpRequest();
    try {
      request.open("GET", this.#address, false);
      request.responseType = "text";
      request.send();
      this.#isKnown = true;
      return false;
    } catch {
      // A policy of the site may forbid the address from the start: that says nothing.
      if (!this.#isKnown) this.#address = "";
      return this.#isKnown;
    }
  }
}
