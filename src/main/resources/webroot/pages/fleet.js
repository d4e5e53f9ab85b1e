// All chambers on one canvas: tool by tool, coloured and marked by the worst open alarm.

import { html, nothing } from "lit";
import { get } from "../api.js";
import { listen } from "../bus.js";
import { chartLink, colours, empty, failure, loading, severity, SEVERITIES, time } from "../parts.js";
import { Page } from "./page.js";

const SIZES = [96, 80, 64, 52, 42, 34, 28, 22, 18, 14, 11, 9];
const LETTER = { warning: "W", alarm: "A", critical: "C" };

class FleetPage extends Page {
  static properties = { fleet: {}, picked: {}, find: {}, order: {}, hours: {} };

  start() {
    this.find = this.params.find || "";
    this.order = this.params.order || "name";
    this.hours = this.params.hours || "24";
    this.flashes = new Map();
    this.load();
    this.every(5000, () => this.load());
    this.onEnd(listen("console.live", (live) => this.flash(live)));
    this.on(window, "theme", () => this.draw());
    const watch = new ResizeObserver(() => this.draw());
    watch.observe(this);
    this.onEnd(() => watch.disconnect());
  }

  async load() {
    const fleet = await this.attempt(() => get(`/fleet?hours=${this.hours}`));
    if (fleet) {
      this.fleet = fleet;
    }
  }

  /** Chambers that were just processed light up for a moment; nothing else is drawn anew. */
  flash(live) {
    const until = performance.now() + 700;
    live.chambers.forEach((chamber) => this.flashes.set(chamber, until));
    this.repaint(live.chambers);
    setTimeout(() => {
      const now = performance.now();
      const over = [...this.flashes].filter(([, end]) => end <= now).map(([chamber]) => chamber);
      over.forEach((chamber) => this.flashes.delete(chamber));
      this.repaint(over);
    }, 750);
  }

  change(name, value) {
    this[name] = value;
    this.go("/fleet", { find: this.find, order: this.order === "name" ? "" : this.order, hours: this.hours === "24" ? "" : this.hours });
    this.load();
  }

  tools() {
    const text = this.find.toLowerCase();
    const tools = this.fleet.tools.filter((tool) => tool.tool.toLowerCase().includes(text));
    const rank = (tool) => Math.max(...tool.chambers.map((c) => SEVERITIES.indexOf(c.worst) * 1000 + Math.min(c.open, 999)));
    return this.order === "worst" ? [...tools].sort((a, b) => rank(b) - rank(a) || a.tool.localeCompare(b.tool)) : tools;
  }

  willUpdate(changed) {
    if (changed.has("fleet") && this.fleet) {
      const cells = this.fleet.tools.flatMap((tool) => tool.chambers.map((c) => ({ tool: tool.tool, ...c })));
      this.number = cells.length;
      this.counts = cells.reduce((sum, c) => sum.set(c.worst, (sum.get(c.worst) || 0) + 1), new Map());
      this.worst = cells.filter((c) => c.worst).sort((a, b) => SEVERITIES.indexOf(b.worst) - SEVERITIES.indexOf(a.worst) || b.open - a.open).slice(0, 14);
    }
  }

  render() {
    if (!this.fleet) {
      return this.error ? failure(this.error, () => this.load()) : loading("Reading the fleet");
    }
    if (this.number === 0) {
      return empty("No chambers yet", "They appear when their first runs or metadata are stored.");
    }
    const count = (name) => this.counts.get(name) || 0;
    const { worst } = this;
    return html`
      <div class="head"><h1>Fleet</h1><span class="quiet">${this.number} chambers of ${this.fleet.tools.length} tools</span><span class="grow"></span>
        <label>Find <input type="search" .value=${this.find} placeholder="tool" @input=${(e) => this.change("find", e.target.value)}></label>
        <label>Order <select @change=${(e) => this.change("order", e.target.value)}>
          ${[["name", "by name"], ["worst", "worst first"]].map(([id, text]) => html`<option value=${id} ?selected=${this.order === id}>${text}</option>`)}</select></label>
        <label>Alarms of the last <select @change=${(e) => this.change("hours", e.target.value)}>
          ${["1", "8", "24", "72", "168"].map((h) => html`<option value=${h} ?selected=${this.hours === h}>${h} h</option>`)}</select></label></div>
      ${this.error ? html`<div class="note bad" role="alert">Not up to date: ${this.error.message}</div>` : nothing}
      <div class="split"><section class="panel">
        <canvas class="heat" tabindex="0" role="img" aria-label="Heat map of all chambers; arrow keys move, Enter opens"
          @mousemove=${(e) => this.point(e)} @mouseleave=${() => { this.picked = null; }} @click=${() => this.open()} @keydown=${(e) => this.key(e)}></canvas>
        <div class="legend"><span><i class="swatch critical">C</i>critical ${count("critical")}</span><span><i class="swatch alarm">A</i>alarm ${count("alarm")}</span>
          <span><i class="swatch warning">W</i>warning ${count("warning")}</span><span><i class="swatch ok"></i>nothing open ${count(undefined)}</span></div>
        <p aria-live="polite" data-picked class="quiet">${this.picked ? this.describe(this.picked) : "Point at a chamber, or move with the arrow keys."}</p>
      </section>
      <section class="panel side"><h2>Worst now</h2>${worst.length === 0 ? html`<p class="quiet">No open alarms.</p>` : html`<ul class="list">${worst.map((c) => html`
        <li><a class="pick" href=${chartLink(c.tool, c.chamber)}>${severity(c.worst)} <b>${c.tool}:${c.chamber}</b> <span class="quiet">${c.open} open</span>
          <div class="quiet clip">${c.rule}, ${time(c.at)}</div></a></li>`)}</ul><p><a href="#/alarms">All alarms</a></p>`}</section></div>`;
  }

  describe(cell) {
    return html`<b>${cell.tool}:${cell.chamber}</b> ${cell.worst ? html`${severity(cell.worst)} ${cell.open} open, ${cell.rule}` : "nothing open"}${cell.acknowledged ? `, ${cell.acknowledged} acknowledged` : ""}`;
  }

  updated(changed) {
    if (changed.size === 1 && changed.has("picked")) {
      this.repaint([changed.get("picked"), this.picked].filter(Boolean).map((c) => `${c.tool}:${c.chamber}`));
    } else {
      this.draw();
    }
  }

  /** Blocks of tools, as large as fit. */
  layout(width) {
    const tools = this.tools();
    const columns = Math.max(1, ...tools.map((tool) => tool.chambers.length));
    const most = Math.max(420, innerHeight - 290);
    for (const size of SIZES) {
      const label = size >= 18 ? 17 : 0;
      const gap = size >= 18 ? 14 : 4;
      const block = { width: Math.max(columns * size, label ? 82 : 0) + gap, height: size + label + gap };
      const perRow = Math.max(1, Math.floor((width + gap) / block.width));
      const height = Math.ceil(tools.length / perRow) * block.height;
      if (height <= most || size === SIZES[SIZES.length - 1]) {
        return { tools, size, label, block, perRow, height };
      }
    }
    return null;
  }

  /** Everything. */
  draw() {
    const canvas = this.querySelector("canvas.heat");
    if (!canvas || !this.fleet) {
      return;
    }
    const width = canvas.clientWidth;
    const plan = this.layout(width);
    this.cells = [];
    this.places = new Map();
    const scale = devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(plan.height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(plan.height * scale);
      canvas.style.height = `${plan.height}px`;
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, plan.height);
    const colour = colours();
    const now = performance.now();
    plan.tools.forEach((tool, i) => {
      const left = (i % plan.perRow) * plan.block.width;
      const top = Math.floor(i / plan.perRow) * plan.block.height;
      if (plan.label) {
        pen.fillStyle = colour("soft");
        pen.font = "11.5px system-ui, sans-serif";
        pen.textAlign = "left";
        pen.textBaseline = "alphabetic";
        pen.fillText(tool.tool, left, top + 11, plan.block.width - 6);
      }
      tool.chambers.forEach((chamber, k) => {
        const cell = { x: left + k * plan.size, y: top + plan.label, size: plan.size, tool: tool.tool, ...chamber };
        this.cells.push(cell);
        this.places.set(`${cell.tool}:${cell.chamber}`, cell);
        this.drawCell(pen, cell, colour, now);
      });
    });
    this.repaint(this.picked ? [`${this.picked.tool}:${this.picked.chamber}`] : []);
  }

  /** Some chambers. */
  repaint(chambers) {
    const canvas = this.querySelector("canvas.heat");
    if (!canvas || !this.places || chambers.length === 0) {
      return;
    }
    const pen = canvas.getContext("2d");
    const colour = colours();
    const now = performance.now();
    for (const chamber of chambers) {
      const cell = this.places.get(chamber);
      if (cell) {
        pen.clearRect(cell.x - 1, cell.y - 1, cell.size + 1, cell.size + 1);
        this.drawCell(pen, cell, colour, now);
      }
    }
    const picked = this.picked && this.places.get(`${this.picked.tool}:${this.picked.chamber}`);
    if (picked) {
      pen.strokeStyle = colour("text");
      pen.lineWidth = 2;
      pen.strokeRect(picked.x, picked.y, picked.size - 1, picked.size - 1);
    }
  }

  drawCell(pen, cell, colour, now) {
    const inner = cell.size - (cell.size > 12 ? 3 : 1);
    pen.fillStyle = colour(cell.worst && cell.worst !== "log" ? cell.worst : "ok");
    pen.fillRect(cell.x, cell.y, inner, inner);
    const letter = LETTER[cell.worst];
    if (cell.size >= 14) {
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      const middle = cell.x + inner / 2;
      if (letter) {
        pen.fillStyle = cell.worst === "warning" ? "#1b1200" : document.documentElement.dataset.theme === "dark" ? "#10161c" : "#ffffff";
        pen.font = `700 ${Math.min(16, cell.size * 0.42)}px system-ui, sans-serif`;
        pen.fillText(letter, middle, cell.y + inner / 2 - (cell.size >= 34 ? 6 : 0));
      } else {
        pen.fillStyle = colour("soft");
      }
      if (cell.size >= 34) {
        pen.font = "11px system-ui, sans-serif";
        pen.fillText(cell.chamber, middle, cell.y + inner / 2 + (letter ? 10 : 0), inner - 4);
      }
    } else if (letter && letter !== "W") {
      // Too small for a letter: alarms get a mark besides their colour.
      pen.fillStyle = colour("panel");
      pen.fillRect(cell.x + inner / 2 - 1, cell.y + inner / 2 - 1, 2, letter === "C" ? 4 : 2);
    }
    if ((this.flashes.get(`${cell.tool}:${cell.chamber}`) || 0) > now) {
      pen.strokeStyle = colour("accent");
      pen.lineWidth = cell.size >= 18 ? 3 : 1.5;
      pen.strokeRect(cell.x + 1, cell.y + 1, inner - 2, inner - 2);
    }
  }

  point(e) {
    const box = e.target.getBoundingClientRect();
    const x = e.clientX - box.left;
    const y = e.clientY - box.top;
    const found = this.cells.find((c) => x >= c.x && x < c.x + c.size && y >= c.y && y < c.y + c.size) || null;
    if ((found && found.tool + found.chamber) !== (this.picked && this.picked.tool + this.picked.chamber)) {
      this.picked = found;
    }
    e.target.style.cursor = found ? "pointer" : "default";
  }

  key(e) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    const row = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (e.key === "Enter") {
      this.open();
    } else if (step || row) {
      e.preventDefault();
      const at = this.picked ? this.cells.findIndex((c) => c.tool === this.picked.tool && c.chamber === this.picked.chamber) : -1;
      const here = this.cells[at];
      const next = step ? this.cells[at + step] : here && this.nearest(here, row);
      this.picked = next || here || this.cells[0];
    }
  }

  nearest(here, row) {
    const rows = this.cells.filter((c) => (row > 0 ? c.y > here.y : c.y < here.y));
    const line = row > 0 ? Math.min(...rows.map((c) => c.y)) : Math.max(...rows.map((c) => c.y));
    return rows.filter((c) => c.y === line).sort((a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x))[0];
  }

  open() {
    if (this.picked) {
      location.hash = chartLink(this.picked.tool, this.picked.chamber);
    }
  }
}

customElements.define("fleet-page", FleetPage);
