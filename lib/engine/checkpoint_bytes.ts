import { createHash } from "node:crypto";
import { NUMERICS_VERSION } from "../core/facts/numerics_version.ts";
import type { Checkpoint } from "../experiment/trial/run_trial.ts";

const FORMAT = 1;
const LINE_END = 0x0a;

/** The header before a checkpoint's bytes, as JSON. */
interface Head extends Omit<Checkpoint, "weights" | "optimizer" | "bestWeights" | "trainedWeights"> {
  readonly trial: string;
  readonly numericsVersion: number;
  /** Bytes of the weights, of the optimizer, of the best epoch's weights and, with averaging, of the trained weights. */
  readonly lengths: readonly number[];
}

/** Encodes a trial's checkpoint as a file: a line with a checksum of the rest, a line of JSON, raw bytes. */
export function encodeCheckpoint(checkpoint: Checkpoint, { trial }: { readonly trial: string }): Uint8Array {
  const { weights, optimizer, bestWeights, trainedWeights, ...rest } = checkpoint;
  const parts = [weights, optimizer, bestWeights, ...trainedWeights === undefined ? [] : [trainedWeights]];
  const lengths = parts.map(({ length }) => length);
  const head: Head = { ...rest, trial, numericsVersion: NUMERICS_VERSION, lengths };
  const body = join([text(`${JSON.stringify(head)}\n`), ...parts]);
  return join([text(`${JSON.stringify({ format: FORMAT, checksum: checksum(body) })}\n`), body]);
}

/** Returns the checkpoint of a file, or null if the file is damaged, or is from another trial or numerics version. */
export function decodeCheckpoint(
  file: Uint8Array,
  { trial }: { readonly trial: string },
): Checkpoint | null {
  const start = file.indexOf(LINE_END) + 1;
  const body = file.subarray(start);
  const seal = JSON.stringify({ format: FORMAT, checksum: checksum(body) });
  if (new TextDecoder().decode(file.subarray(0, start)) !== `${seal}\n`) return null;
  const end = body.indexOf(LINE_END);
  const { lengths, ...head }: Head = JSON.parse(new TextDecoder().decode(body.subarray(0, end)));
  if (head.trial !== trial || head.numericsVersion !== NUMERICS_VERSION) return null;
  let offset = end + 1;
  // The file may be a Buffer, whose slices would be views of it.
  const [weights, optimizer, bestWeights, trainedWeights] = lengths.map((length) =>
    new Uint8Array(body.subarray(offset, offset += length))
  );
  const { trial: _trial, numericsVersion: _version, ...rest } = head;
  // Before metrics, the field was called as the accuracy; such a checkpoint knows no value.
  if (rest.improvement !== undefined && typeof rest.improvement.value !== "number") return null;
  const trained = trainedWeights === undefined ? {} : { trainedWeights };
  return { ...rest, weights, ...trained, optimizer, bestWeights };
}

function checksum(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function text(line: string): Uint8Array {
  return new TextEncoder().encode(line);
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
