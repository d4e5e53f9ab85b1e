// Strategies: what is in force, another version, what it would have done, and only then its activation.

import { html, nothing } from "lit";
import { call, get, part } from "../api.js";
import { empty, failure, loading, severity, stateBadge, time } from "../parts.js";
import { Page } from "./page.js";

class StrategiesPage extends Page {
  static properties = { all: {}, id: {}, text: {}, checked: {}, job: {}, tested: {}, trouble: {}, said: {}, shown: {} };

  start() {
    this.load();
  }

  async load() {
    const all = await this.attempt(() => get("/strategies"));
    if (all) {
      this.all = all;
      const first = all.stored[0];
      if (!this.id && first) {
        this.pick(this.params.id && all.stored.some((s) => s.id === this.params.id) ? this.params.id : first.id);
      }
    }
  }

  stored() {
    return this.all.stored.find((s) => s.id === this.id);
  }

  async pick(id, version) {
    this.id = id;
    const strategy = this.stored();
    const chosen = version || strategy.inForce || strategy.versions[0].version;
    this.go("/strategies", { id, version: chosen });
    try {
      const document = await get(`/strategies/${part(id)}/versions/${chosen}`);
      this.shown = chosen;
      this.edit(document.yaml);
    } catch (e) {
      this.trouble = e;
    }
  }

  edit(text) {
    this.text = text;
    this.checked = null;
    this.job = null;
    this.trouble = null;
    this.said = "";
  }

  async act(task) {
    this.trouble = null;
    this.said = "";
    try {
      await task();
    } catch (e) {
      this.trouble = e;
    }
  }

  check() {
    return this.act(async () => { this.checked = await call("POST", "/strategies/validate", { yaml: this.text }); });
  }

  backtest() {
    return this.act(async () => {
      const text = this.text;
      this.job = await call("POST", "/backtests", { yaml: text, maxRuns: Number(this.querySelector("[name=runs]").value) });
      while (this.job && ["waiting", "running"].includes(this.job.state) && this.isConnected) {
        await new Promise((done) => setTimeout(done, 400));
        this.job = await get(`/backtests/${this.job.job}`);
      }
      if (this.job && this.job.state === "done") {
        this.tested = text;
      }
    });
  }

  /** Stored first if it is new, then in force. */
  activate() {
    return this.act(async () => {
      const checked = await call("POST", "/strategies/validate", { yaml: this.text });
      const known = this.all.stored.find((s) => s.id === checked.id);
      if (!known || !known.versions.some((v) => v.version === checked.version)) {
        await call("POST", `/strategies/${part(checked.id)}/versions`, { yaml: this.text });
      }
      const now = await get(`/strategies/${part(checked.id)}`);
      await call("PUT", `/strategies/${part(checked.id)}/activation`, { version: checked.version, reason: this.querySelector("[name=reason]").value }, { "If-Match": now.etag });
      this.id = checked.id;
      await this.load();
      this.said = `Version ${checked.version} of ${checked.id} is in force.`;
    });
  }

  rollBack() {
    return this.act(async () => {
      const back = await call("POST", `/strategies/${part(this.id)}/rollback`, undefined, { "If-Match": this.stored().etag });
      await this.load();
      await this.pick(this.id, back.inForce || undefined);
      this.said = `Version ${back.inForce} is in force again.`;
    });
  }

  render() {
    if (!this.all) {
      return this.error ? failure(this.error, () => this.load()) : loading("Reading the strategies");
    }
    const strategy = this.stored();
    return html`<div class="head"><h1>Strategies</h1>${this.all.fixed ? html`<span class="quiet">from files: they can't be changed here</span>` : nothing}</div>
      <div class="split left"><div><section class="panel"><h2>In force</h2><ul class="list" data-in-force>${this.all.inForce.map((s) => html`<li><b>${s.id}</b> ${s.version} ${stateBadge(s.mode)}
          <div class="quiet">${s.description || s.match}</div><div class="quiet">${s.rules.length} rules, ${s.indicators} indicator entries</div></li>`)}</ul></section>
        <section class="panel"><h2>Stored</h2>${this.all.stored.length === 0 ? html`<p class="quiet">None.</p>` : this.all.stored.map((s) => html`<p><b>${s.id}</b></p><ul class="list">${s.versions.map((v) => html`
          <li><a class="pick" href="#/strategies" aria-current=${this.id === s.id && this.shown === v.version} @click=${(e) => { e.preventDefault(); this.pick(s.id, v.version); }}>version ${v.version} ${s.inForce === v.version ? stateBadge("in force") : nothing}<div class="quiet">${v.author}, ${time(v.storedAt)}</div></a></li>`)}</ul>`)}</section>
        ${strategy && strategy.decisions.length ? html`<section class="panel"><h2>Decisions</h2><ul class="list">${strategy.decisions.slice(0, 10).map((d) => html`<li>version ${d.version} by ${d.by}<div class="quiet">${time(d.at)} ${d.reason}</div></li>`)}</ul></section>` : nothing}</div>
      <div><section class="panel"><h2>Document</h2>${this.text === undefined ? empty("Nothing chosen", "Pick a version, or paste a document.") : nothing}
        <textarea rows="22" spellcheck="false" aria-label="Strategy document" .value=${this.text || ""} @input=${(e) => this.edit(e.target.value)}></textarea>
        <p class="buttons"><button data-do="check" @click=${() => this.check()}>Check</button>
          ${this.may("engineer") ? html`<button data-do="backtest" ?disabled=${this.job && this.job.state === "running"} @click=${() => this.backtest()}>Back-test</button><label>over <input name="runs" type="number" min="1" max="20000" value="1000"> stored runs</label>
          <span class="grow"></span><input name="reason" placeholder="why" maxlength="500" aria-label="Why">
          <button class="primary" data-do="activate" ?disabled=${this.all.fixed || this.tested !== this.text} title=${this.tested === this.text ? "" : "Back-test this text first"} @click=${() => this.activate()}>Activate</button>
          ${strategy && strategy.decisions.length > 1 ? html`<button @click=${() => this.rollBack()}>Roll back</button>` : nothing}` : html`<span class="quiet">Changing strategies needs the role engineer.</span>`}</p>
        ${this.said ? html`<div class="note good" role="status">${this.said}</div>` : nothing}
        ${this.checked ? html`<div class="note good" role="status">Valid: ${this.checked.id} version ${this.checked.version}, ${this.checked.rules.length} rules, for ${this.checked.match}</div>` : nothing}
        ${this.trouble ? html`<div class="note bad" role="alert"><b>${this.trouble.title}</b> ${this.trouble.places.length ? html`<ul>${this.trouble.places.map((p) => html`<li><code>${p.at}</code> ${p.message}</li>`)}</ul>` : this.trouble.message}</div>` : nothing}</section>
        ${this.job ? this.result() : nothing}</div></div>`;
  }

  result() {
    const { result } = this.job;
    if (!result) {
      return html`<section class="panel">${this.job.state === "failed" ? html`<div class="note bad">${this.job.error}</div>` : loading(`Judging stored runs again: ${this.job.runs}`)}</section>`;
    }
    const column = (name, r) => html`<div><h2>${name}</h2><div class="facts"><div><b>${r.alarmed}</b><span>runs alarmed</span></div><div><b>${r.judged}</b><span>judged of ${r.runs}</span></div><div><b>${r.learning}</b><span>while learning</span></div></div>
      <table><thead><tr><th>Rule</th><th>Severity</th><th class="right">Alarms</th></tr></thead><tbody>${r.rules.map((x) => html`<tr><td>${x.rule}</td><td>${severity(x.severity)}</td><td class="right">${x.alarms}</td></tr>`)}</tbody></table></div>`;
    const runs = (name, list) => html`<div><h2>${name} <span class="quiet">${list.length}</span></h2><ul class="list scroll short">${list.map((r) => html`<li><code>${r.run}</code><div class="quiet">${r.reasons[0] || ""}</div></li>`)}</ul></div>`;
    return html`<section class="panel" data-result><div class="halves">${column("Would be", result.candidate)}${column("In force now", result.inForce)}</div>
      <div class="halves">${runs("Alarmed only then", result.newly)}${runs("No longer alarmed", result.noLonger)}</div></section>`;
  }
}

customElements.define("strategies-page", StrategiesPage);
