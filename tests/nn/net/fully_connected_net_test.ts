import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { InputError } from "../../../lib/core/check/errors.ts";
import { matrix } from "../../../lib/core/numbers/matrix.ts";
import { FullyConnectedNet } from "../../../lib/nn/net/fully_connected_net.ts";
import type { FullyConnectedNetOptions } from "../../../lib/nn/net/model_spec.ts";
import type { ModelSpec } from "../../../lib/nn/net/model_spec.ts";
import { assertClose, assertMatrix, type FixtureMatrix, readFixtures } from "../../golden/fixtures.ts";

interface NetFixture {
  readonly model: ModelSpec;
  readonly seed: string;
  readonly inputDim: number;
  readonly numClasses: number;
  readonly x: FixtureMatrix;
  readonly labels: readonly number[];
  readonly loss: number;
  readonly gradients: Readonly<Record<string, FixtureMatrix>>;
  readonly scores: FixtureMatrix;
}

const fixtures = {
  ...await readFixtures<Record<string, NetFixture>>("nets"),
  ...(await readFixtures<{ nets: Record<string, NetFixture> }>("activations")).nets,
};

for (const [name, fixture] of Object.entries(fixtures)) {
  Deno.test(`FullyConnectedNet, ${name}, agrees with PyTorch to 1e-10: loss, gradients, scores`, () => {
    const { model, seed, inputDim, numClasses, labels } = fixture;
    const net = new FullyConnectedNet({ ...model, seed, inputDim, numClasses });
    const x = { ...fixture.x, data: Float64Array.from(fixture.x.data) };
    const { loss, gradients } = net.loss(x, labels);
    assertClose([loss], [fixture.loss], "loss");
    assertEquals(Object.keys(gradients), Object.keys(fixture.gradients));
    for (const [name, gradient] of Object.entries(gradients)) {
      assertMatrix(gradient, fixture.gradients[name], name);
    }
    assertMatrix(net.scores(x), fixture.scores, "scores");
  });
}

Deno.test("loss() draws the same dropout masks at every call", () => {
  const net = new FullyConnectedNet({
    hiddenDims: [30],
    dropoutKeepRatio: 0.5,
    inputDim: 3,
    numClasses: 2,
    seed: 1,
  });
  const x = matrix([[1, 2, 3], [-1, 0, 2]]);
  assertEquals(net.loss(x, [0, 1]).loss, net.loss(x, [0, 1]).loss);
});

Deno.test("restore() brings back what snapshot() kept, running averages too", () => {
  const net = new FullyConnectedNet({
    hiddenDims: [4],
    normalization: "batchnorm",
    inputDim: 3,
    numClasses: 2,
    seed: 1,
  });
  const x = matrix([[1, 2, 3], [-1, 0, 2]]);
  net.loss(x, [0, 1]);
  const snapshot = net.snapshot();
  const before = net.scores(x).data;
  net.parameters[0].value.data.fill(7);
  net.loss(x, [0, 1]);
  assert(net.scores(x).data.some((score, i) => score !== before[i]));
  net.restore(snapshot);
  assertEquals(net.scores(x).data, before);
});

const sound: FullyConnectedNetOptions = { hiddenDims: [4], inputDim: 3, numClasses: 2, seed: 1 };

const WRONG: readonly (readonly [Record<string, unknown>, string])[] = [
  [{ inputDim: 0 }, "Cannot make a net: inputDim must be a whole number from 1 on, found 0"],
  [{ numClasses: 1 }, "Cannot make a net: numClasses must be a whole number from 2 on, found 1"],
  [
    { numClasses: undefined },
    "Cannot make a net: numClasses must be a whole number from 2 on",
  ],
  [
    { numClasses: undefined, numOutputs: 0 },
    "Cannot make a net: numOutputs must be a whole number from 1 on, found 0",
  ],
  [{ numOutputs: 2 }, "Cannot make a net: numOutputs must not be given with numClasses"],
  [
    { hiddenDims: [4, -1] },
    "Cannot make a net: model.hiddenDims must be a list, each element a whole number from 1 on, found [4,-1]",
  ],
  [
    { weightScale: "xavier" },
    'Cannot make a net: model.weightScale must be a number above 0 or "he", "heUniform", "glorot", "glorotUniform" or "orthogonal", found "xavier"',
  ],
  [
    { activation: "swish" },
    'Cannot make a net: model.activation must be "relu", "leakyRelu", "gelu", "geluTanh", "silu", "tanh" or "sigmoid", or a list of such names, found "swish"',
  ],
  [
    { activation: [null] },
    'Cannot make a net: model.activation must be "relu", "leakyRelu", "gelu", "geluTanh", "silu", "tanh" or "sigmoid", or a list of such names, found [null]',
  ],
  [
    { activation: ["relu", "tanh"] },
    "Cannot make a net: model.activation must have one name for each hidden layer, which are 1, found 2",
  ],
  [
    { activation: [] },
    "Cannot make a net: model.activation must have one name for each hidden layer, which are 1, found 0",
  ],
  [{ reg: -1 }, "Cannot make a net: model.reg must be a number from 0 on, found -1"],
  [
    { dropoutKeepRatio: 0 },
    "Cannot make a net: model.dropoutKeepRatio must be a number above 0 and at most 1, found 0",
  ],
  [
    { normalization: "groupnorm" },
    'Cannot make a net: model.normalization must be "batchnorm", "layernorm" or null, found "groupnorm"',
  ],
  [
    { bias: "none", normalization: "batchnorm" },
    'Cannot make a net: model.bias must be true or false, found "none"',
  ],
  [{ bias: false }, "Cannot make a net: model.bias must be true without a normalization, found false"],
  [{ residual: 1 }, "Cannot make a net: model.residual must be true or false, found 1"],
  [
    { residual: true, hiddenDims: [4, 3, 4] },
    "Cannot make a net: model.residual must be false without two neighbouring hidden layers of one width, found model.hiddenDims [4,3,4]",
  ],
  [{ dtype: "float16" }, 'Cannot make a net: model.dtype must be "float32" or "float64", found "float16"'],
  [
    { dropout: 0.5 },
    "Cannot make a net: model.dropout is not a field, the fields are hiddenDims, weightScale, reg, regL1, dropoutKeepRatio, inputDropoutKeepRatio, normalization, bias, residual, activation, dtype",
  ],
];

for (const [wrong, message] of WRONG) {
  Deno.test(`FullyConnectedNet refuses ${JSON.stringify(wrong)}`, () => {
    const options = { ...sound, ...wrong } as FullyConnectedNetOptions;
    assertEquals(assertThrows(() => new FullyConnectedNet(options), InputError).message, message);
  });
}

Deno.test("loss() refuses targets that do not fit, and takes a net's own losses of them", () => {
  const net = new FullyConnectedNet({ hiddenDims: [4], inputDim: 3, numOutputs: 2, seed: 1 });
  const x = matrix([[1, 2, 3], [4, 5, 6]]);
  const cases: readonly (readonly [readonly number[][], string])[] = [
    [[[1, 2]], "Cannot compute the loss: targets must be [2, 2], found [1, 2]"],
    [[[1], [2]], "Cannot compute the loss: targets must be [2, 2], found [2, 1]"],
    [[[1, 2], [NaN, 3]], "Cannot compute the loss: targets must be finite, found NaN at 2"],
  ];
  for (const [targets, message] of cases) {
    const { message: found } = assertThrows(
      () => net.loss(x, matrix(targets), { name: "squared" }),
      InputError,
    );
    assertEquals(found, message);
  }
  const scores = net.scores(x);
  const { loss } = net.loss(x, { ...scores, data: scores.data.map((score) => score - 3) }, {
    name: "squared",
  });
  assertAlmostEquals(loss, 9, 1e-6);
  const huber =
    net.loss(x, { ...scores, data: scores.data.map((score) => score - 3) }, { name: "huber" }).loss;
  assertAlmostEquals(huber, 2.5, 1e-6);
});

Deno.test("loss() refuses rows and labels that do not fit", () => {
  const net = new FullyConnectedNet(sound);
  const x = matrix([[1, 2, 3], [4, 5, 6]]);
  const cases: readonly (readonly [() => unknown, string])[] = [
    [
      () => net.loss(matrix([[1, 2]]), [0]),
      "Cannot compute the loss: x must have at least one row and 3 columns, found [1, 2]",
    ],
    [
      () => net.loss(x, [0]),
      "Cannot compute the loss: labels must be as many as rows, found 1 for 2 rows",
    ],
    [() => net.loss(x, [0, 2]), "Cannot compute the loss: labels[1] must be a class from 0 to 1, found 2"],
    [
      () => net.restore(new Uint8Array(3)),
      "Cannot restore a net: its snapshot must have 104 bytes, found 3",
    ],
  ];
  for (const [act, message] of cases) assertEquals(assertThrows(act, InputError).message, message);
});
