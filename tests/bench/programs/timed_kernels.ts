import type { Kernels } from "../../../lib/kernels/contract/kernels.ts";

/** Kernels with a clock around each operation. */
export interface TimedKernels {
  readonly kernels: Kernels;
  /** What was spent so far, by kernel and the shape that says most. */
  readonly times: Map<string, KernelTime>;
}

export interface KernelTime {
  ms: number;
  calls: number;
}

/** Puts a clock around every operation of some kernels; a tenth of a microsecond each time. */
export function timedKernels(kernels: Kernels): TimedKernels {
  const times = new Map<string, KernelTime>();
  const timed = (name: string, operation: AnyOperation): AnyOperation => {
    const time = times.get(name) ?? { ms: 0, calls: 0 };
    times.set(name, time);
    return (...args) => {
      const start = performance.now();
      const result = operation(...args);
      time.ms += performance.now() - start;
      time.calls++;
      return result;
    };
  };
  const wrapped = new Proxy(kernels, {
    get(target, method: keyof Kernels) {
      const bind = target[method] as unknown;
      if (typeof bind !== "function" || method === "tensor" || method === "indices") return bind;
      return (tensors: Shapes) => {
        const bound: unknown = bind.call(target, tensors);
        const name = `${method} ${shapeOf(tensors)}`;
        if (typeof bound === "function") return timed(name, bound as AnyOperation);
        const mask = bound as Readonly<{ [name: string]: AnyOperation }>;
        return { ...mask, draw: timed(name, mask.draw) };
      };
    },
  });
  return { kernels: wrapped, times };
}

type AnyOperation = (...args: readonly unknown[]) => unknown;

type Shapes = Readonly<{ [name: string]: { readonly rows: number; readonly cols: number } | undefined }>;

/** Returns the shapes by which a kernel's calls are told apart: both factors of a product, else its largest tensor. */
function shapeOf(tensors: Shapes): string {
  const { x, dy, weights, out } = tensors;
  if (weights && x) return `${x.rows}x${x.cols}x${weights.cols}`;
  if (weights && dy) return `${dy.rows}x${dy.cols}x${weights.rows}`;
  if (x && dy && out?.rows === x.cols) return `${x.cols}x${x.rows}x${dy.cols}`;
  const tensor = out ?? weights ?? tensors.mask ?? x ?? dy;
  return tensor === undefined ? "" : `${tensor.rows}x${tensor.cols}`;
}
