import { Opened } from "../../../src/assembly/opened";
import { silent } from "../../support/models";

let ended: string[];
beforeEach(() => void (ended = []));

const closing = (name: string, afterMs = 0) => ({
  close: async () => {
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    ended.push(name);
  },
});

it("closes in reverse, one after the other, once", async () => {
  const opened = new Opened(silent);
  opened.keep(closing("first"));
  opened.keep({ stop: async () => void ended.push("second") });
  opened.keep(closing("third", 20));
  await Promise.all([opened.close(), opened.close()]);
  expect(ended).toEqual(["third", "second", "first"]);
});

it("closes the others where one does not close, and says so", async () => {
  const said: string[] = [];
  const opened = new Opened({ ...silent, warn: (_, message) => void said.push(message) });
  opened.keep(closing("first"));
  opened.keep({ close: () => Promise.reject(new Error("stuck")) });
  await opened.close();
  expect(ended).toEqual(["first"]);
  expect(said).toEqual(["Something did not close as it should"]);
});

it("waits for what is opened side by side, keeps what did open, and throws what failed", async () => {
  const opened = new Opened(silent);
  const late = new Promise<ReturnType<typeof closing>>((resolve) => setTimeout(() => resolve(closing("late")), 20));
  const failing = Promise.reject<ReturnType<typeof closing>>(new Error("no room"));
  await expect(opened.keepAll([Promise.resolve(closing("early")), failing, late])).rejects.toThrow("no room");
  await opened.close();
  expect(ended).toEqual(["late", "early"]);
});
