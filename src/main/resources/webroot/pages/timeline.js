// Who was in which state when, and what was decided: rows of members over one axis of time, on one canvas.

import { html, nothing } from "lit";
import { get } from "../api.js";
import { colours, failure, loading, time } from "../parts.js";
import { Page } from "./page.js";

const LABEL = 104;
const AXIS = 20;
const MARKS = 18;
const ROW = { few: 19, many: 13 };
const STEPS = [10, 30, 60, 120, 300, 600, 900, 1800, 3600].map((s) => s * 1000);

/** Colour and letter of a state: neither stands alone. */
const STATES = {
  stable: ["ok", ""], follower: ["idle", "F"], leader: ["accent", "L"], election: ["idle", "E"], claiming_id: ["idle", "C"], initialization: ["idle", "I"],
  scaling: ["warning", "S"], rebalancing: ["accent", "R"], emergency: ["critical", "!"], shutdown: ["log", "D"], standby: ["idle", "W"], degraded: ["alarm", "X"], lost: ["critical", "✖"],
};
const LEGEND = [["stable", "stable"], ["scaling", "scaling"], ["rebalancing", "rebalancing"], ["emergency", "emergency"], ["degraded", "without lease"], ["lost", "lost"], ["standby", "standby"], ["shutdown", "leaving"]];

class ClusterTimeline extends Page {
  static properties = { timeline: {}, minutes: {}, picked: {} };

  start() {
    this.minutes = 30;
    this.load();
    this.every(4000, () => this.load());
    this.on(window, "theme", () => this.draw());
    const watch = new ResizeObserver(() => this.draw());
    watch.observe(this);
    this.onEnd(() => watch.disconnect());
  }

  async load() {
    const found = await this.attempt(() => get(`/cluster/timeline?minutes=${this.minutes}`));
    if (found) {
      this.timeline = found;
      this.dispatchEvent(new CustomEvent("decisions", { detail: found.decisions }));
    }
  }

  render() {
    if (!this.timeline) {
      return this.error ? failure(this.error, () => this.load()) : loading("Reading what happened");
    }
    const { members, decisions, complete } = this.timeline;
    return html`<div class="head"><h2>Time line</h2><span class="grow"></span>
        <label>Last <select data-minutes @change=${(e) => { this.minutes = Number(e.target.value); this.load(); }}>${[["5", "5 min"], ["30", "30 min"], ["120", "2 h"]].map(([m, text]) => html`<option value=${m} ?selected=${Number(m) === this.minutes}>${text}</option>`)}</select></label></div>
      <canvas class="heat" tabindex="0" role="img" data-timeline data-rows=${members.length} data-minutes=${Math.round((Date.parse(this.timeline.to) - Date.parse(this.timeline.from)) / 60000)} data-lost=${this.lost(members)} data-marks=${decisions.length} aria-label="States of ${members.length} members over time with ${decisions.length} decisions; left and right move through the decisions"
        @mousemove=${(e) => this.point(e)} @mouseleave=${() => { this.picked = null; }} @keydown=${(e) => this.key(e)}></canvas>
      <div class="legend">${LEGEND.map(([state, text]) => html`<span><i class="swatch ${STATES[state][0]}">${STATES[state][1]}</i>${text}</span>`)}<span>★ leads</span><span>▼ decision</span></div>
      <p aria-live="polite" class="quiet" data-moment>${this.picked ? this.describe(this.picked) : "Point at a moment."}</p>
      ${complete ? nothing : html`<p class="quiet">There was more than is kept: older states are left out.</p>`}`;
  }

  /** Who is lost now. */
  lost(members) {
    return members.filter((m) => m.spans[m.spans.length - 1].state === "lost").map((m) => m.member).join(" ");
  }

  describe(p) {
    return p.decision ? html`${time(p.decision.at)} <b>v${p.decision.version} ${p.decision.cause}</b> ${p.decision.summary}${p.decision.by ? ` (by ${p.decision.by})` : ""}`
      : html`<b>${p.row.member || p.row.pod}</b> ${p.span ? html`${p.span.state}${p.span.leading ? ", leads" : ""} from ${time(p.span.from)} to ${time(p.span.to)}, ${p.span.pod}, map ${p.span.version}` : "not there"}`;
  }

  updated(changed) {
    const before = changed.get("picked");
    if (changed.has("timeline") || (before && before.decision) !== (this.picked && this.picked.decision)) {
      this.draw();
    }
  }

  draw() {
    const canvas = this.querySelector("canvas[data-timeline]");
    if (!canvas || !this.timeline) {
      return;
    }
    const { members, decisions } = this.timeline;
    const scale = devicePixelRatio || 1;
    const width = canvas.clientWidth;
    const row = members.length > 15 ? ROW.many : ROW.few;
    const height = MARKS + members.length * row + AXIS;
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(height * scale);
      canvas.style.height = `${height}px`;
    }
    const { from, to } = this.axis();
    const x = (at) => LABEL + ((Date.parse(at) - from) / (to - from)) * (width - LABEL);
    this.plan = { row, from, to, width, x };
    const pen = canvas.getContext("2d");
    const colour = colours();
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.font = `${Math.min(11.5, row - 2)}px system-ui, sans-serif`;
    pen.textBaseline = "middle";
    this.drawAxis(pen, colour, height);
    members.forEach((member, i) => this.drawRow(pen, colour, member, MARKS + i * row, row));
    decisions.forEach((decision) => this.drawMark(pen, colour, decision, height));
  }

  /** From the first thing known, where that is later than what was asked for; at least 20 s. */
  axis() {
    const to = Date.parse(this.timeline.to);
    const known = [...this.timeline.members.map((m) => m.spans[0].from), ...this.timeline.decisions.slice(0, 1).map((d) => d.at)].map(Date.parse);
    const first = known.reduce((a, b) => Math.min(a, b), to - 20_000);
    return { from: Math.max(Date.parse(this.timeline.from), first - (to - first) * 0.02), to };
  }

  drawAxis(pen, colour, height) {
    const { from, to, width } = this.plan;
    const step = STEPS.find((s) => ((to - from) / s) * 62 < width - LABEL) || STEPS[STEPS.length - 1];
    pen.textAlign = "center";
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
      const where = LABEL + ((at - from) / (to - from)) * (width - LABEL);
      pen.fillStyle = colour("line");
      pen.fillRect(where, MARKS, 1, height - MARKS - AXIS);
      pen.fillStyle = colour("soft");
      pen.fillText(new Date(at).toTimeString().slice(0, step < 60000 ? 8 : 5), Math.min(where, width - 24), height - AXIS / 2);
    }
  }

  drawRow(pen, colour, member, top, row) {
    pen.textAlign = "left";
    pen.fillStyle = colour("text");
    pen.fillText(member.member || `${member.pod.slice(0, 16)}`, 0, top + row / 2, LABEL - 8);
    for (const span of member.spans) {
      const left = this.plan.x(span.from);
      const wide = Math.max(1.5, this.plan.x(span.to) - left);
      const [shade, letter] = STATES[span.state.replace("-", "_")] || ["idle", "?"];
      pen.fillStyle = colour(shade);
      pen.fillRect(left, top + 1, wide, row - 3);
      if (span.leading) {
        pen.fillStyle = colour("text");
        pen.fillRect(left, top + row - 4, wide, 2);
      }
      if (wide > 12 && (letter || span.leading)) {
        pen.fillStyle = /critical|alarm|accent|log/.test(shade) ? colour("panel") : colour("text");
        pen.fillText(`${letter}${span.leading ? "★" : ""}`, left + 3, top + row / 2 - 0.5, wide - 4);
      }
    }
  }

  drawMark(pen, colour, decision, height) {
    const where = this.plan.x(decision.at);
    const picked = this.picked && this.picked.decision === decision;
    pen.fillStyle = colour(decision.cause === "crash" ? "critical" : decision.moved ? "accent" : "soft");
    pen.globalAlpha = picked ? 1 : 0.45;
    pen.fillRect(where - (picked ? 1 : 0.5), MARKS, picked ? 2 : 1, height - MARKS - AXIS);
    pen.globalAlpha = 1;
    pen.beginPath();
    pen.moveTo(where - 4.5, 5);
    pen.lineTo(where + 4.5, 5);
    pen.lineTo(where, MARKS - 2);
    pen.fill();
  }

  point(e) {
    const box = e.target.getBoundingClientRect();
    const left = e.clientX - box.left;
    const top = e.clientY - box.top;
    const { row, from, to, width, x } = this.plan;
    if (top < MARKS) {
      const near = this.timeline.decisions.map((d) => [Math.abs(x(d.at) - left), d]).filter(([far]) => far < 8).sort((a, b) => a[0] - b[0])[0];
      this.pick(near ? { decision: near[1] } : null);
      return;
    }
    const member = this.timeline.members[Math.floor((top - MARKS) / row)];
    const at = from + ((left - LABEL) / (width - LABEL)) * (to - from);
    this.pick(member ? { row: member, span: member.spans.find((s) => Date.parse(s.from) <= at && at < Date.parse(s.to)) } : null);
  }

  /** A redraw only when it is another one. */
  pick(found) {
    const now = this.picked;
    if ((found && found.decision) !== (now && now.decision) || (found && found.span) !== (now && now.span) || (found && found.row) !== (now && now.row)) {
      this.picked = found;
    }
  }

  key(e) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    const { decisions } = this.timeline;
    if (step && decisions.length > 0) {
      e.preventDefault();
      const at = this.picked && this.picked.decision ? decisions.findIndex((d) => d.at === this.picked.decision.at && d.summary === this.picked.decision.summary) : step > 0 ? -1 : decisions.length;
      this.picked = { decision: decisions[Math.max(0, Math.min(decisions.length - 1, at + step))] };
    }
  }
}

customElements.define("cluster-timeline", ClusterTimeline);
