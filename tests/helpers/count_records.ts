/** Returns how many lines a journal has, 0 where there is none. */
export async function countRecords(journal: string): Promise<number> {
  try {
    return (await Deno.readTextFile(journal)).split("\n").length - 1;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return 0;
    throw error;
  }
}
