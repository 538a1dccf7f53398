// For those who read a link: printing, and nothing that keeps anything on their device.
import "./modules/focus.js";
import "./modules/print.js";
