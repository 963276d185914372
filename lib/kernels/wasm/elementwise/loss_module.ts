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
import type { Float } from "../emit/float.ts";
import {
  advance,
  call,
  choose,
  countUp,
  F64,
  f64,
  I32,
  i32,
  I64,
  i64,
  leave,
  type Local,
  select,
  when,
} from "../emit/instructions.ts";

/**
 * Builds a module whose `run(scores, labels, out, exponentials, rows, cols)` returns the mean softmax cross-entropy
 * and writes its gradient, all arithmetic in float64. `exponentials` has room for one row of float64.
 */
export function buildLoss({ type, size, scalar }: Float): ModuleBuilder {
  const module = createModule();
  const exp = addExp(module);
  const log = addLog(module);
  module.add({ params: [I32, I32, I32, I32, I32, I32], results: [F64], name: "run" }, (f) => {
    const [scores, labels, out, exponentials, rows, cols] = f.params;
    const locals: LossLocals = {
      scores,
      out,
      exponentials,
      rows,
      cols,
      label: f.local(I32),
      column: f.local(I32),
      at: f.local(I32),
      to: f.local(I32),
      score: f.local(type),
      max: f.local(type),
      size,
      scalar,
      sum: f.local(F64),
    };
    const row = f.local(I32);
    const loss = f.local(F64);
    const { label, sum, max } = locals;
    const labelScore = [scores.get, label.get, i32.const(size), i32.mul, i32.add, scalar.load()];
    const nextRow = (
      pointer: Local,
    ) => [pointer.get, cols.get, i32.const(size), i32.mul, i32.add, pointer.set];
    const body = [
      [labels.get, i32.load(), label.set],
      findMax(locals),
      sumExponentials(locals, exp),
      writeGradient(locals),
      [
        loss.get,
        sum.get,
        call(log),
        labelScore,
        scalar.toF64,
        max.get,
        scalar.toF64,
        f64.sub,
        f64.sub,
        f64.add,
      ],
      [loss.set, advance(labels, 4), nextRow(scores), nextRow(out)],
    ];
    return [
      countUp(row, { step: 1, limit: rows.get, body }),
      [loss.get, rows.get, f64.fromI32, f64.div],
    ];
  });
  return module;
}

interface LossLocals extends Pick<Float, "size" | "scalar"> {
  readonly scores: Local;
  readonly out: Local;
  readonly exponentials: Local;
  readonly rows: Local;
  readonly cols: Local;
  readonly label: Local;
  readonly column: Local;
  /** An address along the row's scores or exponentials. */
  readonly at: Local;
  readonly to: Local;
  readonly score: Local;
  readonly max: Local;
  readonly sum: Local;
}

/** Runs over a row's columns from the first. */
function eachColumn({ column, cols }: LossLocals, body: Code): Code {
  return [[i32.const(0), column.set], countUp(column, { step: 1, limit: cols.get, body })];
}

function findMax(locals: LossLocals): Code {
  const { scores, at, score, max, scalar, size } = locals;
  return [
    [scores.get, at.tee, scalar.load(), max.set],
    eachColumn(locals, [
      [at.get, scalar.load(), score.tee, max.get, score.get, max.get, scalar.gt, select, max.set],
      advance(at, size),
    ]),
  ];
}

function sumExponentials(locals: LossLocals, exp: number): Code {
  const { scores, exponentials, at, to, max, sum, scalar, size } = locals;
  return [
    [scores.get, at.set, exponentials.get, to.set, f64.const(0), sum.set],
    eachColumn(locals, [
      [to.get, at.get, scalar.load(), scalar.toF64, max.get, scalar.toF64, f64.sub, call(exp), f64.store()],
      [sum.get, to.get, f64.load(), f64.add, sum.set],
      [advance(at, size), advance(to, 8)],
    ]),
  ];
}

function writeGradient(locals: LossLocals): Code {
  const { exponentials, out, at, to, column, label, sum, rows, scalar, size } = locals;
  const target = [f64.const(1), f64.const(0), column.get, label.get, i32.eq, select];
  return [
    [exponentials.get, at.set, out.get, to.set],
    eachColumn(locals, [
      [to.get, at.get, f64.load(), sum.get, f64.div, target, f64.sub, rows.get, f64.fromI32, f64.div],
      [scalar.fromF64, scalar.store()],
      [advance(at, 8), advance(to, size)],
    ]),
  ];
}

/** Adds a function that computes `exp` of `lib/core/numbers/exp_log.ts`, operation by operation. */
function addExp(module: ModuleBuilder): number {
  return module.add({ params: [F64], results: [F64] }, (f) => {
    const [x] = f.params;
    const [k, high, low, r, q] = Array.from({ length: 5 }, () => f.local(F64));
    const clamp = (limit: number, beyond: Code) =>
      when([x.get, f64.const(limit), beyond], [f64.const(limit), x.set]);
    const horner = EXP_COEFFICIENTS.slice(0, 9).toReversed().map((coefficient) => [
      [q.get, r.get, f64.mul, f64.const(coefficient), f64.add, q.set],
    ]);
    return [
      clamp(-708, f64.lt),
      clamp(709, f64.gt),
      [x.get, f64.const(LOG2_E), f64.mul, f64.const(ROUND_TO_INTEGER), f64.add],
      [f64.const(ROUND_TO_INTEGER), f64.sub, k.set],
      [x.get, k.get, f64.const(LN2_HIGH), f64.mul, f64.sub, high.set],
      [k.get, f64.const(LN2_LOW), f64.mul, low.set],
      [high.get, low.get, f64.sub, r.set],
      [f64.const(EXP_COEFFICIENTS[9]), q.set],
      horner,
      [f64.const(1), high.get, r.get, r.get, f64.mul, q.get, f64.mul, low.get, f64.sub, f64.add, f64.add],
      // NaN has no exponent to take out: it passes through.
      [choose([x.get, x.get, f64.eq], { type: F64, then: powerOfTwo(k), otherwise: x.get }), f64.mul],
    ];
  });
}

/** The float64 whose exponent is k, in [-1022, 1023]. */
function powerOfTwo(k: Local): Code {
  return [k.get, i32.fromF64, i32.const(1023), i32.add, i64.fromI32, i64.const(52), i64.shl, f64.fromI64Bits];
}

/** Adds a function that computes `log` of `lib/core/numbers/exp_log.ts`, operation by operation. */
function addLog(module: ModuleBuilder): number {
  return module.add({ params: [F64], results: [F64] }, (f) => {
    const [x] = f.params;
    const bits = f.local(I64);
    const exponent = f.local(I32);
    const [f1, s, z, h, p] = Array.from({ length: 5 }, () => f.local(F64));
    const horner = LOG_COEFFICIENTS.slice(0, 6).toReversed().map((coefficient) => [
      [p.get, z.get, f64.mul, f64.const(coefficient), f64.add, p.set],
    ]);
    const scaled = (factor: number): Code => [exponent.get, f64.fromI32, f64.const(factor), f64.mul];
    return [
      when([x.get, x.get, f64.ne], [x.get, leave]),
      [x.get, i64.fromF64Bits, bits.tee, i64.const(32), i64.shrU, i32.fromI64],
      [i32.const(0x3fe6a09e), i32.sub, i32.const(20), i32.shrS, exponent.set],
      [bits.get, exponent.get, i64.fromI32, i64.const(52), i64.shl, i64.sub, f64.fromI64Bits],
      [f64.const(1), f64.sub, f1.set],
      [f1.get, f1.get, f64.const(2), f64.add, f64.div, s.set],
      [s.get, s.get, f64.mul, z.set],
      [f64.const(0.5), f1.get, f1.get, f64.mul, f64.mul, h.set],
      [f64.const(LOG_COEFFICIENTS[6]), p.set],
      horner,
      [scaled(LN2_HIGH), h.get, s.get, h.get, z.get, p.get, f64.mul, f64.add, f64.mul, scaled(LN2_LOW)],
      [f64.add, f64.sub, f1.get, f64.sub, f64.sub],
    ];
  });
}
