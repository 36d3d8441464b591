/** A foreign program that serves: says "ready" after a while, and ends as its arguments say. */
const [readyAfterMs, stubborn] = [Number(process.argv[2]), process.argv[3] === "stubborn"];

process.on("SIGINT", () => {
  console.log("flushed");
  if (!stubborn) process.exit(0);
});
process.stdin.on("end", () => process.exit(0)).resume();
console.log(`pid ${process.pid}`);
if (readyAfterMs < 0) {
  console.error("the folder is locked");
  process.exitCode = 4;
  process.stdin.pause();
} else {
  setTimeout(() => console.log("ready"), readyAfterMs);
  setInterval(() => {}, 1_000);
}
