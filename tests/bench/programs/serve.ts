/** Does a work count times. */
export type Work = (count: number) => void | Promise<void>;

/** Returns the answer to a question, plain data; the number is the question's own. */
export type Question = (count: number) => unknown;

/** What a program is besides its works. */
export interface ServeOptions {
  /** Versions and settings, for the notes of a table. */
  readonly about: string;
  /** Default: none. */
  readonly questions?: Readonly<Record<string, Question>>;
}

/** Speaks the benchmark's protocol (`startProgram` says what it is) until the input ends. */
export async function serve(
  works: Readonly<Record<string, Work>>,
  { about, questions = {} }: ServeOptions,
): Promise<void> {
  console.log(`ready ${about}`);
  let rest = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const [word, count] = line.split(" ");
      if (!Object.hasOwn(works, word)) {
        console.log(JSON.stringify(await questions[word]?.(Number(count)) ?? null));
        continue;
      }
      const start = performance.now();
      await works[word](Number(count));
      console.log(performance.now() - start);
    }
  }
}
