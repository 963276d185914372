import { sha256Hex } from "../../core/numbers/digest.ts";
import { type Html, html, trustedHtml } from "./html.ts";

/** A page in one file. */
export interface HtmlDocument {
  readonly title: string;
  readonly style: string;
  readonly script: string;
  readonly body: Html;
}

/**
 * Returns a document that loads nothing: its policy allows only this style, this script and embedded pictures, and no
 * requests.
 */
export function htmlDocument({ title, style, script, body }: HtmlDocument): string {
  const policy = `default-src 'none'; img-src data:; style-src '${sourceHash(style)}'; script-src '${
    sourceHash(script)
  }'; base-uri 'none'; form-action 'none'`;
  return html`
    <!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="${policy}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>${title}</title>
        <style>${trustedHtml(style)}</style>
      </head>
      <body>
    ${body}<div id="tip" role="status" hidden></div>
    <script>${trustedHtml(script)}</script>
      </body>
    </html>
  `.markup;
}

/** Returns the hash of a text for a content security policy. */
function sourceHash(text: string): string {
  const hex = sha256Hex(new TextEncoder().encode(text));
  const bytes = hex.match(/../g)!.map((byte) => String.fromCharCode(Number.parseInt(byte, 16)));
  return `sha256-${btoa(bytes.join(""))}`;
}
