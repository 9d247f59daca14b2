// A file that Python cannot go on without: the worker waits for it.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { fileName, promisedHash } from "./download";

/** The content of `url`, checked against its name. */
export function fetchNow(url: string): Uint8Array<ArrayBuffer> {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch (error) {
    throw new Error(`${url} could not be loaded: ${String(error)}`);
  }
  if (request.status !== 200) {
    throw new Error(`${url} could not be loaded: the server answered ${request.status}.`);
  }
  const content = new Uint8Array(request.response as ArrayBuffer);
  const promised = promisedHash(fileName(url));
  if (promised !== undefined && !bytesToHex(sha256(content)).startsWith(promised)) {
    throw new Error(`${url} is damaged: its content is not what belongs to this build.`);
  }
  return content;
}
