// In which leaves of the clover somebody read, on this phone alone: a word on a leaf, never a number.
// What was remembered for anyone else goes: also at sign-out, because the next page is nobody's.
const START = "leaves-";
const mine = START + (document.documentElement.dataset.person ?? "");
const others = Object.keys(localStorage).filter((key) => key.startsWith(START) && key !== mine);
for (const key of others) localStorage.removeItem(key);

const read = new Set((localStorage.getItem(mine) ?? "").split(" ").filter(Boolean));
const here = document.querySelector("[data-read-here]");
if (here) localStorage.setItem(mine, [...read.add(here.dataset.readHere)].join(" "));
for (const said of document.querySelectorAll("[data-read-leaf]")) said.hidden = !read.has(said.dataset.readLeaf);
