import { messageOf } from "../../core/check/message_of.ts";
import { fileProblem } from "../../files/file_problem.ts";
import { LineTail, type TailRead } from "./line_tail.ts";

/** The result of {@link CheckedTail.read}. */
export interface CheckedRead extends Omit<TailRead, "lines"> {
  /** The number of records. */
  readonly count: number;
}

/** Takes what {@link CheckedTail.read} finds, one after the other, so that no list of it is kept. */
export interface RecordTaker<T> {
  /** Called first if earlier records are invalid. */
  readonly forget: () => void;
  readonly take: (record: T) => void;
}

/** Parses a line; null if it is damaged. Lines are numbered from 1. */
export type ParseLine<T> = (line: string, options: { readonly number: number }) => T | null;

/** Reads the lines of a growing file; damaged lines are skipped, and counted as a problem. */
export class CheckedTail<T> {
  readonly #path: string;
  readonly #tail: LineTail;
  readonly #parse: ParseLine<T>;
  #lines = 0;
  /** The number of damaged lines, and the first of them. */
  #damage = { count: 0, first: 0 };
  #failure: string | null = null;

  constructor(path: string, parse: ParseLine<T>) {
    this.#path = path;
    this.#tail = new LineTail(path);
    this.#parse = parse;
  }

  /** A sentence about what is wrong with the file; null if nothing is. */
  get problem(): string | null {
    if (this.#failure !== null) return this.#failure;
    const { count, first } = this.#damage;
    if (count === 0) return null;
    const lines = count === 1 ? `${first} is` : `${first} and ${count - 1} more are`;
    return `Cannot read ${this.#path}: line ${lines} damaged`;
  }

  /** Returns the share of the file that has been read, a fraction. */
  async share(): Promise<number> {
    return await this.#tail.share();
  }

  /** Reads the new lines; none if the file cannot be read. */
  async read({ forget, take }: RecordTaker<T>): Promise<CheckedRead> {
    let read: TailRead;
    try {
      read = await this.#tail.read();
      this.#failure = null;
    } catch (error) {
      this.#failure = readFailure(error, this.#path);
      return { count: 0, isNew: false, isMore: false };
    }
    const { lines, isNew, isMore } = read;
    if (isNew) {
      [this.#lines, this.#damage] = [0, { count: 0, first: 0 }];
      forget();
    }
    let count = 0;
    for (const line of lines) {
      this.#lines += 1;
      const record = this.#parse(line, { number: this.#lines });
      if (record === null) {
        this.#damage = { count: this.#damage.count + 1, first: this.#damage.first || this.#lines };
        continue;
      }
      count += 1;
      take(record);
    }
    return { count, isNew, isMore };
  }
}

/** Returns why a file could not be read, as a sentence. */
export function readFailure(error: unknown, path: string): string {
  const problem = fileProblem(error, { action: "read", path });
  if (problem !== error && problem instanceof Error) return problem.message;
  const reason = messageOf(error);
  return reason.startsWith("Cannot read ") ? reason : `Cannot read ${path}: ${reason}`;
}
