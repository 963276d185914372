import { assertEquals, assertStringIncludes } from "@std/assert";
import { dashboardDocument } from "../../../lib/dashboard/views/dashboard_document.ts";
import { html } from "../../../lib/report/page/html.ts";

Deno.test("dashboardDocument() loads style and script from its own address, and gets events from its own stream", () => {
  const page = { title: "<T>", base: "/token", body: html`<p>body</p>` };
  const text = dashboardDocument({ ...page, live: "/token/live" });
  assertEquals([...text.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address), [
    "data:,",
    "/token/assets/page.css",
    "/token/assets/dashboard.css",
    "/token/assets/page.js",
    "/token/assets/dashboard.js",
    "/token/",
  ]);
  assertStringIncludes(text, "<title>&lt;T&gt;</title>");
  assertStringIncludes(text, '<body data-live="/token/live">');
  assertStringIncludes(dashboardDocument({ ...page, live: null }), '<body data-live="">');
});
