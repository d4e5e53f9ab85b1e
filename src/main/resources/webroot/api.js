// Calls of the API. The token lives in this tab alone and travels in a header, never in a cookie.

const TOKEN = "defender.token";

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
      headers: { ...authorization(), ...json, ...headers },
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

export const get = (path) => call("GET", path);

/** A query string of what is given. */
export function query(values) {
  const text = new URLSearchParams(Object.entries(values).filter(([, v]) => v !== undefined && v !== null && v !== "")).toString();
  return text ? `?${text}` : "";
}

export const part = encodeURIComponent;
