// Who asked for which change, on whatever process, and what came of it.

import { html, nothing } from "lit";
import { get, query } from "../api.js";
import { empty, failure, loading, time } from "../parts.js";
import { Page } from "./page.js";

const PAGE = 60;

class AuditPage extends Page {
  static properties = { entries: {}, next: {}, older: {} };

  start() {
    this.load();
    this.every(5000, () => {
      // Whoever reads on further down is left in peace.
      if (!this.older) {
        this.load();
      }
    });
  }

  async load() {
    const page = await this.attempt(() => get(`/audit?limit=${PAGE}`));
    if (page) {
      this.entries = page.items;
      this.next = page.next;
      this.older = false;
    }
  }

  async more() {
    const page = await this.attempt(() => get(`/audit${query({ limit: PAGE, cursor: this.next })}`));
    if (page) {
      this.entries = [...this.entries, ...page.items];
      this.next = page.next;
      this.older = true;
    }
  }

  render() {
    return html`<div class="head"><h1>Audit</h1><span class="quiet">changes asked of all processes, refused ones included</span><span class="grow"></span>
        ${this.older ? html`<button class="small" @click=${() => this.load()}>Newest</button>` : nothing}</div>
      ${this.error && this.entries ? html`<div class="note bad" role="alert">Not up to date: ${this.error.message}</div>` : nothing}
      ${this.entries ? this.table() : this.error ? failure(this.error, () => this.load()) : loading("Reading the audit log")}`;
  }

  table() {
    if (this.entries.length === 0) {
      return html`<section class="panel">${empty("Nothing was asked for", "Of the last 31 days nothing is stored.")}</section>`;
    }
    return html`<section class="panel"><table data-audit><thead><tr><th>Time</th><th>Who</th><th>From</th><th>Operation</th><th>About</th><th>Answer</th></tr></thead>
      <tbody>${this.entries.map((x) => html`<tr><td class="nowrap">${time(x.at)}</td><td>${x.caller}</td><td>${x.address}</td><td>${x.operation}</td><td class="mono">${x.subject}</td>
        <td class="nowrap">${x.status} <span class="quiet">${x.status < 300 ? "done" : "refused"}</span></td></tr>`)}</tbody></table>
      ${this.next ? html`<p><button data-do="older" @click=${() => this.more()}>Older</button></p>` : nothing}</section>`;
  }
}

customElements.define("audit-page", AuditPage);
