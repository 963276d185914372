import { assertEquals } from "@std/assert";
import { html, trustedHtml } from "../../../lib/report/page/html.ts";

const HOSTILE = `</script><img src=x onerror="alert(1)">&'`;

Deno.test("html() escapes texts in content and attributes, and lets markup through", () => {
  const inner = html`<b>${"1 < 2"}</b>`;
  assertEquals(
    html`<p title="${HOSTILE}">${HOSTILE} ${[inner, 3, null]}${trustedHtml("<hr>")}</p>`.markup,
    '<p title="&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;">' +
      "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39; <b>1 &lt; 2</b>\n3\n<hr></p>",
  );
});

Deno.test("html() keeps nothing of how a template is indented, and all of what stands in its holes", () => {
  const list = html`
    <pre>${"a\n  b"}</pre>
  `;
  assertEquals(list.markup, "<pre>a\n  b</pre>");
});
