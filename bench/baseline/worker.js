import { loadPyodide } from "./pyodide/pyodide.mjs";

const waiting = [];
let receive = (text) => waiting.push(text);
onmessage = ({ data }) => receive(data);

const python = await loadPyodide();
const handle = python.runPython(`
import json

count = 0

def handle(text):
    global count
    event = json.loads(text)
    count += event["by"]
    return json.dumps({"count": count})

handle
`);
receive = (text) => postMessage(handle(text));
postMessage('{"ready":true}');
waiting.forEach(receive);
