// A file that Python cannot go on without: the worker waits for it.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { fileName, promisedHash } from "./download";

/** The content of `url`, checked against its name; a damaged copy in the browser's cache is passed by. */
export function fetchNow(url: string): Uint8Array<ArrayBuffer> {
  const name = fileName(url);
  const promised = promisedHash(name);
  const isRight = (content: Uint8Array): boolean =>
    promised === undefined || bytesToHex(sha256(content)).startsWith(promised);
  for (const headers of [{}, { "Cache-Control": "no-cache" }]) {
    const content = fetchUnchecked(url, headers);
    if (isRight(content)) return content;
  }
  throw new Error(`${name} is damaged: its content is not what belongs to this build.`);
}

/** The content of `url`, for who checks it by itself. */
export function fetchUnchecked(
  url: string,
  headers: Record<string, string> = {},
): Uint8Array<ArrayBuffer> {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch (error) {
    throw new Error(`${url} could not be loaded: ${String(error)}`);
  }
  if (request.status !== 200) {
    throw new Error(`${url} could not be loaded: the server answered ${request.status}.`);
  }
  return new Uint8Array(request.response as ArrayBuffer);
}
