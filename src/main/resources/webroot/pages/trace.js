// The samples of a run over those of the last good runs before it.

import { html } from "lit";
import { get, part, query } from "../api.js";
import { chartLink, colours, element, empty, failure, loading, number, time } from "../parts.js";
import { Page } from "./page.js";

const GOOD = 8;

class TracePage extends Page {
  static properties = { tool: {}, chamber: {}, context: {}, run: {}, others: {}, align: {}, svid: {} };

  start() {
    this.align = "start";
    this.others = [];
    this.svid = this.params.svid || "";
    this.load();
    this.on(window, "theme", () => this.draw());
    this.on(window, "resize", () => this.drawing && this.drawing.resize());
    this.onEnd(() => this.drawing && this.drawing.dispose());
  }

  path(context, svid) {
    return `/runs/${part(this.tool)}/${part(this.chamber)}/${part(context)}/trace${query({ svid, points: 1200 })}`;
  }

  async load() {
    const found = await this.attempt(async () => {
      const names = this.svid ? null : await get(this.path(this.context, ""));
      this.svid = this.svid || names.svids.find((s) => !/step/i.test(s.svid)).svid;
      return get(this.path(this.context, this.svid));
    });
    if (found) {
      this.run = found;
      this.loadOthers();
    }
  }

  /** The last runs of the same chart before this one that raised no alarm; those whose samples are gone are left out. */
  async loadOthers() {
    const { group, indicator } = this.params;
    this.others = [];
    if (!group || !indicator) {
      return;
    }
    const chart = await get(`/chambers/${part(this.tool)}/${part(this.chamber)}/points${query({ group, indicator, limit: 60, before: this.run.end })}`).catch(() => null);
    if (!chart) {
      return;
    }
    const alarmed = new Set(chart.alarms.map((a) => a.context));
    const good = chart.points.map((p) => p.context).filter((c) => !alarmed.has(c) && c !== this.context).slice(-GOOD);
    const traces = await Promise.all(good.map((c) => get(this.path(c, this.svid)).catch(() => null)));
    this.others = traces.filter((t) => t !== null);
  }

  change(svid) {
    this.svid = svid;
    this.run = null;
    this.drawn = false;
    this.load();
  }

  render() {
    const back = this.params.indicator ? chartLink(this.tool, this.chamber, query({ group: this.params.group, indicator: this.params.indicator })) : chartLink(this.tool, this.chamber);
    const head = html`<span class="crumbs"><a href="#/fleet">Fleet</a> / <a href=${back}>${this.tool}:${this.chamber}</a> /</span><h1>${this.context}</h1>`;
    if (!this.run) {
      return html`<div class="head">${head}</div>${this.error ? this.error.status === 404
        ? empty("The samples are gone", "T-charts are kept for days; the U-chart values of this run are still there.") : failure(this.error, () => this.load()) : loading("Decoding the trace")}`;
    }
    const series = this.run.series[0];
    return html`<div class="head">${head}<span class="grow"></span>
        <label>SVID <select @change=${(e) => this.change(e.target.value)}>${this.run.svids.map((s) => html`<option value=${s.svid} ?selected=${s.svid === this.svid}>${s.svid}${s.unit ? ` (${s.unit})` : ""}</option>`)}</select></label>
        <label>Align <select @change=${(e) => { this.align = e.target.value; }}><option value="start">at the start of the run</option>
          ${[...new Set(this.run.steps.map((s) => s.step))].map((step) => html`<option value=${step}>at step ${step}</option>`)}</select></label></div>
      <section class="panel"><div class="chart trace" data-trace role="img" aria-label="Samples of ${this.svid}"></div>
        <div class="legend"><span>bold: this run</span><span>grey: ${this.others.length} good runs before it</span><span>shaded: every other recipe step</span>
          <span>${series.samples} samples${series.v.length < series.samples ? `, ${series.v.length} drawn (extremes kept)` : ""}</span><span>ended ${time(this.run.end)}</span></div></section>
      <section class="panel"><h2>This run</h2><div class="facts">${Object.entries(this.run.labels).sort().map(([name, value]) => html`<div><b>${value}</b><span>${name}</span></div>`)}</div></section>`;
  }

  updated() {
    this.draw();
  }

  /** Seconds to subtract so that runs begin together. */
  origin(run) {
    const step = this.align === "start" ? null : run.steps.find((s) => String(s.step) === String(this.align));
    return step ? step.from : 0;
  }

  draw() {
    const place = this.querySelector("[data-trace]");
    if (!place || !window.echarts || !this.run) {
      return;
    }
    if (!this.drawing || this.drawing.getDom() !== place) {
      this.drawing && this.drawing.dispose();
      this.drawing = window.echarts.init(place, null, { renderer: "canvas" });
    }
    const colour = colours();
    const zero = this.origin(this.run);
    const data = (run) => run.series[0].t.map((t, i) => [t - this.origin(run), run.series[0].v[i]]);
    const steps = this.run.steps.filter((s, i) => i % 2 === 1).map((s) => [{ xAxis: s.from - zero, name: String(s.step) }, { xAxis: s.to - zero }]);
    this.drawing.setOption({
      animation: false,
      backgroundColor: "transparent",
      textStyle: { color: colour("soft"), fontFamily: "system-ui, sans-serif" },
      grid: { left: 66, right: 24, top: 24, bottom: 76 },
      tooltip: { trigger: "axis", confine: true, backgroundColor: colour("panel"), borderColor: colour("line"), textStyle: { color: colour("text") },
        formatter: (hits) => element("div", "tip", element("b", "", `${number(hits[0].value[0])} s`), element("table", "", ...hits.filter((h) => h.seriesName === this.context).concat(hits.filter((h) => h.seriesName !== this.context)).slice(0, 9)
          .map((h) => element("tr", "", element("td", "quiet", h.seriesName), element("td", "", number(h.value[1]))))) ) },
      xAxis: { type: "value", name: "s", axisLabel: { color: colour("soft") }, splitLine: { show: false }, axisLine: { lineStyle: { color: colour("line") } }, max: "dataMax", min: "dataMin" },
      yAxis: { type: "value", scale: true, axisLabel: { color: colour("soft") }, splitLine: { lineStyle: { color: colour("line") } } },
      dataZoom: [{ type: "inside" }, { type: "slider", height: 18, bottom: 14, borderColor: colour("line"), fillerColor: `${colour("accent")}33`, showDataShadow: false, textStyle: { color: colour("soft") } }],
      series: [
        ...this.others.map((run) => ({ name: run.run.split(":").pop(), type: "line", symbol: "none", z: 2, lineStyle: { width: 1, color: colour("log"), opacity: 0.55 }, itemStyle: { color: colour("log") }, data: data(run) })),
        { name: this.context, type: "line", symbol: "none", z: 4, lineStyle: { width: 2.4, color: colour("accent") }, itemStyle: { color: colour("accent") }, data: data(this.run),
          markArea: { silent: true, itemStyle: { color: colour("idle"), opacity: 0.5 }, label: { color: colour("soft"), position: "insideTop" }, data: steps } },
      ],
    }, { notMerge: true });
    place.dataset.series = this.others.length + 1;
  }
}

customElements.define("trace-page", TracePage);
