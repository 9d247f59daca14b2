for (const output of document.querySelectorAll("#from-script")) output.textContent = "hello";
