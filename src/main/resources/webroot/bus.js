// The event bus as the server bridges it: listening only. Reconnects by itself and registers again.

import { token } from "./api.js";

const listeners = new Map();
const watchers = new Set();
let socket = null;
let delay = 500;

export function listen(address, handler) {
  if (!listeners.has(address)) {
    listeners.set(address, new Set());
    register(address);
  }
  listeners.get(address).add(handler);
  connect();
  return () => {
    const handlers = listeners.get(address);
    handlers.delete(handler);
    if (handlers.size === 0) {
      listeners.delete(address);
      send({ type: "unregister", address });
    }
  };
}

/** Told true and false as the connection comes and goes. */
export function onConnection(handler) {
  watchers.add(handler);
  handler(isOpen());
}

/** Another token: everything is registered anew. */
export function reconnect() {
  if (socket) {
    socket.close();
  }
}

const isOpen = () => socket !== null && socket.readyState === 1;

function send(message) {
  if (isOpen()) {
    socket.send(JSON.stringify(message));
  }
}

function register(address) {
  send({ type: "register", address, headers: token() ? { Authorization: `Bearer ${token()}` } : {} });
}

function connect() {
  if (socket !== null || typeof window.SockJS === "undefined") {
    return;
  }
  socket = new window.SockJS(`${location.origin}/eventbus`, null, { transports: ["websocket", "xhr-streaming", "xhr-polling"] });
  let ping = 0;
  socket.onopen = () => {
    delay = 500;
    ping = setInterval(() => send({ type: "ping" }), 5000);
    listeners.forEach((handlers, address) => register(address));
    watchers.forEach((w) => w(true));
  };
  socket.onmessage = (event) => {
    const message = JSON.parse(event.data);
    if (message.type === "rec" || message.type === undefined) {
      (listeners.get(message.address) || []).forEach((handler) => handler(message.body));
    }
  };
  socket.onclose = () => {
    clearInterval(ping);
    socket = null;
    watchers.forEach((w) => w(false));
    setTimeout(connect, delay);
    delay = Math.min(delay * 2, 15000);
  };
}
