// Who is in the cluster, what moves and why, and what would happen with another size.

import { html, nothing } from "lit";
import { call, get } from "../api.js";
import { empty, failure, loading, number, time, colours } from "../parts.js";
import { Page } from "./page.js";
import "./timeline.js";

class ClusterPage extends Page {
  static properties = { cluster: {}, node: {}, decisions: {}, plan: {}, size: {}, answer: {}, opened: {} };

  start() {
    this.load();
    this.every(3000, () => this.load());
  }

  async load() {
    this.node = await get("/status").catch(() => this.node);
    const found = await this.attempt(() => get("/cluster"));
    if (found) {
      this.cluster = found;
      this.size = this.size || found.members.filter((m) => m.id).length;
    }
  }

  /** The time line has news: decisions with all their moves are read only when there is another one. */
  async decided(marks) {
    const newest = marks.length === 0 ? "" : marks[marks.length - 1].at;
    if (newest !== this.newest || !this.decisions) {
      this.newest = newest;
      this.decisions = (await get("/cluster/decisions?limit=40").catch(() => ({ items: this.decisions || [] }))).items;
    }
  }

  /** Which decision's moves are open, wherever newer ones push it. */
  toggled(open, at) {
    if (open) {
      this.opened = at;
    } else if (this.opened === at) {
      this.opened = null;
    }
  }

  async whatIf(size) {
    this.size = size;
    clearTimeout(this.soon);
    this.soon = setTimeout(async () => {
      this.plan = await get(`/cluster/plan?size=${size}`).catch((e) => ({ failed: e }));
    }, 200);
  }

  async command(body, sure) {
    if (sure && !confirm(sure)) {
      return;
    }
    this.answer = await call("POST", "/cluster/commands", body).catch((e) => ({ summary: e.message, bad: true }));
    this.load();
  }

  render() {
    return html`<div class="head"><h1>Cluster</h1></div>${this.node ? this.thisProcess() : nothing}${this.cluster ? this.whole() : this.error
      ? this.error.status === 503 ? html`<section class="panel" data-no-cluster>${empty("No cluster", "This process serves all chambers by itself, or no leader answers now. With cluster.mode: on its members, moves and decisions are shown here.")}</section>` : failure(this.error, () => this.load())
      : loading("Asking the leader")}`;
  }

  thisProcess() {
    const n = this.node;
    return html`<section class="panel"><h2>This process</h2><div class="facts" data-node>
      <div><b>${n.defenderId || "–"}</b><span>${n.podName || "id"}</span></div><div><b>${n.state}</b><span>state${n.isLeader ? ", leads" : ""}</span></div><div><b>${n.assignedChambers ?? "all"}</b><span>chambers</span></div>
      <div><b>${n.messagesProcessed}</b><span>runs processed</span></div><div><b>${n.inFlight}</b><span>in work</span></div><div><b>${(100 * n.cacheHitRate).toFixed(1)} %</b><span>histories from memory</span></div>
      <div><b>${n.deadLettered}</b><span>dead letters</span></div><div><b>${n.assignmentVersion}</b><span>map version</span></div><div><b>${Math.floor(n.uptimeSeconds / 3600)} h ${Math.floor(n.uptimeSeconds / 60) % 60} min</b><span>up</span></div></div>
      ${n.paused ? html`<div class="note bad">Paused: ${n.paused}</div>` : nothing}</section>`;
  }

  whole() {
    const { leader, members, operator } = this.cluster;
    const heaviest = Math.max(1, ...members.map((m) => m.weight));
    const operates = this.may("operator");
    const off = new Set([...operator.cordoned, ...(operator.drained || [])]);
    return html`${this.error ? html`<div class="note bad" role="alert" data-stale>Not up to date: ${this.error.message}</div>` : nothing}<section class="panel"><h2>State</h2><div class="facts"><div><b>${leader.phase}</b><span>phase</span></div><div><b>${leader.activeMembers}</b><span>members${leader.intended ? ` of ${leader.intended}` : ""}</span></div><div><b>${leader.standbys}</b><span>on standby</span></div>
        <div><b>${this.cluster.version ?? "–"}</b><span>map version, epoch ${leader.epoch}</span></div><div data-chambers><b>${this.cluster.chambers ?? 0}</b><span>chambers</span></div><div><b>${leader.releasing}</b><span>on the move</span></div><div><b>${leader.windowMillis ? `${(leader.windowMillis / 1000).toFixed(1)} s` : "–"}</b><span>window left</span></div></div>
        ${operator.paused ? html`<div class="note">Paused by an operator: nothing moves but orphans.</div>` : nothing}
        ${this.answer ? html`<div class="note ${this.answer.bad ? "bad" : "good"}" role="status">${this.answer.summary}</div>` : nothing}
        ${operates ? html`<p class="buttons"><button class="small" @click=${() => this.command({ command: operator.paused ? "resume" : "pause" })}>${operator.paused ? "Resume" : "Pause"} moves</button>
          <button class="small" @click=${() => this.command({ command: "rebalance" }, "Balance now?")}>Rebalance</button></p>` : nothing}</section>
      <div class="halves"><section class="panel side"><h2>Members</h2><div class="scroll short"><table data-members><thead><tr><th>Member</th><th>State</th><th>Chambers</th><th>Weight</th><th>Heard</th><th>Verdict</th>${operates ? html`<th></th>` : nothing}</tr></thead>
        <tbody>${members.map((m) => html`<tr><td><b>${m.id || "standby"}</b>${m.leading ? " ★" : ""}<div class="quiet">${m.pod}</div></td><td>${m.state}</td><td class="right" data-owned>${m.chambers}</td>
          <td><div class="meter" title=${m.weight}><canvas width="90" height="9" data-share=${m.weight / heaviest}></canvas></div></td><td class="nowrap">${(m.silentMillis / 1000).toFixed(1)} s</td><td>${m.verdict}</td>
          ${operates ? html`<td class="nowrap">${m.id ? off.has(m.id) ? html`<button class="small" @click=${() => this.command({ command: "uncordon", member: m.id })}>Uncordon</button>`
            : html`<button class="small" @click=${() => this.command({ command: "drain", member: m.id }, `Move all chambers away from ${m.id}?`)}>Drain</button>` : nothing}</td>` : nothing}</tr>`)}</tbody></table></div></section>
        <section class="panel side"><h2>What if</h2><label>members <input type="range" min="1" max="150" .value=${String(this.size)} aria-label="Members" @input=${(e) => this.whatIf(Number(e.target.value))}> <b>${this.size}</b></label>
          ${!this.plan ? html`<p class="quiet">Move the slider: the leader's planner answers, nothing is changed.</p>` : this.plan.failed ? html`<div class="note bad">${this.plan.failed.message}</div>` : html`<div class="facts" data-plan>
            <div><b>${this.plan.moved}</b><span>chambers would move</span></div><div><b>${(100 * this.plan.statistics.movedShare).toFixed(1)} %</b><span>of all</span></div><div><b>${number(this.plan.statistics.maxOverMean)}</b><span>heaviest / mean</span></div><div><b>${this.plan.statistics.minCount} … ${this.plan.statistics.maxCount}</b><span>chambers per member</span></div></div>`}</section></div>
      <section class="panel"><cluster-timeline @decisions=${(e) => this.decided(e.detail)}></cluster-timeline></section>
      <section class="panel"><h2>Decisions</h2>${!this.decisions || this.decisions.length === 0 ? html`<p class="quiet">None recorded.</p>` : html`<ul class="list scroll short" data-decisions>${this.decisions.map((d) => html`<li><span class="quiet nowrap">${time(d.at)}</span> <b>v${d.version} ${d.cause}</b> ${d.summary}${d.by ? ` (by ${d.by})` : ""}
        ${d.moved ? html`<details ?open=${this.opened === d.at} @toggle=${(e) => this.toggled(e.target.open, d.at)}><summary class="quiet">${d.moved} moves</summary>${this.opened === d.at ? html`<div class="mono">${d.moves.slice(0, 60).map((m) => html`<div>${m.chamber}: ${m.from || "new"} → ${m.to}, ${m.reason}</div>`)}${d.moved > 60 ? html`<div class="quiet">and ${d.moved - 60} more</div>` : nothing}</div>` : nothing}</details>` : nothing}</li>`)}</ul>`}</section>`;
  }

  updated() {
    const colour = colours();
    this.querySelectorAll("canvas[data-share]").forEach((c) => {
      const pen = c.getContext("2d");
      pen.clearRect(0, 0, 90, 9);
      pen.fillStyle = colour("accent");
      pen.fillRect(0, 0, 90 * Number(c.dataset.share), 9);
    });
  }
}

customElements.define("cluster-page", ClusterPage);
