import type { ActivationKernels } from "../../contract/activation_kernels.ts";
import type { Machine } from "../emit/machine.ts";
import { buildActivation, buildActivationGradient } from "./activation_module.ts";

/** The activation functions of the WebAssembly kernels. */
export function activationWasm({ addressOf, compile, float }: Machine): ActivationKernels {
  return {
    activation({ name, x, out }) {
      const run = compile(`activation ${name}`, () => buildActivation(name, float));
      const [from, to, bytes] = [addressOf(x), addressOf(out), x.data.byteLength];
      return () => void run(from, to, bytes);
    },
    activationGradient({ name, kept, dy, out }) {
      const run = compile(`activationGradient ${name}`, () => buildActivationGradient(name, float));
      const [at, from, to, bytes] = [addressOf(kept), addressOf(dy), addressOf(out), dy.data.byteLength];
      return () => void run(at, from, to, bytes);
    },
  };
}
