import { InputError } from "../../core/check/errors.ts";
import type { EnsembleModel } from "../../export/ensemble/ensemble_model.ts";
import {
  checkEnsembleHeader,
  ensembleFromSafetensors,
  isEnsembleHeader,
} from "../../export/ensemble/ensemble_safetensors.ts";
import { headerEnd, LENGTH_BYTES } from "../../export/read_safetensors.ts";
import { modelFactsFromHeader, modelFromSafetensors } from "../../export/safetensors_model.ts";
import type { TrainedModel } from "../../export/trained_model.ts";
import { shownPath } from "../../files/file_problem.ts";
import { ifThere } from "../../files/if_there.ts";
import { fileLength } from "../../files/read_bytes.ts";

/**
 * Reads a model, or an ensemble, that Seedbed exported as safetensors. Its header is checked before the tensors are read, so that a
 * wrong file of many gigabytes is refused at once.
 *
 * @throws {InputError} If the file cannot be read, is damaged, or is no such model.
 */
export async function readModelFile(path: string): Promise<TrainedModel | EnsembleModel> {
  const model = await ifThere({ action: "read", path }, async () => {
    const isEnsemble = await checkHeader(path);
    const file = await Deno.readFile(path);
    return isEnsemble ? ensembleFromSafetensors(file, { path }) : modelFromSafetensors(file, { path });
  });
  if (model !== null) return model;
  throw new InputError(`Cannot read ${shownPath(path)}: file not found`);
}

/** Returns whether the file is of an ensemble. */
async function checkHeader(path: string): Promise<boolean> {
  const place = { path, fileLength: fileLength(path, { action: `read ${path}` }) };
  using file = await Deno.open(path);
  const end = headerEnd(await readStart(file, LENGTH_BYTES), place);
  await file.seek(0, Deno.SeekMode.Start);
  const start = await readStart(file, end);
  const isEnsemble = isEnsembleHeader(start, place);
  if (isEnsemble) checkEnsembleHeader(start, place);
  else modelFactsFromHeader(start, place);
  return isEnsemble;
}

/** Returns the first bytes of a file, padded with 0 if it is shorter. */
async function readStart(file: Deno.FsFile, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    const n = await file.read(bytes.subarray(at));
    if (n === null) break;
    at += n;
  }
  return bytes;
}
