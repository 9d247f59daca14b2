// The entry as the compiler writes it. Query parameters steer the stand-in for Python.

import { boot } from "wasmrx/page";
import { initial, notFound, probe, Root } from "./app.js";

const page = (name) => () => import("./app.js").then((pages) => pages[name]);
globalThis.probe = probe;

boot({
  build: "test",
  dev: new URLSearchParams(location.search).has("dev"),
  routes: [
    { pattern: "/", load: page("home"), title: "Home" },
    { pattern: "/about", load: page("about"), title: "About" },
    { pattern: "/post/[id]", load: page("post"), title: "Post" },
    { pattern: "/post/new", load: page("about"), title: "New post" },
    { pattern: "/docs/[[...splat]]", load: page("docs"), title: "Docs" },
  ],
  notFound: { pattern: "404", load: page("notFound"), title: "Not found" },
  Root,
  initial: () => structuredClone(initial),
  worker: {
    script: `worker.js${location.search}`,
    files: { app: "app.zip", asm: "worker.js" },
    sizes: { app: 3 },
    app: "app",
  },
  kept: [
    ["local", "a", true],
    ["local", "e", false],
    ["session", "b", false],
    ["cookie", "c d", false],
  ],
});
