import { InputError } from "../core/check/errors.ts";
import { quoted } from "../core/text/quoted.ts";
import type { HeaderRecord } from "./journal_record.ts";

/** The journal was written with other data; the data file may show what changed. */
export class OtherDataError extends InputError {
  /** The digest of the journal's data. */
  readonly dataDigest: string;

  constructor(message: string, { dataDigest }: { readonly dataDigest: string }) {
    super(message);
    this.dataDigest = dataDigest;
  }
}

/** The experiment that a journal must belong to. */
export interface Expected {
  readonly header: HeaderRecord;
  readonly path: string;
}

/**
 * Checks that the trials of a journal can be reused. Ids identify the trials of another grid; this checks what makes
 * all trials unusable. Of several data sets, one that is still there is enough.
 *
 * @param before The journal's last header.
 * @throws {InputError} If it belongs to another experiment, to other data or to another numerics version.
 */
export function checkHeader(before: HeaderRecord | null, { header: now, path }: Expected): void {
  if (before === null) return;
  if (before.experiment !== now.experiment) {
    throw new InputError(
      `Cannot open ${path}: it must belong to the experiment "${now.experiment}", found ${
        quoted(before.experiment)
      }`,
    );
  }
  const isOnSameData = digestsOf(before).some((digest) => digestsOf(now).includes(digest));
  const changes = [
    ...isOnSameData ? [] : [`on data ${short(before.dataDigest)}, which are now ${short(now.dataDigest)}`],
    ...before.numericsVersion === now.numericsVersion
      ? []
      : [`with numerics version ${before.numericsVersion}, which is now ${now.numericsVersion}`],
  ];
  if (changes.length === 0) return;
  const message = `Cannot resume from ${path}: nothing in it can be reused, its trials ran ` +
    `${changes.join(" and ")}; --fresh keeps the file under another name and starts over`;
  throw isOnSameData
    ? new InputError(message)
    : new OtherDataError(message, { dataDigest: before.dataDigest });
}

function digestsOf({ dataDigest, dataDigests = [dataDigest] }: HeaderRecord): readonly string[] {
  return dataDigests;
}

function short(digest: string): string {
  return digest.slice(0, 16);
}
