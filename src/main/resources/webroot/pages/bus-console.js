// What travels on this process's event bus, live.

import { html, nothing } from "lit";
import { call, get } from "../api.js";
import { listen } from "../bus.js";
import { colours, failure, loading } from "../parts.js";
import { Page } from "./page.js";

const KEPT = 400;
const SPARK = 60;

class BusPage extends Page {
  static properties = { bus: {}, lines: {}, paused: {}, find: {}, address: {}, leftOut: {}, answer: {} };

  start() {
    this.lines = [];
    this.find = "";
    this.address = "";
    this.leftOut = 0;
    this.history = new Map();
    this.load();
    if (this.may("engineer", "operator")) {
      this.onEnd(listen("console.bus.rates", (bus) => this.take(bus)));
      this.onEnd(listen("console.bus.tail", (batch) => this.tail(batch)));
    }
  }

  async load() {
    const bus = await this.attempt(() => get("/bus/addresses"));
    if (bus) {
      this.bus = bus;
    }
  }

  take(bus) {
    this.bus = bus;
    bus.addresses.forEach((a) => this.history.set(a.address, [...(this.history.get(a.address) || []), a.perSecond].slice(-SPARK)));
  }

  tail(batch) {
    this.leftOut += batch.leftOut;
    if (!this.paused) {
      this.lines = [...batch.messages.reverse(), ...this.lines].slice(0, KEPT);
    }
  }

  async send(e) {
    e.preventDefault();
    const form = new FormData(e.target);
    try {
      this.answer = { text: JSON.stringify((await call("POST", "/bus/messages", { address: form.get("to"), body: JSON.parse(form.get("body")) })).answer) };
    } catch (error) {
      this.answer = { text: error.message, bad: true };
    }
  }

  render() {
    if (!this.bus) {
      return html`<div class="head"><h1>Event bus</h1></div>${this.error ? failure(this.error, () => this.load()) : loading("Asking the bus")}`;
    }
    const text = this.find.toLowerCase();
    const lines = this.lines.map((l) => [l, typeof l.body === "string" ? l.body : JSON.stringify(l.body)])
      .filter(([l, body]) => (!this.address || l.address === this.address) && (!text || `${l.address} ${body}`.toLowerCase().includes(text))).slice(0, 120);
    return html`<div class="head"><h1>Event bus</h1><span class="quiet">of this process; messages are copies for reading</span></div>
      <div class="split"><section class="panel"><div class="head"><h2>Live</h2><span class="grow"></span>
          <input type="search" aria-label="Filter" placeholder="filter" .value=${this.find} @input=${(e) => { this.find = e.target.value; }}>
          <select aria-label="Address" @change=${(e) => { this.address = e.target.value; }}><option value="">all addresses</option>${this.bus.addresses.map((a) => html`<option ?selected=${a.address === this.address}>${a.address}</option>`)}</select>
          <button class="small" data-do="pause" aria-pressed=${Boolean(this.paused)} @click=${() => { this.paused = !this.paused; }}>${this.paused ? "Go on" : "Pause"}</button><button class="small" @click=${() => { this.lines = []; this.leftOut = 0; }}>Clear</button></div>
        <div class="tail mono" data-tail tabindex="0" aria-label="Messages">${lines.length === 0 ? html`<span class="quiet">Nothing yet.</span>` : lines.map(([l, body]) => html`<div><span class="quiet">${new Date(l.at).toISOString().slice(11, 23)}</span> <b>${l.address}</b> ${body}</div>`)}</div>
        <p class="quiet">The latest ${KEPT} are kept${this.leftOut ? html`, ${this.leftOut} were left out because there were too many` : nothing}.</p></section>
      <div><section class="panel side"><h2>Addresses</h2><table data-addresses><thead><tr><th>Address</th><th class="right">per s</th><th class="right">total</th></tr></thead><tbody>${this.bus.addresses.map((a) => html`<tr>
          <td>${a.address}<div><canvas width="150" height="18" data-spark=${a.address}></canvas></div></td><td class="right">${a.perSecond}</td><td class="right">${a.count}</td></tr>`)}</tbody></table></section>
        ${this.may("admin") ? html`<section class="panel"><h2>Send</h2><form @submit=${(e) => this.send(e)}><p><select name="to" aria-label="To">${this.bus.sendable.map((a) => html`<option>${a}</option>`)}</select></p>
          <p><textarea name="body" rows="3" aria-label="Body">{"hello": "bus"}</textarea></p><button class="primary" data-do="send">Send</button></form>
          ${this.answer ? html`<div class="note ${this.answer.bad ? "bad" : "good"} mono" role="status" data-answer>${this.answer.text}</div>` : nothing}</section>` : nothing}</div></div>`;
  }

  updated() {
    const shade = colours()("accent");
    this.querySelectorAll("canvas[data-spark]").forEach((c) => {
      const values = this.history.get(c.dataset.spark) || [];
      const most = Math.max(1, ...values);
      const pen = c.getContext("2d");
      pen.clearRect(0, 0, c.width, c.height);
      pen.fillStyle = shade;
      values.forEach((v, i) => pen.fillRect(i * (c.width / SPARK), c.height - (v / most) * c.height, c.width / SPARK - 0.6, (v / most) * c.height));
    });
  }
}

customElements.define("bus-page", BusPage);
