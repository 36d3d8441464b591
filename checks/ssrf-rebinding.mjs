import { PUBLIC } from "./ssrf-stage.mjs";

const INSIDE =
  "127.0.0.1 ::1 169.254.169.254 10.0.0.1 0.0.0.0 192.168.0.1 100.100.100.200 ::ffff:127.0.0.1 fd00:ec2::254 64:ff9b::7f00:1 168.63.129.16 :: fe80::1".split(
    " ",
  );

/** What the n-th look-up of a name gives, and which URLs are fetched of it one after another. */
const MODES = {
  "public, then inside": { answer: (n, out, inside) => [n === 0 ? out : inside], paths: ["/", "/"] },
  "inside, then public": { answer: (n, out, inside) => [n === 0 ? inside : out], paths: ["/", "/"] },
  "each time the other": { answer: (n, out, inside) => [n % 2 === 0 ? out : inside], paths: ["/", "/", "/", "/"] },
  "during a redirect": { answer: (n, out, inside) => [n === 0 ? out : inside], paths: ["/again"] },
  "while trying again": { answer: (n, out, inside) => [n === 0 ? out : inside], paths: ["/"] },
  "both at once, public first": { answer: (_n, out, inside) => [out, inside], paths: ["/"] },
  "both at once, inside first": { answer: (_n, out, inside) => [inside, out], paths: ["/"] },
  "one inside among many": { answer: (_n, out, inside) => [...PUBLIC, out, inside], paths: ["/"] },
};

/** `count` names whose answers change between public and inside, in every mode there is. */
export function rebindings(count) {
  const modes = Object.entries(MODES);
  return Array.from({ length: count }, (_, i) => {
    const [mode, { answer, paths }] = modes[i % modes.length];
    const [out, inside] = [PUBLIC[i % PUBLIC.length], INSIDE[i % INSIDE.length]];
    const name = `flip-${i}.example`;
    return { name, mode, answer: (n) => answer(n, out, inside), urls: paths.map((path) => `http://${name}${path}`) };
  });
}

/** Their DNS, without memory of its own. `checked(name, address)`: whether the last answer for a name held an address. */
export function changingDns(names) {
  const answerOf = new Map(names.map(({ name, answer }) => [name, answer]));
  const asked = new Map();
  const last = new Map();
  return {
    async resolve(name) {
      const n = asked.get(name) ?? 0;
      asked.set(name, n + 1);
      last.set(name, answerOf.get(name)(n));
      return last.get(name);
    },
    checked: (name, address) => last.get(name)?.includes(address) ?? false,
    lookUps: () => [...asked.values()].reduce((sum, n) => sum + n, 0),
  };
}
