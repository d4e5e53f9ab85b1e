// Small things that pages have in common.

import { html, nothing } from "lit";

export const SEVERITIES = ["log", "warning", "alarm", "critical"];
const MARK = { log: "·", warning: "▲", alarm: "◆", critical: "✖" };

export const severity = (name) => html`<span class="badge ${name}"><span aria-hidden="true">${MARK[name]}</span>${name}</span>`;
export const stateBadge = (name) => html`<span class="badge state ${name}">${name}</span>`;

export const loading = (what) => html`<div class="blank" role="status"><div class="spinner"></div>${what} …</div>`;
export const empty = (title, text) => html`<div class="blank"><b>${title}</b>${text}</div>`;
export const failure = (error, again) => html`<div class="blank failure" role="alert"><b>${error.title || "Failed"}</b>${error.message}
  ${again ? html`<p><button @click=${again}>Try again</button></p>` : nothing}</div>`;

const pad = (n) => String(n).padStart(2, "0");

export function time(text) {
  const t = new Date(text);
  return `${t.getFullYear()}-${pad(t.getMonth() + 1)}-${pad(t.getDate())} ${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
}

export const utc = (text) => new Date(text).toISOString().replace("T", " ").slice(0, 19) + " UTC";

export function number(value) {
  if (value === null || value === undefined) {
    return "–";
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    return value.toExponential(3);
  }
  return String(Number(value.toPrecision(5)));
}

/** Colours of the theme, for what is drawn rather than styled. Each is looked up once: that is what makes 6,000 of them slow. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const known = new Map();
  return (name) => {
    if (!known.has(name)) {
      known.set(name, style.getPropertyValue(`--${name}`).trim());
    }
    return known.get(name);
  };
}

export const chartLink = (tool, chamber, more = "") => `#/chart/${encodeURIComponent(tool)}/${encodeURIComponent(chamber)}${more}`;
export const alarmLink = (alarm) => `#/alarms?id=${encodeURIComponent(alarm.id)}&raisedAt=${encodeURIComponent(alarm.raisedAt)}`;

/** An element as tool tips need it: built, not parsed. */
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}
