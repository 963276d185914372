import { html } from "../../report/page/html.ts";
import { dashboardDocument } from "./dashboard_document.ts";

/** Returns the page that says why there is no other, with the way back to the list of experiments. */
export function errorPage(message: string, { base }: { readonly base: string }): string {
  return dashboardDocument({
    title: "Cannot show · Seedbed",
    base,
    live: null,
    body: html`
      <header>
        <h1>There is nothing to show here</h1>
      </header>
      <main>
        <p role="alert">${message}</p>
        <p><a href="${base}/">All experiments</a></p>
      </main>
    `,
  });
}
