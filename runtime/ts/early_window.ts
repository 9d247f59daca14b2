// What the first script of a page leaves for those that follow. The script keeps its name from
// build to build, so a page may meet the one of another build: change this with care.

export interface Early {
  /** What the visitor did so far. */
  events: [type: string, target: Element][];
  /** Ends the keeping of events. */
  stop: () => void;
  /** Python on its way, for the page's scripts to take over. */
  worker?: Worker | undefined;
  renew?: (address?: string) => Promise<boolean>;
}

export const earlyWindow = globalThis as { wasmrx?: Early };

/** Loads the page anew where a part of it failed because the host has another build by now. */
export const isRenewed = async (address?: string): Promise<boolean> =>
  !!(await earlyWindow.wasmrx?.renew?.(address));
