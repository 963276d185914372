import type { OptimizerKernels } from "../contract/optimizer_kernels.ts";
import type { Arithmetic } from "./arithmetic.ts";

/** The twin's update rules. */
export function optimizerTwin({ round }: Arithmetic): OptimizerKernels {
  return {
    sgd: ({ weights: { data: w }, gradient: { data: g } }) => (learningRate) => {
      const rate = round(learningRate);
      for (let i = 0; i < w.length; i++) w[i] = round(w[i] - round(rate * g[i]));
    },

    momentum({ weights: { data: w }, gradient: { data: g }, velocity: { data: v }, momentum }) {
      const keep = round(momentum);
      return (learningRate) => {
        const rate = round(learningRate);
        for (let i = 0; i < w.length; i++) {
          v[i] = round(round(keep * v[i]) - round(rate * g[i]));
          w[i] = round(w[i] + v[i]);
        }
      };
    },

    nesterov({ weights: { data: w }, gradient: { data: g }, velocity: { data: v }, momentum }) {
      const keep = round(momentum);
      const ahead = round(1 + momentum);
      return (learningRate) => {
        const rate = round(learningRate);
        for (let i = 0; i < w.length; i++) {
          const kept = round(keep * v[i]);
          const next = round(kept - round(rate * g[i]));
          w[i] = round(w[i] + round(round(ahead * next) - kept));
          v[i] = next;
        }
      };
    },

    rmsprop({ weights: { data: w }, gradient: { data: g }, squaredAverage: { data: v }, ...settings }) {
      const keep = round(settings.decayRate);
      const take = round(1 - settings.decayRate);
      const epsilon = round(settings.epsilon);
      return (learningRate) => {
        const rate = round(learningRate);
        for (let i = 0; i < w.length; i++) {
          v[i] = round(round(keep * v[i]) + round(take * round(g[i] * g[i])));
          w[i] = round(w[i] - round(round(rate * g[i]) / round(round(Math.sqrt(v[i])) + epsilon)));
        }
      };
    },

    adam({ weights: { data: w }, gradient: { data: g }, ...state }) {
      const { average: { data: m }, squaredAverage: { data: v } } = state;
      const [keep1, take1] = [round(state.beta1), round(1 - state.beta1)];
      const [keep2, take2] = [round(state.beta2), round(1 - state.beta2)];
      const epsilon = round(state.epsilon);
      return (stepSize, rootCorrection) => {
        const [step, correction] = [round(stepSize), round(rootCorrection)];
        for (let i = 0; i < w.length; i++) {
          m[i] = round(round(keep1 * m[i]) + round(take1 * g[i]));
          v[i] = round(round(keep2 * v[i]) + round(take2 * round(g[i] * g[i])));
          const root = round(round(round(Math.sqrt(v[i])) * correction) + epsilon);
          w[i] = round(w[i] - round(step * round(m[i] / root)));
        }
      };
    },

    scale: ({ weights: { data: w } }) => (factor) => {
      const scale = round(factor);
      for (let i = 0; i < w.length; i++) w[i] = round(w[i] * scale);
    },

    moveAverage: moveAverageTwin(round),
  };
}

function moveAverageTwin(round: Arithmetic["round"]): OptimizerKernels["moveAverage"] {
  return ({ average: { data: a }, x: { data: x }, decay }) => {
    const take = round(1 - decay);
    return () => {
      for (let i = 0; i < a.length; i++) a[i] = round(a[i] + round(take * round(x[i] - a[i])));
    };
  };
}
