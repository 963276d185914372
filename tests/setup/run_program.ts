/** How a program ended, and what it wrote. */
export interface Ended {
  readonly success: boolean;
  readonly out: string;
  readonly error: string;
}

/** Starts a program: its words, and what is added to the environment. */
export type RunProgram = (
  words: readonly string[],
  options?: { readonly env?: Readonly<Record<string, string>> },
) => Promise<Ended>;

/** Runs a program to its end; one that cannot be started has failed. */
export const runProgram: RunProgram = async ([program, ...args], { env } = {}) => {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, { args, env, stdin: "null" })
      .output();
    const decoder = new TextDecoder();
    return { success, out: decoder.decode(stdout), error: decoder.decode(stderr) };
  } catch (error) {
    return { success: false, out: "", error: (error as Error).message };
  }
};
