import { PROGRAM } from "./program";

/** What `--help` prints, by command. */
export const USAGE = {
  "": `${PROGRAM} [COMMAND]

  serve            the server; without a COMMAND it is this one
  demo             stores sample texts and pictures, or a folder of yours, searches them, and keeps serving
  import SOURCE    store a folder of pictures and PDFs, a list (CSV, NDJSON), or an export
  export FOLDER    write the whole collection, vectors and pictures included, to a folder
  evaluate         recall, NDCG and MRR of a model over a data set, or over the benchmark that comes with Parallax
  calibrate SOURCE measures a model by pictures with captions of your own, so that scores suit what you store
  audit            pictures that no document shows, and documents without their picture
  gap              how far texts and pictures of a collection are apart, as figures and as a drawing

\`${PROGRAM} COMMAND --help\` tells the rest. Settings come from the environment, as the server's do.
Exit codes: 0 all is well, 1 it could not be done, 2 it was done but for some items, 130 interrupted.
`,
  serve: `${PROGRAM} serve

Serves GraphQL, the search page and pictures at http://HOST:PORT until Ctrl-C (SIGINT, SIGTERM). Settings come from the
environment; the most used are
  PORT=4000                     MODEL=jinaai/jina-clip-v1     downloaded on first use (0.9 GB); mini-clip comes along
  DATA_FOLDER=./data            MILVUS_URI=./data/milvus      a folder: Milvus Lite, set up on first use, needs Python 3.10;
                                                              http://host:19530: a Milvus server, needs none
docs/configuration.md has all of them.

  MODEL=mini-clip ${PROGRAM} serve
  MILVUS_URI=http://milvus:19530 MILVUS_TOKEN=root:Milvus ${PROGRAM}

Exit codes: 0 it was stopped, 1 it could not start.
`,
  demo: `${PROGRAM} demo [options]

Starts a server with the embedded model, stores 80 texts and 182 drawings, prints what searches find, and keeps serving.
Needs no internet but for Milvus Lite, which is set up on first use. Its data is in ./data/demo.

  --images FOLDER    your own pictures instead of the samples
  --once             end after the transcript

Exit codes: 0 all is well, 1 it could not be done, or the searches fell short; 130 interrupted.
`,
  import: `${PROGRAM} import SOURCE [options]

SOURCE is one of
  a folder                 its pictures (JPEG, PNG, WebP, GIF, AVIF) and PDFs whatever their names, also in folders below;
                           the key is the path in the folder ("cats/red.jpg"). Hidden files, folders of previews such as
                           @eaDir and links to folders are passed over.
  a PDF                    each page is a text: its key is "handbook.pdf#page=3"
  list.csv, .tsv           a header, then a row an item: columns text, image, pdf, caption, key; others become metadata,
                           as numbers, booleans or dates where the header says so: price:number, sold:date
  list.ndjson, .jsonl      one JSON object a line: {"text": …}, {"image": …} or {"pdf": …}, with key, caption, metadata
                           An image or PDF is a URL, or the path of a file in the folder of the list.
  a folder of an export    what \`${PROGRAM} export\` made

  --server URL       the server to send to. Without it: the one on this machine's PORT, else one is started for the import
  --key-prefix P     put before every key
  --metadata JSON    an object that every item gets; what an item says itself comes first
  --page-pictures    store each page of a PDF as a picture too, so that scans and drawings are found
  --concurrency N    files that are sent at once, 1 to 32 (default 4)
  --report FILE      writes what was not stored, one JSON object a line, and a summary at the end
  --again            import also what was imported before; without it the same command again goes on where it stopped
  --no-progress      tell nothing on the way

Interrupted or killed, it goes on where it stopped when the same command runs again. A server remembers for a week
(INGESTION_KEEP_MS) what was imported; what was deleted there since is sent again.

An export goes straight into the store (MILVUS_URI, MEDIA_URI), not through a server: ids, times and vectors stay as
they are, and no model is needed. A Milvus Lite is open in one process only, so stop its server first. With an export,
only --report and --no-progress apply.

  ${PROGRAM} import ~/pictures --key-prefix holiday/ --metadata '{"album": "holiday"}'
  ${PROGRAM} import products.csv --server https://search.example.com --report failed.ndjson
  DATA_FOLDER=./other MILVUS_URI=./other/milvus ${PROGRAM} import ./backup

Exit codes: 0 all is stored, 1 it could not be done, 2 some items are not stored, 130 interrupted.
`,
  export: `${PROGRAM} export FOLDER [options]

Writes the whole collection to a new or empty FOLDER, straight from the store (MILVUS_URI, MEDIA_URI); no model is needed.
  export.json          which model made the vectors, how many documents and pictures; written last: an export without
                       it is unfinished, and \`export\` to the same folder begins it anew
  documents.ndjson     a document a line: id, key, modality, text or caption, metadata, createdAt, …, vector
  documents.parquet    the same as Parquet, with --format parquet; metadata as JSON
  pictures/            the kept copy of every picture, named by its contentHash

  --format FORMAT    ndjson (default) or parquet
  --no-pictures      leave pictures out: for a copy next to the same MEDIA_URI
  --no-progress      tell nothing on the way

A Milvus Lite is open in one process only: stop its server before, start it after. A Milvus server is read while it runs;
what is stored meanwhile may be in the export or not. \`${PROGRAM} import FOLDER\` brings an export back, into a Milvus
Lite or a Milvus server, whichever it came from.

  ${PROGRAM} export ./backup
  MILVUS_URI=http://milvus:19530 ${PROGRAM} export ./backup --format parquet

Exit codes: 0 all is written, 1 it could not be done, 2 some pictures were not in the media store, 130 interrupted.
`,
  audit: `${PROGRAM} audit [options]

Holds the media store against the documents, straight from both (MEDIA_URI, MILVUS_URI); no model is needed. It finds
  orphans          pictures, and thumbnails without their picture, that no document of any collection shows: left by a
                   crash, or by what was done to the store by hand
  missing          documents whose picture is not in the media store. Store the picture again, under the same key
                   where it has one (\`import --again\`): that brings it back

  passages         of long texts whose document is not there: left by a crash, and found by no search

  --delete         deletes orphans and such passages; without it nothing is changed
  --report FILE    writes all of them, one JSON object a line; without it the first 10 are told

A Milvus Lite is open in one process only: stop its server before, start it after. Beside a Milvus server it may run
while others store; then orphans count that are older than an hour, since younger ones may yet get their document.
Collections of another COLLECTION_PREFIX or Milvus are not looked at: do not --delete where they share MEDIA_URI.

  ${PROGRAM} audit
  MILVUS_URI=http://milvus:19530 MEDIA_URI='s3://bucket/prefix' ${PROGRAM} audit --delete

Exit codes: 0 nothing is wrong, or not any more; 1 it could not be done; 2 something was found; 130 interrupted.
`,
  evaluate: `${PROGRAM} evaluate [FOLDER] [options]

Measures how well a model finds texts and pictures by either: recall, NDCG and MRR, for each way of putting texts and
pictures into one list, with 95 % intervals. FOLDER is a data set: documents.ndjson, queries.ndjson and qrels.tsv, as
docs/evaluation.md describes them. Without it: the benchmark that comes with Parallax, drawn from emoji, and a check that
the embedded model reaches its floors.

  --model A          a hub id, mini-clip or a folder. Without it: MODEL for a FOLDER, else mini-clip
  --against B        another, that A is compared with: a table of each task, with the change in per cent
  --ranking R        calibrated, rrf, interleaved or cosine; more than once: the others are held against the first
  --sweep            NDCG@10 while more and more of the things are there as pictures in place of texts
  --rerank           NDCG@10 before and after RERANK_MODEL has put the first hits in its order
  --candidates N     how many of them, 1 to 200 (default 50)
  --plot FILE        draws that table, or the sweep, as its name ends: .svg or .png
  --split S          only that part of the data set; without it: test where there is one, else all
  --seed N           of chance, in the sweep and the intervals (default 1)
  --json             one JSON object instead of tables
  --long             measures instead how well texts of 200 to 8,000 tokens are found by what stands at their start, middle
                     and end, with passages and by their beginning alone; takes minutes, and --model and --json alone
  --write FOLDER     writes the benchmark out as a data set, and measures nothing

What a model has embedded once is kept in CACHE_FOLDER/evaluation.

  ${PROGRAM} evaluate ./my-data --model mini-clip --sweep --plot sweep.svg
  ${PROGRAM} evaluate ./my-data --model jinaai/jina-clip-v1 --against mini-clip --plot compared.svg

Exit codes: 0 it was measured, 1 it could not be, or the embedded model falls short.
`,
  calibrate: `${PROGRAM} calibrate SOURCE [options]

Scores of texts and pictures are put on one scale by what the model makes of things in general: a set of drawings that
comes with Parallax. Photographs, scans or satellite pictures lie elsewhere; this measures MODEL by yours instead.
SOURCE is one of
  a folder of pictures     with captions as file names: "red cat-07.jpg" is "red cat"; numbers and IMG_, DSC are left out
  a list                   .csv, .tsv, .ndjson or .jsonl with the columns image (a path in the list's folder) and
                           caption; one that lies in the folder is taken by itself

At least 64 pictures with different captions are needed; 200 and more are better, about as mixed as what people will
store and ask for. At most 512 are used, drawn evenly. Of a model of texts only, captions and texts are used alone.
What cannot be read is told and passed over.

  --name NAME        what \`{ collection { calibration { set { name } } } }\` calls it (default: SOURCE's own name)
  --report FILE      writes what could not be used, one JSON object a line, and a summary at the end
  --reset            instead of SOURCE: by the general set again

It is kept in CACHE_FOLDER/calibration by the model's fingerprint; a server takes it at its next start. Servers of one
collection need the same one: copy the file, or as calibration.json into the model's folder. Nothing that is stored changes.

  ${PROGRAM} calibrate ~/photos/captioned
  MODEL=jinaai/jina-clip-v1 ${PROGRAM} calibrate photos.csv --name "our photos"

Exit codes: 0 it was measured, 1 it could not be, and all is as before; 2 it was, but for some pictures; 130 interrupted.
`,
  gap: `${PROGRAM} gap [FILE.svg|FILE.png] [options]

Measures how far texts and pictures of the collection are apart, straight from the store (MILVUS_URI); no model is needed.
With a FILE it also draws them: the documents in the plane of their two principal components, and how the cosines of two
texts, of two pictures and of a text and a picture are spread. docs/modality-gap.md tells what the figures mean.

  --sample N         documents of each modality that are looked at, 16 to 1000 (default 500)
  --json             one JSON object instead of the table, with every point of the drawing

What calibration makes of it is told where the model's own calibration is known: for mini-clip, and for a model that a
server with this CACHE_FOLDER has run.

A Milvus Lite is open in one process only: stop its server before, start it after. A running server tells the same:
\`{ collection { modalityGap { centroidDistance } } }\`.

  ${PROGRAM} gap gap.png
  MILVUS_URI=http://milvus:19530 ${PROGRAM} gap gap.svg --sample 1000

Exit codes: 0 it was measured, 1 it could not be.
`,
} as const;

export type Command = Exclude<keyof typeof USAGE, "">;
export const COMMANDS = Object.keys(USAGE).filter(Boolean) as Command[];
