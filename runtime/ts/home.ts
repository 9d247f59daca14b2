// Where a tab's saved state lies: the page says it, the worker keeps the state there.

export interface Home {
  /** Names the app among those of the same origin. */
  app: string;
  /** Names the tab. */
  token: string;
  /** Names the page load: the events that it numbers. */
  life: string;
  /** Counts the workers of the page load. */
  worker: number;
}

/** Returns the name of the lock that the worker of a tab holds as long as it lives. */
export const workerLock = ({ app, token }: Pick<Home, "app" | "token">): string =>
  `wasmrx:worker:${app} ${token}`;
