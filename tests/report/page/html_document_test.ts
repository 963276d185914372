import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { html } from "../../../lib/report/page/html.ts";
import { htmlDocument } from "../../../lib/report/page/html_document.ts";

/** Returns what names a text in a policy, as the browser makes it. */
async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}

Deno.test("htmlDocument() lets in just its own style and script, by their hashes", async () => {
  const [style, script] = ["p { color: red }", 'console.log("1 < 2")'];
  const text = htmlDocument({ title: "A & B", style, script, body: html`<p>text</p>` });
  const policy = `default-src 'none'; img-src data:; style-src '${await hashOf(style)}'; ` +
    `script-src '${await hashOf(script)}'; base-uri 'none'; form-action 'none'`;
  assertStringIncludes(text, `content="${policy.replaceAll("'", "&#39;")}"`);
  assertStringIncludes(text, "<title>A &amp; B</title>");
  assertStringIncludes(text, `<style>${style}</style>`);
  assertStringIncludes(text, `<script>${script}</script>`);
  assert(text.startsWith("<!DOCTYPE html>\n"));
  assertEquals(text.match(/\b(src|href)=/g), null);
});
