import type { AxisShares } from "../evidence/axis_shares.ts";
import { shareRows, sharesNote } from "../evidence/share_rows.ts";
import type { Measuring } from "../summary/metric.ts";
import { shareText } from "../summary/percent.ts";
import { type Html, html } from "./html.ts";

/** Returns the section of what the axes explain; null if that is not known. */
export function sharesSection(shares: AxisShares | null, experiment: Measuring): Html | null {
  if (shares === null) return null;
  return html`
    <section id="shares">
      <h2>What mattered</h2>
      <p class="note">${sharesNote(shares, experiment)}</p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">axes</th>
              <th scope="col">share of the variance</th>
              <th scope="col"></th>
            </tr>
          </thead>
          <tbody>${shareRows(shares).map(({ name, share }) =>
            html`
              <tr>
                <th scope="row">${name}</th>
                <td>${shareText(share)}</td>
                <td><meter min="0" max="1" value="${share.toFixed(4)}" aria-label="${name}"></meter></td>
              </tr>
            `
          )}</tbody>
        </table>
      </div>
    </section>
  `;
}
