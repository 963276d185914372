/** An update rule and its settings: plain data. Settings of another rule are a type error. */
export type OptimizerSpec = SgdSpec | MomentumSpec | RmspropSpec | AdamSpec | AdamwSpec;

/** The setting that all rules share. */
export interface LearningRate {
  /** Step size, above 0. */
  readonly learningRate: number;
}

/** Stochastic gradient descent: `W -= learningRate * dW`. */
export interface SgdSpec extends LearningRate {
  /** Identifies the rule. */
  readonly name: "sgd";
}

/** SGD with (Nesterov) momentum. */
export interface MomentumSpec extends LearningRate {
  /** Identifies the rule. */
  readonly name: "momentum";
  /** Fraction of the velocity kept at each step, in [0, 1). Default: 0.9. */
  readonly momentum?: number;
  /** Uses Nesterov momentum (Sutskever et al. 2013, in PyTorch's formulation). Default: false. */
  readonly nesterov?: boolean;
}

/** RMSProp (Tieleman and Hinton 2012), as in cs231n: `W -= learningRate * dW / (sqrt(v) + epsilon)`. */
export interface RmspropSpec extends LearningRate {
  /** Identifies the rule. */
  readonly name: "rmsprop";
  /** Fraction of the squared-gradient average kept at each step, in [0, 1). Default: 0.99. */
  readonly decayRate?: number;
  /** Added to the root, above 0. Default: 1e-8. */
  readonly epsilon?: number;
}

/** The settings that Adam and AdamW share. */
export interface AdamSettings extends LearningRate {
  /** Fraction of the gradient average kept at each step, in [0, 1). Default: 0.9. */
  readonly beta1?: number;
  /** Fraction of the squared-gradient average kept at each step, in [0, 1). Default: 0.999. */
  readonly beta2?: number;
  /** Added to the root, above 0. Default: 1e-8. */
  readonly epsilon?: number;
}

/** Adam with bias correction (Kingma and Ba 2015). */
export interface AdamSpec extends AdamSettings {
  /** Identifies the rule. */
  readonly name: "adam";
}

/** Adam with decoupled weight decay (Loshchilov and Hutter 2019). */
export interface AdamwSpec extends AdamSettings {
  /** Identifies the rule. */
  readonly name: "adamw";
  /** `W -= learningRate * weightDecay * W` before each step, weights only, at least 0. Default: 0.01. */
  readonly weightDecay?: number;
}
