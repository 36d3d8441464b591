import { besideIngestion } from "./rows/beside-ingestion.mjs";
import { heldLoop } from "./rows/event-loop.mjs";
import { allProcesses, mainProcess, startUp } from "./rows/footprint.mjs";
import { bareEncoder, searchBeyondEncoder } from "./rows/full-size.mjs";
import { ingestionJob, pictureIngestion, textIngestion } from "./rows/ingestion.mjs";
import { overload } from "./rows/overload.mjs";
import { litePatches } from "./rows/lite-patches.mjs";
import { searchAmongPassages } from "./rows/passages.mjs";
import { manyClients, oneClient, stored } from "./rows/peers.mjs";
import { familyOfTrueSize, remoteAgainstLocal } from "./rows/remote.mjs";
import { scaleOnLite, scaleOnServer } from "./rows/scale.mjs";
import { calibratedQueries, knownQueries, threeServers } from "./rows/searches.mjs";
import { fullSizeStage, liteStage, milvusStage } from "./stage/stages.mjs";

/** Rows that need nothing but the plan set up what they measure themselves. */
const noStage = (plan) => plan;

/**
 * Every row, by what it runs on: `open` sets it up for all of its rows, in this order. What changes the documents, or is what
 * the others leave behind, comes last. `long` rows take more than five minutes and run when they are asked for.
 */
export const GROUPS = [
  {
    open: noStage,
    rows: [
      { name: "start", run: startUp },
      { name: "remote", run: remoteAgainstLocal({ texts: 600, pictures: 200, searches: 256 }) },
      { name: "passages", run: searchAmongPassages },
    ],
  },
  {
    open: liteStage,
    rows: [
      { name: "script, 32 clients", run: manyClients("script", 2) },
      { name: "script, 1 client", run: oneClient("script", 1) },
      { name: "chroma, 32 clients", run: manyClients("chroma", 1) },
      { name: "chroma, 1 client", run: oneClient("chroma", 2) },
      { name: "script, texts stored", run: stored("texts", 1.5) },
      { name: "script, pictures stored", run: stored("pictures", 1) },
      { name: "sdk, Lite", run: knownQueries(2) },
      { name: "calibrated", run: calibratedQueries },
      { name: "event loop", run: heldLoop },
      { name: "overload", run: overload },
      { name: "search beside ingestion", run: besideIngestion },
      { name: "ingest texts", run: textIngestion(600) },
      { name: "ingest pictures", run: pictureIngestion(200) },
      { name: "ingest job", run: ingestionJob(300) },
      { name: "all processes", run: allProcesses },
    ],
  },
  {
    open: milvusStage,
    rows: [
      { name: "sdk, server", run: knownQueries(3) },
      { name: "three servers", run: threeServers },
    ],
  },
  {
    open: fullSizeStage,
    rows: [
      { name: "true size, encoder", run: bareEncoder },
      { name: "true size, search", run: searchBeyondEncoder },
      { name: "true size, ingest texts", run: textIngestion(300) },
      { name: "true size, ingest pictures", run: pictureIngestion(80) },
      { name: "true size, ingest job", run: ingestionJob(80) },
    ],
  },
  {
    open: noStage,
    rows: [
      { name: "family: JinaCLIP v1", run: familyOfTrueSize("jina-clip"), long: true },
      { name: "family: CLIP", run: familyOfTrueSize("clip"), long: true },
      { name: "family: SigLIP", run: familyOfTrueSize("siglip"), long: true },
      { name: "family: SigLIP 2", run: familyOfTrueSize("siglip2"), long: true },
      { name: "family: texts only", run: familyOfTrueSize("text"), long: true },
      { name: "main process", run: mainProcess, long: true },
      { name: "Lite's patches", run: litePatches, long: true },
      { name: "scale, Lite", run: scaleOnLite, long: true },
      { name: "scale, server", run: scaleOnServer, long: true },
    ],
  },
];

export const NAMES = GROUPS.flatMap(({ rows }) => rows.map(({ name }) => name));
