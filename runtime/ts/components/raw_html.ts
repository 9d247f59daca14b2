// HTML inside Markdown: parsed, and cleaned of all that could run or deceive.

import rehypeRaw from "rehype-raw";
import rehypeSanitize, { defaultSchema, type Options as Schema } from "rehype-sanitize";
import type { PluggableList } from "unified";

const MATHS = ["className", /^language-./, "math-inline", "math-display"] as const;
const { attributes, tagNames, protocols } = defaultSchema;

// Ids of a visitor's text keep the prefix that footnotes have, so that they hide no other element.
const strict: Schema = {
  ...defaultSchema,
  clobber: [],
  attributes: {
    ...attributes,
    code: [[...MATHS]],
    "*": [
      ...attributes!["*"]!.filter((name) => !/^(id|name|action|method|encType)$/.test(String(name))),
      ["id", /^user-content-/],
    ],
  },
};

// Written by the app's author: looks and media too.
const wide: Schema = {
  ...strict,
  tagNames: [...tagNames!, "abbr", "audio", "figcaption", "figure", "mark", "small", "u", "video", "wbr"],
  attributes: {
    ...strict.attributes,
    code: [],
    img: [...attributes!.img!, "loading", "decoding"],
    a: [...attributes!.a!.filter((name) => typeof name === "string"), "target", "rel", "download"],
    audio: ["src", "controls", "loop", "muted", "preload"],
    video: ["src", "controls", "loop", "muted", "preload", "poster", "playsInline"],
    source: ["src", "srcSet", "type", "media", "sizes"],
    "*": [
      ...attributes!["*"]!.filter((name) => !/^(action|method|encType)$/.test(String(name))),
      "className",
      "style",
      "role",
      "ariaHidden",
      "ariaLabel",
    ],
  },
  protocols: { ...protocols, poster: ["http", "https"] },
};

const cleaned = (schema: Schema): PluggableList => [rehypeRaw, [rehypeSanitize, schema]];

/** What a visitor may write. */
export const untrusted = cleaned(strict);

/** What the author of the app may write. */
export const trusted = cleaned(wide);
