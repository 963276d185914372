/// <reference lib="deno.worker" />
import { createHash } from "node:crypto";
import type { DigestRequest } from "./digest_message.ts";

/** The thread that hashes a decoded file while `decoded_file.ts` reads it on another. */
self.onmessage = ({ data: { path, pieces, read } }: MessageEvent<DigestRequest>) => {
  const hash = createHash("sha256");
  using file = Deno.openSync(path);
  const scratch = new Uint8Array(pieces.reduce((most, { length }) => Math.max(most, length), 0));
  let at = 0;
  let taken = 0;
  for (const { length, bytes } of pieces) {
    if (bytes === null) hash.update(readRun(file, { at, into: scratch.subarray(0, length) }));
    else {
      for (let seen = Atomics.load(read, 0); seen <= taken; seen = Atomics.load(read, 0)) {
        Atomics.wait(read, 0, seen);
      }
      taken++;
      hash.update(bytes);
    }
    at += length;
  }
  self.postMessage(hash.digest("hex"));
};

interface Run {
  readonly at: number;
  readonly into: Uint8Array;
}

/** Returns the bytes from an offset on, fewer at the end of the file. */
function readRun(file: Deno.FsFile, { at, into }: Run): Uint8Array {
  file.seekSync(at, Deno.SeekMode.Start);
  let done = 0;
  for (let n = file.readSync(into); n !== null && n > 0; n = file.readSync(into.subarray(done))) done += n;
  return into.subarray(0, done);
}
