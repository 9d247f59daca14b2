// Stylesheets of packages: a page comes to front when those that it needs are there.

import { fileUrl } from "../site.ts";

/** Adds a stylesheet before those of the site, whose rules win; resolves when it is there. */
function added(file: string): Promise<void> {
  const href = fileUrl(file);
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  if (links.some((link) => link.href === href)) return Promise.resolve();
  return new Promise((done) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => done();
    link.onerror = () => done();
    document.head.insertBefore(link, links[0] ?? null);
  });
}

/** Returns what `page` resolves to, once the stylesheets `files` have been added as well. */
export async function withStyles<T>(page: Promise<T>, files: readonly string[]): Promise<T> {
  const [loaded] = await Promise.all([page, ...files.map(added)]);
  return loaded;
}
