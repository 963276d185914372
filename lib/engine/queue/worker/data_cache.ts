import { basename, join } from "node:path";
import { InputError } from "../../../core/check/errors.ts";
import type { CsvSpec, DataSpec, TableSpec } from "../../../data/base/data_spec.ts";
import type { Dataset } from "../../../data/base/dataset.ts";
import { dataDigest } from "../../../data/data_digest.ts";
import { loadDataset } from "../../../data/load_dataset.ts";
import { writeFileWhole } from "../../../files/write_file_whole.ts";
import { parcelKey, parseParcel } from "../channel/table_parcel.ts";
import { UnsuitableTrialError } from "./unsuitable_trial_error.ts";

/** A request for the data set of a queued trial. */
export interface DataRequest {
  readonly spec: DataSpec;
  /** SHA-256 that identifies it. */
  readonly dataDigest: string;
  /** Fetches the submitter's bytes of a CSV file, by the name that the spec has; null if the run is gone. */
  readonly fetchBytes: (file: string) => Promise<Uint8Array | null>;
}

// Two, since trials of two concurrent experiments alternate.
const KEPT = 2;

/** The data sets of a worker: the latest in memory, all in its own cache folder. */
export class DataCache {
  readonly #cacheDir: string;
  readonly #loaded = new Map<string, Promise<Dataset>>();

  constructor({ cacheDir }: { readonly cacheDir: string }) {
    this.#cacheDir = cacheDir;
  }

  /**
   * Returns the data set of a digest.
   *
   * @throws {UnsuitableTrialError} If this machine cannot get it, or gets another digest.
   */
  load(request: DataRequest): Promise<Dataset> {
    const { dataDigest } = request;
    const known = this.#loaded.get(dataDigest);
    if (known !== undefined) return known;
    for (const digest of [...this.#loaded.keys()].slice(0, 1 - KEPT)) this.#loaded.delete(digest);
    const loading = this.#read(request).catch((error) => {
      this.#loaded.delete(dataDigest);
      throw error instanceof InputError ? new UnsuitableTrialError(error.message) : error;
    });
    this.#loaded.set(dataDigest, loading);
    return loading;
  }

  async #read(request: DataRequest): Promise<Dataset> {
    const { spec, dataDigest: digest } = request;
    if (!/^[0-9a-f]{64}$/.test(digest)) throw new UnsuitableTrialError("the trial's data hash is none");
    const own = spec.kind === "csv"
      ? await this.#cached({ ...request, spec })
      : spec.kind === "table"
      ? await this.#cachedTable({ ...request, spec })
      : spec;
    await this.#check(own, digest);
    return await loadDataset(own, { baseDir: this.#cacheDir, cacheDir: this.#cacheDir });
  }

  /** Returns the spec of a CSV file in the cache; fetches the file if the cache has none of this digest. */
  async #cached({ spec, dataDigest: digest, fetchBytes }: CsvRequest): Promise<CsvSpec> {
    const file = `csv-${short(digest)}.csv`;
    const cached = { ...spec, file };
    if (await this.#digest(cached).catch(() => null) === digest) return cached;
    const bytes = await fetchBytes(spec.file);
    if (bytes === null) throw new UnsuitableTrialError("its submitter has taken its data away");
    await Deno.mkdir(this.#cacheDir, { recursive: true });
    const part = await Deno.makeTempFile({ dir: this.#cacheDir, suffix: ".part" });
    try {
      await Deno.writeFile(part, bytes);
      await this.#check({ ...spec, file: basename(part) }, digest);
      await Deno.rename(part, join(this.#cacheDir, file));
    } catch (error) {
      await Deno.remove(part);
      throw error;
    }
    return cached;
  }

  /** Returns the spec of a table whose files are in a folder of the cache; fetches them if there is none of this digest. */
  async #cachedTable({ spec, dataDigest: digest, fetchBytes }: TableRequest): Promise<TableSpec> {
    const folder = `table-${short(digest)}`;
    const listed = await fetchBytes(digest);
    if (listed === null) throw new UnsuitableTrialError("its submitter has taken its data away");
    const { files, testFiles } = parseParcel(listed);
    const own = (names: readonly string[]) => names.map((name) => join(folder, name));
    const cached: TableSpec = {
      ...spec,
      ...files.length === 0 ? {} : { file: own(files) },
      ...testFiles.length === 0 ? {} : { testFile: own(testFiles) },
    };
    if (await this.#digest(cached).catch(() => null) === digest) return cached;
    await Deno.mkdir(join(this.#cacheDir, folder), { recursive: true });
    for (const name of [...files, ...testFiles]) {
      const bytes = await fetchBytes(parcelKey(digest, name));
      if (bytes === null) throw new UnsuitableTrialError("its submitter has taken its data away");
      // Another worker of this machine may write the same file.
      await writeFileWhole(join(this.#cacheDir, folder, name), bytes);
    }
    return cached;
  }

  async #check(spec: DataSpec, digest: string): Promise<void> {
    const own = await this.#digest(spec);
    if (own === digest) return;
    throw new UnsuitableTrialError(`its data hash is ${short(own)}, the trial's is ${short(digest)}`);
  }

  #digest(spec: DataSpec): Promise<string> {
    return dataDigest(spec, { baseDir: this.#cacheDir });
  }
}

interface CsvRequest extends DataRequest {
  readonly spec: CsvSpec;
}

interface TableRequest extends DataRequest {
  readonly spec: TableSpec;
}

function short(digest: string): string {
  return digest.slice(0, 16);
}
