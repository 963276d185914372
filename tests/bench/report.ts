/** What a bench found: tables to read, records to compute with, and how the targets fared. */
export interface BenchReport {
  readonly name: string;
  readonly tables: readonly Table[];
  /** One flat object a measurement, for the JSON. */
  readonly records: readonly Record[];
  readonly targets: readonly Target[];
}

/** A table to read; the first column is a name, the others are numbers or words. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is to be known of the numbers, a sentence each. */
  readonly notes: readonly string[];
}

export type Record = Readonly<{ [field: string]: string | number | boolean | null }>;

/** A bound that a measurement should keep. */
export interface Target {
  readonly name: string;
  /** NaN if it could not be measured: the target is then neither met nor missed. */
  readonly measured: number;
  /** Why it could not be measured. */
  readonly reason?: string;
  readonly bound: number;
  /** Whether the measurement should be at least or at most the bound. */
  readonly direction: "at least" | "at most";
  readonly unit: string;
}

/** Returns whether a target is met; "not counted" is what could not be measured. */
export function verdictOf({ measured, bound, direction }: Target): "met" | "missed" | "not counted" {
  if (!Number.isFinite(measured)) return "not counted";
  return (direction === "at least" ? measured >= bound : measured <= bound) ? "met" : "missed";
}

/** Writes a number with three significant digits, whole from 100 on; a dash for what is no number. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const digits = value === 0 ? 0 : Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}
