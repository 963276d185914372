/** Does a work count times. */
export type Work = (count: number) => void | Promise<void>;

/** Speaks the benchmark's protocol (`startProgram` says what it is) until the input ends. */
export async function serve(
  works: Readonly<Record<string, Work>>,
  { about }: { readonly about: string },
): Promise<void> {
  console.log(`ready ${about}`);
  let rest = "";
  for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const [work, count] = line.split(" ");
      const start = performance.now();
      await works[work](Number(count));
      console.log(performance.now() - start);
    }
  }
}
