// Carries state between Python and the browser's database, and says once when that fails.
import type { Home } from "../../runtime/ts/home";
import type { Notice, Ready } from "../../runtime/ts/protocol.gen";
import { type Change, type Saved, Store } from "./store";

/** The part of runtime/bridge.py that keeps state. */
export interface KeeperBridge {
  attach(records: Change[], life: string, write: (changes: Change[]) => void): string;
  written(ok: boolean): void;
  lost(): void;
  flush(): void;
}

const KEY = "kept";
const NEVER = "State cannot be kept in this browser: a reload loses changes.";
const NO_LONGER = "Changes cannot be kept at the moment: a reload goes back to what was kept last.";

export class Keeper {
  #store: Store | null = null;
  #records: Promise<Change[] | null> = Promise.resolve(null);
  #bridge: KeeperBridge | null = null;
  #isFailing = false;

  constructor(readonly send: (message: Notice) => void) {}

  /** Starts to read what the tab has kept; without a home, says that nothing is. */
  read(home: Home | null): void {
    if (!home) return this.#fails(NEVER, "Session storage is closed to this page.");
    const store = (this.#store = new Store(home, () => this.#bridge?.lost()));
    this.#records = store.read().then(
      (records) => records.filter(isWhole).map(({ name, data }): Change => [name, data]),
      (error: unknown) => {
        this.#fails(NEVER, error);
        return null;
      },
    );
  }

  /** Gives Python what was read, and writes what it says from now on. */
  async attach(bridge: KeeperBridge): Promise<Pick<Ready, "begun" | "open">> {
    const records = await this.#records;
    if (!records) return {};
    this.#bridge = bridge;
    const write = (changes: Change[]): void => void this.#write(changes);
    try {
      return JSON.parse(bridge.attach(records, this.#store!.home.life, write)) as Ready;
    } catch (error) {
      this.#fails(NEVER, error);
      return {};
    }
  }

  async #write(changes: Change[]): Promise<void> {
    let ok = true;
    try {
      await this.#store!.write(changes);
      if (this.#isFailing) this.send({ t: "notice", key: KEY, text: "" });
      this.#isFailing = false;
    } catch (error) {
      ok = false;
      this.#fails(NO_LONGER, error);
    }
    this.#bridge!.written(ok);
  }

  #fails(text: string, error: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    console.warn(text, error);
    this.send({ t: "notice", key: KEY, text });
  }
}

const isWhole = ({ name, data }: Partial<Saved>): boolean =>
  typeof name === "string" && data instanceof Uint8Array;
