// Alarms and the work on them.

import { html, nothing } from "lit";
import { call, get, part, query } from "../api.js";
import { listen } from "../bus.js";
import { chartLink, empty, failure, loading, number, severity, stateBadge, time } from "../parts.js";
import { Page } from "./page.js";

const FILTERS = ["severity", "state", "tool", "chamber", "mode", "rule"];

/** Made once per attempt, so that a repetition on the way changes nothing. */
const noteKey = () => Array.from(crypto.getRandomValues(new Uint32Array(3)), (n) => n.toString(36)).join("-");

class AlarmsPage extends Page {
  static properties = { rows: {}, next: {}, open: {}, marked: {}, doing: {}, fresh: {}, trouble: {} };

  start() {
    this.marked = new Set();
    this.fresh = 0;
    this.load();
    this.onEnd(listen("console.live", (live) => {
      const active = live.alarms.filter((a) => a.mode === "active").length;
      if (active > 0) {
        this.fresh += active;
      }
    }));
    this.every(1500, () => {
      if (this.fresh > 0 && !this.open && this.marked.size === 0 && !this.more && scrollY < 40) {
        this.load();
      }
    });
    this.on(window, "keydown", (e) => this.key(e));
  }

  willUpdate(changed) {
    if (changed.has("params") && changed.get("params") !== undefined) {
      this.load();
    }
  }

  filter() {
    return Object.fromEntries(FILTERS.filter((name) => this.params[name]).map((name) => [name, this.params[name]]));
  }

  async load(cursor) {
    const page = await this.attempt(() => get(`/alarms${query({ ...this.filter(), state: this.params.state === undefined ? "raised,acknowledged" : this.params.state, limit: 60, cursor })}`));
    if (!page) {
      return;
    }
    this.more = Boolean(cursor);
    this.rows = cursor ? [...this.rows, ...page.items] : page.items;
    this.next = page.next;
    this.fresh = cursor ? this.fresh : 0;
    if (this.params.id && (!this.open || this.open.id !== this.params.id)) {
      this.show({ id: this.params.id, raisedAt: this.params.raisedAt });
    }
  }

  async show(row) {
    try {
      this.open = await get(`/alarms/${part(row.id)}${query({ raisedAt: row.raisedAt })}`);
      this.trouble = null;
      history.replaceState(null, "", `#/alarms${query({ ...this.params, id: row.id, raisedAt: row.raisedAt })}`);
    } catch (e) {
      this.trouble = e;
    }
  }

  close() {
    this.open = null;
    const { id, raisedAt, ...rest } = this.params;
    this.go("/alarms", rest);
  }

  change(name, value) {
    const { id, raisedAt, ...rest } = this.params;
    this.go("/alarms", { ...rest, [name]: value });
  }

  async note(kind, alarms, more = {}) {
    this.doing = null;
    this.trouble = null;
    for (const alarm of alarms) {
      try {
        const changed = await call("POST", `/alarms/${part(alarm.id)}/notes${query({ raisedAt: alarm.raisedAt })}`, { kind, key: noteKey(), ...more });
        this.rows = this.rows.map((row) => (row.id === changed.id ? { ...row, status: changed.status } : row));
        if (this.open && this.open.id === changed.id) {
          this.open = changed;
        }
      } catch (e) {
        this.trouble = e;
      }
    }
    this.marked = new Set();
  }

  key(e) {
    if (/INPUT|TEXTAREA|SELECT/.test(e.target.tagName) || e.ctrlKey || e.metaKey || !this.rows || this.doing) {
      return;
    }
    const at = this.open ? this.rows.findIndex((row) => row.id === this.open.id) : -1;
    if (e.key === "j" || e.key === "k") {
      const row = this.rows[Math.max(0, Math.min(this.rows.length - 1, at + (e.key === "j" ? 1 : -1)))];
      row && this.show(row);
    } else if (e.key === "e" && this.open && this.mayWork()) {
      this.note("acknowledge", [this.open]);
    } else if (e.key === "Escape" && this.open) {
      this.close();
    }
  }

  mayWork() {
    return this.may("engineer", "operator");
  }

  render() {
    const choice = (name, all, values) => html`<label>${name} <select data-filter=${name} @change=${(e) => this.change(name, e.target.value)}><option value="">${all}</option>
      ${values.map((v) => html`<option value=${v} ?selected=${this.params[name] === v}>${v}</option>`)}</select></label>`;
    return html`<div class="head"><h1>Alarms</h1>${this.fresh ? html`<button class="small" @click=${() => this.load()}>${this.fresh} new: show</button>` : nothing}<span class="grow"></span>
        ${choice("severity", "all", ["warning", "alarm", "critical"])}
        <label>state <select data-filter="state" @change=${(e) => this.change("state", e.target.value)}>
          ${[["", "open"], ["raised", "raised"], ["acknowledged", "acknowledged"], ["shelved", "shelved"], ["closed", "closed"], ["raised,acknowledged,shelved,closed", "all"]].map(([v, text]) => html`<option value=${v} ?selected=${(this.params.state || "") === v}>${text}</option>`)}</select></label>
        ${choice("mode", "active", ["dry-run", "suppressed", "all"])}
        <label>tool <input type="search" size="12" .value=${this.params.tool || ""} @change=${(e) => this.change("tool", e.target.value)}></label></div>
      ${this.trouble ? html`<div class="note bad" role="alert">${this.trouble.message}</div>` : nothing}
      ${this.marked.size ? html`<div class="note buttons"><b>${this.marked.size} marked</b><button class="small primary" @click=${() => this.note("acknowledge", this.rows.filter((r) => this.marked.has(r.id) && r.status.state === "raised"))}>Acknowledge</button>
        <button class="small" @click=${() => { this.doing = { kind: "close", alarms: this.rows.filter((r) => this.marked.has(r.id)) }; }}>Close …</button><button class="small" @click=${() => { this.marked = new Set(); }}>None</button></div>` : nothing}
      <div class=${this.open ? "halves" : ""}><section class="panel">${this.list()}</section>${this.open ? this.detail() : nothing}</div>${this.doing ? this.dialog() : nothing}`;
  }

  list() {
    if (!this.rows) {
      return this.error ? failure(this.error, () => this.load()) : loading("Reading the alarms");
    }
    if (this.error) {
      return failure(this.error, () => this.load());
    }
    if (this.rows.length === 0) {
      return empty("No alarms", "None in the last 31 days that fit the filter.");
    }
    return html`<div class="scroll"><table data-alarms><thead><tr><th></th><th>Time</th><th>Severity</th><th>Chamber</th><th>Rule</th>${this.open ? nothing : html`<th>Worst chart</th><th>Why</th>`}<th>State</th></tr></thead>
      <tbody>${this.rows.map((row) => html`<tr class="pick" aria-selected=${this.open && this.open.id === row.id} @click=${() => this.show(row)}>
        <td @click=${(e) => e.stopPropagation()}>${this.mayWork() ? html`<input type="checkbox" aria-label="Mark" .checked=${this.marked.has(row.id)} @change=${(e) => this.mark(row.id, e.target.checked)}>` : nothing}</td>
        <td class="nowrap">${time(row.raisedAt)}</td><td>${severity(row.severity)}</td>
        <td class="nowrap"><a href=${chartLink(row.tool, row.chamber)} @click=${(e) => e.stopPropagation()}>${row.tool}:${row.chamber}</a></td><td>${row.strategy}.${row.rule}</td>
        ${this.open ? nothing : html`<td>${row.worst ? html`${row.worst.indicator} <span class="quiet">${number(row.worst.value)}${row.charts > 1 ? `, ${row.charts} charts` : ""}</span>` : ""}</td><td class="reason">${row.reason}</td>`}
        <td>${stateBadge(row.status.state)}${row.status.by ? html`<div class="quiet">${row.status.by}</div>` : nothing}</td></tr>`)}</tbody></table></div>
      ${this.next ? html`<p><button @click=${() => this.load(this.next)}>More</button></p>` : nothing}
      <p class="quiet"><kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>e</kbd> acknowledge, <kbd>Esc</kbd> close</p>`;
  }

  mark(id, on) {
    const marked = new Set(this.marked);
    on ? marked.add(id) : marked.delete(id);
    this.marked = marked;
  }

  detail() {
    const a = this.open;
    const state = a.status.state;
    const button = (kind, text, when, ask) => when ? html`<button class="small ${kind === "acknowledge" ? "primary" : ""}" data-do=${kind} @click=${() => (ask ? (this.doing = { kind, alarms: [a] }) : this.note(kind, [a]))}>${text}</button>` : nothing;
    return html`<section class="panel side" data-detail><div class="head">${severity(a.severity)} <h1>${a.tool}:${a.chamber}</h1>${stateBadge(state)}<span class="grow"></span><button class="small" aria-label="Close" @click=${() => this.close()}>✕</button></div>
      <p>${a.reason}</p><p class="quiet">${a.strategy}.${a.rule} (version ${a.strategyVersion}), raised ${time(a.raisedAt)}${a.status.shelvedUntil ? `, shelved until ${time(a.status.shelvedUntil)}` : ""}</p>
      ${this.mayWork() ? html`<div class="buttons">${button("acknowledge", "Acknowledge", state === "raised" || state === "shelved")}${button("comment", "Comment …", true, true)}${button("shelve", "Shelve …", state !== "closed", true)}
        ${button("unshelve", "Unshelve", state === "shelved")}${button("close", "Close …", state !== "closed", true)}${button("reopen", "Reopen", state === "closed")}</div>` : html`<p class="quiet">Working on alarms needs the role engineer or operator.</p>`}
      <h2>Evidence</h2><div class="scroll short"><table><thead><tr><th>Chart</th><th>Value</th><th>Limits then</th><th>Violated</th></tr></thead><tbody>${a.evidence.map((e) => html`<tr>
        <td><a href=${chartLink(a.tool, a.chamber, query({ group: a.group, indicator: e.indicator }))}>${e.indicator}</a></td><td>${number(e.value)}</td><td class="nowrap">${number(e.limits.lcl)} … ${number(e.limits.ucl)}</td><td>${e.rule}</td></tr>`)}</tbody></table></div>
      <p><a href="#/trace/${part(a.tool)}/${part(a.chamber)}/${part(a.context)}${query({ svid: a.evidence[0] ? a.evidence[0].indicator.split("/").slice(0, -2).join("/") : "", group: a.group, indicator: a.evidence[0] ? a.evidence[0].indicator : "" })}">Trace of this run</a>
        ${a.actions.length ? html` · asked for: ${a.actions.map((x) => html`<code>${x.type} ${x.target}</code> `)}` : nothing}</p>
      <div class="facts">${Object.entries(a.labels).sort().slice(0, 8).map(([name, value]) => html`<div><b class="mono">${value}</b><span>${name}</span></div>`)}</div>
      <h2>Notes</h2>${a.notes.length === 0 ? html`<p class="quiet">None yet.</p>` : html`<ul class="list" data-notes>${a.notes.map((n) => html`<li><b>${n.kind}</b> by ${n.by} <span class="quiet">${time(n.at)}${n.until ? `, until ${time(n.until)}` : ""}</span>${n.text ? html`<div>${n.text}</div>` : nothing}</li>`)}</ul>`}</section>`;
  }

  dialog() {
    const { kind, alarms } = this.doing;
    return html`<dialog data-note @close=${() => { this.doing = null; }}><form @submit=${(e) => this.submit(e)}><h2>${kind} ${alarms.length > 1 ? `${alarms.length} alarms` : ""}</h2>
      ${kind === "shelve" ? html`<p><label>for <select name="hours">${[["1", "1 hour"], ["8", "a shift"], ["24", "a day"], ["168", "a week"]].map(([v, text]) => html`<option value=${v}>${text}</option>`)}</select></label></p>` : nothing}
      <p><textarea name="text" rows="4" maxlength="2000" aria-label="Text" placeholder=${kind === "close" ? "How was it dealt with?" : "Text"} ?required=${kind !== "shelve"}></textarea></p>
      <div class="buttons"><button class="primary">${kind}</button><button type="button" @click=${(e) => e.target.closest("dialog").close()}>Cancel</button></div></form></dialog>`;
  }

  submit(e) {
    e.preventDefault();
    const form = new FormData(e.target);
    const more = { text: form.get("text") };
    if (this.doing.kind === "shelve") {
      more.until = new Date(Date.now() + Number(form.get("hours")) * 3600e3).toISOString();
    }
    this.note(this.doing.kind, this.doing.alarms, more);
  }

  updated() {
    const dialog = this.querySelector("dialog[data-note]");
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
  }
}

customElements.define("alarms-page", AlarmsPage);
