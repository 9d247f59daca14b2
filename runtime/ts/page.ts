// What emitted modules import from "wasmrx/page".

export { useMountEvents } from "./app.ts";
export { boot } from "./boot.ts";
export { each, show } from "./each.ts";
export { ErrorBoundary } from "./errors.ts";
export { act, call, on } from "./events.ts";
export { Link, useHref } from "./link.ts";
export { peek, source, useValue, useVar } from "./store.ts";
export { useText } from "./text.ts";
