// Why boot ended without Python, in words that the page shows to people.

export interface Place {
  file: string;
  line: number;
}

export class BootError extends Error {
  constructor(
    readonly what: string,
    readonly detail?: string,
    readonly place?: Place,
  ) {
    super(what);
    this.name = "BootError";
  }
}

/** The folder in Python's file system that holds the author's project. */
export const APP_FOLDER = "/app";

const AUTHOR_FRAME = new RegExp(`File "${APP_FOLDER}/([^"]+)", line (\\d+)`, "g");

/** The failure that `error` stands for; a Python exception names the author's file and line. */
export function asBootError(error: unknown): BootError {
  if (error instanceof BootError) return error;
  if (!(error instanceof Error)) return new BootError(`Python could not start: ${String(error)}`);
  if (error.name !== "PythonError") {
    return new BootError(`Python could not start: ${error.message}`, error.stack);
  }
  const traceback = error.message.trim();
  const frame = [...traceback.matchAll(AUTHOR_FRAME)].at(-1);
  const place = frame && { file: frame[1] ?? "", line: Number(frame[2]) };
  return new BootError(`The app could not start: ${exceptionOf(traceback)}`, traceback, place);
}

/** What a Python traceback ends with: the exception's class and message. */
export function exceptionOf(traceback: string): string {
  const lines = traceback.trim().split("\n");
  const text = lines.slice(lines.findLastIndex((line) => line.startsWith("  ")) + 1).join("\n");
  return text.replace(/^wasmrx\.[\w.]+: /, "");
}
