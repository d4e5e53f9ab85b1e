import { LitElement } from "lit";

/** A page: drawn into the document itself, with clean-up, reload on a change of its address, and errors kept for showing. */
export class Page extends LitElement {
  static properties = { params: {}, error: {}, may: {} };

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.ends = [];
    this.start();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.ends.forEach((end) => end());
    this.ends = [];
  }

  /** What begins with the page. */
  start() {}

  onEnd(end) {
    this.ends.push(end);
  }

  every(millis, task) {
    const timer = setInterval(task, millis);
    this.onEnd(() => clearInterval(timer));
  }

  on(target, type, handler) {
    target.addEventListener(type, handler);
    this.onEnd(() => target.removeEventListener(type, handler));
  }

  /** Runs a task; what it throws is shown. Of tasks that overlap the answer of the latest counts. */
  async attempt(task) {
    const turn = (this.turn = (this.turn || 0) + 1);
    try {
      const result = await task();
      if (turn === this.turn) {
        this.error = null;
        return result;
      }
    } catch (e) {
      if (turn === this.turn) {
        this.error = e;
      }
    }
    return undefined;
  }

  go(path, values) {
    const search = new URLSearchParams(Object.entries(values).filter(([, v]) => v)).toString();
    history.replaceState(null, "", `#${path}${search ? `?${search}` : ""}`);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
