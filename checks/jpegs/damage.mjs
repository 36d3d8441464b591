const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP7 = 0xe7;

const isRestart = (marker) => marker >= 0xd0 && marker <= 0xd7;

/** Markers of a whole JPEG and where they stand; `end` is behind their header. */
function markersOf(file) {
  const found = [];
  for (let at = 2; at + 1 < file.length;) {
    const marker = file[at + 1];
    if (file[at] !== 0xff || marker === 0 || marker === 0xff) {
      at++;
      continue;
    }
    const end = marker === EOI || isRestart(marker) ? at + 2 : at + 2 + file.readUInt16BE(at + 2);
    found.push({ marker, at, end });
    at = end;
  }
  return found;
}

const insert = (file, at, bytes) => Buffer.concat([file.subarray(0, at), bytes, file.subarray(at)]);
const junkOf = (random, length) => Buffer.from(Array.from({ length }, () => random.below(0xff)));
const patched = (file, at, byte) => {
  const copy = Buffer.from(file);
  copy[at] = byte;
  return copy;
};
const anyOf = (file, random, fits) => {
  const markers = markersOf(file).filter(fits);
  return markers.length === 0 ? null : random.pick(markers);
};
/** Where a picture's data are: between its first scan's header and its end. */
const dataOf = (file) => {
  const markers = markersOf(file);
  return { from: markers.find(({ marker }) => marker === SOS).end, to: markers.at(-1).at };
};
/** A place in the data, by its share of them. */
const placeIn = (file, share) => {
  const { from, to } = dataOf(file);
  return Math.floor(from + (to - from) * share);
};

/**
 * What happens to JPEGs in the field: (file, random) => damaged file, or null where the kind has nothing to damage.
 * What a picture is afterwards, whole or not, a browser decides.
 */
export const DAMAGES = {
  nothing: (file) => file,
  "an SOS header that ends at coefficient 0, as Samsung phones wrote it": (file, random) => {
    const scan = anyOf(file, random, ({ marker }) => marker === SOS);
    return patched(file, scan.end - 2, 0);
  },
  "an SOS header that begins at coefficient 1": (file, random) => {
    const scan = anyOf(file, random, ({ marker }) => marker === SOS);
    return patched(file, scan.end - 3, 1);
  },
  "stray bytes before a header's marker": (file, random) => {
    const { at } = anyOf(file, random, ({ marker }) => marker !== EOI && !isRestart(marker));
    return insert(file, at, junkOf(random, 1 + random.below(6)));
  },
  "zeros before a header's marker": (file, random) => {
    const { at } = anyOf(file, random, ({ marker }) => marker !== EOI && !isRestart(marker));
    return insert(file, at, Buffer.alloc(1 + random.below(40)));
  },
  "stray bytes before the end": (file, random) => insert(file, file.length - 2, junkOf(random, 1 + random.below(40))),
  "zeros before the end": (file, random) => insert(file, file.length - 2, Buffer.alloc(1 + random.below(4_000))),
  "junk before a restart": (file, random) => {
    const restart = anyOf(file, random, ({ marker }) => isRestart(marker));
    return restart && insert(file, restart.at, junkOf(random, 1 + random.below(20)));
  },
  "junk before each restart": (file, random) => {
    const restarts = markersOf(file).filter(({ marker }) => isRestart(marker));
    if (restarts.length === 0) return null;
    return restarts.reverse().reduce((all, { at }) => insert(all, at, junkOf(random, 3)), file);
  },
  "fill bytes before markers": (file) =>
    markersOf(file)
      .reverse()
      .reduce((all, { at }) => insert(all, at, Buffer.from([0xff, 0xff])), file),
  "an unknown segment": (file, random) =>
    insert(file, 2, Buffer.concat([Buffer.from([0xff, APP7, 0, 22]), junkOf(random, 20)])),
  "a trailer behind the end": (file, random) => Buffer.concat([file, junkOf(random, 1 + random.below(3_000))]),
  "zeros behind the end": (file, random) => Buffer.concat([file, Buffer.alloc(1 + random.below(3_000))]),
  "another picture behind the end": (file) => Buffer.concat([file, file]),
  "two starts": (file) => insert(file, 2, Buffer.from([0xff, SOI])),
  "no end": (file) => file.subarray(0, file.length - 2),
  "half an end": (file) => file.subarray(0, file.length - 1),
  "zeros in place of the end": (file) => Buffer.concat([file.subarray(0, file.length - 2), Buffer.alloc(64)]),
  "broken EXIF": (file, random) =>
    insert(file, 2, Buffer.concat([Buffer.from("\xff\xe1\0\x16Exif\0\0", "latin1"), junkOf(random, 14)])),
  "a segment that says it is longer than it is": (file, random) =>
    insert(file, 2, Buffer.concat([Buffer.from("\xff\xe1\0\x18Exif\0\0", "latin1"), junkOf(random, 14)])),
  "a broken colour profile": (file, random) =>
    insert(file, 2, Buffer.concat([Buffer.from("\xff\xe2\0\x24ICC_PROFILE\0\x01\x01", "latin1"), junkOf(random, 20)])),
  "its last tenth cut off": (file) => file.subarray(0, placeIn(file, 0.9)),
  "its second half cut off": (file) => file.subarray(0, placeIn(file, 0.5)),
  "its last bytes cut off": (file, random) => file.subarray(0, file.length - 3 - random.below(30)),
  "its second half cut off, and an end": (file) =>
    Buffer.concat([file.subarray(0, placeIn(file, 0.5)), Buffer.from([0xff, EOI])]),
  "its second half zeros": (file) =>
    Buffer.concat([file.subarray(0, placeIn(file, 0.5)), Buffer.alloc(file.length - placeIn(file, 0.5))]),
  "a hole": (file, random) => {
    const at = placeIn(file, 0.2 + random.below(60) / 100);
    return Buffer.concat([file.subarray(0, at), file.subarray(at + Math.min(400, Math.floor(file.length / 10)))]);
  },
  "zeros in its middle": (file, random) => {
    const at = placeIn(file, 0.2 + random.below(60) / 100);
    return Buffer.from(file).fill(0, at, at + Math.min(400, Math.floor(file.length / 10)));
  },
  "all after a scan cut off": (file) => {
    const scans = markersOf(file).filter(({ marker }) => marker === SOS);
    return scans.length < 3 ? null : file.subarray(0, scans.at(-2).at);
  },
  "all after a scan cut off, and an end": (file) => {
    const scans = markersOf(file).filter(({ marker }) => marker === SOS);
    return scans.length < 3 ? null : Buffer.concat([file.subarray(0, scans.at(-2).at), Buffer.from([0xff, EOI])]);
  },
};

/** What is left can be decoded to its end without a fault, only to something else or coarser: no decoder can always tell. */
export const UNTELLABLE = new Set([
  "a hole",
  "zeros in its middle",
  "its second half zeros",
  "all after a scan cut off, and an end",
]);

/** Data are missing, even where they happened to say nothing that shows. */
export const IS_CUT = new Set([
  "its last tenth cut off",
  "its second half cut off",
  "its last bytes cut off",
  "its second half cut off, and an end",
  "all after a scan cut off",
]);

/** All of the picture is there, and viewers show it; Chromium alone leaves out the last rows until the end comes. */
export const LACKS_END = new Set(["no end", "half an end"]);

/** The file with the end that it lacks. */
export const withEnd = (file) =>
  Buffer.concat([file.at(-1) === 0xff ? file.subarray(0, -1) : file, Buffer.from([0xff, EOI])]);
