import {
  EXP_COEFFICIENTS,
  LN2_HIGH,
  LN2_LOW,
  LOG2_E,
  LOG_COEFFICIENTS,
  ROUND_TO_INTEGER,
} from "../../../core/numbers/exp_log.ts";
import { createModule, type ModuleBuilder } from "../emit/assembler.ts";
import type { Code } from "../emit/code.ts";
import { advance, choose, countUp, leave, select, when } from "../emit/control.ts";
import { after, F64, I32, I64, type Local, set, tee, type Value } from "../emit/expression.ts";
import type { Float, FloatType } from "../emit/float.ts";
import { f64, i32, i64 } from "../emit/instructions.ts";

const { add, sub, mul, div, const: constant } = f64;

/**
 * Builds a module whose `run` returns the mean softmax cross-entropy and writes its gradient, all arithmetic in float64.
 * `exponentials` has room for one row of float64. Without weights, `weights` is not read; without smoothing, the last three
 * numbers are not: what is left of 1, the target of the label and that of any other class.
 */
export function buildLoss(float: Float, { isWeighted, isSmoothed }: LossForm): ModuleBuilder {
  const module = createModule();
  const { type, size, scalar } = float;
  const exp = addExp(module);
  const log = addLog(module);
  const params = {
    ...{ scores: I32, labels: I32, weights: I32, out: I32, exponentials: I32, rows: I32, cols: I32 },
    ...{ kept: F64, own: F64, share: F64 },
  };
  module.function({ name: "run", params, result: F64 }, ({ labels, weights, ...given }, f) => {
    const { scores, out, rows, cols } = given;
    const row: LossRow = {
      ...{ ...given, float, isWeighted, isSmoothed },
      ...f.locals({
        label: I32,
        column: I32,
        at: I32,
        to: I32,
        score: type,
        max: type,
        sum: F64,
        total: F64,
        weight: F64,
      }),
    };
    const { count, loss } = f.locals({ count: I32, loss: F64 });
    const { label, max, sum, total, weight } = row;
    const labelScore = scalar.load(i32.add(scores, i32.mul(label, i32.const(size))));
    const labelled = sub(scalar.toF64(labelScore), scalar.toF64(max));
    const rowLoss = isSmoothed
      ? sub(sub(log(sum), mul(given.kept, labelled)), mul(given.share, total))
      : sub(log(sum), labelled);
    const nextRow = (pointer: Local<I32>) => set(pointer, i32.add(pointer, i32.mul(cols, i32.const(size))));
    const body = [
      set(label, i32.load(labels)),
      isWeighted ? [set(weight, scalar.toF64(scalar.load(weights)))] : [],
      findMax(row),
      sumExponentials(row, exp),
      writeGradient(row),
      set(loss, add(loss, isWeighted ? mul(rowLoss, weight) : rowLoss)),
      [advance(labels, 4), nextRow(scores), nextRow(out)],
      isWeighted ? [advance(weights, size)] : [],
    ];
    return after(countUp(count, { step: 1, limit: rows, body }), div(loss, f64.fromI32(rows)));
  });
  return module;
}

/** Which operations a loss has besides those of every one. */
export interface LossForm {
  readonly isWeighted: boolean;
  readonly isSmoothed: boolean;
}

/** One row of scores, and what is computed of it. */
interface LossRow extends LossForm {
  readonly float: Float;
  /** Addresses of the row. */
  readonly scores: Local<I32>;
  readonly out: Local<I32>;
  readonly exponentials: Local<I32>;
  /** The shape. */
  readonly rows: Local<I32>;
  readonly cols: Local<I32>;
  readonly label: Local<I32>;
  readonly column: Local<I32>;
  /** Addresses along the row. */
  readonly at: Local<I32>;
  readonly to: Local<I32>;
  readonly score: Local<FloatType>;
  readonly max: Local<FloatType>;
  readonly sum: Local<F64>;
  readonly total: Local<F64>;
  readonly weight: Local<F64>;
  readonly own: Local<F64>;
  readonly share: Local<F64>;
}

/** Runs over a row's columns from the first. */
function eachColumn({ column, cols }: LossRow, body: Code): Code {
  return [set(column, i32.const(0)), countUp(column, { step: 1, limit: cols, body })];
}

function findMax(row: LossRow): Code {
  const { scores, at, score, max, float: { scalar, size } } = row;
  const greater = select(scalar.gt(score, max), { then: tee(score, scalar.load(at)), otherwise: max });
  return [
    set(max, scalar.load(tee(at, scores))),
    eachColumn(row, [set(max, greater), advance(at, size)]),
  ];
}

/** `e = exp(score - max)`, each kept for the gradient. */
function sumExponentials(row: LossRow, exp: (x: Value<F64>) => Value<F64>): Code {
  const { scores, exponentials, at, to, max, sum, total, isSmoothed, float: { scalar, size } } = row;
  const z = () => sub(scalar.toF64(scalar.load(at)), scalar.toF64(max));
  return [
    [set(at, scores), set(to, exponentials), set(sum, constant(0))],
    isSmoothed ? [set(total, constant(0))] : [],
    eachColumn(row, [
      f64.store(to, exp(z())),
      isSmoothed ? [set(total, add(total, z()))] : [],
      set(sum, add(sum, f64.load(to))),
      [advance(at, size), advance(to, 8)],
    ]),
  ];
}

/** `out = round((e / sum - (1 at the label, else 0)) / n)`, or times the weight before the division. */
function writeGradient(row: LossRow): Code {
  const { exponentials, out, at, to, column, label, sum, rows, isWeighted, isSmoothed, weight } = row;
  const { scalar, size } = row.float;
  const [own, other] = isSmoothed ? [row.own, row.share] : [constant(1), constant(0)];
  const target = select(i32.eq(column, label), { then: own, otherwise: other });
  const difference = sub(div(f64.load(at), sum), target);
  const gradient = div(isWeighted ? mul(difference, weight) : difference, f64.fromI32(rows));
  return [
    [set(at, exponentials), set(to, out)],
    eachColumn(row, [
      scalar.store(to, scalar.fromF64(gradient)),
      [advance(at, 8), advance(to, size)],
    ]),
  ];
}

/** Adds a function that computes `exp` of `lib/core/numbers/exp_log.ts`, operation by operation. */
function addExp(module: ModuleBuilder): (x: Value<F64>) => Value<F64> {
  const call = module.function({ params: { x: F64 }, result: F64 }, ({ x }, f) => {
    const { k, high, low, r, q } = f.locals({ k: F64, high: F64, low: F64, r: F64, q: F64 });
    const [least, most] = [constant(-708), constant(709)];
    const rounded = add(mul(x, constant(LOG2_E)), constant(ROUND_TO_INTEGER));
    const sum = add(constant(1), add(high, sub(mul(mul(r, r), q), low)));
    return after(
      [
        when(f64.lt(x, least), set(x, least)),
        when(f64.gt(x, most), set(x, most)),
        set(k, sub(rounded, constant(ROUND_TO_INTEGER))),
        set(high, sub(x, mul(k, constant(LN2_HIGH)))),
        set(low, mul(k, constant(LN2_LOW))),
        set(r, sub(high, low)),
        horner(q, { x: r, coefficients: EXP_COEFFICIENTS }),
      ],
      // NaN has no exponent to take out: it passes through.
      mul(sum, choose(f64.eq(x, x), { then: powerOfTwo(k), otherwise: x })),
    );
  });
  return (x) => call({ x });
}

/** Leaves a polynomial's value in `sum`, by Horner's rule from the last coefficient to the first. */
function horner(
  sum: Local<F64>,
  { x, coefficients }: { readonly x: Local<F64>; readonly coefficients: readonly number[] },
): Code {
  const [last, ...others] = coefficients.toReversed();
  return [
    set(sum, constant(last)),
    others.map((coefficient) => set(sum, add(mul(sum, x), constant(coefficient)))),
  ];
}

/** The float64 whose exponent is k, in [-1022, 1023]. */
function powerOfTwo(k: Local<F64>): Value<F64> {
  const biased = i32.add(i32.fromF64(k), i32.const(1023));
  return f64.fromI64Bits(i64.shl(i64.fromI32(biased), i64.const(52)));
}

/** Adds a function that computes `log` of `lib/core/numbers/exp_log.ts`, operation by operation. */
function addLog(module: ModuleBuilder): (x: Value<F64>) => Value<F64> {
  const call = module.function({ params: { x: F64 }, result: F64 }, ({ x }, f) => {
    const { bits, exponent } = f.locals({ bits: I64, exponent: I32 });
    const { m1, s, z, h, p } = f.locals({ m1: F64, s: F64, z: F64, h: F64, p: F64 });
    const upper = i32.fromI64(i64.shrU(tee(bits, i64.fromF64Bits(x)), i64.const(32)));
    const mantissa = f64.fromI64Bits(i64.sub(bits, i64.shl(i64.fromI32(exponent), i64.const(52))));
    const scaled = (factor: number) => mul(f64.fromI32(exponent), constant(factor));
    const correction = add(mul(s, add(h, mul(z, p))), scaled(LN2_LOW));
    return after(
      [
        when(f64.ne(x, x), leave(x)),
        set(exponent, i32.shrS(i32.sub(upper, i32.const(0x3fe6a09e)), i32.const(20))),
        set(m1, sub(mantissa, constant(1))),
        set(s, div(m1, add(m1, constant(2)))),
        set(z, mul(s, s)),
        set(h, mul(constant(0.5), mul(m1, m1))),
        horner(p, { x: z, coefficients: LOG_COEFFICIENTS }),
      ],
      sub(scaled(LN2_HIGH), sub(sub(h, correction), m1)),
    );
  });
  return (x) => call({ x });
}
