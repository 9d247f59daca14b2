// The floor to compare with: a page written by hand for one counter, with no framework.
const worker = new Worker("./worker.js", { type: "module" });
const count = document.getElementById("count");
worker.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.ready) document.documentElement.dataset.ready = "yes";
  else count.textContent = message.count;
};
document.getElementById("add").onclick = () => worker.postMessage('{"handler":"add","by":1}');
