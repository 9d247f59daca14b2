// Stands in for Python: speaks the protocol, and does what the query parameters say.

const options = new URLSearchParams(self.location.search);
const S = "app.State";
let vars = { count: 0, log: [] };
let receive = null;
const waiting = [];
const handled = [];

const send = (message) => self.postMessage(JSON.stringify(message));

self.onmessage = ({ data }) => {
  if (data.boot) hold(data.boot.lock).then(() => start(data.boot));
  else if (typeof data !== "string") return;
  else if (receive) receive(data);
  else waiting.push(data);
};

/** Takes the lock by which the page sees that the worker lives. */
const hold = (name) =>
  new Promise((held) => navigator.locks.request(name, () => (held(), new Promise(() => {}))));

function start(boot) {
  self.boot = boot;
  send({ t: "progress", phase: "download", loaded: 1, total: 2 });
  if (options.has("fail"))
    return send({ t: "failed", what: options.get("fail"), file: "app.py", line: 7 });
  if (options.has("throw")) return setTimeout(() => fall(), 0);
  if (options.has("hold")) new BroadcastChannel("worker").onmessage = ready;
  else ready();
}

function fall() {
  throw new Error("the worker fell over");
}

function ready() {
  send({ t: "ready" });
  send({ t: "progress", phase: "download", loaded: 2, total: 2 });
  receive = (text) => handle(JSON.parse(text));
  waiting.splice(0).forEach(receive);
}

function update(id, changes, more = {}) {
  Object.assign(vars, changes);
  send({
    t: "update",
    id,
    delta: { [S]: changes },
    final: true,
    ...more,
  });
}

const note = (line) => ({ log: [...vars.log, line] });

const handlers = {
  inc: (id, { by }) => update(id, { ...note("inc"), count: vars.count + by }),
  say: (id, { messages }) => {
    for (const message of messages)
      self.postMessage(typeof message === "string" ? message : JSON.stringify(message));
    send({ t: "update", id, final: true });
  },
  slow: (id) => (new BroadcastChannel("worker").onmessage = () => update(id, note("slow"))),
  die: () => {
    throw new Error("killed");
  },
  close: () => self.close(),
};

/** As runtime/restart.py puts it. */
function tellEnd({ why, stopped, lost }) {
  const told = [
    ...stopped.map((name) => `${name} is not run again.`),
    ...lost.map((name) => `What ${name} changed could not be kept.`),
    why,
  ];
  const error = { title: "Python was started again", message: told.join(" ") };
  send({ t: "update", id: 0, error, final: false });
}

function handle(message) {
  handled.push(message);
  const { t, id, location } = message;
  if (t === "hydrate") {
    if (message.ended) tellEnd(message.ended);
    const storage = JSON.stringify(message.storage);
    send({
      t: "update",
      id,
      delta: { [S]: vars, test: { storage, messages: handled.length } },
      final: true,
    });
  } else if (t === "stored") {
    update(id, note(`stored ${JSON.stringify(message.kept)}`));
  } else if (t === "navigate") {
    if (options.has("die")) throw new Error("killed");
    const where = `${location.route} ${location.path} ${JSON.stringify(location.params)} ${JSON.stringify(location.query)}`;
    send({ t: "update", id, delta: { "wasmrx.State": { where } }, final: true });
    if (options.has("on_load")) update(0, note("on_load"));
  } else {
    self.postMessage(id);
    const name = message.handler.split(".").at(-1);
    if (handlers[name]) handlers[name](id, message.payload);
    else update(id, note(`${name} ${JSON.stringify(message.payload)}`));
  }
}
