// Of which kind this browser's memory of Python is. The memory notes what Pyodide found when it
// started: whether WebAssembly switches stacks, and a function that it does not make on iOS.

export const switchesStacks =
  "Suspending" in WebAssembly && !/iPad|iPhone|iPod/.test(navigator.userAgent);
