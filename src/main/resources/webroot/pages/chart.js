// A U-chart with everything that was valid then.

import { html, nothing } from "lit";
import { get, part, query } from "../api.js";
import { listen } from "../bus.js";
import { alarmLink, colours, element, empty, failure, loading, number, severity, SEVERITIES, time, utc } from "../parts.js";
import { Page } from "./page.js";

const SHAPE = { log: "circle", warning: "triangle", alarm: "diamond", critical: "circle" };

class ChartPage extends Page {
  static properties = { tool: {}, chamber: {}, groups: {}, chart: {}, find: {} };

  start() {
    this.find = "";
    this.load();
    this.onEnd(listen("console.live", (live) => {
      if (live.chambers.includes(`${this.tool}:${this.chamber}`) && !document.hidden) {
        clearTimeout(this.soon);
        this.soon = setTimeout(() => this.loadChart(), 400);
      }
    }));
    this.on(window, "theme", () => this.draw());
    this.on(window, "resize", () => this.drawing && this.drawing.resize());
    this.onEnd(() => this.drawing && this.drawing.dispose());
  }

  willUpdate(changed) {
    if (changed.has("params") && this.groups && changed.get("params") !== undefined) {
      this.loadChart();
    }
    if ((changed.has("tool") || changed.has("chamber")) && changed.get("chamber") !== undefined) {
      this.groups = null;
      this.chart = null;
      this.load();
    }
  }

  base() {
    return `/chambers/${part(this.tool)}/${part(this.chamber)}`;
  }

  async load() {
    const found = await this.attempt(() => get(`${this.base()}/charts`));
    if (!found) {
      return;
    }
    this.groups = found.groups;
    if (!this.params.indicator) {
      await this.choose();
    }
    await this.loadChart();
  }

  /** Without a choice in the address: the chart that alarmed last, or the first one. */
  async choose() {
    let group = this.groups[0];
    let indicator = group.indicators[0];
    try {
      const alarms = await get(`/alarms${query({ tool: this.tool, chamber: this.chamber, limit: 1 })}`);
      const alarm = alarms.items[0];
      if (alarm && alarm.worst && this.groups.some((g) => g.group === alarm.group)) {
        group = this.groups.find((g) => g.group === alarm.group);
        indicator = alarm.worst.indicator;
      }
    } catch (e) {
      // The first chart will do.
    }
    this.select(group.group, indicator);
  }

  select(group, indicator) {
    this.params = { group, indicator };
    this.go(`/chart/${part(this.tool)}/${part(this.chamber)}`, this.params);
  }

  group() {
    return this.groups.find((g) => g.group === this.params.group) || this.groups[0];
  }

  async loadChart() {
    if (!this.groups || !this.params.indicator) {
      return;
    }
    const chart = await this.attempt(() => get(`${this.base()}/points${query({ group: this.group().group, indicator: this.params.indicator, limit: 300 })}`));
    if (chart) {
      this.chart = chart;
    }
  }

  render() {
    const crumbs = html`<span class="crumbs"><a href="#/fleet">Fleet</a> / <a href="#/fleet?find=${part(this.tool)}">${this.tool}</a> /</span><h1>${this.chamber}</h1>`;
    if (!this.groups) {
      return html`<div class="head">${crumbs}</div>${this.error
        ? this.error.status === 404 ? empty("No charts yet", "This chamber's first run has not been judged, or its charts have expired.") : failure(this.error, () => this.load())
        : loading("Reading the charts")}`;
    }
    const group = this.group();
    const names = group.indicators.filter((name) => name.toLowerCase().includes(this.find.toLowerCase()));
    return html`<div class="head">${crumbs}<span class="grow"></span>
        <label>Chart group <select @change=${(e) => this.select(e.target.value, this.groups.find((g) => g.group === e.target.value).indicators[0])}>
          ${this.groups.map((g) => html`<option value=${g.group} ?selected=${g === group}>${g.group}</option>`)}</select></label></div>
      <div class="split left"><section class="panel"><h2>Charts <span class="quiet">${group.indicators.length}</span></h2>
          <input type="search" aria-label="Find a chart" placeholder="find: SVID, step, statistic" size="26" .value=${this.find} @input=${(e) => { this.find = e.target.value; }}>
          <div class="scroll"><ul class="list">${names.slice(0, 400).map((name) => html`<li class="clip"><a class="pick" title=${name} aria-current=${name === this.params.indicator}
            href="#/chart/${part(this.tool)}/${part(this.chamber)}${query({ group: group.group, indicator: name })}">${name}</a></li>`)}</ul>
            ${names.length > 400 ? html`<p class="quiet">${names.length - 400} more: narrow the search.</p>` : nothing}</div></section>
        <div><section class="panel"><div class="head"><h2>${this.params.indicator}</h2><span class="grow"></span>${this.chart ? this.facts() : nothing}</div>
            ${this.error ? failure(this.error, () => this.loadChart()) : this.chart ? nothing : loading("Reading the points")}
            <div class="chart" data-chart ?hidden=${!this.chart} role="img" aria-label="U-chart of ${this.params.indicator}"></div>
            <div class="legend"><span>— centre</span><span>- - control limits valid then</span><span>━ engineering limits (LSL, USL)</span><span>▲ warning</span><span>◆ alarm</span><span>● (large) critical</span><span>◇ no value</span><span>○ excluded</span><span>shaded: learning</span><span class="quiet">click a point for its trace</span></div></section>
          ${this.chart ? this.alarms() : nothing}</div></div>`;
  }

  facts() {
    const values = this.chart.points.map((p) => p.value).filter((v) => v !== null);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const limit = this.chart.limits[this.chart.limits.length - 1];
    return html`<div class="facts">
      <div><b>${values.length}</b><span>runs shown</span></div><div><b>${number(mean)}</b><span>mean</span></div>
      ${limit ? html`<div><b>${number(limit.center)}</b><span>centre</span></div><div><b>${number(limit.lcl)} … ${number(limit.ucl)}</b><span>limits</span></div>
        <div><b>${limit.version}</b><span>version, epoch ${limit.epoch}</span></div>` : html`<div><b>${this.chart.fixed.ucl || this.chart.fixed.lcl ? "fixed" : "learning"}</b><span>${this.chart.fixed.ucl || this.chart.fixed.lcl ? "limits by the strategy" : "no limits yet"}</span></div>`}
      ${["lsl", "usl"].filter((key) => this.chart.fixed[key] !== undefined && this.chart.fixed[key] !== null).map((key) => html`<div><b>${number(this.chart.fixed[key])}</b><span>${key.toUpperCase()}</span></div>`)}</div>`;
  }

  alarms() {
    const rows = [...this.chart.alarms].sort((a, b) => b.raisedAt.localeCompare(a.raisedAt));
    return html`<section class="panel"><h2>Alarms of this chart</h2>${rows.length === 0 ? html`<p class="quiet">None among the runs shown.</p>` : html`
      <div class="scroll short"><table><thead><tr><th>Time</th><th>Severity</th><th>Rule</th><th>Value</th><th>Limits then</th><th>Why</th></tr></thead>
      <tbody>${rows.map((a) => html`<tr><td class="nowrap"><a href=${alarmLink(a)}>${time(a.raisedAt)}</a></td><td>${severity(a.severity)}</td><td>${a.rule}</td>
        <td>${number(a.value)}</td><td class="nowrap">${number(a.limits.lcl)} … ${number(a.limits.ucl)}</td><td class="reason">${a.reason}</td></tr>`)}</tbody></table></div>`}</section>`;
  }

  updated(changed) {
    if (this.chart) {
      this.draw(changed.has("chart"));
    }
  }

  /** The limit set valid when a run ended. */
  limitsAt(end) {
    let valid = null;
    for (const set of this.chart.limits) {
      if (set.validFrom <= end && (!valid || set.validFrom >= valid.validFrom)) {
        valid = set;
      }
    }
    return valid;
  }

  draw() {
    const place = this.querySelector("[data-chart]");
    if (!place || !window.echarts || !this.chart) {
      return;
    }
    if (!this.drawing || this.drawing.getDom() !== place) {
      this.drawing && this.drawing.dispose();
      this.drawing = window.echarts.init(place, null, { renderer: "canvas" });
      this.drawing.on("click", (e) => this.trace(e));
    }
    const { points } = this.chart;
    const colour = colours();
    const valid = points.map((p) => this.limitsAt(p.end));
    const line = (name, pick, type, shade, width) => ({
      name, type: "line", step: "middle", symbol: "none", silent: true, z: 1, lineStyle: { type, width, color: colour(shade) }, itemStyle: { color: colour(shade) },
      data: valid.map((set) => (set ? set[pick] : null)),
    });
    const worst = new Map();
    this.chart.alarms.forEach((a) => {
      const known = worst.get(a.context);
      if (!known || SEVERITIES.indexOf(a.severity) > SEVERITIES.indexOf(known.severity)) {
        worst.set(a.context, a);
      }
    });
    const marks = points.map((p, i) => [i, p, worst.get(p.context)]).filter(([, , a]) => a);
    const lowest = Math.min(...points.map((p) => p.value).filter((v) => v !== null));
    const learned = valid.findIndex((set) => set !== null);
    const shaded = learned === 0 ? [] : [[{ xAxis: 0 }, { xAxis: (learned < 0 ? points.length : learned) - 1 }]];
    const events = this.chart.events.filter((e) => e.type !== "ack").map((e) => ({ at: points.findIndex((p) => p.end >= e.at), ...e })).filter((e) => e.at > 0);
    const fixed = this.chart.fixed;
    const values = points.map((p) => p.value).filter((v) => v !== null);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = 2 * (high - low || Math.abs(high) || 1);
    // Engineering limits, and control limits that the strategy fixes; those far away don't squeeze the points.
    const across = [["lsl", "LSL", "critical", "solid"], ["usl", "USL", "critical", "solid"], ["target", "target", "good", "dotted"], ["lcl", "LCL", "alarm", "dashed"], ["ucl", "UCL", "alarm", "dashed"]]
      .filter(([key]) => fixed[key] !== undefined && fixed[key] !== null && fixed[key] > low - room && fixed[key] < high + room);
    const reach = across.map(([key]) => fixed[key]);
    const versions = valid.map((set, i) => (i > 0 && set && valid[i - 1] && set.version !== valid[i - 1].version ? { xAxis: i, label: { formatter: `v${set.version}` } } : null)).filter(Boolean);
    this.drawing.setOption({
      animation: false,
      backgroundColor: "transparent",
      textStyle: { color: colour("soft"), fontFamily: "system-ui, sans-serif" },
      grid: { left: 64, right: 26, top: 22, bottom: 74 },
      tooltip: { trigger: "axis", confine: true, backgroundColor: colour("panel"), borderColor: colour("line"), textStyle: { color: colour("text") },
        axisPointer: { type: "line", lineStyle: { color: colour("soft") } }, formatter: (hits) => this.tip(hits[0].dataIndex, valid, worst) },
      xAxis: { type: "category", data: points.map((p) => time(p.end)), axisLabel: { formatter: (text) => text.slice(5, 16), color: colour("soft") }, axisLine: { lineStyle: { color: colour("line") } } },
      yAxis: { type: "value", scale: true, axisLabel: { color: colour("soft"), formatter: (v) => number(v) }, splitLine: { lineStyle: { color: colour("line") } },
        min: (v) => Math.min(v.min, ...reach) - 0.03 * (v.max - v.min), max: (v) => Math.max(v.max, ...reach) + 0.03 * (v.max - v.min) },
      dataZoom: [{ type: "inside" }, { type: "slider", height: 18, bottom: 14, borderColor: colour("line"), fillerColor: `${colour("accent")}33`, showDataShadow: false, textStyle: { color: colour("soft") } }],
      series: [
        line("UCL", "ucl", "dashed", "alarm", 1.6), line("centre", "center", "solid", "good", 1.4), line("LCL", "lcl", "dashed", "alarm", 1.6),
        { name: "value", type: "line", z: 3, symbol: "circle", symbolSize: points.length > 150 ? 5 : 7, lineStyle: { width: 1.2, color: colour("accent") }, itemStyle: { color: colour("accent") }, connectNulls: false,
          data: points.map((p) => (p.flags.includes("excluded") ? { value: p.value, symbol: "emptyCircle" } : p.value)),
          markArea: { silent: true, itemStyle: { color: colour("idle"), opacity: 0.55 }, data: shaded },
          markLine: { silent: true, symbol: "none", label: { color: colour("soft") }, lineStyle: { color: colour("soft"), type: "dotted" },
            data: [...versions, ...events.map((e) => ({ xAxis: e.at, label: { formatter: e.type } })),
              ...across.map(([key, name, shade, type]) => ({ yAxis: fixed[key], lineStyle: { color: colour(shade), type, width: 1.6 }, label: { formatter: name, color: colour(shade), position: "insideEndTop" } }))] } },
        { name: "alarms", type: "scatter", z: 5, data: marks.map(([i, p, a]) => ({ value: [i, p.value === null ? lowest : p.value], symbol: p.value === null ? "emptyDiamond" : SHAPE[a.severity], symbolSize: a.severity === "critical" ? 15 : 13,
          itemStyle: { color: colour(a.severity), borderColor: colour("panel"), borderWidth: 1.2 } })) },
      ],
    }, { notMerge: !this.drawn });
    this.drawn = true;
    place.dataset.points = points.length;
  }

  tip(index, valid, worst) {
    const p = this.chart.points[index];
    const set = valid[index];
    const alarm = worst.get(p.context);
    const row = (name, value) => element("tr", "", element("td", "quiet", name), element("td", "", value));
    const rows = [row("value", number(p.value)), row("time", time(p.end)), row("", utc(p.end)), row("run", p.context)];
    ["lot", "wafer", "slot", "recipe", "recipeVersion", "product"].filter((name) => p.labels[name]).forEach((name) => rows.push(row(name, p.labels[name])));
    rows.push(set ? row("limits then", `${number(set.lcl)} … ${number(set.ucl)}, centre ${number(set.center)} (version ${set.version}, ${set.strategy})`) : row("limits then", "learning"));
    if (p.flags.length) {
      rows.push(row("flags", p.flags.join(", ")));
    }
    if (alarm) {
      rows.push(row(alarm.severity, `${alarm.rule}: ${alarm.violation}`));
    }
    return element("div", "tip", element("table", "", ...rows));
  }

  trace(e) {
    const index = Array.isArray(e.value) ? e.value[0] : e.dataIndex;
    const p = this.chart.points[index];
    const svid = this.params.indicator.split("/").slice(0, -2).join("/");
    location.hash = `#/trace/${part(this.tool)}/${part(this.chamber)}/${part(p.context)}${query({ svid, group: this.params.group, indicator: this.params.indicator })}`;
  }
}

customElements.define("chart-page", ChartPage);
