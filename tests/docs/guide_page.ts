import { escapeHtml } from "../../lib/report/page/html.ts";
import type { Guide } from "./guide.ts";

/** Returns the page of a guide; the template is any page of the reference in the folder of all pages. */
export function guidePage(
  { title, sections, html }: Guide,
  { template }: { readonly template: string },
): string {
  const [head] = template.split('<div id="content">');
  const links = sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`);
  const name = title === "Seedbed" ? title : `${title} - Seedbed`;
  return `${head.replace(/<title>[^<]*</, `<title>${escapeHtml(name)}<`)}
<div id="content">
<main><article class="markdown guide">
${html}</article></main>
<div class="toc"><nav class="documentNav"><h3>On this page</h3><ul>${links.join("\n")}</ul></nav></div>
</div></div></div>
</body>
</html>
`;
}
