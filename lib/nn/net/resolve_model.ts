import {
  checkFields,
  either,
  type Fields,
  listOf,
  numberWhere,
  oneOf,
  wholeNumber,
} from "../../core/check/fields.ts";
import type { ModelSpec, ResolvedModel } from "./model_spec.ts";

/**
 * Checks a model and fills in its defaults.
 *
 * @throws {InputError} `Cannot <action>: model.<field> must be ..., found ...`.
 */
export function resolveModel(model: ModelSpec, { action }: { readonly action: string }): ResolvedModel {
  checkFields(model, { action, path: "model", ...FIELDS });
  const { hiddenDims, weightScale = 1e-2, reg = 0, dropoutKeepRatio = 1 } = model;
  const { normalization = null, dtype = "float32" } = model;
  const { regL1 = 0 } = model;
  return {
    ...{ hiddenDims: [...hiddenDims], weightScale, reg, dropoutKeepRatio, normalization },
    // What is not given takes no part in an id.
    ...regL1 === 0 ? {} : { regL1 },
    dtype,
  };
}

const FIELDS: Fields = {
  required: { hiddenDims: listOf(wholeNumber({ min: 1 })) },
  optional: {
    weightScale: either(numberWhere("a number above 0", (value) => value > 0), oneOf("he")),
    reg: numberWhere("a number from 0 on", (value) => value >= 0),
    regL1: numberWhere("a number from 0 on", (value) => value >= 0),
    dropoutKeepRatio: numberWhere("a number above 0 and at most 1", (value) => value > 0 && value <= 1),
    normalization: oneOf("batchnorm", "layernorm", null),
    dtype: oneOf("float32", "float64"),
  },
};
