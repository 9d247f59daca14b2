// Where the site lies. A build works under any path: its base is found from this script's own URL,
// as all files of a build lie in `<base>/wasmrx/`.

const FOLDER = "wasmrx/";

type Scripts = Record<string, () => unknown>;

interface Site {
  /** The site's root, ending in a slash; null while HTML is rendered at build time. */
  base: URL | null;
  /** The way from the page that the HTML was rendered for to the root: "./", "../", … */
  toRoot: string;
  /** Loads the scripts that stand in the source of the app's handlers, by their text. */
  scripts?: (() => Promise<{ scripts: Scripts }>) | undefined;
}

export const site: Site = { base: null, toRoot: "./" };

/** Finds the base from the URL of any script of the build. */
export function findBase(script: string): URL {
  return (site.base = new URL(script.slice(0, script.lastIndexOf(FOLDER))));
}

/** Returns the way to the root from the page at `path` ("/", "/post/1"). */
export function wayToRoot(path: string): string {
  return "../".repeat(path.split("/").filter(Boolean).length) || "./";
}

/** Returns the absolute URL of one of the build's files. */
export function fileUrl(path: string): string {
  return new URL(FOLDER + path, site.base!).href;
}

/** Returns the site's path ("/post/1") of a URL under the base, no final slash; else null. */
export function pathOf(url: URL): string | null {
  const base = site.base!;
  const inside = `${url.pathname}/`.startsWith(base.pathname) && url.origin === base.origin;
  if (!inside) return null;
  const path = url.pathname.slice(base.pathname.length).replace(/(^|\/)index\.html$/, "");
  return `/${path.replace(/\/+$/, "")}`;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const ALLOWED = /^(https?|mailto|tel|sms|ftp|blob):/i;

/** Returns `href` without the characters that browsers skip, or null where its scheme runs code. */
export function safeUrl(href: string): string | null {
  const url = href.replace(/[\t\n\r]|^[\0- ]+|[\0- ]+$/g, "");
  return SCHEME.test(url) && !ALLOWED.test(url) ? null : url;
}

/** Tells an address of this site ("/about") from one of elsewhere ("https://…", "#top"). */
export const isSitePath = (href: string): boolean => href.startsWith("/");

/**
 * Returns the site's address `path` as a browser needs it. Leading slashes and backslashes count
 * as one, so that text of a state never turns a path of this site into another host.
 */
export function resolve(path: string, toRoot = site.base?.pathname ?? site.toRoot): string {
  return toRoot + path.replace(/^[/\\]+/, "");
}
