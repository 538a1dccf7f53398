// An amount that can mean only one thing, as the server writes it; null for anything else: then the server reads it.
const PARTS = { "½": "5", "¼": "25", "¾": "75", "1/2": "5", "1/4": "25", "3/4": "75" };

export function readAmount(typed) {
  const text = typed.replace(/[\s\u00a0\u202f]+/g, " ").trim().replace(/ ?mg$/i, "");
  const decimal = /^(0|[1-9]\d{0,5})?(?:[.,](\d{1,6}))?$/.exec(text);
  if (decimal && text !== "") {
    const [, whole = "0", rest = ""] = decimal;
    if (rest.length === 3 && rest.endsWith("0") && whole !== "0") return null;
    return written(whole, rest);
  }
  const part = /^([1-9]\d{0,5})? ?(½|¼|¾)$/.exec(text) ?? /^(?:([1-9]\d{0,5}) )?(1\/2|1\/4|3\/4)$/.exec(text);
  return part ? written(part[1] ?? "0", PARTS[part[2]]) : null;
}

function written(whole, rest) {
  const decimals = rest.replace(/0+$/, "");
  return decimals ? `${whole}.${decimals}` : whole;
}
