const MOST_LETTERS = 2000;
const MOST_LINES = 20;

/**
 * Returns a foreign text, such as the message of an error from a user's code, cut at 2,000 characters and 20 lines.
 */
export function shortened(text: string): string {
  const letters = text.length <= MOST_LETTERS ? text : text.slice(0, MOST_LETTERS).toWellFormed();
  const lines = letters.split("\n");
  const kept = lines.length <= MOST_LINES ? letters : lines.slice(0, MOST_LINES).join("\n");
  return kept === text ? text : `${kept}... (cut, it has ${text.length} letters)`;
}
