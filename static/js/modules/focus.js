// Brings what is new on the page (an error summary, urgent help) to eyes and screen readers.
document.querySelector("[data-focus]")?.focus();
