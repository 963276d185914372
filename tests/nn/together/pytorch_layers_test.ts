// Several sources together: each layer and the loss, held against the numbers of PyTorch.
import type { Kernels } from "../../../lib/kernels/contract/kernels.ts";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import { activationLayer } from "../../../lib/nn/layers/activation.ts";
import type { SmoothActivation } from "../../../lib/kernels/contract/activation_kernels.ts";
import { affineLayer } from "../../../lib/nn/layers/affine.ts";
import { batchNormalizationLayer } from "../../../lib/nn/layers/batch_normalization.ts";
import { dropoutLayer } from "../../../lib/nn/layers/dropout.ts";
import type { Activation, Layer, Parameter } from "../../../lib/nn/layers/layer.ts";
import { layerNormalizationLayer } from "../../../lib/nn/layers/layer_normalization.ts";
import { reluLayer } from "../../../lib/nn/layers/relu.ts";
import {
  assertClose,
  assertMatrix,
  type FixtureMatrix,
  parameterOf,
  readFixtures,
  tensorOf,
} from "../../golden/fixtures.ts";

interface LayerFixture {
  readonly inputs: Readonly<Record<string, FixtureMatrix>>;
  readonly dy: FixtureMatrix;
  readonly out: FixtureMatrix;
  readonly gradients: Readonly<Record<string, FixtureMatrix>>;
  readonly test?: FixtureMatrix;
}

interface LayerUnderTest {
  readonly layer: Layer;
  readonly parameters: readonly Parameter[];
}

const { layers: activations } = await readFixtures<{ layers: Record<SmoothActivation, LayerFixture> }>(
  "activations",
);
const fixtures: Readonly<Record<string, LayerFixture>> = {
  ...await readFixtures<Record<string, LayerFixture>>("layers"),
  ...activations,
};
const running = fixtures["batch normalization"] as unknown as {
  readonly running: { readonly mean: FixtureMatrix; readonly variance: FixtureMatrix };
};

type Build = (kernels: Kernels, input: Activation, fixture: LayerFixture) => LayerUnderTest;

const BUILD: Readonly<Record<string, Build>> = {
  ...Object.fromEntries((Object.keys(activations) as SmoothActivation[]).map((name): [string, Build] => [
    name,
    (kernels, input) => ({ layer: activationLayer(kernels, { input, name }), parameters: [] }),
  ])),
  "affine": (kernels, input, fixture) => affine(kernels, { input, fixture, relu: false }),
  "affine relu": (kernels, input, fixture) => affine(kernels, { input, fixture, relu: true }),
  "relu": (kernels, input) => ({ layer: reluLayer(kernels, { input }), parameters: [] }),
  "batch normalization"(kernels, input, { inputs }) {
    const gamma = parameterOf(kernels, { name: "gamma", value: inputs.gamma });
    const beta = parameterOf(kernels, { name: "beta", value: inputs.beta });
    const averages = { mean: kernels.tensor(1, 7), variance: kernels.tensor(1, 7) };
    const layer = batchNormalizationLayer(kernels, { input, gamma, beta, running: averages });
    const forward: Layer["forward"] = (mode) => {
      layer.forward(mode);
      assertMatrix(averages.mean, running.running.mean, "running mean");
      assertMatrix(averages.variance, running.running.variance, "running variance");
    };
    return { layer: { ...layer, forward }, parameters: [gamma, beta] };
  },
  "layer normalization"(kernels, input, { inputs }) {
    const gamma = parameterOf(kernels, { name: "gamma", value: inputs.gamma });
    const beta = parameterOf(kernels, { name: "beta", value: inputs.beta });
    return { layer: layerNormalizationLayer(kernels, { input, gamma, beta }), parameters: [gamma, beta] };
  },
  "dropout"(kernels, input) {
    const layer = dropoutLayer(kernels, { input, keepRatio: 0.7 });
    layer.restart("dropout");
    return { layer, parameters: [] };
  },
};

interface AffineCase {
  readonly input: Activation;
  readonly fixture: LayerFixture;
  readonly relu: boolean;
}

function affine(kernels: Kernels, { input, fixture: { inputs }, relu }: AffineCase): LayerUnderTest {
  const weights = parameterOf(kernels, { name: "W", value: inputs.W });
  const bias = parameterOf(kernels, { name: "b", value: inputs.b });
  return { layer: affineLayer(kernels, { input, weights, bias, relu }), parameters: [weights, bias] };
}

for (const [name, fixture] of Object.entries(fixtures)) {
  Deno.test(`${name} layer agrees with PyTorch to 1e-10, forward and backward`, () => {
    const kernels = createKernels({ dtype: "float64" });
    const value = tensorOf(kernels, fixture.inputs.x);
    const input = { value, gradient: kernels.tensor(value.rows, value.cols) };
    const { layer, parameters } = BUILD[name](kernels, input, fixture);
    layer.forward("train");
    assertMatrix(layer.output.value, fixture.out, "out");
    layer.output.gradient.data.set(fixture.dy.data);
    layer.backward();
    assertMatrix(input.gradient, fixture.gradients.x, "dx");
    for (const { name, gradient } of parameters) assertMatrix(gradient, fixture.gradients[name], `d${name}`);
    if (fixture.test) {
      value.data.set(fixture.inputs.x.data);
      layer.forward("test");
      assertMatrix(layer.output.value, fixture.test, "out at test time");
    }
  });
}

Deno.test("softmaxCrossEntropy() agrees with PyTorch to 1e-10 on scores up to 1e5", async () => {
  const fixture = await readFixtures<
    { scores: FixtureMatrix; labels: number[]; loss: number; gradient: FixtureMatrix }
  >("loss");
  const kernels = createKernels({ dtype: "float64" });
  const scores = tensorOf(kernels, fixture.scores);
  const labels = kernels.indices(scores.rows);
  labels.data.set(fixture.labels);
  const out = kernels.tensor(scores.rows, scores.cols);
  const loss = kernels.softmaxCrossEntropy({ scores, labels, out })();
  assertClose([loss], [fixture.loss], "loss");
  assertMatrix(out, fixture.gradient, "gradient");
});
