// What listens to the window, and scripts of the author's.

import {
  type ComponentPropsWithRef,
  createElement,
  type ReactElement,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
} from "react";
import { isSitePath, resolve, safeUrl } from "../site.ts";

type Handler = (...args: unknown[]) => void;
type Handlers = Partial<Record<string, Handler>> & { children?: ReactNode };

const TYPES: Record<string, [type: string, args: (event: never) => unknown[]]> = {
  onResize: ["resize", () => [innerWidth, innerHeight]],
  onScroll: ["scroll", () => [scrollX, scrollY]],
  onKeyDown: ["keydown", (event) => [event]],
  onKeyUp: ["keyup", (event) => [event]],
  onFocus: ["focus", () => []],
  onBlur: ["blur", () => []],
  onVisibilityChange: ["visibilitychange", () => [document.hidden]],
  onBeforeUnload: ["beforeunload", () => []],
  onPopstate: ["popstate", () => []],
  onStorage: [
    "storage",
    ({ key, oldValue, newValue, url }: StorageEvent) => [key, oldValue, newValue, url],
  ],
};

/** Calls its `on…` props for events of the window. */
export function WindowListener({ children, ...handlers }: Handlers): ReactNode {
  const current = useRef(handlers);
  current.current = handlers;
  const names = Object.keys(handlers).filter((name) => name in TYPES);
  useEffect(() => {
    const stop = new AbortController();
    for (const name of names) {
      const [type, args] = TYPES[name]!;
      const target = type === "visibilitychange" ? document : window;
      const listener = (event: Event): void => current.current[name]?.(...args(event as never));
      target.addEventListener(type, listener, { signal: stop.signal, passive: true });
    }
    return () => stop.abort();
  }, [names.join()]);
  return children;
}

interface ClipboardProps {
  targets?: string[];
  onPaste?: Handler;
  children?: ReactNode;
}

const asDataUrl = (file: File): Promise<string> =>
  new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });

const asText = (item: DataTransferItem): Promise<string> => new Promise((done) => item.getAsString(done));

/** Returns [MIME type, text or data URL] of each thing that was pasted. */
function pasted(data: DataTransfer | null): Promise<[string, string][]> {
  const items = [...(data?.items ?? [])].map(async (item): Promise<[string, string]> => {
    const { type } = item;
    const file = item.getAsFile();
    return [type, file ? await asDataUrl(file) : await asText(item)];
  });
  return Promise.all(items);
}

/** Calls `onPaste` for what is pasted into the elements with these ids, or anywhere. */
export function Clipboard({ targets, onPaste, children }: ClipboardProps): ReactNode {
  const current = useRef(onPaste);
  current.current = onPaste;
  useEffect(() => {
    const stop = new AbortController();
    const found = targets?.length ? targets.map((id) => document.getElementById(id)) : [document];
    const listener = async (event: Event): Promise<void> => {
      const values = await pasted((event as ClipboardEvent).clipboardData);
      if (values.length) current.current?.(values);
    };
    for (const target of found) target?.addEventListener("paste", listener, { signal: stop.signal });
    return () => stop.abort();
  }, [targets?.join()]);
  return children;
}

const NEAR_END = 50;

/** An element that keeps its end in view while content is added, unless scrolled away from it. */
export function AutoScroll(props: ComponentPropsWithRef<"div">): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  useLayoutEffect(() => {
    const element = box.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  });
  const noteScroll = (): void => {
    const element = box.current;
    if (element)
      follows.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
  };
  return createElement("div", { ...props, ref: box, onScroll: noteScroll });
}

interface ScriptProps {
  src?: string;
  code?: string;
  onLoad?: Handler;
  onReady?: Handler;
  onError?: Handler;
  [attribute: string]: unknown;
}

const loaded = new Map<string, Promise<void>>();

/** Adds a script to the page; one with the same `src` is loaded once. */
function addScript(src: string | undefined, code: string | undefined, rest: object): Promise<void> {
  const script = document.createElement("script");
  for (const [name, value] of Object.entries(rest))
    if (value === true) script.toggleAttribute(name.toLowerCase(), true);
    else if (value !== undefined && value !== false) script.setAttribute(name.toLowerCase(), String(value));
  if (src === undefined) {
    script.textContent = code ?? "";
    document.head.append(script);
    return Promise.resolve();
  }
  const address = safeUrl(src);
  if (address === null) return Promise.reject(new Error(`The script ${src} has no safe address.`));
  return new Promise((done, failed) => {
    script.onload = () => done();
    script.onerror = () => failed(new Error(`The script ${src} could not be loaded.`));
    script.src = isSitePath(address) ? resolve(address) : address;
    document.head.append(script);
  });
}

/** Runs a script once the page is live. */
export function Script({ src, code, onLoad, onReady, onError, ...rest }: ScriptProps): null {
  useEffect(() => {
    let promise = src === undefined ? undefined : loaded.get(src);
    promise ??= addScript(src, code, rest);
    if (src !== undefined) loaded.set(src, promise);
    promise.then(
      () => {
        onLoad?.();
        onReady?.();
      },
      (error: unknown) => {
        console.error(error);
        onError?.();
      },
    );
  }, [src, code]);
  return null;
}
