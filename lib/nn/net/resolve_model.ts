import { InputError } from "../../core/check/errors.ts";
import {
  aBoolean,
  checkFields,
  either,
  type Fields,
  listOf,
  numberWhere,
  oneOf,
  type Rule,
  wholeNumber,
} from "../../core/check/fields.ts";
import { residualsOf } from "../layers/residual.ts";
import { ACTIVATION_NAMES, activationsOf, shortestActivations } from "./activation_names.ts";
import { INITIALIZERS } from "./initializers.ts";
import type { ModelSpec, ResolvedModel } from "./model_spec.ts";

/**
 * Checks a model and fills in its defaults. ReLU everywhere is left out, and a list of one name becomes the name, so that
 * equal nets have equal settings.
 *
 * @throws {InputError} `Cannot <action>: model.<field> must be ..., found ...`.
 */
export function resolveModel(model: ModelSpec, { action }: { readonly action: string }): ResolvedModel {
  checkFields(model, { action, path: "model", ...FIELDS });
  const { hiddenDims, weightScale = 1e-2, reg = 0, dropoutKeepRatio = 1 } = model;
  const { normalization = null, dtype = "float32" } = model;
  const { regL1 = 0, inputDropoutKeepRatio = 1, bias = true, residual = false } = model;
  if (!bias && normalization === null) {
    throw new InputError(`Cannot ${action}: model.bias must be true without a normalization, found false`);
  }
  if (residual && !residualsOf(model).includes(true)) {
    throw new InputError(
      `Cannot ${action}: model.residual must be false without two neighbouring hidden layers of one width, ` +
        `found model.hiddenDims ${JSON.stringify(hiddenDims)}`,
    );
  }
  const activation = resolveActivation(model, action);
  return {
    ...{ hiddenDims: [...hiddenDims], weightScale, reg, dropoutKeepRatio, normalization },
    // What is not given takes no part in an id.
    ...regL1 === 0 ? {} : { regL1 },
    ...bias || hiddenDims.length === 0 ? {} : { bias },
    ...residual ? { residual } : {},
    ...inputDropoutKeepRatio === 1 ? {} : { inputDropoutKeepRatio },
    ...activation === undefined ? {} : { activation },
    dtype,
  };
}

function resolveActivation(model: ModelSpec, action: string): ModelSpec["activation"] {
  const names = activationsOf(model);
  const { length } = model.hiddenDims;
  if (names.length === length) return shortestActivations(names);
  throw new InputError(
    `Cannot ${action}: model.activation must have one name for each hidden layer, which are ${length}, found ${names.length}`,
  );
}

const anActivation = oneOf(...ACTIVATION_NAMES);

const activations: Rule = {
  expected: `${anActivation.expected}, or a list of such names`,
  accepts: either(anActivation, listOf(anActivation)).accepts,
};

const keepRatio = numberWhere("a number above 0 and at most 1", (value) => value > 0 && value <= 1);

const FIELDS: Fields = {
  required: { hiddenDims: listOf(wholeNumber({ min: 1 })) },
  optional: {
    weightScale: either(
      numberWhere("a number above 0", (value) => value > 0),
      oneOf(...Object.keys(INITIALIZERS)),
    ),
    reg: numberWhere("a number from 0 on", (value) => value >= 0),
    regL1: numberWhere("a number from 0 on", (value) => value >= 0),
    dropoutKeepRatio: keepRatio,
    inputDropoutKeepRatio: keepRatio,
    normalization: oneOf("batchnorm", "layernorm", null),
    bias: aBoolean,
    residual: aBoolean,
    activation: activations,
    dtype: oneOf("float32", "float64"),
  },
};
