import { assert, assertEquals } from "@std/assert";
import { openStream } from "../../../lib/core/numbers/random.ts";
import { KEPT, type SmoothActivation } from "../../../lib/kernels/contract/activation_kernels.ts";
import { createKernels } from "../../../lib/kernels/create_kernels.ts";
import { activationLayer } from "../../../lib/nn/layers/activation.ts";
import { gradientCheck } from "../../../lib/nn/net/gradient_check.ts";

for (const name of Object.keys(KEPT) as SmoothActivation[]) {
  Deno.test(`activationLayer() has the gradient of its differences: ${name}`, () => {
    const kernels = createKernels({ dtype: "float64", kind: "wasm" });
    const stream = openStream(`activation/${name}`);
    const [value, gradient] = [kernels.tensor(3, 7), kernels.tensor(3, 7)];
    const x = Float64Array.from({ length: 21 }, () => stream.normal() * 2);
    const dy = Float64Array.from({ length: 21 }, () => stream.normal());
    const layer = activationLayer(kernels, { input: { value, gradient }, name });
    const forward = () => {
      value.data.set(x);
      layer.forward("train");
      return layer.output.value.data;
    };
    forward();
    layer.output.gradient.data.set(dy);
    layer.backward();
    const dx = gradient.data.slice();
    for (let i = 0; i < x.length; i++) {
      const loss = () => forward()[i] * dy[i];
      const { maxRelativeError } = gradientCheck({ loss, values: x.subarray(i, i + 1), gradient: [dx[i]] });
      assert(maxRelativeError < 1e-6, `at ${x[i]}: ${maxRelativeError}`);
    }
    assertEquals(layer.output.value === value, KEPT[name] === "output");
  });
}
