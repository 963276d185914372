/** Yields the files of a folder and of those in it, each as `/PATH`. */
export async function* filesBelow(folder: string, below = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder + below)) {
    if (isDirectory) yield* filesBelow(folder, `${below}/${name}`);
    else yield `${below}/${name}`;
  }
}
