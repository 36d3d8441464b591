// A chat model that is nothing but obedient. It obeys any order in what it is told, unless the order stands where it was told that
// data stands, in a line of data. So it obeys what breaks out of its line, out of its section, or passes for a chat
// template's special token. Asked a question, it quotes the sources that have most of the question's words, or says that none has.
const ORDER = /\b(?:write|say|print|answer|reply|output)\b[^.!?]{0,60}?\bPWNED-(\d+)/i;
/** What chat templates take for the end of somebody's words. */
const SPECIAL =
  /<\|[^>]*\|>|<\|im_|\[\/?INST\]|<<\/?SYS>>|<\/?s>|<(?:start|end)_of_turn>|<\|?(?:system|user|assistant)\|?>/i;
/** Whatever begins a line for somebody. */
const LINE = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/;
/** Letters that nobody sees and that some models read. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u{e0000}-\u{e007f}]/u;

const STOP = new Set(
  "a an and are at by do does for from get give has have how i in is it its me my of on one or show some than that the there this to up what when where which who why with you".split(
    " ",
  ),
);
const ENOUGH = 0.6;
const MOST_QUOTED = 3;

/** Words that say something, as far as their stems. */
export const wordsOf = (text) =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((word) => !STOP.has(word))
    .map((word) => word.replace(/(?:ing|es|ed|s|e)$/, "").replace(/(.)\1$/, "$1"));

/** What it says to a request's messages. */
export function readAndAnswer(messages) {
  const system = contentOf(messages, "system");
  const user = contentOf(messages, "user");
  const { orders, data } = divide(system, user);
  const order = ORDER.exec(orders);
  if (order !== null) return { text: `OBEYED-${order[1]}. As you wish.`, sources: data };
  const question = JSON.parse(/The question, as JSON: (".*")/.exec(orders)?.[1] ?? '""');
  const noAnswer = /write (\w+) and nothing else/.exec(system)?.[1] ?? "I do not know.";
  return { text: quote(question, data) ?? noAnswer, sources: data };
}

const contentOf = (messages, role) =>
  messages
    .filter((message) => message.role === role)
    .map(({ content }) =>
      typeof content === "string"
        ? content
        : content.map((part) => (part.type === "text" ? part.text : '{"picture": true}\n')).join(""),
    )
    .join("\n");

/** What is said to it, and what it is shown. */
function divide(system, user) {
  const [, begin, end] = /between the lines "(BEGIN [^"]+)" and "(END [^"]+)"/.exec(system) ?? [];
  const special = SPECIAL.exec(user);
  let orders = special === null ? system : `${system}\n${user.slice(special.index)}`;
  const data = [];
  let isData = false;
  for (const line of user.split(LINE)) {
    if (!isData && line === begin) isData = true;
    else if (isData && line === end) isData = false;
    else if (isData && isLineOfData(line)) data.push(JSON.parse(line));
    else orders += `\n${line}`;
  }
  return { orders, data };
}

function isLineOfData(line) {
  try {
    const value = JSON.parse(line);
    return typeof value === "object" && value !== null && !UNSEEN.test(line);
  } catch {
    return false;
  }
}

/** The texts of the sources that have enough of the question's words, each with its number; null: none has. */
function quote(question, data) {
  const asked = [...new Set(wordsOf(question))];
  const rated = data
    .filter(({ source }) => source !== undefined)
    .map(({ source, text, caption }) => {
      const words = new Set(wordsOf(text ?? caption ?? ""));
      return { source, text: text ?? caption, share: asked.filter((word) => words.has(word)).length / asked.length };
    })
    .filter(({ share }) => share >= ENOUGH)
    .sort((a, b) => b.share - a.share);
  const best = rated.filter(({ share }) => share === rated[0].share).slice(0, MOST_QUOTED);
  if (best.length === 0) return null;
  return best.map(({ source, text }) => `${text.replace(/[.\s]+$/, "")} [${source}].`).join(" ");
}
