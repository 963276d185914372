import { decodeCheckpoint, encodeCheckpoint } from "../../checkpoint_bytes.ts";
import { type EngineEvent, isTrialEvent } from "../../engine.ts";

/** A worker's report to the submitter of a run. */
export interface Report extends Omit<EngineEvent, "worker" | "machine"> {
  /** Name of the worker: its machine and process. */
  readonly worker: string;
  /** Index of the worker's thread slot that runs the trial, from 0. */
  readonly slot: number;
}

/** An entry of the stream of reports. */
export interface StreamedReport {
  /** Id of the stream's entry. */
  readonly id: string;
  /** Null for an entry that only creates the stream. */
  readonly report: Report | null;
}

/** An entry of a stream as ioredis returns it: its id, then names and values in turn. */
export type StreamEntry = readonly [Uint8Array, readonly Uint8Array[]];

/**
 * The text of a report. The slot is named `seat`, as in version 0.1.0, so that reports of its workers can be read.
 */
interface ReportText extends Omit<Report, "slot" | "weights" | "checkpoint"> {
  readonly seat: number;
}

/** Returns the values of a report's entry: its text, weights and checkpoint, "" if one is missing. */
export function encodeReport(
  { weights, checkpoint, slot, ...rest }: Report,
  { trial }: { readonly trial: string },
): readonly [report: string, weights: string | Buffer, checkpoint: string | Buffer] {
  const text: ReportText = { ...rest, seat: slot };
  return [
    JSON.stringify(text),
    weights === undefined ? "" : Buffer.from(weights),
    checkpoint === undefined ? "" : Buffer.from(encodeCheckpoint(checkpoint, { trial })),
  ];
}

/** Returns the report of an entry whose values have the names `report`, `weights` and `checkpoint`. */
export function decodeEntry([id, fields]: StreamEntry): StreamedReport {
  const values: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
    Array.from({ length: fields.length / 2 }, (_, i) => [textOf(fields[2 * i]), fields[2 * i + 1]]),
  );
  if (values.report === undefined) return { id: textOf(id), report: null };
  const { seat, ...rest }: ReportText = JSON.parse(textOf(values.report));
  const { weights, checkpoint } = values;
  return {
    id: textOf(id),
    report: {
      ...rest,
      slot: seat,
      ...weights === undefined ? {} : { weights: new Uint8Array(weights) },
      ...checkpoint === undefined || !isTrialEvent(rest.event)
        ? {}
        : { checkpoint: decodeCheckpoint(checkpoint, { trial: rest.event.trial }) ?? undefined },
    },
  };
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
