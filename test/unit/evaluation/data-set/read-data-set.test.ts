import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readDataSet } from "../../../../src/evaluation/data-set/read-data-set";
import { selectSplit } from "../../../../src/evaluation/data-set/select-split";
import { dataSetFolder, QRELS_HEADER } from "../../../support/data-set";

const picture = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const good = {
  "documents.ndjson": [
    '{"id":"cat.text","thing":"cat","text":"A cat"}',
    "",
    '{"id":"cat.picture","thing":"cat","image":"pictures/cat.png","caption":"A cat","split":"test"}',
    '{"id":"dog","text":"A dog","split":"tune"}',
  ],
  "queries.ndjson": [
    '{"id":"q1","text":"pet","tag":"words","split":"test"}',
    '{"id":"q2","image":"pictures/cat.png","split":"tune"}',
  ],
  "qrels.tsv": [QRELS_HEADER, "q1\tcat.text\t3", "q1\tcat.picture\t1", "q1\tdog\t0", "q2\tdog\t1"],
  "pictures/cat.png": picture,
};

it("reads documents, queries and the grades above 0", async () => {
  const dataSet = await readDataSet(dataSetFolder({ ...good, "dataset.json": ['{"name":"Pets","relevantFrom":2}'] }));
  expect(dataSet).toMatchObject({ name: "Pets", licence: "", relevantFrom: 2 });
  expect(dataSet.documents.map(({ id, thing, line, content }) => [id, thing, line, content.kind])).toEqual([
    ["cat.text", "cat", 1, "text"],
    ["cat.picture", "cat", 3, "image"],
    ["dog", null, 4, "text"],
  ]);
  expect(dataSet.queries.map(({ id, tag }) => [id, tag])).toEqual([
    ["q1", "words"],
    ["q2", null],
  ]);
  expect([...dataSet.grades.get("q1")!]).toEqual([
    ["cat.text", 3],
    ["cat.picture", 1],
  ]);
});

it("keeps splits apart, with what belongs to every split", async () => {
  const dataSet = await readDataSet(dataSetFolder(good));
  const ids = (name?: string) => {
    const { dataSet: part, split } = selectSplit(dataSet, name);
    return [split, part.documents.map(({ id }) => id), part.queries.map(({ id }) => id)];
  };
  expect(ids()).toEqual(["test", ["cat.text", "cat.picture"], ["q1"]]);
  expect(ids("tune")).toEqual(["tune", ["cat.text", "dog"], ["q2"]]);
  expect(() => ids("dev")).toThrow(/no such split: there are test, tune/);
});

it("tells everything that is wrong with the lists at once, with its line", async () => {
  const folder = dataSetFolder({
    ...good,
    "documents.ndjson": [
      "{",
      '{"id":"a","text":"A","colour":"red"}',
      '{"text":"no id"}',
      '{"id":"b","text":"B","image":"b.png"}',
      '{"id":"c","text":"C"}',
      '{"id":"c","text":"C again"}',
      '{"id":"d","image":"nowhere.png"}',
      '{"id":"e","image":"qrels.tsv"}',
    ],
    "queries.ndjson": ['{"id":"q1","text":7}'],
    "dataset.json": ['{"name":1,"relevantFrom":0}'],
  });
  const { code, message } = await readDataSet(folder).catch((error) => error);
  expect(code).toBe("BAD_USER_INPUT");
  for (const fault of [
    "documents.ndjson, line 1: It is not JSON",
    "line 2: A field is unknown",
    "line 3: It has no id",
    "line 4: It must have exactly one of text and image",
    "line 6: It has the id of line 5",
    "line 7: The file is not there",
    "line 8: By its first bytes it is plain text, which is not an accepted picture format",
    "queries.ndjson, line 1: Its text must be a string",
    "dataset.json: Its name must be a string",
    "dataset.json: Its relevantFrom must be",
  ])
    expect(message).toContain(fault);
});

it("tells everything that is wrong with the grades", async () => {
  const rows = ["q1\tdog", "q9\tdog\t1", "q1\tcow\t1", "q1\tdog\t1.5", "q1\tdog\t11", "q1\tdog\t1", "q1\tdog\t2"];
  const reading = readDataSet(dataSetFolder({ ...good, "qrels.tsv": ["query\tdocument\tgrade", ...rows] }));
  const { message } = await reading.catch((error) => error);
  for (const line of [1, 2, 3, 4, 5, 6, 8]) expect(message).toContain(`qrels.tsv, line ${line}: `);
  expect(message).not.toContain("line 7: ");
});

it("names the files that are missing", async () => {
  const folder = dataSetFolder({ "queries.ndjson": good["queries.ndjson"] });
  await expect(readDataSet(folder)).rejects.toThrow(/documents\.ndjson: There is no such file/);
  await expect(readDataSet(join(folder, "nowhere"))).rejects.toThrow(/folder of the data set is not there/);
});

it.each(["../outside.png", "/etc/hostname.png", "pictures/../../outside.png", "link.png", "linked/cat.png"])(
  "reads no picture outside the folder: %s",
  async (image) => {
    const outside = dataSetFolder({ "cat.png": picture });
    const folder = dataSetFolder({ ...good, "documents.ndjson": [JSON.stringify({ id: "a", image })] });
    writeFileSync(join(folder, "../outside.png"), picture);
    symlinkSync(join(outside, "cat.png"), join(folder, "link.png"));
    symlinkSync(outside, join(folder, "linked"));
    await expect(readDataSet(folder)).rejects.toThrow(/line 1: Its image leads out of the data set's folder/);
  },
);
