// Calls of the API. A token lives in this tab alone and travels in a header. Who logged in at the provider has a session instead, in a
// cookie that no script can read; it counts along with a header that no other site can send.

const TOKEN = "defender.token";
const CONSOLE = { "X-Defender-Console": "1" };

export class ApiError extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.title = problem.title || "Failed";
    this.places = problem.errors || [];
  }
}

export function token() {
  return sessionStorage.getItem(TOKEN) || "";
}

export function setToken(value) {
  if (value) {
    sessionStorage.setItem(TOKEN, value);
  } else {
    sessionStorage.removeItem(TOKEN);
  }
}

export function authorization() {
  return token() ? { Authorization: `Bearer ${token()}` } : {};
}

export async function call(method, path, body, headers = {}) {
  const json = body === undefined ? {} : { "Content-Type": "application/json" };
  let response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      headers: { ...CONSOLE, ...authorization(), ...json, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (e) {
    throw new ApiError(0, { title: "No connection", detail: "the process does not answer" });
  }
  const type = response.headers.get("Content-Type") || "";
  const content = type.includes("json") ? await response.json() : await response.text();
  if (!response.ok) {
    throw new ApiError(response.status, typeof content === "string" ? { detail: content } : content);
  }
  if (content && typeof content === "object" && response.headers.get("ETag")) {
    Object.defineProperty(content, "etag$", { value: response.headers.get("ETag") });
  }
  return content;
}

/** Whether people log in at a provider here, and whether this browser is: {signedIn}, or null. */
export async function session() {
  try {
    const response = await fetch("/auth/session", { headers: CONSOLE });
    return response.ok ? await response.json() : null;
  } catch (e) {
    return null;
  }
}

/** Ends the session; yields where to go from here. */
export async function logout() {
  const response = await fetch("/auth/logout", { method: "POST", headers: CONSOLE });
  return response.ok ? (await response.json()).next : "/";
}

export const get = (path) => call("GET", path);

/** A query string of what is given. */
export function query(values) {
  const text = new URLSearchParams(Object.entries(values).filter(([, v]) => v !== undefined && v !== null && v !== "")).toString();
  return text ? `?${text}` : "";
}

export const part = encodeURIComponent;
