import { parseS3Address } from "../../../../src/images/media/s3-address";

it.each([
  ["s3://media", { bucket: "media", prefix: "", endpoint: null, region: null }],
  ["s3://media/", { bucket: "media", prefix: "", endpoint: null, region: null }],
  ["s3://my.media-1/a/B_c/?region=eu-1", { bucket: "my.media-1", prefix: "a/B_c/", endpoint: null, region: "eu-1" }],
  [
    "s3://media/x?endpoint=http://127.0.0.1:9000&region=eu-1",
    { bucket: "media", prefix: "x/", endpoint: "http://127.0.0.1:9000", region: "eu-1" },
  ],
])("reads %s", (uri, address) => {
  expect(parseS3Address(uri)).toEqual(address);
});

it.each([
  "",
  "s3:",
  "s3://",
  "s3:media",
  "https://media",
  "s3://key:secret@media",
  "s3://Media",
  "s3://me",
  "s3://media:9000/x",
  "s3://media/a//b",
  "s3://media/a b",
  "s3://media?endpoint=127.0.0.1:9000",
  "s3://media?endpoint=ftp://host",
  "s3://media?endpoint=https://key:secret@host",
  "s3://media?endpoint=",
  "s3://media?region=EU 1",
  "s3://media?reigon=eu-1",
  "s3://media#x",
])("refuses %p", (uri) => {
  expect(parseS3Address(uri)).toBeNull();
});
