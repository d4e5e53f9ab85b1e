// The frame: who is here, where we are, and which page that is. Every view is a link.

import { LitElement, html, nothing } from "lit";
import { get, logout, session, setToken, token } from "./api.js";
import { listen, onConnection, reconnect } from "./bus.js";
import "./pages/fleet.js";
import "./pages/chart.js";
import "./pages/trace.js";
import "./pages/alarms.js";
import "./pages/cluster.js";
import "./pages/strategies.js";
import "./pages/bus-console.js";
import "./pages/audit.js";

const PAGES = [
  ["fleet", "Fleet", "f"],
  ["alarms", "Alarms", "a"],
  ["strategies", "Strategies", "s"],
  ["cluster", "Cluster", "c"],
  ["bus", "Event bus", "b"],
  ["audit", "Audit", "u"],
];

class DefenderConsole extends LitElement {
  static properties = { page: {}, steps: {}, params: {}, who: {}, connected: {}, rate: {}, asking: {}, refused: {}, session: {} };

  constructor() {
    super();
    this.who = null;
    this.rate = 0;
    this.arrivals = [];
    this.asking = false;
    this.session = null;
    this.takeToken();
    this.route();
    this.theme(localStorage.getItem("defender.theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("hashchange", () => this.route());
    addEventListener("keydown", (e) => this.shortcut(e));
    addEventListener("load", () => {
      onConnection((up) => { this.connected = up; });
      listen("console.live", (live) => this.arrivals.push([Date.now(), live.runs]));
    });
    setInterval(() => this.measure(), 1000);
    session().then((found) => { this.session = found; });
    this.login();
  }

  /** Once, from the address, and away with it. */
  takeToken() {
    const found = location.hash.match(/^#token=([\w.~-]+)/);
    if (found) {
      setToken(found[1]);
      history.replaceState(null, "", "#/fleet");
    }
  }

  async login() {
    try {
      this.who = await get("/whoami");
      this.refused = null;
      this.asking = false;
    } catch (e) {
      this.who = null;
      this.refused = e;
      this.asking = e.status === 401;
    }
  }

  route() {
    const [path, search] = (location.hash.slice(1) || "/fleet").split("?");
    this.steps = path.split("/").slice(1).map(decodeURIComponent);
    this.page = this.steps[0] || "fleet";
    this.params = Object.fromEntries(new URLSearchParams(search || ""));
    document.title = `${this.page} · Defender`;
  }

  theme(name) {
    document.documentElement.dataset.theme = name;
    localStorage.setItem("defender.theme", name);
    dispatchEvent(new Event("theme"));
    this.requestUpdate();
  }

  shortcut(e) {
    const typing = /INPUT|TEXTAREA|SELECT/.test(e.target.tagName);
    if (typing || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    if (this.pending) {
      const page = PAGES.find(([, , key]) => key === e.key);
      this.pending = false;
      if (page) {
        location.hash = `#/${page[0]}`;
      }
    } else if (e.key === "g") {
      this.pending = true;
      setTimeout(() => { this.pending = false; }, 1500);
    } else if (e.key === "t") {
      this.theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
    }
  }

  measure() {
    const from = Date.now() - 5000;
    this.arrivals = this.arrivals.filter(([at]) => at > from);
    this.rate = this.arrivals.reduce((sum, [, runs]) => sum + runs, 0) / 5;
  }

  /** To the provider and back to where we are. */
  toProvider() {
    location.assign(`/auth/login?place=${encodeURIComponent(location.hash.slice(1) || "/fleet")}`);
  }

  async signOut() {
    location.assign(await logout());
  }

  submit(e) {
    e.preventDefault();
    setToken(e.target.querySelector("input").value.trim());
    reconnect();
    this.login();
  }

  render() {
    return html`
      <a class="skip" href="#main" @click=${(e) => { e.preventDefault(); this.querySelector("main").focus(); }}>Skip to content</a>
      <header class="bar">
        <a class="brand" href="#/fleet"><img src="/icon.svg" alt=""> Defender</a>
        <nav aria-label="Pages">${PAGES.map(([id, name, key]) => html`
          <a href="#/${id}" aria-current=${this.current() === id ? "page" : "false"} title="g then ${key}">${name}</a>`)}</nav>
        <span class="pulse" title="Runs processed here"><span class="dot ${this.connected ? "up" : "down"}"></span>${this.connected ? `${this.rate.toFixed(1)} runs/s` : "not connected"}</span>
        <span class="pulse" data-who>${this.who ? html`${this.who.name} <span class="quiet">${this.topRole()}</span>` : "not signed in"}</span>
        ${this.session && this.session.signedIn && !token()
          ? html`<button class="small" data-sign-out @click=${() => this.signOut()}>Sign out</button>`
          : html`<button class="small" @click=${() => { this.asking = true; }}>Sign in</button>`}
        <button class="small" title="t" aria-label="Switch between dark and light" @click=${() => this.theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark")}>◐</button>
      </header>
      <main id="main" tabindex="-1">${this.who ? this.content() : this.refused && this.refused.status !== 401
        ? html`<div class="blank failure" role="alert"><b>${this.refused.title}</b>${this.refused.message}<p><button @click=${() => this.login()}>Try again</button></p></div>`
        : html`<div class="blank"><b>Sign in to look</b>This console shows what your token allows.</div>`}</main>
      ${this.asking ? this.dialog() : nothing}`;
  }

  updated() {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) {
      dialog.showModal();
    }
  }

  dialog() {
    return html`<dialog aria-label="Sign in" @close=${() => { this.asking = false; }}>
      <form @submit=${this.submit}>
        ${this.session ? html`<h2>Sign in</h2>
          <p><button type="button" class="primary" data-provider @click=${() => this.toProvider()}>With your account</button></p>` : nothing}
        <h2>${this.session ? "Or with a token" : "Sign in with a token"}</h2>
        <p class="quiet">It stays in this tab until it is closed.</p>
        <p><input type="password" name="token" aria-label="Token" size="40" autocomplete="off" autofocus .value=${token()}></p>
        ${this.refused && token() ? html`<div class="note bad">${this.refused.message}</div>` : nothing}
        <div class="buttons"><button class="primary">Sign in</button>
          <button type="button" @click=${(e) => e.target.closest("dialog").close()}>Cancel</button></div>
      </form></dialog>`;
  }

  topRole() {
    return ["admin", "operator", "engineer", "viewer"].find((role) => this.who.roles.includes(role)) || "";
  }

  current() {
    return this.page === "chart" || this.page === "trace" ? "fleet" : this.page;
  }

  content() {
    const may = (...roles) => this.who.roles.includes("admin") || roles.some((role) => this.who.roles.includes(role));
    const [, a, b, c] = this.steps;
    switch (this.page) {
      case "fleet": return html`<fleet-page .params=${this.params}></fleet-page>`;
      case "chart": return html`<chart-page .tool=${a} .chamber=${b} .params=${this.params}></chart-page>`;
      case "trace": return html`<trace-page .tool=${a} .chamber=${b} .context=${c} .params=${this.params}></trace-page>`;
      case "alarms": return html`<alarms-page .params=${this.params} .may=${may}></alarms-page>`;
      case "cluster": return html`<cluster-page .may=${may}></cluster-page>`;
      case "strategies": return html`<strategies-page .params=${this.params} .may=${may}></strategies-page>`;
      case "bus": return html`<bus-page .may=${may}></bus-page>`;
      case "audit": return html`<audit-page .may=${may}></audit-page>`;
      default: return html`<div class="blank"><b>There is no page ${this.page}</b><a href="#/fleet">To the fleet</a></div>`;
    }
  }
}

customElements.define("defender-console", DefenderConsole);
